"""A workbook handed on inflated: the same cells, the same merged cells, and nothing guessed."""

from __future__ import annotations

import io
import zipfile

import pytest
import python_calamine as calamine
import xlsxwriter

from transforms.intake.formats import open_book, zip_members
from transforms.intake.inflated import merged_first, with_inflated


def _workbook(merged: bool) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    for name in ("一班", "二班"):
        sheet = book.add_worksheet(name)
        for row in range(3, 40):
            sheet.write_row(row, 1, ["王小明", row, 0.5, "", "√"])
        if merged:
            sheet.merge_range(0, 0, 1, 5, f"{name}考勤表")
    book.close()
    return content.getvalue()


def _inflated(data: bytes) -> bytes:
    packed = zipfile.ZipFile(io.BytesIO(data))
    sheets = {m.offset: merged_first(packed.read(m.name)) for m in zip_members(data) if "worksheets/" in m.name}
    return b"".join(with_inflated(data, sheets))


def _read(data: bytes) -> list[tuple[object, ...]]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [book.get_sheet_by_index(place) for place in range(len(book.sheet_names))]
    return [(s.name, s.start, s.merged_cell_ranges, s.to_python()) for s in sheets]


@pytest.mark.parametrize("merged", [True, False])
def test_cells_and_merged_cells_stay_as_they_were(merged: bool) -> None:
    data = _workbook(merged)
    handed = _inflated(data)
    assert handed != data
    assert _read(handed) == _read(data)
    assert zipfile.ZipFile(io.BytesIO(handed)).testzip() is None


def test_merged_cells_are_told_before_the_rows() -> None:
    merged = b'<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    sheet = b"<worksheet><sheetData><row/></sheetData>" + merged + b"</worksheet>"
    assert b"".join(merged_first(sheet)) == sheet.replace(b"<sheetData>", merged + b"<sheetData>")
    bare = b"<worksheet><sheetData><row/></sheetData></worksheet>"
    assert b"".join(merged_first(bare)) == bare.replace(b"<sheetData>", b"<mergeCells></mergeCells><sheetData>")


@pytest.mark.parametrize(
    "sheet",
    [
        b"<x:worksheet><x:sheetData></x:sheetData></x:worksheet>",
        b"<worksheet><sheetData/></worksheet>",
        b"<worksheet><!-- <sheetData> --><sheetData></sheetData></worksheet>",
        b"<worksheet><sheetData></sheetData><!-- </sheetData> --></worksheet>",
        b"<worksheet><sheetData></sheetData><x:mergeCells></x:mergeCells></worksheet>",
        b'<worksheet><sheetData></sheetData><mergeCells count="0"/></worksheet>',
        b"<worksheet><mergeCells></mergeCells><sheetData></sheetData></worksheet>",
    ],
)
def test_a_sheet_written_in_another_way_stays_as_it_is(sheet: bytes) -> None:
    assert merged_first(sheet) == (sheet,)


def test_a_sheet_whose_checksum_is_wrong_is_refused_as_before() -> None:
    data = bytearray(_workbook(merged=False))
    for member in zip_members(bytes(data)):
        if "worksheets/" in member.name:
            entry = data.find(member.name.encode(), data.rfind(b"PK\x01\x02", 0, data.rfind(member.name.encode()))) - 46
            data[entry + 16] ^= 0xFF
            data[member.offset + 14] ^= 0xFF
    with pytest.raises(Exception, match="unreadable"):
        list(open_book(bytes(data)).sheets)
