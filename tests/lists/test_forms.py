import openpyxl
import pyarrow as pa

from tests.lists.city import AS_OF, city
from transforms.lists.deliver import deliver_lists


def book(delivered, part):
    [path] = [path for path in delivered.files if part in path.name]
    return openpyxl.load_workbook(path)


def test_a_school_reports_each_suspected_dropout_by_name(delivered):
    [sheet] = [s for s in book(delivered, "第一小学_十五日报告表") if s.title != "选项"]
    assert sheet["A1"].value == "第一小学疑似辍学学生情况报告表"
    assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)] == ["张一丰"]


def test_a_township_and_the_county_report_counts_and_no_name(delivered):
    for part, title in (("城东街道_一个月", "城东街道办事处"), ("990101教育局_一个月", "990101教育局")):
        [sheet] = [s for s in book(delivered, part) if s.title != "选项"]
        assert sheet["A1"].value == f"{title}疑似辍学和未入学儿童核实情况报告表"
        cells = [str(c) for row in sheet.iter_rows(values_only=True) for c in row if c is not None]
        assert not [name for name in ("张一丰", "孙六", "王三") if name in " ".join(cells)]
    total = next(sheet.iter_rows(min_row=5, max_row=5, values_only=True))
    assert total[1:4] == ("合计", "合计", 3)


def test_the_districts_over_a_line_are_on_the_list_to_be_called_in(tmp_path):
    with city(tmp_path / "run") as engine:
        engine.parameters["primary_control_line"] = 0.006
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if path.name.startswith("约谈区县名单_990100")]
    assert path.parent.name == "全市_990100"
    row = next(openpyxl.load_workbook(path)["约谈名单"].iter_rows(min_row=5, max_row=5, values_only=True))
    assert row[1:5] == ("990101", "小学", "0.70%", "0.60%")


def test_without_a_line_nobody_is_called_in(delivered):
    assert not [path for path in delivered.files if "约谈" in path.name]


def with_a_quiet_school(engine):
    """A third school, seen whole and with nobody suspected, and one whose class sent nothing."""
    schools = engine.rows("schools").to_pylist()
    figures = engine.rows("indicators").to_pylist()
    for code, name, seen in (("2199000003", "第三小学", 6.0), ("2199000004", "第四小学", 5.0)):
        schools.append(schools[0] | {"school_code": code, "school_name": name})
        figures += [
            figures[0] | {"level": "school", "unit_code": code, "stage": "all", "indicator": indicator, "value": value}
            for indicator, value in (("pupils", 200.0), ("classes", 6.0), ("classes_delivered", seen))
        ]
    engine.put("schools", pa.Table.from_pylist(schools))
    engine.put("indicators", pa.Table.from_pylist(figures))


def test_a_school_with_nobody_to_name_stamps_a_zero_report_and_the_county_ticks_it_off(tmp_path):
    with city(tmp_path / "run") as engine:
        with_a_quiet_school(engine)
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    reports = {path.parent.name: path for path in files if "十五日报告表" in path.name}
    assert [name for name in reports if "第三" in name or "第四" in name] == ["学校_2199000003_第三小学"]
    sheet = openpyxl.load_workbook(reports["学校_2199000003_第三小学"])["零报告"]
    assert sheet["A1"].value == "第三小学疑似辍学学生情况零报告表"
    assert [cell.value for cell in sheet[5]] == [1, 200, 6, 0, None, None]
    assert not sheet["E5"].protection.locked and "盖章" in str(sheet["A7"].value)
    [county] = [path for path in files if "核查台账" in path.name]
    kept = openpyxl.load_workbook(county)["零报告学校"]
    assert [cell.value for cell in kept[5]] == [1, "第三小学", 200, 6, None, None] and kept.max_row == 5
    assert not kept["E5"].protection.locked and kept["B5"].protection.locked
