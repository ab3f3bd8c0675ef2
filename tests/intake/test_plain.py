"""Plain sheets give what calamine gives, and whatever is not plain is left to it."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import python_calamine as calamine
import xlsxwriter

from transforms.intake import formats, plain
from transforms.intake.formats import open_book, zip_members

SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
Change = tuple[str, bytes, bytes]


def workbook(**options: Any) -> bytes:
    """Texts, numbers, dates, blanks, merged cells, gaps, a sheet of one column, a hidden and an empty one."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, options)
    day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
    for name in ("一班", "二班"):
        sheet = book.add_worksheet(name)
        sheet.merge_range(1, 1, 1, 6, f"{name}考勤表")
        for row in (3, 4, 5, 9, 10):
            sheet.write_row(row, 1, ["王小明", row, 0.5, "", "√", 210102201509010000, "  缩进 \n"])
            sheet.write(row, 9, dt.date(2015, 9, row + 1), day)
            sheet.write_blank(row, 12, None, bold)
            sheet.write_formula(row, 10, f'=COUNTIF(F{row}:F{row + 20},"√")', None, row)
    notes = book.add_worksheet("说明")
    notes.write_column(0, 2, ["注", 7])
    notes.hide()
    book.add_worksheet("空")
    book.close()
    return content.getvalue()


