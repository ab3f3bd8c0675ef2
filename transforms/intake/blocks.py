"""Cuts a sheet of attendance into blocks: a class, a month or a printed page, each under a header of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from transforms.intake.cells import blank, is_footer, is_not_data
from transforms.intake.contents import completed
from transforms.intake.days import FEWEST_DAYS, FEWEST_DAYS_ALONE, Days, day_run, find_days, week_days, week_run
from transforms.intake.headers import (
    ALIASES,
    NAME_HEADINGS,
    SEARCHED_ROWS,
    SEAT,
    Header,
    labels_of,
    telling_rows,
    understand,
)
from transforms.intake.punches import journal_columns
from transforms.intake.titles import said
from transforms.intake.totals import TOTAL_WORD, TOTALS


@dataclass
class Block:
    """A header with what stands above, in and beneath it."""

    header: Header
    days: Days
    title_rows: range
    body: range


Blocks = tuple[list[Block], Header | None]


def header_rows(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Every row that holds a name heading: the first found by form, the later ones as its exact repetition."""
    wanted: set[Any] = set(NAME_HEADINGS)
    first = None
    for at in telling_rows(islice(rows, SEARCHED_ROWS)):
        names = _name_headings(rows, at) if _maybe_heading(rows[at]) or not wanted.isdisjoint(rows[at]) else []
        if names:
            first = at
            wanted.update(names)
            break
    found = [] if first is None else [first]
    begin = SEARCHED_ROWS if first is None else first + 1
    if wanted.isdisjoint(chain.from_iterable(islice(rows, begin, None))):
        return found
    for at in range(begin, len(rows)):
        if not wanted.isdisjoint(rows[at]) and (names := _name_headings(rows, at)):
            wanted.update(names)
            found.append(at)
    return found


def _name_headings(rows: Sequence[Sequence[Any]], at: int) -> list[Any]:
    """The cells of a row that head the names, as they stand; none where the row is no heading."""
    labels = labels_of(rows[at])
    names = [place for place, label in enumerate(labels) if ALIASES["attendance"].get(label, ("",))[0] == "name"]
    return [rows[at][place] for place in names] if names and _is_heading_row(labels, rows[at], at, rows) else []


def _maybe_heading(row: Sequence[Any]) -> bool:
    """Whether a cell may be a name heading in odd writing; cheap, so that rows of marks cost nothing."""
    return any(type(value) is str and 2 <= len(value) <= 30 and ("名" in value or "生" in value) for value in row[:24])


def _is_heading_row(labels: Sequence[str], row: Sequence[Any], at: int, rows: Sequence[Sequence[Any]]) -> bool:
    """A heading row has further headings or day columns; a pupil called 学生 has neither."""
    known = {found[0] for label in labels if label and (found := ALIASES["attendance"].get(label))}
    return (
        len(known) >= 2
        or len(day_run(row)) >= FEWEST_DAYS
        or (at + 1 < len(rows) and len(day_run(rows[at + 1])) >= FEWEST_DAYS)
        or any(TOTAL_WORD.search(label) for label in labels)
        or bool(week_run(row))
        or journal_columns(row, rows[at + 1] if at + 1 < len(rows) else ()) is not None
        or (len(known) == 1 and sum(1 for v in row if not blank(v)) <= 3)
    )


def blocks_of(
    rows: Sequence[Sequence[Any]], period: str, around: Sequence[str] = (), named: list[int] | None = None
) -> tuple[list[Block], Header | None]:
    """The blocks of a sheet, and the best header without day columns where there is none with them.

    ``around`` are the sheet's and the file's names, which may tell the dates of a week; ``named`` are the rows that
    hold a name heading, where they are known already.
    """
    heads: list[tuple[Header, Days]] = []
    without: Header | None = None
    after = 0
    named = header_rows(rows) if named is None else named
    for at in named or _day_rows(rows):
        if heads and at <= heads[-1][1].last_row:
            continue
        days = find_days(rows, at, 1, after) or week_days(rows, at, after, period, around)
        header = _header_at(rows, at, days)
        if days is not None:
            header = _completed(header, days, rows, period)
        if days is None or "name" not in header.places:
            without = without or (header if named else None)
            continue
        heads.append((header, days))
        after = days.last_row + 1
    blocks = []
    for number, (header, days) in enumerate(heads):
        top = min(header.row, *(d for d in (days.last_row,)))
        begin = 0 if number == 0 else heads[number - 1][1].last_row + 1
        end = len(rows) if number + 1 == len(heads) else heads[number + 1][0].row
        blocks.append(Block(header, days, range(begin, top), range(days.last_row + 1, end)))
    for number, block in enumerate(blocks[1:], 1):
        previous = blocks[number - 1]
        split = _title_start(rows, previous, block.header.row)
        previous.body = range(previous.body.start, split)
        block.title_rows = range(split, block.header.row)
    return [part for block in blocks for part in _by_class(rows, block)], without


LONGEST_CLASS_LINE = 14


