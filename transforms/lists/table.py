"""The table of a sheet, written as text into its file: a city's ledgers are millions of cells, most of which say what
another has said.

XlsxWriter writes all else of a workbook. It holds every cell as an object of its own and asks it twice what it is and how
it looks, six microseconds a cell; here a cell's text and look are put in words once for all that are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import isfinite
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

PLAIN = re.compile(r"[^\x00-\x20<>&_]*")
PLAIN_WHOLE = r"^[^\x00-\x20<>&_=+\-@\x{fffe}\x{ffff}][^\x00-\x20<>&_\x{fffe}\x{ffff}]*$"
"""A text that needs no look at all: nothing in it means anything to XML, and no program takes it for a formula."""
PLACE = "\ue000"
ROWS_TOGETHER = 5_000
"""Rows put together at once from their columns: a county's hundred thousand are fifty million characters."""


class TableSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose table stands between what XlsxWriter writes above it and below it."""

    dim_rowmin: int | None
    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self._first_of_table, self._after_table = 0, 0
        self._rows_of_table: Iterable[str] = ()

    def write_table(self, first: int, count: int, columns: int, rows: Iterable[str]) -> None:
        """Put ``count`` rows (`row_as_text`, `columns_as_text`) from row ``first`` on, told when the file is written."""
        self._first_of_table, self._after_table, self._rows_of_table = first, first + count, rows
        if count:
            self._check_dimensions(first + count - 1, columns - 1)

    def link(self, row: int, column: int, to: str) -> None:
        """Let a cell of the table lead somewhere; what it says stands in the table."""
        self.ignore_write_string = True
        self.write_url(row, column, to)
        self.ignore_write_string = False

    def _write_rows(self) -> None:
        first, last = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self._first_of_table - 1
        super()._write_rows()
        for row in self._rows_of_table:
            self.fh.write(row)
        self.dim_rowmin, self.dim_rowmax = self._after_table, last
        super()._write_rows()
        self.dim_rowmin = first


def style_of(look: Any) -> str:
    """A format of the workbook as a cell names it."""
    return f' s="{look._get_xf_index()}"'


def blank_cell(style: str) -> str:
    """A cell that says nothing, but for its place; so are the next two."""
    return f"{style}/>"


def number_cell(number: float, style: str) -> str:
    """A cell with a number; raises `ValueError` for what is none, or the whole workbook would not open."""
    if not isfinite(number):
        raise ValueError("neither infinity nor what is no number can stand in a cell")
    return f"{style}><v>{number:.16G}</v></c>"


def text_cell(text: str, style: str) -> str:
    """A cell with a text, never a formula."""
    kept = ""
    if not PLAIN.fullmatch(text):
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        text = escape(Worksheet._escape_control_characters(text))
    return f'{style} t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def is_plain(texts: pa.Array) -> pa.Array:
    """Which of many texts `plain_cells` may tell."""
    return pc.match_substring_regex(texts, PLAIN_WHOLE)


def plain_cells(texts: pa.Array, style: str) -> pa.Array:
    """`text_cell` of many texts that are plain."""
    return _between(f'{style} t="inlineStr"><is><t>', texts, "</t></is></c>")


def number_cells(numbers: pa.Array, style: str) -> pa.Array:
    """`number_cell` of many whole numbers."""
    return _between(f"{style}><v>", pc.cast(numbers, pa.string()), "</v></c>")


def row_of(columns: int) -> str:
    """What is common to all rows of a table: its number and height, then its cells, are filled in by `row_as_text`."""
    cells = "".join(f'<c r="{xl_col_to_name(at)}{PLACE}"%s' for at in range(columns))
    return f'<row r="{PLACE}" ht="%s" customHeight="1">{cells}</row>'


def row_as_text(row: str, number: int, height: str, cells: Sequence[str]) -> str:
    """A row from its cells, which say all but their places."""
    return row.replace(PLACE, str(number + 1)) % (height, *cells)


def columns_as_text(first: int, heights: pa.DictionaryArray, columns: Sequence[pa.DictionaryArray]) -> Iterator[str]:
    """The rows from row ``first`` on, many at once, from the height of each and the cells of each column."""
    heads = [f'<c r="{xl_col_to_name(at)}' for at in range(len(columns))]
    # What stands between a row's number and the next time it is said, once for all that are alike.
    openings = pa.DictionaryArray.from_arrays(
        heights.indices, _between('" ht="', heights.dictionary, f'" customHeight="1">{heads[0]}')
    )
    cells = [
        pa.DictionaryArray.from_arrays(column.indices, _between('"', column.dictionary, after))
        for column, after in zip(columns, [*heads[1:], "</row>"], strict=True)
    ]
    for start in range(0, len(heights), ROWS_TOGETHER):
        pieces = [piece[start : start + ROWS_TOGETHER] for piece in (openings, *cells)]
        last = first + start + len(pieces[0])
        numbers = pc.cast(pa.array(range(first + start + 1, last + 1)), pa.string())
        said = (part for piece in pieces for part in (numbers, piece.dictionary.take(piece.indices)))
        rows = pc.binary_join_element_wise('<row r="', *said, "")
        yield pc.binary_join(pa.ListArray.from_arrays([0, len(rows)], rows), "")[0].as_py()


def _between(before: str, said: pa.Array, after: str) -> pa.Array:
    return pc.binary_join_element_wise(before, said, after, "")


@cache
def height_of(lines: float) -> str:
    """The height of a row whose cells stand on so many lines, in whole pixels as Excel keeps it."""
    points = max(24.0, min(15.5 * lines + 4, 400))
    return f"{int(points * 4 / 3 + 0.5) * 0.75:g}"
