from datetime import date

import openpyxl
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from tests.lists.programs import needs_office, saved_again
from transforms.lists.offices import end_only
from transforms.lists.workbook import ArrowRows, Field, Sheet, write_workbook

HARD_TO_WRITE = (
    " 前后有空 ", "一行\n两行", '<甲> & "乙"', "_x0041_不是字母", "=1+1", "回车\r符", "𠮷野", "-5", "00123", "长" * 300,
)  # fmt: skip
ROWS = [[number, said, None, 0.5] for number, said in enumerate(HARD_TO_WRITE)]
ROWS += [[10**15, date(2026, 9, 1), None, -2.25], [None, "", None, None]]
MEANT = [["" if value is None else value for value in row] for row in ROWS]
MEANT[-2][1] = "2026-09-01"


@pytest.fixture
def path(tmp_path):
    fields = (Field("数"), Field("话", 20), Field("空"), Field("小数"))
    write_workbook(tmp_path / "a.xlsx", [Sheet("表", "题", "副题", "注", fields, ROWS)])
    return tmp_path / "a.xlsx"


def read(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name("表").to_python(skip_empty_area=False)


def test_every_cell_says_what_was_meant_between_what_stands_above_and_below_the_table(path):
    rows = read(path)
    assert [row[0] for row in rows[:4]] == ["题", "副题", "填表说明：注", "数"]
    assert rows[4:-2] == MEANT
    assert rows[-2] == [""] * 4 and "单位（盖章）" in rows[-1][0]


@needs_office
def test_an_office_suite_reads_the_same_and_saves_it(path, tmp_path):
    assert read(saved_again(path, tmp_path / "again")) == read(path)


def test_every_cell_bears_the_look_of_its_column_blank_ones_too(path):
    sheet = openpyxl.load_workbook(path)["表"]
    assert {cell.border.left.style for row in sheet.iter_rows(min_row=4, max_row=4 + len(ROWS)) for cell in row} == {
        "thin"
    }
    assert [sheet.cell(row, 2).quotePrefix for row in (5, 9, 12)] == [False, True, True]
    assert sheet.dimensions == f"A1:D{4 + len(ROWS) + 2}"


def test_equal_tables_are_equal_byte_for_byte_however_large(tmp_path, monkeypatch):
    fields = (Field("数"), Field("话"))
    sheet = Sheet("表", "题", "副题", "注", fields, [[number, f"话{number % 7}"] for number in range(50)], signed=False)
    written = []
    for streamed_from in (10, 10, 1000):
        monkeypatch.setattr("transforms.lists.workbook.STREAMED_FROM", streamed_from)
        write_workbook(tmp_path / "a.xlsx", [sheet])
        written.append(((tmp_path / "a.xlsx").read_bytes(), read(tmp_path / "a.xlsx")))
        assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    assert written[0] == written[1] and written[0][1] == written[2][1]


def seen(path):
    """Every cell of the table with its look, and the height of its row."""
    sheet = openpyxl.load_workbook(path)["表"]
    looks = ("font", "border", "alignment", "protection", "number_format", "quotePrefix")
    return [
        (sheet.row_dimensions[row[0].row].height,
         [(cell.value, cell.data_type, *(str(getattr(cell, look)) for look in looks)) for cell in row])
        for row in sheet.iter_rows(min_row=4)
    ]  # fmt: skip


@pytest.mark.parametrize("together", [5, 5_000])
@pytest.mark.parametrize("count", [0, 1, 40])
def test_a_table_told_column_by_column_is_the_one_told_row_by_row(tmp_path, monkeypatch, count, together):
    monkeypatch.setattr("transforms.lists.table.ROWS_TOGETHER", together)
    said = [*HARD_TO_WRITE, None, "", "住110105201409010018号", "字\ufffe间", "甲" * 12] * 3
    rows = pa.table({
        "number": pa.array(range(count), pa.int32()),
        "perhaps": pa.array([at if at % 3 else None for at in range(count)], pa.int64()),
        "said": pa.array(said[:count], pa.string()),
        "day": pa.array([date(2026, 9, 1 + at % 9) for at in range(count)], pa.date32()),
        "part": pa.array([at / 4 for at in range(count)], pa.float64()),
    })  # fmt: skip
    fields = (
        Field("数"),
        Field("或数", 6, fill="text"),
        Field("话", 20),
        Field("日", 8, whole=True),
        Field("小数", centred=True),
    )
    for name, given in (("columns.xlsx", ArrowRows(rows)), ("rows.xlsx", list(ArrowRows(rows)))):
        write_workbook(tmp_path / name, [Sheet("表", "题", "副题", "注", fields, given)], guard=end_only)
    assert read(tmp_path / "columns.xlsx") == read(tmp_path / "rows.xlsx")
    assert seen(tmp_path / "columns.xlsx") == seen(tmp_path / "rows.xlsx")


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_no_cell_can_hold_is_refused_and_not_written(tmp_path, number):
    with pytest.raises(ValueError, match="can stand in a cell"):
        write_workbook(
            tmp_path / "a.xlsx", [Sheet("表", "题", "副题", "注", (Field("数"), Field("话")), [[number, "甲"]])]
        )
