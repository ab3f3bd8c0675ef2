import re
from datetime import date
from urllib.parse import unquote

import openpyxl
import pyarrow as pa
import pytest

from tests.lists.city import AS_OF
from transforms.lists.offices import Edition, _link_to_cell, _subtitle
from transforms.lists.workbook import (
    LINE_OF_A4,
    ArrowRows,
    Field,
    Sheet,
    clean_text,
    parts_of,
    safe_name,
    width_of,
    write_workbook,
)


@pytest.fixture
def lists(delivered):
    """Every workbook that is sent back, opened with another library than wrote it."""
    return {
        path.name: openpyxl.load_workbook(path)
        for path in delivered.files
        if any(kind in path.name for kind in ("核实名单", "核查台账", "同一人"))
    }


@pytest.fixture
def sheets(lists):
    return [(name, sheet) for name, book in lists.items() for sheet in book
            if sheet.sheet_state == "visible" and "核实结果" in [cell.value for cell in sheet[4]]]  # fmt: skip


def test_every_kind_of_list_is_there(lists):
    assert len(lists) == 8


def test_the_title_is_merged_over_the_table_and_centred(sheets):
    for name, sheet in sheets:
        assert any(str(area).startswith("A1:") for area in sheet.merged_cells.ranges), name
        assert sheet["A1"].alignment.horizontal == "center"
        assert "期次：2026年9月" in sheet["A2"].value and "发出单位" in sheet["A2"].value
        assert sheet["A3"].value.startswith("填表说明：")


def test_the_deadline_above_a_list_is_one_that_can_still_be_kept():
    def above(*dues):
        return _subtitle(
            Edition("2026-09", AS_OF, {}), "某区教育局", [{"due_on": d, "overdue": o} for d, o in dues], len(dues)
        )

    passed, coming = (date(2025, 10, 21), True), (date(2026, 10, 20), False)
    assert "截止日期：2026-10-20　　共 2 人，已逾期 1 人请先答复" in above(passed, coming)
    assert "截止日期" not in above(passed) and "逾期" not in above(coming)


def test_the_page_is_a4_landscape_fits_its_width_and_repeats_its_heading(sheets):
    for name, sheet in sheets:
        assert sheet.page_setup.orientation == "landscape", name
        assert sheet.page_setup.paperSize == 9, name
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes is not None


def test_only_what_is_filled_in_is_unlocked(sheets):
    filled = {"核实结果", "现就读学校或去向", "佐证材料", "核实日期", "备注"}
    for name, sheet in sheets:
        assert sheet.protection.sheet, name
        assert not sheet.protection.sort and not sheet.protection.autoFilter and not sheet.protection.formatColumns
        for cell in sheet[4]:
            below = sheet.cell(5, cell.column)
            assert below.protection.locked == (cell.value not in filled), (name, cell.value)


def test_the_answer_is_chosen_from_a_list_and_the_date_is_checked(sheets):
    for name, sheet in sheets:
        kinds = {rule.type for rule in sheet.data_validations.dataValidation}
        assert "list" in kinds, name
        assert "date" in kinds or "同一人" in name


def test_the_drop_down_offers_codes_with_their_wording(lists):
    book = next(book for name, book in lists.items() if "第一小学" in name)
    offered = {sheet.title: _choices(book, sheet) for sheet in book if sheet.title != "选项"}
    assert "A3 省外就读" in offered["在籍不在校"] and "D2 务工" in offered["在籍不在校"]
    assert not [text for text in offered["有辍学倾向"] if text.startswith("D")], "a child who attends is no dropout"
    review = next(book for name, book in lists.items() if "同一人" in name)
    assert _choices(review, review.worksheets[0]) == ["同一人", "不是同一人", "不能确定"]


def _choices(book, sheet):
    [rule] = [r for r in sheet.data_validations.dataValidation if r.type == "list"]
    where = rule.formula1.removeprefix("=").split("!")[1].replace("$", "")
    return [cell.value for (cell,) in book["选项"][where]]


def test_the_case_number_is_hidden_but_there(sheets):
    for name, sheet in sheets:
        [at] = [cell for cell in sheet[4] if cell.value in ("案号", "核对编号")]
        assert sheet.cell(5, at.column).value, name
        shown = "台账" in name or at.value == "核对编号"
        assert sheet.column_dimensions[at.column_letter].hidden != shown


