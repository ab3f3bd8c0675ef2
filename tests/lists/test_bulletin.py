import re
import zipfile
from datetime import date

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import etree

from expectations.catalog import TABLES
from tests.lists.city import AS_OF, city
from tests.lists.test_letters import said
from tests.tables import table
from transforms.lists.bulletin import _by_unit
from transforms.lists.chart import Chart, chart_part
from transforms.lists.dashboard import Unit
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
    assert rows(path, 0)["疑似辍学（人）"] == ["30", "–", "–", "–", "–"]
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


@pytest.mark.parametrize(("due_on", "sentence"), [
    (date(2026, 10, 8), "逐人核实去向，于2026年10月8日前向县级教育行政部门"),
    (AS_OF, "逐人核实去向，于2026年9月30日前向县级教育行政部门"),
    (date(2026, 9, 21), "逐人核实去向，报告期限（2026年9月21日）已过，尚未报告的立即向县级教育行政部门"),
    (None, "逐人核实去向，向县级教育行政部门"),
])  # fmt: skip
def test_a_day_that_has_passed_is_not_asked_for_again(tmp_path, due_on, sentence):
    with city(tmp_path / "run") as engine:
        engine.parameters["report_due_on"] = due_on
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "情况通报_990101_" in path.name]
    assert sentence in said(path)


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


def test_a_cohort_is_named_with_its_rate_in_the_bulletin_and_on_the_page(tmp_path):
    cohorts = """
        level    | unit_code | stage  | entry_year | entrants | rate_of_entrants | rate_adjusted | plausible | goal_met
        city     | 990100    | all    | 2017       | 800      | 0.99             | 0.995         | false     |
        district | 990101    | all    | 2017       | 400      | 1.01             | 1.01          | false     |
        district | 990101    | junior | 2023       | 400      | 0.97             | 0.9949        | true      | true
        district | 990101    | senior | 2023       | 400      |                  |               |           |
    """
    with city(tmp_path / "run") as engine:
        engine.put("retention", table(TABLES["retention"], cohorts))
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    county, whole = (said(path) for path in sorted(files) if "情况通报" in path.name)
    page, city_page = (path.read_text(encoding="utf-8") for path in sorted(files) if path.name.startswith("看板"))
    assert "2023年入学的初中学生巩固率99.49%，达到目标" in county
    assert "2017年入学的九年义务教育学生巩固率101.00%，超过100%" in county
    assert "2017年入学的九年义务教育学生巩固率99.50%，有区县超过100%" in whole
    assert "初中 2023级" in page and "数据有误（超过100%）" in page and "数据有误（有区县超过100%）" in city_page


def test_what_changed_against_the_period_before_is_said_and_drawn(delivered, tmp_path):
    with city(tmp_path / "run") as engine:
        before = delivered.engine.rows("dashboard_figures").to_pylist()
        shown = delivered.engine.rows("dashboard_history").to_pylist()
        for row in (*before, *shown):
            row["period"] = "2026-03"
            if row["indicator"] == "suspected_dropout" and row["value"] is not None:
                row["value"] += 10
        for row in shown:
            row["of_period"] = "2026-03"
        shown += [row | {"of_period": "2025-09", "value": row["value"] and row["value"] + 5} for row in shown]
        for name, told in (("dashboard_figures", before), ("dashboard_history", shown)):
            folder = tmp_path / "before" / name
            folder.mkdir(parents=True)
            pq.write_table(pa.Table.from_pylist(told, TABLES[name].schema), folder / "990101.parquet")
        engine.previous = tmp_path / "before"
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "情况通报_990101_" in path.name]
    assert rows(path, 0)["疑似辍学（人）"] == ["30", "40", "-10", "45", "-15"]
    assert "比上期减少10人，比上年同期减少15人。" in said(path)
    drawn = charts(path)
    assert len(drawn) == 2, "one unit alone is compared with nothing"
    assert next(series for series in drawn[0] if series[0] == "上期")[1]["疑似辍学"] == "40"
    assert drawn[1] == [
        ("疑似辍学", {"2025年9月": "45", "2026年3月": "40", "2026年9月": "30"}),
        ("在籍不在校", {"2025年9月": "46", "2026年3月": "41", "2026年9月": "41"}),
    ]
    [page] = [path for path in files if path.name == "看板_990101_2026-09.html"]
    assert "2026年3月" in page.read_text(encoding="utf-8")


def charts(path):
    """The charts of a document as Word reads them: name and values of each series."""
    spoken = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    found = []
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode()
        links = archive.read("word/_rels/document.xml.rels").decode()
        kinds = archive.read("[Content_Types].xml").decode()
        for number in re.findall(r'<c:chart [^>]*r:id="(\w+)"', text):
            target = re.search(rf'Id="{number}"[^>]*Target="([^"]+)"', links).group(1)
            assert f'PartName="/word/{target}"' in kinds
            chart = etree.fromstring(archive.read(f"word/{target}"))
            found.append(
                [
                    (one.findtext("c:tx//c:v", namespaces=spoken), points(one, spoken))
                    for one in chart.iterfind(".//c:ser", spoken)
                ]
            )
    return found


def test_lines_are_drawn_straight_and_units_are_drawn_where_there_are_two():
    line = chart_part(Chart("line", ["甲", "乙"], [("数", [1.0, 2.0])], "各期")).decode()
    assert line.count('<c:smooth val="0"/>') == line.count("<c:ser>") == 1
    units = [Unit(str(n), f"{n}镇", {"suspected_dropout": {"value": 10.0 * n, "withheld": False}}) for n in (1, 2)]
    assert not _by_unit(units[:1]).drawn
    assert _by_unit(units).series == [("疑似辍学", [20.0, 10.0])]


def points(series, spoken):
    """What is drawn of a series: its categories with a value."""
    told = {kind: {pt.get("idx"): pt.findtext("c:v", namespaces=spoken) for pt in series.findall(f"c:{kind}//c:pt", spoken)}
            for kind in ("cat", "val")}  # fmt: skip
    return {told["cat"][at]: value for at, value in told["val"].items()}


def test_its_charts_hold_the_figures_of_its_tables_and_no_small_one(delivered):
    path = bulletin(delivered, "990101")
    drawn = charts(path)
    assert drawn[0][0][1]["疑似辍学"] == "30"
    for code in ("990101", "990100"):
        for chart in charts(bulletin(delivered, code)):
            assert not [v for _, values in chart for v in values.values() if v not in ("0", None) and float(v) < 5]
