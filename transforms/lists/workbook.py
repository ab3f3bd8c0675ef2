"""Writes one workbook as the bureau's best clerk would: titled, bordered, ready to print, easy to fill in, hard to break.

Knows nothing of findings or offices: a `Sheet` is a title, headings, rows of values and the columns left to fill in.
What a clerk fills in is unlocked and has a drop-down or a date check; all else is locked without a password, against
accidents, not against people. Every value is written as text or number, never as a formula, whatever it begins with.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache, lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, Literal, overload

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from transforms.lists.table import (
    TableSheet,
    blank_cell,
    columns_as_text,
    height_of,
    is_plain,
    number_cell,
    number_cells,
    plain_cells,
    row_as_text,
    row_of,
    style_of,
    text_cell,
)

Value = str | int | float | date | None
Fill = Literal["choice", "date", "text"]
OPTIONS_SHEET = "选项"
FONT = "宋体"
MAX_ROWS = 500_000
STREAMED_FROM = 10_000  # rows of a workbook from which on its parts are not kept in memory
A4 = 9
PADDING = 0.71
"""What Excel adds to the width of every column, in half-width characters."""
LINE_OF_A4 = 150.0
"""Half-width characters a line of A4 landscape holds in letters of eleven points; a wider sheet is printed smaller."""
WIDEST = 200.0
"""The width that is still printed in eight points: none of our sheets is wider."""
REMEMBERED = 4_096
"""Different values of a column remembered with what is made of them."""
MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530."""
LONGEST = 32_767
"""Characters a cell of Excel holds."""
QUOTED = ("=", "+", "-", "@")
"""What a text begins with that a program could take for a formula: it is marked as text."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Field:
    """One column: its heading, its width in half-width characters (0: from its contents), and how it is filled in.

    ``fill`` is null for what we write. ``choices`` names one of the workbook's option lists. ``centred``
    is a look; ``hidden`` keeps a column for machines; one that ``grows`` takes what is left of the page. What is said in
    one ``whole``, as a day or a number, is never broken over lines: where letters are wide it is shown smaller.
    """

    label: str
    width: float = 0
    fill: Fill | None = None
    choices: str = ""
    centred: bool = False
    hidden: bool = False
    grows: bool = False
    whole: bool = False


class ArrowRows(Sequence[Sequence[Value]]):
    """The rows of an Arrow table one batch at a time, so that a county's hundred thousand are never objects all at once."""

    def __init__(self, table: pa.Table, batch: int = 5_000) -> None:
        self._table, self._batch = table, batch

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for part in self._table.to_batches(self._batch):
            yield from zip(*(column.to_pylist() for column in part.columns), strict=True)

    def columns(self) -> Iterator[pa.DictionaryArray]:
        """Each column as its different values, of which nothing is one, and which of them stands in each row."""
        for column in self._table.columns:
            yield column.combine_chunks().dictionary_encode(null_encoding="encode")

    def said(self) -> Iterator[bytes]:
        """What the rows say, the same however they lie in memory: of each column how long its values are, then they."""
        for part in self._table.combine_chunks().to_batches(self._batch):
            for column in part.columns:
                texts = pc.cast(column, pa.string())
                yield pc.fill_null(pc.binary_length(texts), -1).to_numpy().tobytes()
                whole = pa.ListArray.from_arrays([0, len(texts)], pc.fill_null(texts, ""))
                yield pc.binary_join(whole, "")[0].as_buffer().to_pybytes()

    @overload
    def __getitem__(self, at: int) -> Sequence[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> ArrowRows: ...
    def __getitem__(self, at: int | slice) -> Sequence[Value] | ArrowRows:
        if isinstance(at, slice):
            start, stop, _ = at.indices(len(self))
            return ArrowRows(self._table.slice(start, max(stop - start, 0)), self._batch)
        return next(iter(self[at : at + 1]))


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands above the table, the table, and what stands below it.

    ``marked`` are the positions of rows to be done first; ``coloured`` are cells (row, column) that differ from their
    neighbour; ``links`` where such a cell leads. ``signed`` puts the line for names and stamp at the foot. ``dates``
    bound what a date cell accepts.
    """

    name: str
    title: str
    subtitle: str
    note: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Value]]
    marked: frozenset[int] = frozenset()
    coloured: frozenset[tuple[int, int]] = frozenset()
    links: Mapping[tuple[int, int], str] | None = None
    signed: bool = True
    dates: tuple[date, date] | None = None
    frozen: int = 2


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    options: dict[str, Sequence[str]] | None = None,
    made_on: date | None = None,
    guard: Callable[[str], str] = lambda text: text,
) -> None:
    """Write ``sheets`` to ``path`` (0600), the drop-downs' ``options`` on a sheet nobody sees.

    ``made_on`` stands in the properties, so that equal rows give equal bytes. Every text of a row passes ``guard``.
    """
    path.touch(mode=0o600)
    streamed = sum(len(sheet.rows) for sheet in sheets) >= STREAMED_FROM
    options_of_writer = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        # Parts with names in them must not lie in the system's folder of temporary files: in memory, or beside the file.
        "in_memory": not streamed, "tmpdir": str(path.parent),
    }  # fmt: skip
    book = xlsxwriter.Workbook(str(path), options_of_writer)
    book.set_properties({"title": sheets[0].title, "created": datetime.combine(made_on or date(2000, 1, 1), time())})
    looks = _Looks(book)
    for sheet in (part for whole in sheets for part in parts_of(whole)):
        _write_sheet(book, looks, sheet, options or {}, guard)
    if options:
        _write_options(book, options)
    book.worksheets()[0].activate()
    book.close()


def parts_of(sheet: Sheet, most: int = MAX_ROWS) -> list[Sheet]:
    """``sheet`` as it is, or cut into as many as its rows need: a sheet of Excel holds 1,048,576."""
    starts = range(0, max(len(sheet.rows), 1), most)
    if len(starts) == 1:
        return [sheet]
    return [
        replace(
            sheet, name=f"{sheet.name}{number}", rows=sheet.rows[at : at + most],
            marked=frozenset(row - at for row in sheet.marked if at <= row < at + most),
            coloured=frozenset((row - at, column) for row, column in sheet.coloured if at <= row < at + most),
            links={(row - at, column): to for (row, column), to in (sheet.links or {}).items() if at <= row < at + most},
        )
        for number, at in enumerate(starts, start=1)
    ]  # fmt: skip


def safe_name(text: str, longest: int = 40) -> str:
    """``text`` as part of a file name on any system: no reserved character, no trailing dot or blank, not too long."""
    kept = re.sub(r'[\\/:*?"<>|\x00-\x1f\s]+', "", text).strip(". ")
    return kept[:longest].rstrip(". ") or "未命名"


def width_of(text: object) -> float:
    """Width in half-width characters: a Chinese character is two, as it is two bytes of GBK."""
    return float(len(str(text).encode("gbk", "replace")))


class _Looks:
    """The workbook's formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[object, ...], Any] = {}
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}
        cell = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
        self._cell = cell
        self.title = self.of(
            {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"}
        )
        self.subtitle = self.of(
            {"font_name": FONT, "font_size": 11, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.note = self.of(
            {"font_name": FONT, "font_size": 11, "align": "left", "valign": "vcenter", "text_wrap": True}
        )
        self.foot = self.of({"font_name": FONT, "font_size": 11, "align": "left", "valign": "vcenter", "locked": False})
        head = {**cell, "bold": True, "align": "center"}
        self.head = self.of({**head, "bg_color": "#D9E2F3"})
        self.head_fill = self.of({**head, "bg_color": "#FFE699"})

    def of(self, wanted: dict[str, object]) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def cell(self, field: Field, *, first: bool, coloured: bool, quoted: bool, linked: bool = False) -> Any:
        """The format of one cell: first-priority rows bold and shaded, so that they show in black and white too."""
        key = (field.fill, field.centred, field.whole, first, coloured, quoted, linked)
        if key not in self._cells:
            self._cells[key] = self._new_cell(field, first=first, coloured=coloured, quoted=quoted, linked=linked)
        return self._cells[key]

    def _new_cell(self, field: Field, *, first: bool, coloured: bool, quoted: bool, linked: bool) -> Any:
        wanted = dict(self._cell)
        if field.centred or field.fill in ("choice", "date"):
            wanted["align"] = "center"
        if field.whole or field.fill == "date":
            wanted |= {"text_wrap": False, "shrink": True}
        if field.fill:
            wanted["locked"] = False
        if field.fill == "date":
            wanted["num_format"] = "yyyy-mm-dd"
        elif field.fill == "text":
            wanted["num_format"] = "@"
        if first:
            wanted["bold"] = True
        if coloured:
            wanted |= {"bg_color": "#F4B183", "bold": True}
        elif first and not field.fill:
            wanted["bg_color"] = "#EDEDED"
        if quoted:
            wanted["quote_prefix"] = True
        if linked:
            wanted |= {"font_color": "#0563C1", "underline": 1}
        return self.of(wanted)


def _write_sheet(
    book: Any, looks: _Looks, sheet: Sheet, options: dict[str, Sequence[str]], guard: Callable[[str], str]
) -> None:
    page: TableSheet = book.add_worksheet(sheet.name, TableSheet)
    last = max(len(sheet.fields) - 1, 1)
    visible = [at for at, field in enumerate(sheet.fields) if not field.hidden]
    right = visible[-1]
    widths = _widths(sheet)
    for row, (text, look, height) in enumerate(
        (
            (sheet.title, looks.title, 30),
            (sheet.subtitle, looks.subtitle, 0),
            (f"{'填表说明' if sheet.signed else '说明'}：{sheet.note}", looks.note, 0),
        )
    ):
        page.merge_range(row, 0, row, max(right, 1), text, look)
        lines = _lines(text, max(sum(widths[at] for at in visible) - 2, 20))
        page.set_row(row, height or 15 * lines + (6 if look is looks.note else 3))
    head = 3
    for at, field in enumerate(sheet.fields):
        page.set_column(at, at, widths[at], None, {"hidden": True} if field.hidden else {})
        page.write_string(head, at, field.label, looks.head_fill if field.fill else looks.head)
    page.set_row(head, 4 + 14 * max(_lines(sheet.fields[at].label, max(widths[at] - 0.2, 2)) for at in visible))
    end = head + len(sheet.rows)
    rows = _rows_as_text(_Cells(looks, sheet, widths, guard), sheet, head + 1)
    page.write_table(head + 1, len(sheet.rows), len(sheet.fields), rows)
    for (row, column), to in _links(sheet):
        page.link(head + 1 + row, column, to)
    _write_checks(page, sheet, options, head + 1, end)
    if sheet.signed:
        foot = "填表人：　　　　　　　　审核人：　　　　　　　　单位（盖章）：　　　　　　　　　　填报日期：　　　　年　　月　　日"
        page.merge_range(end + 2, 0, end + 2, max(right, 1), foot, looks.foot)
        page.set_row(end + 2, 28)
    if sheet.rows:
        page.autofilter(head, 0, end, last)
    page.freeze_panes(head + 1, min(sheet.frozen, right))
    _set_up_page(page, head)


class _Cells:
    """What stands in the cells of one sheet, each with the number of lines its text stands on."""

    def __init__(self, looks: _Looks, sheet: Sheet, widths: list[float], guard: Callable[[str], str]) -> None:
        self._guard = guard
        self._rooms = [
            math.inf if field.hidden or field.whole else max(width - 1.5, 2)
            for field, width in zip(sheet.fields, widths, strict=True)
        ]

        @cache
        def style(
            at: int, first: bool = False, coloured: bool = False, quoted: bool = False, linked: bool = False
        ) -> str:
            return style_of(looks.cell(sheet.fields[at], first=first, coloured=coloured, quoted=quoted, linked=linked))

        self._style = style

    def of(
        self, value: Value, at: int, first: bool = False, coloured: bool = False, linked: bool = False
    ) -> tuple[str, float]:
        """The cell of a value in column ``at``."""
        if value is None or value == "":
            return blank_cell(self._style(at, first, coloured)), 1.0
        if isinstance(value, (int, float)):
            return number_cell(value, self._style(at, first, coloured)), 1.0
        text = clean_text(value.isoformat() if isinstance(value, date) else self._guard(value))
        cell = text_cell(text, self._style(at, first, coloured, text.startswith(QUOTED), linked))
        return cell, _lines(text, self._rooms[at])

    def of_different(self, values: pa.Array, at: int) -> tuple[pa.Array, pa.Array]:
        """The cells of the different values of column ``at``, no two of them alike; most need no second look."""
        if pa.types.is_integer(values.type):
            cells, easy = number_cells(values, self._style(at)), pc.is_valid(values)
        elif pa.types.is_string(values.type):
            said = pa.array([value and self._guard(value) for value in values.to_pylist()], pa.string())
            cells = plain_cells(said, self._style(at))
            easy = pc.and_(is_plain(said), pc.less_equal(pc.utf8_length(said), min(self._rooms[at] / 2, LONGEST)))
        else:
            cells, easy = pa.nulls(len(values), pa.string()), pa.repeat(False, len(values))
        hard = pc.invert(pc.fill_null(easy, False))
        told = [self.of(value, at) for value in values.filter(hard).to_pylist()]
        return (
            pc.replace_with_mask(cells, hard, pa.array([cell for cell, _ in told], pa.string())),
            pc.replace_with_mask(
                pa.repeat(1.0, len(values)), hard, pa.array([lines for _, lines in told], pa.float64())
            ),
        )


def _rows_as_text(cells: _Cells, sheet: Sheet, start: int) -> Iterator[str]:
    """The rows of the table; what is said again and again in a column is worked out once."""
    linked, coloured = {place for place, _ in _links(sheet)}, sheet.coloured
    special: dict[int, list[int]] = defaultdict(list)
    for number, at in linked | coloured:
        special[number].append(at)
    if isinstance(sheet.rows, ArrowRows) and not (sheet.marked or special):
        yield from _columns_as_text(cells, sheet.rows, start)
        return
    known = {
        first: [lru_cache(REMEMBERED)(partial(cells.of, at=at, first=first)) for at in range(len(sheet.fields))]
        for first in ((False, True) if sheet.marked else (False,))
    }
    row = row_of(len(sheet.fields))
    for number, values in enumerate(sheet.rows):
        first = number in sheet.marked
        told = [of_column(value) for of_column, value in zip(known[first], values, strict=True)]
        for at in special.get(number, ()):
            place = (number, at)
            told[at] = cells.of(values[at], at, first=first, coloured=place in coloured, linked=place in linked)
        told_cells, lines = zip(*told, strict=True)
        yield row_as_text(row, start + number, height_of(max(lines)), told_cells)


def _columns_as_text(cells: _Cells, rows: ArrowRows, start: int) -> Iterator[str]:
    """The same of an Arrow table whose rows all look alike, column by column."""
    columns, most = [], pa.repeat(1.0, len(rows))
    for at, column in enumerate(rows.columns()):
        told, lines = cells.of_different(column.dictionary, at)
        columns.append(pa.DictionaryArray.from_arrays(column.indices, told))
        most = pc.max_element_wise(most, lines.take(column.indices))
    most = most.dictionary_encode()
    heights = pa.array([height_of(lines) for lines in most.dictionary.to_pylist()], pa.string())
    yield from columns_as_text(start, pa.DictionaryArray.from_arrays(most.indices, heights), columns)


def _links(sheet: Sheet) -> Iterable[tuple[tuple[int, int], str]]:
    """Where cells lead, as many as a sheet may hold."""
    return islice((sheet.links or {}).items(), MOST_LINKS)


def _lines(text: str, width: float) -> float:
    """On how many lines ``text`` stands in a cell that holds ``width`` half-width characters a line."""
    if len(text) * (1 if text.isascii() else 2) <= width and "\n" not in text:
        return 1.0
    return sum(max(-(-width_of(part) // width), 1) for part in text.split("\n"))


def clean_text(text: str) -> str:
    """``text`` as a cell can hold it: no control character, no more than 32,767 characters."""
    return (text if text.isprintable() else _CONTROL.sub("", text))[:LONGEST]


def _widths(sheet: Sheet) -> list[float]:
    """Widths that fit heading and contents, the wide ones wrapped."""
    widths = []
    for at, field in enumerate(sheet.fields):
        if field.width:
            widths.append(field.width)
            continue
        longest = max((width_of(row[at]) for row in sheet.rows[:2000] if row[at] is not None), default=0.0)
        widths.append(min(max(longest + 2, min(width_of(field.label) + 2, 10), 6), 24))
    used = (width + PADDING for width, field in zip(widths, sheet.fields, strict=True) if not field.hidden)
    left = LINE_OF_A4 - sum(used)
    growing = sum(field.grows for field in sheet.fields)
    return [
        width + max(left, 0) / growing if field.grows else width
        for width, field in zip(widths, sheet.fields, strict=True)
    ]


def _write_checks(page: Any, sheet: Sheet, options: dict[str, Sequence[str]], first: int, last: int) -> None:
    if last < first:
        return
    names = list(options)
    for at, field in enumerate(sheet.fields):
        if field.fill == "choice" and options.get(field.choices):
            column = chr(ord("A") + names.index(field.choices))
            page.data_validation(first, at, last, at, {
                "validate": "list", "source": f"={OPTIONS_SHEET}!${column}$1:${column}${len(options[field.choices])}",
                "input_title": field.label, "input_message": "请从下拉列表中选择",
                "error_title": "不在列表中", "error_message": "请从下拉列表中选择一项，其他情况写在备注中。",
            })  # fmt: skip
        elif field.fill == "date" and sheet.dates:
            page.data_validation(first, at, last, at, {
                "validate": "date", "criteria": "between", "minimum": sheet.dates[0], "maximum": sheet.dates[1],
                "input_title": field.label, "input_message": f"按 {sheet.dates[0]:%Y}-09-15 的样式填写",
                "error_title": "日期不对", "error_message": "请按“年-月-日”的样式填写核实当天的日期。",
            })  # fmt: skip


def _set_up_page(page: Any, head: int) -> None:
    page.protect("", {
        "sort": True, "autofilter": True, "format_columns": True, "format_rows": True,
        "select_locked_cells": True, "select_unlocked_cells": True, "delete_rows": True,
    })  # fmt: skip
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.35, right=0.35, top=0.6, bottom=0.7)
    page.center_horizontally()
    page.repeat_rows(head)
    page.set_footer("&C第 &P 页　共 &N 页")


def _write_options(book: Any, options: dict[str, Sequence[str]]) -> None:
    page = book.add_worksheet(OPTIONS_SHEET)
    for at, entries in enumerate(options.values()):
        for row, text in enumerate(entries):
            page.write_string(row, at, text)
    page.very_hidden()
