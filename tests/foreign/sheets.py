"""Writers of files as offices send them: the same rows as a workbook, as text in many encodings, as a web page named .xls."""

import html
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt


@dataclass
class Formula:
    """A cell that is a formula with the result a program last computed."""

    text: str
    value: Any


@dataclass
class Sheet:
    """Rows of cells, with merged ranges as (first row, first column, last row, last column)."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, row: list[Any], merge_to: int = 0) -> int:
        """Append a row, its first cell merged over `merge_to` columns; the row's index."""
        self.rows.append(row)
        at = len(self.rows) - 1
        if merge_to > 1:
            self.merges.append((at, 0, at, merge_to - 1))
        return at


def plain(cell: Any) -> str:
    if isinstance(cell, Formula):
        cell = cell.value
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    if isinstance(cell, float) and cell > 1e15:
        return f"{cell:.5E}".replace("E+", "E+")
    return str(cell)


def write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    centred = book.add_format({"align": "center", "valign": "vcenter", "bold": True, "text_wrap": True})
    as_date = book.add_format({"num_format": "yyyy/m/d"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        covered = {(r, c) for r0, c0, r1, c1 in sheet.merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
        for r0, c0, r1, c1 in sheet.merges:
            page.merge_range(r0, c0, r1, c1, plain(sheet.rows[r0][c0]), centred)
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is None or cell == "" or (r, c) in covered:
                    continue
                if isinstance(cell, Formula):
                    page.write_formula(r, c, cell.text, None, cell.value)
                elif isinstance(cell, date):
                    page.write_datetime(r, c, cell, as_date)
                elif isinstance(cell, int | float):
                    page.write_number(r, c, cell)
                else:
                    page.write_string(r, c, cell)
    book.close()


def write_xls(path: Path, sheets: list[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    as_date = xlwt.easyxf(num_format_str="yyyy-m-d")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        covered = {(r, c) for r0, c0, r1, c1 in sheet.merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
        for r0, c0, r1, c1 in sheet.merges:
            page.write_merge(r0, r1, c0, c1, plain(sheet.rows[r0][c0]))
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is None or cell == "" or (r, c) in covered:
                    continue
                if isinstance(cell, date):
                    page.write(r, c, cell, as_date)
                elif isinstance(cell, Formula):
                    page.write(r, c, cell.value)
                else:
                    page.write(r, c, cell)
    book.save(str(path))


def write_html(path: Path, sheet: Sheet, encoding: str) -> None:
    starts = {(r0, c0): (r1 - r0 + 1, c1 - c0 + 1) for r0, c0, r1, c1 in sheet.merges}
    inside = {(r, c) for r0, c0, r1, c1 in sheet.merges for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)} - set(
        starts
    )
    lines = [
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">',
        "<style>td{mso-number-format:'\\@'}</style></head><body><table border=1>",
    ]
    width = max(len(row) for row in sheet.rows)
    for r, row in enumerate(sheet.rows):
        cells = []
        for c in range(width):
            if (r, c) in inside:
                continue
            down, right = starts.get((r, c), (1, 1))
            span = (f" rowspan={down}" if down > 1 else "") + (f" colspan={right}" if right > 1 else "")
            text = html.escape(plain(row[c]) if c < len(row) else "").replace("\n", "<br>")
            cells.append(f"<td{span}>{text or '&nbsp;'}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    path.write_bytes("\n".join([*lines, "</table></body></html>"]).encode(encoding, "xmlcharrefreplace"))


def write_text(path: Path, sheet: Sheet, encoding: str, mark: str, newline: str = "\r\n") -> None:
    def quoted(cell: Any) -> str:
        text = plain(cell)
        if any(sign in text for sign in (mark, '"', "\n")):
            text = '"' + text.replace('"', '""') + '"'
        return text

    path.write_bytes((newline.join(mark.join(quoted(c) for c in row) for row in sheet.rows) + newline).encode(encoding))


def write(stem: Path, form: str, sheets: list[Sheet]) -> Path:
    """One file under the name `stem` with the ending its form has in the field; text forms hold the first sheet."""
    ending = {
        "xlsx": ".xlsx",
        "xls": ".xls",
        "html": ".xls",
        "html_gbk": ".xls",
        "tsv_gbk": ".xls",
        "csv_gb18030": ".csv",
        "csv_utf8": ".csv",
        "csv_bom": ".csv",
        "tsv_utf16": ".txt",
        "et": ".et",
    }[form]
    path = stem.with_name(stem.name + ending)
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == "xlsx":
        write_xlsx(path, sheets)
    elif form in ("xls", "et"):
        write_xls(path, sheets)
    elif form in ("html", "html_gbk"):
        write_html(path, sheets[0], "utf-8" if form == "html" else "gbk")
    else:
        encoding = {
            "tsv_gbk": "gb18030",
            "csv_gb18030": "gb18030",
            "csv_utf8": "utf-8",
            "csv_bom": "utf-8-sig",
            "tsv_utf16": "utf-16",
        }[form]
        write_text(path, sheets[0], encoding, "\t" if form.startswith("tsv") else ",")
    return path