def test_a_name_that_begins_like_a_formula_stays_text(lists):
    book = next(book for name, book in lists.items() if "第二中学" in name)
    [cell] = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=赵四"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_priority_rows_stand_first_and_are_marked(lists):
    book = next(book for name, book in lists.items() if "第一小学" in name)
    sheet = book["在籍不在校"]
    assert [sheet.cell(5, 2).value, sheet.cell(5, 3).value] == ["★", "张一丰"]
    assert sheet.cell(5, 3).font.bold


def test_differing_cells_of_a_pair_are_coloured(lists):
    [book] = [book for name, book in lists.items() if "同一人" in name]
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[4]}
    assert sheet.cell(5, heads["姓名\n甲"]).fill.fgColor.rgb == sheet.cell(5, heads["姓名\n乙"]).fill.fgColor.rgb
    assert sheet.cell(5, heads["姓名\n甲"]).fill.fgColor.rgb != sheet.cell(5, heads["性别\n甲"]).fill.fgColor.rgb
    assert sheet.cell(5, heads["相似\n程度"]).value == "很可能"
    assert sheet["A2"].value.endswith("共 1 对")


def test_the_foot_has_room_for_names_and_stamp(sheets):
    for name, sheet in sheets:
        assert "单位（盖章）" in sheet.cell(sheet.max_row, 1).value, name


def test_issues_are_told_by_file_by_kind_and_by_cell(delivered):
    [path] = [p for p in delivered.files if "学籍数据报送单位_文件问题清单" in p.name]
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "问题分类", "问题明细"]
    detail = [cell.value for cell in book["问题明细"][5]]
    assert detail[3:] == ["第12行", "身份证号", "提示", "身份证号校验位不对，请核对"]


def test_the_place_of_an_issue_leads_to_the_cell_of_the_file_beside_the_workbook(delivered):
    [path] = [p for p in delivered.files if "学籍数据报送单位_文件问题清单" in p.name]
    sheet = openpyxl.load_workbook(path)["问题明细"]
    link = sheet["D5"].hyperlink
    assert (unquote(link.target), link.location) == ("全区.xlsx", "'Sheet1'!A12")
    assert "同一文件夹" in sheet["A3"].value


@pytest.mark.parametrize(("given", "to"), [
    ({}, "external:9月 考勤.xls#'三''班'!C7"),
    ({"column_letter": None}, "external:9月 考勤.xls#'三''班'!A7"),
    ({"format": "csv"}, "external:9月 考勤.xls"),
    ({"path": "990101/学籍/全部.zip/甲.xlsx"}, "external:甲.xlsx#'三''班'!C7"),
    ({"path": "990101/学籍/\\\\server\\share\\a.xlsx"}, None),
    ({"path": "990101/学籍/c:a.xlsx"}, None),
    ({"path": "990101/学籍/甲#乙.xlsx"}, None),
    ({"path": "990101/学籍/王某110101201509020032.xlsx"}, None),
    ({"path": "990101/学籍/..xlsx"}, None),
])  # fmt: skip
def test_a_link_leads_to_a_file_of_that_name_beside_the_workbook_and_nowhere_else(given, to):
    row = {"path": "990101/考勤/9月 考勤.xls", "format": "xls", "sheet": "三'班", "column_letter": "C", "row_no": 7}
    assert _link_to_cell(row | given) == to


def test_a_sheet_carries_no_more_links_than_excel_opens(tmp_path, monkeypatch):
    monkeypatch.setattr("transforms.lists.workbook.MOST_LINKS", 2)
    rows = [[f"第{number}行"] for number in range(4)]
    sheet = Sheet("表", "表", "", "", (Field("位置"),), rows, links={(at, 0): "external:a.xlsx" for at in range(4)})
    write_workbook(tmp_path / "a.xlsx", [sheet])
    read = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]
    assert [bool(read.cell(row, 1).hyperlink) for row in range(5, 9)] == [True, True, False, False]
    assert read["A8"].value == "第3行"


def test_a_school_is_told_which_classes_owe_attendance_and_no_name(delivered):
    [path] = [p for p in delivered.files if "第二中学_未报送考勤" in p.name]
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[5]][:3] == [1, "八年级(1)班", 45]


def test_control_characters_and_endless_texts_are_made_to_fit_a_cell():
    assert clean_text("a\x00b\x0bc\nd") == "abc\nd"
    assert len(clean_text("长" * 40_000)) == 32_767