def _by_class(rows: Sequence[Sequence[Any]], block: Block) -> list[Block]:
    """A block by the lines of its body that name a class alone (七年级2班): who stands beneath is of that class."""
    lines = [at for at in block.body if _names_a_class(rows[at])]
    if not lines:
        return [block]
    parts = [Block(block.header, block.days, block.title_rows, range(block.body.start, lines[0]))]
    for at, end in zip(lines, [*lines[1:], block.body.stop], strict=True):
        # The title of all classes is read with the first of them.
        begin = block.title_rows.start if at == block.body.start else at
        parts.append(Block(block.header, block.days, range(begin, at + 1), range(at + 1, end)))
    return parts if parts[0].body else parts[1:]


def _names_a_class(row: Sequence[Any]) -> bool:
    first = row[0] if row else None
    return (
        type(first) is str
        and "班" in first
        and len(first) <= LONGEST_CLASS_LINE
        and all(map(blank, row[1:]))
        and not is_footer(first)
        and said(first).class_no is not None
    )


def _day_rows(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Where a header may be whose heading for the name is unknown: at the first row of days, or around it."""
    for at, row in enumerate(rows[:SEARCHED_ROWS]):
        if len({day for _, day in day_run(row)}) >= FEWEST_DAYS_ALONE:
            return [near for near in (at, at - 1, at + 1) if 0 <= near < len(rows)]
    return []


def _completed(header: Header, days: Days, rows: Sequence[Sequence[Any]], period: str) -> Header:
    """What the cells tell about headings beside the days that nobody knows."""
    beside = [
        place
        for place, label in enumerate(header.headings)
        if label
        and label not in SEAT
        and not days.first_place <= place <= days.last_place
        and not TOTAL_WORD.search(label)
    ]
    known = {u.place: u.method for u in header.understood}
    if all(known.get(place) == "exact" for place in beside) and not header.rivals:
        return header
    return completed(header, "attendance", rows[days.last_row + 1 :], period, beside)


def _header_at(rows: Sequence[Sequence[Any]], at: int, days: Days | None) -> Header:
    """The fields left and right of the days; the second header row gives what the first leaves blank."""
    if days is None:
        return understand("attendance", tuple(labels_of(rows[at])), at, 1)
    written = tuple(tuple(row) for row in rows[at : max(at, min(days.last_row, at + 3)) + 1])
    return _header_of(written, at, days.first_place, days.last_place)


@lru_cache(maxsize=2_000)
def _header_of(rows: tuple[tuple[Any, ...], ...], at: int, first: int, last: int) -> Header:
    """The header of some rows whose days stand from place ``first`` to ``last``; classes of a school share it."""
    labels = labels_of(rows[0])
    for row in rows[1:]:
        for place, label in enumerate(labels_of(row)):
            if label and (place >= len(labels) or not labels[place] or place > last):
                labels.extend([""] * (place + 1 - len(labels)))
                labels[place] = label if labels[place] == "" or label in TOTALS else labels[place]
    for place in range(first, min(last + 1, len(labels))):
        labels[place] = ""
    return understand("attendance", tuple(labels), at, 1)


def _title_start(rows: Sequence[Sequence[Any]], previous: Block, header_row: int) -> int:
    """Where the title lines of the next block begin: after the last pupil and the footer of the block above."""
    name_at = previous.header.places.get("name", 0)
    split = header_row
    for at in range(header_row - 1, previous.body.start - 1, -1):
        row = rows[at]
        filled = [value for value in row if not blank(value)]
        if not filled:
            continue
        first = filled[0] if type(filled[0]) is str else ""
        titled = (
            bool(first)
            and not is_footer(first)
            and (len(filled) <= 3 or blank(row[name_at]))
            and (len(first) > 5 or _names_a_class(row))
            and bool(re.search("考勤|出勤|点名|年级|班|学校|小学|中学|月", first))
        )
        if not titled:
            # 班主任：…  应到：… or a legend may stand between a title and its header as it may under a class.
            of_footer = bool(first) and is_footer(first)
            if not is_not_data(row, name_at) or (of_footer and split < header_row) or day_run(row):
                break
            continue
        split = at
    return split


def looks_like_grid(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the top of a sheet has a header with day columns: several of them, for one date is the date of a note.

    Beside the number and the sex of a child it takes more, and what stands under the name is no pupil's.
    """
    head = list(rows[: SEARCHED_ROWS + 2])
    for at in header_rows(head):
        days = find_days(head, at, 1, 0)
        if days is None and week_run(head[at]):
            return True
        if days is None:
            continue
        known = understand("attendance", tuple(labels_of(head[at])), at, 1).places
        fewest = FEWEST_DAYS_ALONE if {"id_number", "sex"} <= set(known) else FEWEST_DAYS
        beneath = [labels_of(row)[known["name"]] for row in head[at + 1 : days.last_row + 1]] if "name" in known else []
        if len(days.slots) >= fewest and all(not label or label in NAME_HEADINGS for label in beneath):
            return True
    return False
