import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.lists.city import AS_OF, city
from tests.lists.test_letters import said
from transforms.lists.deliver import deliver_lists

NAMES = ("张一丰", "李二", "王三", "赵四", "钱五", "孙六", "CASE-", "139000", "0016")


def bulletin(delivered, code):
    [path] = [path for path in delivered.files if f"情况通报_{code}_" in path.name]
    return path


def rows(path, number):
    table = docx.Document(str(path)).tables[number]
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}


def test_there_is_a_bulletin_for_every_district_and_for_the_city(delivered):
    made = {path.parent.name for path in delivered.files if "情况通报" in path.name}
    assert made == {"990101", "全市_990100"}


def test_a_bulletin_holds_no_child(delivered):
    for code in ("990101", "990100"):
        text = said(bulletin(delivered, code))
        assert not [name for name in NAMES if name in text]


def test_its_sentences_say_the_figures_of_its_table(delivered):
    path = bulletin(delivered, "990101")
    assert rows(path, 0)["疑似辍学（人）"] == ["30", "–", "–"]
    assert "疑似辍学30人" in said(path) and "本期下发个案80件，已答复20件" in said(path)


def test_a_small_count_is_withheld_and_a_unit_that_has_none_is_not_named(tmp_path):
    with city(tmp_path / "run") as engine:
        indicators = engine.rows("indicators").to_pylist()
        for row in indicators:
            if row["level"] == "township":
                row["value"] = 3.0
        engine.put("indicators", pa.Table.from_pylist(indicators))
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "情况通报_990101_" in path.name]
    assert rows(path, 1)["城东街道"][0] == "＊"
    assert "没有疑似辍学可列数的单位" in said(path)


def test_what_was_not_judged_and_what_was_not_delivered_is_said(delivered):
    text = said(bulletin(delivered, "990101"))
    assert "重复学籍：没有收到学籍数据，未作判断。" in text
    assert "应报送考勤的班级100个，已报送98个，报送率98.0%" in text


@pytest.mark.parametrize(("lines", "sentence"), [
    ({}, "尚未设定年辍学率控制线"),
    ({"primary_control_line": 0.006}, "超过控制线、按规定约谈的区县：990101（小学）。"),
])  # fmt: skip
def test_a_district_over_the_line_is_called_in(tmp_path, lines, sentence):
    with city(tmp_path / "run") as engine:
        engine.parameters.update(lines)
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "情况通报_990100_" in path.name]
    assert sentence in said(path)


def test_what_changed_against_the_period_before_is_said(tmp_path):
    with city(tmp_path / "run") as engine:
        before = engine.rows("indicators").to_pylist()
        for row in before:
            if row["indicator"] == "suspected_dropout":
                row["value"] += 10
        folder = tmp_path / "before" / "indicators"
        folder.mkdir(parents=True)

        pq.write_table(pa.Table.from_pylist(before, engine.rows("indicators").schema), folder / "990101.parquet")
        engine.previous = tmp_path / "before"
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "情况通报_990101_" in path.name]
    assert rows(path, 0)["疑似辍学（人）"] == ["30", "40", "-10"]
    assert "比上期减少10人。" in said(path)