def changed(data: bytes, *changes: Change) -> bytes:
    """A workbook in whose parts one thing stands for another."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for where, before, after in changes:
                if where == name:
                    assert before in part
                    part = part.replace(before, after)
            new.writestr(name, part)
    return content.getvalue()


def by_calamine(data: bytes) -> list[Any]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    told = []
    for place, meta in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(place)
        row, column = sheet.start or (0, 0)
        merged = tuple(
            ((top - row, left - column), (bottom - row, right - column))
            for (top, left), (bottom, right) in sheet.merged_cell_ranges
        )
        unseen = meta.visible != calamine.SheetVisibleEnum.Visible
        rows = sheet.to_python(skip_empty_area=True) if sheet.start else []
        told.append((meta.name, row + 1, column + 1, unseen, merged, rows))
    return told


def by_us(data: bytes) -> list[Any]:
    return [
        (sheet.name, sheet.first_row, sheet.first_column, sheet.hidden, sheet.merged, sheet.all_rows())
        for sheet in open_book(data).sheets
    ]


def is_plain(data: bytes) -> bool:
    """Whether none of a workbook is left to calamine."""
    members = {member.name: member for member in zip_members(data)}
    packed = zipfile.ZipFile(io.BytesIO(data))
    sheets = {member.offset: packed.read(name) for name, member in members.items() if "worksheets/" in name}
    shared = (members[TEXTS].offset, packed.read(TEXTS)) if TEXTS in members else None
    try:
        plain.read_plain(data, sheets, shared)
    except plain.NotPlain:
        return False
    return True


PLAIN: dict[str, Callable[[], bytes]] = {
    "as most programs write it": workbook,
    "dates counted from 1904": lambda: workbook(date_1904=True),
    "as Excel writes its rows": lambda: changed(workbook(), (SHEET, b' spans="', b' ht="20.25" customHeight="1" spans="')),
    "rows without cells": lambda: changed(workbook(), (SHEET, b'<row r="5"', b'<row r="4.5" ht="9"/><row r="5"'.replace(b"4.5", b"4"))),
    "as LibreOffice writes its rows": lambda: changed(workbook(), (SHEET, b' spans="', b' hidden="false" collapsed="false" spans="'), (SHEET, b"<f>", b'<f aca="false">')),
    "formulas told once for all": lambda: changed(workbook(), (SHEET, b'<f>COUNTIF(F9:F29,"\xe2\x88\x9a")</f>', b'<f t="shared" si="0"/>')),
    "dates told to be numbers": lambda: changed(workbook(), (SHEET, b"><v>42251<", b' t="n"><v>42251<')),
    "numbers told to be numbers": lambda: changed(workbook(), (SHEET, b"><v>0.5<", b' t="n"><v>0.5<')),
    "how names are pronounced": lambda: changed(workbook(), (TEXTS, b"</t></si>", b'</t><phoneticPr fontId="1" type="noConversion"/></si>')),
    "blanks that are kept": lambda: changed(workbook(), (TEXTS, b"<t>\xe7\x8e\x8b", b'<t xml:space="preserve"> \xe7\x8e\x8b')),
}  # fmt: skip
NOT_PLAIN: dict[str, list[Change]] = {
    "a hidden row": [(SHEET, b'<row r="5"', b'<row r="5" hidden="1"')],
    "a hidden row without cells": [(SHEET, b"</sheetData>", b'<row r="90" hidden="1"/></sheetData>')],
    "a row told twice": [(SHEET, b'<row r="5"', b'<row r="4"')],
    "a cell of another row": [(SHEET, b'r="C5"', b'r="C6"')],
    "a cell told twice": [(SHEET, b'r="C5"', b'r="B5"')],
    "a cell without its row": [(SHEET, b'r="C5"', b'r="C"')],
    "a text of no number": [(SHEET, b't="s"><v>1<', b't="s"><v><')],
    "a text that is not there": [(SHEET, b't="s"><v>1<', b't="s"><v>99<')],
    "a number below nought": [(SHEET, b"<v>0.5<", b"<v>-0.5<")],
    "a number with two points": [(SHEET, b"<v>0.5<", b"<v>0.5.1<")],
    "an error": [(SHEET, b"><v>0.5<", b' t="e"><v>#N/A<')],
    "a truth": [(SHEET, b"><v>0.5<", b' t="b"><v>1<')],
    "a text in its cell": [(SHEET, b"><v>0.5</v>", b' t="inlineStr"><is><t>5</t></is>')],
    "a time of day": [(SHEET, b"<v>42251<", b"<v>42251.5<")],
    "an escaped text": [(TEXTS, "王小明".encode(), b"A&amp;B")],
    "a text of two fonts": [(TEXTS, "<t>王小明".encode(), "<r><t>王</t></r><r><t>小明".encode()), (TEXTS, "王</t></r><r><t>小明</t>".encode(), "王</t></r><r><t>小明</t></r>".encode())],
    "a text with a coded sign": [(TEXTS, "王小明".encode(), "王_x000D_".encode())],
    "blanks that are not kept": [(TEXTS, "<t>王小明".encode(), "<t> 王小明".encode())],
    "a comment among the rows": [(SHEET, b'<row r="5"', b'<!-- --><row r="5"')],
    "a comment before the rows": [(SHEET, b"<sheetData>", b"<!-- --><sheetData>")],
    "names of another space": [(SHEET, b"<sheetData>", b"<x:sheetData>"), (SHEET, b"</sheetData>", b"</x:sheetData>"), (SHEET, b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ')],
    "rows at two places": [(SHEET, b"</sheetData>", b'</sheetData><sheetData><row r="90"><c r="B90"><v>1</v></c></row></sheetData>')],
    "merged cells told twice": [(SHEET, b"</mergeCells>", b"</mergeCells><mergeCells></mergeCells>")],
    "one merged cell": [(SHEET, b'"B2:G2"', b'"B2"')],
}  # fmt: skip


@pytest.mark.parametrize("make", PLAIN.values(), ids=PLAIN.keys())
def test_a_plain_workbook_is_read_as_calamine_reads_it(
    make: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make()
    monkeypatch.setattr(formats, "_calamine", lambda pieces: pytest.fail("left to calamine"))
    assert by_us(data) == by_calamine(data)


@pytest.mark.parametrize("changes", NOT_PLAIN.values(), ids=NOT_PLAIN.keys())
def test_what_may_be_understood_otherwise_is_left_to_calamine(changes: list[Change]) -> None:
    data = changed(workbook(), *changes)
    assert not is_plain(data)
    try:
        expected = by_calamine(data)
    except calamine.CalamineError:
        with pytest.raises(formats.CannotRead, match="unreadable"):
            by_us(data)
    else:
        assert by_us(data) == expected


def test_cells_of_other_kinds_of_numbers_are_told_apart_row_by_row() -> None:
    cells = random.Random(3)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    formats_of = [None, *(book.add_format({"num_format": code}) for code in ("0.00", "yyyy/m/d", "@", '0"分"'))]
    sheet = book.add_worksheet("名册")
    for row in range(300):
        for column in range(12):
            kind = cells.randrange(4)
            if kind == 1:
                sheet.write_string(row, column, cells.choice("√×○△病事"), cells.choice(formats_of))
            elif kind:
                sheet.write_number(row, column, cells.choice([30_000 + row, 41_000]), cells.choice(formats_of))
    book.close()
    assert is_plain(content.getvalue())
    assert by_us(content.getvalue()) == by_calamine(content.getvalue())


def test_two_sheets_of_one_part_do_not_share_their_rows() -> None:
    data = changed(workbook(), ("xl/_rels/workbook.xml.rels", b"sheet2.xml", b"sheet1.xml"))
    first, second, *_ = open_book(data).sheets
    rows = first.all_rows()
    rows[2:] = []
    assert len(second.all_rows()) > 2


def test_a_damaged_part_is_left_to_calamine() -> None:
    for name in (SHEET, TEXTS):
        data = bytearray(workbook())
        data[data.rfind(name.encode()) - 46 + 16] ^= 0xFF
        try:
            expected = by_calamine(bytes(data))
        except calamine.CalamineError:
            with pytest.raises(formats.CannotRead, match="unreadable"):
                by_us(bytes(data))
        else:
            assert by_us(bytes(data)) == expected