def test_a_file_name_fits_any_system():
    assert safe_name('第一/小学:"东区"*? ') == "第一小学东区"
    assert safe_name("..") == "未命名"
    assert len(safe_name("校" * 90)) == 40
    assert width_of("张san") == 5


@pytest.mark.parametrize(("others", "width"), [(4, LINE_OF_A4 - 43.5), (14, 28)])
def test_the_column_of_the_reason_takes_what_is_left_of_the_page(tmp_path, others, width):
    fields = (
        Field("为何列出", 28, grows=True),
        *(Field(f"列{at}", 10) for at in range(others)),
        Field("案号", 12, hidden=True),
    )
    write_workbook(tmp_path / "a.xlsx", [Sheet("表", "表", "", "", fields, [])])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["表"].column_dimensions["A"].width == pytest.approx(width, abs=1)


def test_a_day_and_a_number_are_never_broken_over_lines(sheets):
    seen = set()
    for _, sheet in sheets:
        for head in sheet[4]:
            if re.search(r"案号|编号|期限|日期|月$|后四位|电话|号码", head.value.replace("\n", "")):
                look = sheet.cell(5, head.column).alignment
                assert (look.shrinkToFit and not look.wrapText) or sheet.column_dimensions[head.column_letter].hidden
                seen.add(head.value)
    assert {"案号", "核对编号", "应答期限", "出生年月", "出生日期\n甲", "联系电话", "户籍登记号码", "核实日期"} <= seen


def test_a_row_is_as_high_as_the_lines_its_cell_says_and_wraps_into(tmp_path):
    rows = [["甲"], ["甲\n乙\n丙\n丁"], ["长" * 40]]
    write_workbook(tmp_path / "a.xlsx", [Sheet("表", "表", "", "", (Field("话", 21.5),), rows)])
    heights = [openpyxl.load_workbook(tmp_path / "a.xlsx")["表"].row_dimensions[row].height for row in (5, 6, 7)]
    assert heights == [24, 66, 66]


def test_rows_say_the_same_however_they_lie_in_memory_and_something_else_once_a_value_moves():
    def said(names, batch=2, **of):
        columns = {"name": pa.array(names, pa.string()), "day": pa.array([date(2026, 9, 1)] * len(names)), **of}
        return b"".join(ArrowRows(pa.table(columns), batch).said())

    names = ["甲", None, "", "乙丙", "丁"]
    whole = pa.table({"name": pa.array(["前", *names, "后"]), "day": pa.array([date(2026, 9, 1)] * 7)})
    in_pieces = pa.concat_tables([whole.slice(1, 1), whole.slice(2, 3), whole.slice(5, 1)])
    assert b"".join(ArrowRows(whole.slice(1, 5), 2).said()) == b"".join(ArrowRows(in_pieces, 2).said()) == said(names)
    others = (["甲", "", None, "乙丙", "丁"], ["甲", None, "", "乙", "丙丁"], ["甲", None, "", "乙丙", "戊"], names[:4])
    assert len({said(names), *(said(other) for other in others)}) == 5
    assert said(["甲"], number=pa.array([1])) != said(["甲"], number=pa.array([None], pa.int64()))


def test_an_empty_sheet_can_be_written(tmp_path):
    sheet = Sheet("空", "空表", "", "无", (Field("序号"), Field("核实结果", fill="choice", choices="x")), [])
    write_workbook(tmp_path / "a.xlsx", [sheet], {"x": ["一"]}, date(2026, 9, 1))
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["空"]["A1"].value == "空表"


def test_more_rows_than_a_sheet_holds_go_on_to_the_next_with_their_marks():
    rows = [[number] for number in range(5)]
    sheet = Sheet("明细", "表", "", "", (Field("数"),), rows, marked=frozenset([3]), coloured=frozenset([(4, 0)]))
    parts = parts_of(sheet, most=2)
    assert [(part.name, part.rows) for part in parts] == [
        ("明细1", [[0], [1]]), ("明细2", [[2], [3]]), ("明细3", [[4]]),
    ]  # fmt: skip
    assert [part.marked for part in parts] == [frozenset(), frozenset([1]), frozenset()]
    assert parts[2].coloured == frozenset([(0, 0)])
    assert parts_of(sheet) == [sheet]
    linked = parts_of(Sheet("明细", "表", "", "", (Field("数"),), rows, links={(3, 0): "external:a.xlsx"}), most=2)
    assert [part.links for part in linked] == [{}, {(1, 0): "external:a.xlsx"}, {}]
