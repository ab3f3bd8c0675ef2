"""Files as offices make them: workbooks, text tables in any encoding, and text tables that call themselves .xls."""

from __future__ import annotations

import csv
import datetime
import hashlib
import html
import io
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

Cell = str | int | float | datetime.date | None


@dataclass
class Sheet:
    """The cells of one sheet, its merged ranges, and which rows (from 0) hold which record of a book."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    records: list[tuple[int, int]] = field(default_factory=list)
    bold: tuple[int, ...] = ()


@dataclass
class File:
    """One file to be delivered: its path below the period's inbox, how it is written, and its sheets."""

    path: str
    format: str
    sheets: list[Sheet]
    encoding: str = "utf-8"
    date_format: str = "yyyy-mm-dd"


def write_file(file: File, root: Path) -> str:
    """Write ``file`` below ``root``; the SHA-256 of its bytes."""
    path = root / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    content = _workbook(file) if file.format == "xlsx" else _text(file)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _text(file: File) -> bytes:
    [sheet] = file.sheets
    out = io.StringIO(newline="")
    if file.format == "html":
        out.write('<html><head><meta charset="utf-8"></head><body><table border="1">\n')
        for row in sheet.rows:
            cells = "".join(f"<td>{'' if cell is None else html.escape(str(cell))}</td>" for cell in row)
            out.write(f"<tr>{cells}</tr>\n")
        out.write("</table></body></html>\n")
    elif file.format == "tsv":
        for row in sheet.rows:
            out.write("\t".join("" if cell is None else str(cell) for cell in row) + "\r\n")
    else:
        csv.writer(out, lineterminator="\r\n").writerows(
            ["" if cell is None else cell for cell in row] for row in sheet.rows
        )
    return out.getvalue().encode(file.encoding)


def _widths(sheet: Sheet) -> list[float]:
    """Column widths that fit the header and the first lines below it; a Chinese character takes two places."""
    top = max(sheet.bold, default=0)
    shown = sheet.rows[top : top + 4]
    columns = max((len(row) for row in shown), default=0)
    longest = [
        max((len(str(row[n])) for row in shown if n < len(row) and row[n] is not None), default=1)
        for n in range(columns)
    ]
    return [min(30.0, 2.0 + length * 1.3) for length in longest]


def _workbook(file: File) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": file.date_format})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})  # bytes must not depend on the clock
    head = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True})
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    date = book.add_format({"num_format": file.date_format})
    for sheet in file.sheets:
        page = book.add_worksheet(sheet.name)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        starts = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
        for at, row in enumerate(sheet.rows):
            form = head if at in sheet.bold else None
            for column, cell in enumerate(row):
                if starts and (at, column) in starts:
                    bottom, right = starts[at, column]
                    page.merge_range(at, column, bottom, right, "" if cell is None else cell, form or title)
                elif cell is None or cell == "":
                    continue
                elif isinstance(cell, str):
                    page.write_string(at, column, cell, form)
                elif isinstance(cell, datetime.date):
                    page.write_datetime(at, column, cell, date)
                else:
                    page.write_number(at, column, cell, form)
    book.close()
    return out.getvalue()
