"""Reads attendance grids: one pupil and month per row, one letter per day.

A sheet is cut into blocks (a class, a month, a printed page), each with its title lines, its header with day
columns, its rows and its footer. A blank cell means present only where the block writes only absences; on days
without school nothing is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from transforms.intake.blocks import Block, Blocks, blocks_of
from transforms.intake.cells import FOOTER_BEGINS, blank, is_footer, is_not_data, is_persons, texts_above
from transforms.intake.days import Day, Days, week_run
from transforms.intake.facts import facts_of
from transforms.intake.filling import Filling
from transforms.intake.grid import Context, Grid
from transforms.intake.legend import MEANING_HEADINGS, SIGN_HEADINGS, WORDS, Marks, legend_table, parse_legend
from transforms.intake.pupils import BlockReader
from transforms.intake.titles import year_of
from transforms.intake.totals import TOTAL_WORD

_TOLD = re.compile(r"[^:：]{2,14}[:：]")
"""A line that tells something of the whole class, 本月应出勤天数：22, where a name should stand."""


def read_grid(rows: list[list[Any]], first_row: int, context: Context, found: Blocks | None = None) -> Grid:
    """Every pupil of a sheet; ``reason`` says why there are none where the sheet is no grid."""
    grid = Grid()
    blocks, without = found or blocks_of(rows, context.period)
    if not blocks:
        grid.not_data = len(rows)
        grid.headers = [without] if without else []
        if without is None:
            grid.reason = "no_header"
        elif any(week_run(row) for row in rows[without.row : without.row + 2]):
            grid.reason = "week_without_dates"
        else:
            grid.reason = "no_day_columns" if any(TOTAL_WORD.search(h) for h in without.headings) else "names_only"
        return grid
    known: dict[str, Any] = {"legend": _legend_at_the_foot(rows, blocks)}
    used = 0
    for block in blocks:
        used += _read_block(grid, rows, first_row, block, context, known)
    grid.not_data = len(rows) - used
    grid.legend = known["legend"]
    return grid


def _legend_at_the_foot(rows: list[list[Any]], blocks: Sequence[Block]) -> dict[str, str]:
    """What stands under the last of several classes on a sheet: said once, it is said of all of them."""
    last = blocks[-1]
    name_at = last.header.places.get("name")
    if len(blocks) < 2 or name_at is None:
        return {}
    return parse_legend(_cells_apart(rows, [at for at in last.body if _no_pupil(rows[at], name_at, last.days)]))


def _read_block(
    grid: Grid, rows: list[list[Any]], first_row: int, block: Block, context: Context, known: dict[str, Any]
) -> int:
    name_at = block.header.places.get("name")
    assert name_at is not None
    title = texts_above(rows, block.title_rows)
    filling = Filling(block.header, "attendance", context.merged)
    rows[block.body.start : block.body.stop] = filling.fill(rows[block.body.start : block.body.stop], block.body.start)
    pupils: list[int] = []
    footer: list[int] = []
    for at in block.body:
        row = rows[at]
        name = row[name_at]
        if is_persons(name, row[0]) and len(name) <= 8:
            pupils.append(at)
        else:
            (footer if _no_pupil(row, name_at, block.days) else pupils).append(at)
    tabled, lines = _legend_rows(rows, [*pupils, *footer], name_at)
    pupils = [at for at in pupils if at not in tabled]
    legend = parse_legend(
        [*title, *texts_above(rows, range(block.header.row, block.header.row + 1)), *_cells_apart(rows, footer), *lines]
    )
    if legend:
        known["legend"] = legend
    own = legend or known["legend"] or context.book_legend
    if not pupils:
        return 0
    for column, heading in filling.told.items():
        if (column, "filled_down") not in {(told, code) for _, told, code, _ in grid.issues}:
            grid.issues.append((first_row + block.header.row, column, "filled_down", heading))
    facts = facts_of(grid, title, context, known, block, first_row)
    grid.title = grid.title or " ".join(title)
    grid.headers.append(block.header)
    months = _months(block, facts, grid, first_row, context.period)
    marks = Marks(own, context.legend)
    reader = BlockReader(grid, rows, first_row, block, marks, facts, bool(own) and _writes_only_absences(own), context)
    return reader.read(pupils, months)


def _legend_rows(rows: Sequence[Sequence[Any]], which: Sequence[int], name_at: int) -> tuple[set[int], list[str]]:
    """Which rows are a legend laid out in cells, and its lines."""
    tabled: set[int] = set()
    lines: list[str] = []
    for at in which:
        name, first = rows[at][name_at], rows[at][0]
        if (
            name in WORDS
            or name in SIGN_HEADINGS
            or name in MEANING_HEADINGS
            or first in SIGN_HEADINGS
            or (type(name) is str and len(name) == 1)
        ):
            below = rows[at + 1] if at + 1 < len(rows) else []
            if found := legend_table(rows[at], below):
                lines += found
                tabled |= {at} if len(found) == 1 and rows[at][name_at] not in SIGN_HEADINGS else {at, at + 1}
    return tabled, lines


def _cells_apart(rows: Sequence[Sequence[Any]], which: Sequence[int]) -> list[str]:
    return [line for at in which for line in texts_above(rows, range(at, at + 1))]


def _writes_only_absences(own: Mapping[str, str]) -> bool:
    """A legend that explains absences and no sign for present leaves the blank for it."""
    return "P" not in own.values() and bool({"S", "L", "A"} & set(own.values()))


def _no_pupil(row: Sequence[Any], name_at: int, days: Days) -> bool:
    """Whether a row is a title, total, signature or legend; a row with marks and no name is still a pupil's."""
    name = row[name_at] if name_at < len(row) else None
    if type(name) is str and parse_legend([name]) and not _marked(row, name_at, days):
        return True  # ●出勤 ○旷课, beneath the names
    if type(name) is str and 1 < len(name) <= 8 and name[0] not in FOOTER_BEGINS and not name[0].isspace():
        first = row[0]
        return type(first) is str and len(first) > 1 and first[0] in FOOTER_BEGINS and is_not_data(row, name_at)
    if blank(name):
        cells = [row[p] for places in days.slots.values() for p in places if p < len(row)]
        written = [v for v in cells if v != "" and not blank(v)]
        if not written or (all(map(_numeric, written)) and (name_at == 0 or not _numeric(row[0]))):
            return True
        first = next(v for v in row if not blank(v))
        return type(first) is str and (is_footer(first) or len(first) > 12)
    return is_not_data(row, name_at) or (
        type(name) is str
        and (_TOLD.match(name) is not None or (len(name) > 12 and bool(re.search("考勤|年级|班|图例|签|月", name))))
        and not _marked(row, name_at, days)
    )


