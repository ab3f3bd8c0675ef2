"""The table of a sheet, written as text into its file: a city's ledgers are millions of cells, most of which say what
another has said.

XlsxWriter writes all else of a workbook. It holds every cell as an object of its own and asks it twice what it is and how
it looks, six microseconds a cell; here a cell's text and look are put in words once for all that are alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

COLUMNS = [xl_col_to_name(at) for at in range(256)]


class TableSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose table stands between what XlsxWriter writes above it and below it."""

    dim_rowmin: int | None
    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self._first_of_table, self._after_table = 0, 0
        self._rows_of_table: Iterable[str] = ()

    def write_table(self, first: int, count: int, columns: int, rows: Iterable[str]) -> None:
        """Put ``count`` rows (`row_as_text`) from row ``first`` on, told one by one when the file is written."""
        self._first_of_table, self._after_table, self._rows_of_table = first, first + count, rows
        if count:
            self._check_dimensions(first + count - 1, columns - 1)

    def link(self, row: int, column: int, to: str) -> None:
        """Let a cell of the table lead somewhere; what it says stands in the table."""
        self.ignore_write_string = True
        self.write_url(row, column, to)
        self.ignore_write_string = False

    def told(self, value: str | float | None, look: Any) -> str:
        """A cell but for its place: the same for every cell of this look that says this."""
        style = f' s="{look._get_xf_index()}"'
        if value is None or value == "":
            return f"{style}/>"
        if not isinstance(value, str):
            return f"{style}><v>{value:.16G}</v></c>"
        plain = "_x" not in value and value.isprintable()
        text = self._escape_data(value if plain else self._escape_control_characters(value))
        kept = ' xml:space="preserve"' if value != value.strip() else ""
        return f'{style} t="inlineStr"><is><t{kept}>{text}</t></is></c>'

    def _write_rows(self) -> None:
        first, last = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self._first_of_table - 1
        super()._write_rows()
        for row in self._rows_of_table:
            self.fh.write(row)
        self.dim_rowmin, self.dim_rowmax = self._after_table, last
        super()._write_rows()
        self.dim_rowmin = first


def row_as_text(number: int, height: float, cells: Iterable[str]) -> str:
    """A row from its cells, as `TableSheet.told` says them."""
    place = str(number + 1)
    pixels = int(height * 4 / 3 + 0.5)
    told = "".join([f'<c r="{column}{place}"{cell}' for column, cell in zip(COLUMNS, cells, strict=False)])
    return f'<row r="{place}" ht="{pixels * 0.75:g}" customHeight="1">{told}</row>'