def _marked(row: Sequence[Any], name_at: int, days: Days) -> bool:
    """Whether anything is written on a day of a row."""
    return any(not blank(row[p]) for places in days.slots.values() for p in places if p < len(row) and p != name_at)


def _numeric(value: Any) -> bool:
    return isinstance(value, int | float) or (type(value) is str and value.strip().replace(".", "", 1).isdigit())


def _months(
    block: Block, facts: dict[str, Any], grid: Grid, first_row: int, period: str
) -> dict[str | None, dict[int, list[int]]]:
    """Month → day → places. A header's own dates go before the title; two months give two rows a pupil."""
    year, month = facts["year"], facts["month"]
    written = f"{year:04d}-{month:02d}" if year and month else None
    months = _by_month(tuple(block.days.slots.items()), year, month, period)
    if written and None not in months and written not in months:
        found = "、".join(m for m in months if m)
        grid.issues.append((first_row + block.header.row, "month", "month_contradiction", f"{found}、{written}"))
    if None in months:
        grid.issues.append((first_row + block.header.row, "month", "month_unknown", ""))
    return months


@lru_cache(maxsize=1_000)
def _by_month(
    slots: tuple[tuple[Day, Sequence[int]], ...], year: int | None, month: int | None, period: str
) -> dict[str | None, dict[int, list[int]]]:
    """The places of each day by month; ``year`` and ``month`` are what stands around the days."""
    months: dict[str | None, dict[int, list[int]]] = {}
    written = f"{year:04d}-{month:02d}" if year and month else None
    last = 0
    turned = 0
    for (own_year, own_month, day), places in slots:
        if own_month is None and day < last:
            turned += 1
        last = day
        if own_month is not None:
            here, its_year = own_month, own_year or year_of(None, own_month, written or period)
        elif month is not None:
            here, its_year = (month + turned - 1) % 12 + 1, (year or 0) + (month + turned - 1) // 12
        else:
            here, its_year = 0, None
        key = f"{its_year or year:04d}-{here:02d}" if here and (its_year or year) else None
        months.setdefault(key, {}).setdefault(day, []).extend(places)
    return months
