"""Reads attendance grids: one pupil and month per row, one letter per day.

A sheet is cut into blocks (a class, a month, a printed page), each with its title lines, its header with day
columns, its rows and its footer. A blank cell means present only where the block writes only absences; on days
without school nothing is recorded.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, pairwise, repeat
from operator import itemgetter
from typing import Any, NamedTuple

import chinese_calendar

from expectations.delivered import ROWS
from transforms.intake import titles
from transforms.intake.cells import FOOTER_BEGINS, blank, column_of, is_footer, is_not_data, is_persons, text_of
from transforms.intake.contents import completed
from transforms.intake.filling import Area, Filling
from transforms.intake.headers import (
    ALIASES,
    NAME_HEADINGS,
    SEARCHED_ROWS,
    SEAT,
    Header,
    find_header,
    labels_of,
    telling_rows,
    understand,
)
from transforms.intake.legend import (
    HALF,
    MEANING_HEADINGS,
    SIGN_HEADINGS,
    UNKNOWN,
    WORDS,
    Marks,
    combine,
    legend_table,
    parse_legend,
)
from transforms.intake.punches import journal_columns

FEWEST_DAYS = 3
FEWEST_DAYS_ALONE = 5
"""Days in a row that make it a header where no heading of a name does."""
NONE, UNRECORDED, PRESENT = "-", ".", "P"
BLANK = " "
"""Stands for a blank cell in a line of letters, so that each slot is one character."""
FIELDS: tuple[str, ...] = ROWS["attendance"].names[8:]
"""The columns after provenance, title and file name, in the contract's order."""
_HALVES = frozenset(("上午", "下午", "上", "下"))
_SLOT = re.compile(r"^(?:上午?|下午?|am|pm|早上?|晨[检读]?|午|晚[自习]*|中午?|第?[一二三四五六七八1-8]节?)$", re.I)
_PART_OF_DAY = re.compile("[上下节]|am|pm", re.I)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?[一二三四五六日天]")
_TOTALS = {
    "病假": "Ss", "病": "Ss", "事假": "Ll", "事": "Ll", "旷课": "Aa", "旷": "Aa", "缺勤": "A", "迟到": "T", "迟": "T", "早退": "E", "早": "E",
    "出勤": "P", "实出勤": "P", "出勤天数": "P", "实际出勤": "P", "出勤日数": "P", "病假天数": "Ss", "事假天数": "Ll", "旷课天数": "Aa",
}  # fmt: skip
_TOLD = re.compile(r"\s*[^:：]{2,12}[:：]")
"""A line that tells something of the whole class, 本月应出勤天数：22, where a name should stand."""
_TOTAL_WORD = re.compile(r"出勤|缺勤|病假|事假|旷课|迟到|早退|合计|天数|总计|考勤|应到|实到")


class GridRow(NamedTuple):
    """One pupil's month as text, the way the contract wants it."""

    row_no: int
    month: str | None
    values: Sequence[str | None]


@dataclass
class Grid:
    """What one sheet gave."""

    rows: list[GridRow] = field(default_factory=list)
    issues: list[tuple[int | None, str | None, str, str]] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    not_data: int = 0
    title: str = ""
    reason: str | None = None


@dataclass
class Days:
    """The day columns of a header: (year, month, day) → its places on the sheet, and how many rows it takes."""

    slots: Mapping[tuple[int | None, int | None, int], Sequence[int]]
    last_row: int
    first_place: int
    last_place: int


@dataclass
class Block:
    """A header with what stands above, in and beneath it."""

    header: Header
    days: Days
    title_rows: range
    body: range


@lru_cache(maxsize=4_000)
def day_named(value: Any) -> tuple[int | None, int | None, int] | None:
    """The day a heading cell names: with year and month where it does."""
    if isinstance(value, bool):
        return None
    if isinstance(value, dt.datetime | dt.date):
        return (value.year, value.month, value.day)
    if isinstance(value, int | float):
        return _numeric_day(float(value))
    return _text_day(value) if isinstance(value, str) and len(value) <= 24 else None


def _numeric_day(value: float) -> tuple[int | None, int | None, int] | None:
    if value == int(value):
        if 1 <= value <= 31:
            return (None, None, int(value))
        if 36_000 <= value <= 60_000:
            day = dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
            return (day.year, day.month, day.day)
        return _text_day(f"{value:.0f}") if 20_000_101 <= value <= 20_991_231 else None
    month, _, day_text = f"{value:g}".partition(".")
    if 1 <= int(month) <= 12 and len(day_text) <= 2 and 1 <= int(day_text) <= 31:
        return (None, int(month), int(day_text))
    return None


def _text_day(value: str) -> tuple[int | None, int | None, int] | None:
    text = re.sub(r"[\s()（）]+", "", value.translate(_FULL_WIDTH))
    if found := re.match(r"(20\d\d)[-./年](\d{1,2})[-./月](\d{1,2})日?(?:00:00:00)?", text):
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(20\d\d)(0[1-9]|1[0-2])([0-3]\d)", text):
        return _checked(int(found[1]), int(found[2]), int(found[3]))
    if found := re.match(r"([2-9]\d)[-./](\d{1,2})[-./](\d{1,2})(?!\d)", text):
        return _checked(2000 + int(found[1]), int(found[2]), int(found[3]))
    text = re.sub(
        r"(?:星期|周|礼拜)[一二三四五六日天]|(?<=[\d日号])[一二三四五六天]$|^[一二三四五六日天](?=\d)|(?<=\d日)日$",
        "",
        text,
    )
    text = re.sub(r"(?<=[\d日号])(?:上午?|下午?|[AaPp][Mm])$", "", text)
    if found := re.fullmatch(r"(\d{1,2})[-./月](\d{1,2})[日号]?", text):
        return _checked(None, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(?:第|DAY|D)?0?(\d{1,2})[日号天.]?", text, re.I):
        return _checked(None, None, int(found[1]))
    return None


def _checked(year: int | None, month: int | None, day: int) -> tuple[int | None, int | None, int] | None:
    return (year, month, day) if 1 <= day <= 31 and (month is None or 1 <= month <= 12) else None


_FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0E: 0x2E, 0xFF0F: 0x2F, 0xFF0D: 0x2D}


Day = tuple[int | None, int | None, int]
"""Year and month where they are written, and the day."""
Run = tuple[tuple[int, Day], ...]
"""The places of a row that name days, and which."""


def day_run(row: Sequence[Any]) -> Run:
    """The longest stretch of a row whose cells name days in rising order (a new month may begin again)."""
    return _day_run(tuple(row))


@lru_cache(maxsize=2_000)
def _day_run(row: tuple[Any, ...]) -> Run:
    best: list[tuple[int, Day]] = []
    run: list[tuple[int, Day]] = []
    for place, value in enumerate(row):
        if value == "" or value is None:
            continue
        day = day_named(value)
        if day is None:
            if len(run) > len(best):
                best = run
            if (len(run) >= FEWEST_DAYS and not isinstance(value, str)) or len(run) < FEWEST_DAYS:
                run = []
            continue
        if run:
            day = _after(run[-1][1], day)
        if run and not _follows(run[-1][1], day):
            if len(run) > len(best):
                best = run
            run = []
        run.append((place, day))
    return tuple(run if len(run) > len(best) else best)


def _after(
    last: tuple[int | None, int | None, int], day: tuple[int | None, int | None, int]
) -> tuple[int | None, int | None, int]:
    """9.1 after 9.9 was 9.10 before a spreadsheet took it for a number."""
    if (
        last[1] is not None
        and last[1] == day[1]
        and day[2] < last[2]
        and day[2] * 10 in (10, 20, 30)
        and day[2] * 10 > last[2]
    ):
        return (day[0], day[1], day[2] * 10)
    return day


def _follows(last: tuple[int | None, int | None, int], day: tuple[int | None, int | None, int]) -> bool:
    """Whether ``day`` may stand right of ``last``: later, or the same again (its other half), or a new month."""
    if last[1] is not None and day[1] is not None and last[1] != day[1]:
        return True
    return day[2] > last[2] or (day[2] == last[2]) or (day[2] == 1 and last[2] >= 28)


def find_days(rows: Sequence[Sequence[Any]], at: int, levels: int, after: int) -> Days | None:
    """The day columns of the header at row ``at``: in it, above it or beneath it."""
    best: tuple[int, int, Run] | None = None
    for row in (at, at + 1, at - 1, at + 2):
        if not 0 <= row < len(rows) or row < after:
            continue
        run = day_run(rows[row])
        different, explicit = _different(run)
        if different >= (1 if explicit and at <= row <= at + levels - 1 else FEWEST_DAYS) and (
            best is None or len(run) > len(best[2])
        ):
            best = (len(run), row, run)
            if row == at and len(run) > 9:
                break
    if best is None:
        return None
    _, row, run = best
    last = max(at + levels - 1, row)
    run, slots = _slots(run)
    under_row = row + 2 if row + 1 < len(rows) and _weekday_row(rows[row + 1], run) else row + 1
    under = rows[under_row] if under_row < len(rows) else []
    slotted = _slotted(under, run)
    if slotted:
        last = max(last, under_row)
        places = dict(run)
        parts: dict[Day, list[int]] = {}
        ends = [place for place, _ in run[1:]] + [_run_end(under, run)]
        for (place, day), end in zip(run, ends, strict=True):
            parts.setdefault(day, []).extend(p for p in range(place, end) if p == place or p not in places)
        slots = {day: tuple(own) for day, own in parts.items()}
    while last + 1 < len(rows) and _weekday_row(rows[last + 1], run):
        last += 1
    first = min(p for ps in slots.values() for p in ps)
    return Days(slots, last, first, max(p for ps in slots.values() for p in ps))


@lru_cache(maxsize=2_000)
def _slots(run: Run) -> tuple[Run, Mapping[Day, Sequence[int]]]:
    """The days of a row with their months, and the places of each."""
    run = _months_filled(run)
    slots: dict[Day, list[int]] = {}
    for place, day in run:
        slots.setdefault(day, []).append(place)
    return run, {day: tuple(places) for day, places in slots.items()}


@lru_cache(maxsize=2_000)
def _different(run: Run) -> tuple[int, bool]:
    """How many days a row names, and whether with their month."""
    return len({day for _, day in run}), any(day[1] is not None for _, day in run)


def _months_filled(run: Run) -> Run:
    """A day without month takes it from its left neighbour: 9月1日, 2, 3 …"""
    filled = []
    year = month = None
    for place, (own_year, own_month, day) in run:
        year, month = own_year or year, own_month or month
        filled.append((place, (own_year or year, own_month or month, day)))
    return tuple(filled)


def _slotted(under: Sequence[Any], run: Sequence[tuple[int, Any]]) -> bool:
    """Whether the row under the days names parts of a day."""
    first, last = run[0][0], run[-1][0]
    if not any(type(v) is str and _PART_OF_DAY.search(v) for v in set(under[first : last + 2])):
        return False
    parts = [v for v in under[first : last + 2] if type(v) is str and v.strip()]
    return (
        len(parts) >= 2
        and sum(1 for v in parts if _SLOT.match(v.strip())) >= 0.8 * len(parts)
        and any(v.strip().lower() in ("上午", "上", "am", "下午", "下", "pm") or "节" in v for v in parts)
    )


def _run_end(under: Sequence[Any], run: Sequence[tuple[int, Any]]) -> int:
    end = run[-1][0] + 1
    while (
        end < len(under)
        and type(under[end]) is str
        and _SLOT.match(under[end].strip())
        and (under[end] != under[run[-1][0]])
    ):
        end += 1
    return end


def _weekday_row(row: Sequence[Any], run: Sequence[tuple[int, Any]]) -> bool:
    """Whether a row only writes the days of the week."""
    written = 0
    for place, _ in run:
        value = row[place] if place < len(row) else None
        if value == "" or blank(value):
            continue
        if type(value) is not str or not _WEEKDAY.fullmatch(value.strip()):
            return False
        written += 1
    return written >= max(2, len(run) // 2)


# ---------------------------------------------------------------------------------------------------- a sheet


@dataclass(frozen=True)
class Context:
    """What stands around a sheet: its name, the file's path, the period's year and month, the legends."""

    sheet_name: str
    path_name: str
    period: str
    legend: Mapping[str, str]
    book_legend: Mapping[str, str]
    book_presence: str | None = None
    merged: tuple[Area, ...] = ()


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
        or any(_TOTAL_WORD.search(label) for label in labels)
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
    return blocks, without


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
        and not _TOTAL_WORD.search(label)
    ]
    known = {u.place: u.method for u in header.understood}
    if all(known.get(place) == "exact" for place in beside) and not header.rivals:
        return header
    return completed(header, "attendance", rows[days.last_row + 1 :], period, beside)


_WEEKDAY_NAMED = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")


def week_run(row: Sequence[Any]) -> list[tuple[int, int]]:
    """The places of a row that name the days of one week in order, with how far each is from Monday."""
    run: list[tuple[int, int]] = []
    for place, value in enumerate(row):
        found = _WEEKDAY_NAMED.fullmatch(re.sub(r"\s", "", value)) if type(value) is str else None
        if found:
            run.append((place, "一二三四五六日".index(found[1].replace("天", "日"))))
    return run if len(run) >= FEWEST_DAYS and all(a[1] < b[1] for a, b in pairwise(run)) else []


def week_days(rows: Sequence[Sequence[Any]], at: int, after: int, period: str, around: Sequence[str]) -> Days | None:
    """The days of a sheet headed 周一 … 周五 whose title tells from which date to which; nothing where they differ."""
    for row in (at, at + 1):
        run = week_run(rows[row]) if row < len(rows) else []
        if not run:
            continue
        for text in [*texts_above(rows, range(after, at)), *around]:
            told = titles.said(text)
            if told.month is None or told.first_day is None:
                continue
            year = told.year or year_of(None, told.month, period)
            try:
                begin = dt.date(year or 0, told.month, told.first_day)
            except ValueError:
                continue
            dates = [begin + dt.timedelta(days=offset - begin.weekday()) for _, offset in run]
            if begin not in dates or (told.last_day is not None and not 0 <= told.last_day - told.first_day <= 6):
                continue
            slots: dict[Day, Sequence[int]] = {
                (date.year, date.month, date.day): (place,)
                for (place, _), date in zip(run, dates, strict=True)
                if date >= begin and (told.last_day is None or date.month != told.month or date.day <= told.last_day)
            }
            return Days(slots, row, run[0][0], run[-1][0])
    return None


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
                labels[place] = label if labels[place] == "" or label in _TOTALS else labels[place]
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
            and (len(first) > 5 and bool(re.search("考勤|出勤|点名|年级|班|学校|小学|中学|月", first)))
        )
        if not titled:
            # 班主任：…  应到：… or a legend may stand between a title and its header as it may under a class.
            of_footer = bool(first) and is_footer(first)
            if not is_not_data(row, name_at) or (of_footer and split < header_row) or day_run(row):
                break
            continue
        split = at
    return split


Blocks = tuple[list[Block], Header | None]


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
            grid.reason = "no_day_columns" if any(_TOTAL_WORD.search(h) for h in without.headings) else "names_only"
        return grid
    known: dict[str, Any] = {}
    used = 0
    for block in blocks:
        used += _read_block(grid, rows, first_row, block, context, known)
    grid.not_data = len(rows) - used
    return grid


def texts_above(rows: Sequence[Sequence[Any]], which: range) -> list[str]:
    """The texts of some rows, one line a row."""
    lines = []
    for at in which:
        texts = [told for v in rows[at] if v and type(v) is str and (told := v.strip())]
        if texts:
            lines.append("  ".join(texts))
    return lines


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
    own = legend or known.get("legend") or context.book_legend
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
    reader = _BlockReader(grid, rows, first_row, block, marks, facts, bool(own) and _writes_only_absences(own), context)
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
        and not any(
            not blank(row[p]) for places in days.slots.values() for p in places if p < len(row) and p != name_at
        )
    )


def _numeric(value: Any) -> bool:
    return isinstance(value, int | float) or (type(value) is str and value.strip().replace(".", "", 1).isdigit())


def facts_of(
    grid: Grid, title: Sequence[str], context: Context, known: dict[str, Any], block: Block, first_row: int
) -> dict[str, Any]:
    """School, grade, class and month of a block: its title first, then the sheet's and the file's name."""
    told = [titles.said(line) for line in title]
    around = [titles.said(context.sheet_name), *(titles.said(part) for part in _path_parts(context.path_name))]
    facts: dict[str, Any] = {}
    for name, code in (("school", "school"), ("school_code", "school"), ("grade", "grade"), ("class_no", "class"), ("class_name", ""), ("year", ""),
                       ("month", "month"), ("first_day", ""), ("last_day", "")):  # fmt: skip
        own, _ = titles.first_said(told, name)
        if own is None and name in known and name not in ("year", "month", "first_day", "last_day"):
            facts[name] = known[name]
            continue
        value, others = titles.first_said([*told, *around], name)
        if value is None:
            value = known.get(name)
        facts[name] = known[name] = value
        others = [other for other in others if not _same(name, str(value), other)]
        if others and code:
            detail = "、".join([str(value), *others])
            grid.issues.append((first_row + block.header.row, None, f"{code}_contradiction", detail))
    if facts["month"] is None:
        facts["year"], facts["month"] = next((t.made for t in [*told, *around] if t.made), (None, None))
    facts["year"] = year_of(facts["year"], facts["month"], context.period)
    return facts


def _same(name: str, value: str, other: str) -> bool:
    """Whether two words mean the same school or grade: one school's name may be the other's shortened."""
    if name == "school":
        short, long = sorted((value, other), key=len)
        letters = iter(long)
        return all(letter in letters for letter in short)
    if name == "grade":
        return (
            _grade_number(value) == _grade_number(other)
            or ("级" in other and "年级" not in other)
            or "年级" not in value
        )
    return value == other


def _grade_number(text: str) -> int | None:
    if found := re.fullmatch(r"(.+)年级", text):
        return titles.number(found[1])
    if found := re.fullmatch(r"初([一二三123])", text):
        return 6 + titles.number(found[1])
    if found := re.fullmatch(r"高([一二三123])", text):
        return 9 + titles.number(found[1])
    return None


def _path_parts(path: str) -> list[str]:
    """The file's name and then its folders, nearest first, without the file's ending."""
    parts = path.split("/")
    parts[-1] = re.sub(r"\.[A-Za-z]{2,5}$", "", parts[-1])
    return parts[::-1]


def year_of(year: int | None, month: int | None, period: str) -> int | None:
    """The year of a month written without one: the one nearest to the period."""
    if year is not None or month is None:
        return year
    period_year, period_month = int(period[:4]), int(period[5:7])
    return min((period_year - 1, period_year, period_year + 1),
               key=lambda y: abs((y * 12 + month) - (period_year * 12 + period_month)))  # fmt: skip


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


@lru_cache(maxsize=600)
def school_days(month: str) -> tuple[bool, ...]:
    """For each day of a month whether schools usually teach: Monday to Friday and no public holiday."""
    return tuple(works and date.weekday() < 5 for date, works in _days_of(month))


@lru_cache(maxsize=600)
def make_up_days(month: str) -> tuple[int, ...]:
    """The weekend days of a month that the State Council made workdays; whether a school teaches, its sheet tells."""
    return tuple(date.day for date, works in _days_of(month) if works and date.weekday() >= 5)


def _days_of(month: str) -> list[tuple[dt.date, bool]]:
    """Each day and whether it is a workday; beyond the years published, Monday to Friday."""
    year, number = int(month[:4]), int(month[5:7])
    days = []
    for day in range(1, calendar.monthrange(year, number)[1] + 1):
        date = dt.date(year, number, day)
        try:
            works = bool(chinese_calendar.is_workday(date))
        except NotImplementedError:
            works = date.weekday() < 5
        days.append((date, works))
    return days


@lru_cache(maxsize=10_000)
def one_day(slots: str) -> str:
    """Several parts of a day as one letter; a part left blank counts as the blank does."""
    if not slots.strip(BLANK):
        return BLANK
    if len(slots) == 1:
        return slots
    filled = slots.replace(BLANK, PRESENT)
    if len(filled) == 2:
        return combine(filled[0], filled[1])
    counted = Counter(filled)
    if len(counted) == 1:
        return filled[0]
    if UNKNOWN in counted:
        return UNKNOWN
    worst = max((letter for letter in counted if letter != PRESENT), key=lambda letter: counted[letter])
    return HALF.get(worst, worst) if counted[PRESENT] else worst


class _Letters(dict[Any, str]):
    """The letter of each different cell of a block, a blank's among them."""

    def __init__(self, marks: Marks) -> None:
        super().__init__({"": BLANK, None: BLANK})
        self._marks = marks

    def __missing__(self, value: Any) -> str:
        letter = self[value] = self._marks.letter(value) or BLANK
        return letter


class _BlockReader:
    """Turns the pupils of one block into letters."""

    def __init__(
        self,
        grid: Grid,
        rows: list[list[Any]],
        first_row: int,
        block: Block,
        marks: Marks,
        facts: dict[str, Any],
        only_absences: bool,
        context: Context,
    ) -> None:
        self.grid, self.rows, self.first_row, self.block = grid, rows, first_row, block
        self.marks, self.facts, self.context = marks, facts, context
        self.legend_says_blank = marks.own.get("") if "" in marks.own else (PRESENT if only_absences else None)
        self.places = block.header.places
        self.letters = _Letters(marks)
        self.totals = [
            (place, heading, _TOTALS[heading])
            for place, heading in enumerate(
                block.header.headings[block.days.last_place + 1 :], block.days.last_place + 1
            )
            if heading in _TOTALS
        ]
        self.field_places = [(_FIELD_AT[column], place) for column, place in self.places.items()]
        self.half_at = self._half_column()
        self.of_department = is_department(block.header)

    def read(self, pupils: Sequence[int], months: Mapping[str | None, dict[int, list[int]]]) -> int:
        """Every pupil in every month; gives back how many sheet rows were pupils'."""
        pairs = self._pupil_lines(pupils)
        table = self._table(pairs)
        if self._reread_usual_sign(table, pairs):
            table = self._table(pairs)
        blank_letter = self._blank_letter(table)
        several = len([m for m in months if months[m]]) > 1
        first_lines = [self.rows[lines[0]] for lines in pairs]
        row_nos = [self.first_row + lines[0] for lines in pairs]
        columns = self._columns(first_lines)
        own_months = columns[_MONTH]
        for month, days in months.items():
            read = self._month_letters(table, days)
            doubted = {letters: self._doubted(letters) for letters in set(read)}
            written = [doubted[letters] for letters in read]
            closed = self._closed_days(written, days, month, blank_letter)
            meant = {letters: self._marks(letters, closed) for letters in set(written)}
            marks = [meant[letters] for letters in written]
            columns[_MARKS] = marks
            columns[_MONTH] = [month or own for own in own_months]
            self.grid.rows.extend(map(GridRow, row_nos, repeat(month), zip(*columns, strict=True)))
            if any(UNKNOWN in own for own in meant.values()):
                for place, lines in enumerate(pairs):
                    if UNKNOWN in marks[place]:
                        self._report_unknown(lines, days, written[place] != read[place])
            if self.totals and not several:
                self._check_totals(pairs, first_lines, marks)
            self._outside(meant, days, month)
        if blank_letter is None:
            self.grid.issues.append((self.first_row + self.block.header.row, "marks", "no_marks", ""))
        return len(pairs)

    def _half_column(self) -> int | None:
        """A column that says 上午 or 下午: then a pupil takes two lines."""
        counted = Counter(
            [
                place
                for at in self.block.body[:6]
                for place, v in enumerate(self.rows[at][: self.block.days.first_place])
                if v and type(v) is str and v.strip() in _HALVES
            ]
        )
        return min((place for place, count in counted.items() if count >= 2), default=None)

    def _pupil_lines(self, pupils: Sequence[int]) -> list[tuple[int, ...]]:
        if self.half_at is None:
            return [(at,) for at in pupils]
        lines: list[tuple[int, ...]] = []
        name_at = self.places["name"]
        for at in self.block.body:
            row = self.rows[at]
            half = row[self.half_at] if self.half_at < len(row) else ""
            second = type(half) is str and half.strip() in ("下午", "下")
            if (
                at in set(pupils)
                and not blank(row[name_at])
                and not (second and lines and self.rows[lines[-1][0]][name_at] == row[name_at])
            ):
                lines.append((at,))
            elif second and lines and len(lines[-1]) == 1:
                lines[-1] = (*lines[-1], at)
        return lines

    def _table(self, pairs: Sequence[tuple[int, ...]]) -> list[tuple[str, ...]]:
        """The letters of the whole width of each pupil's lines; most lines of a class are alike."""
        begin, end = self.block.days.first_place, self.block.days.last_place + 1
        letter_of = self.letters.__getitem__
        known: dict[str, str] = {}

        def letters(at: int) -> str:
            cells = self.rows[at][begin:end]
            try:
                written = "\0".join(cells)
            except TypeError:
                return "".join(map(letter_of, cells))
            read = known.get(written)
            if read is None:
                read = known[written] = "".join(map(letter_of, cells))
            return read

        return [tuple(map(letters, lines)) for lines in pairs]

    def _reread_usual_sign(self, table: Sequence[Sequence[str]], pairs: Sequence[tuple[int, ...]]) -> bool:
        """Doubt the default legend where it makes the usual sign of a class no school at all, or an absence.

        A sign of "no school" that fills most of the days, others being absences, means present (／ often does); one
        that stands on a few days, as on weekends, means what it says. A sign of absence that nearly all have cannot
        be read without a legend, and a whole class is not accused on it.
        """
        if any(PRESENT in line for lines in table for line in lines) or len(table) < 2:
            return False
        if self.legend_says_blank == PRESENT:
            return False
        begin, end = self.block.days.first_place, self.block.days.last_place + 1
        signs = Counter(v for lines in pairs for at in lines for v in self.rows[at][begin:end] if not blank(v))
        if not signs:
            return False
        [(usual, count)] = signs.most_common(1)
        letter = self.letters.get(usual, "")
        named = type(usual) is str and usual.strip() in self.marks.own
        if named or count < 0.5 * sum(signs.values()):
            return False
        absent = sum(
            number for sign, number in signs.items() if self.letters.get(sign, "") in "SLAslaTE" and sign != usual
        )
        at = self.first_row + self.block.header.row
        if letter == NONE and absent and count >= 0.5 * len(table) * len(self.block.days.slots):
            self.letters[usual] = PRESENT
            self.grid.issues.append((at, "marks", "usual_sign_is_present", str(text_of(usual))[:8]))
            return True
        if (
            letter in ("S", "L", "A")
            and len(table) >= 5
            and count >= 0.6 * len(table) * 0.7 * len(self.block.days.slots)
        ):
            self.letters[usual] = UNKNOWN
            return True
        return False

    def _blank_letter(self, table: Sequence[Sequence[str]]) -> str | None:
        """What a blank on a school day means in this block; nothing where nothing at all was written."""
        if self.legend_says_blank is not None:
            return self.legend_says_blank
        present = 0
        for lines in table:
            for line in lines:
                present += line.count(PRESENT)
            if present > 2:
                return UNRECORDED
        absent = sum(line.count(letter) for lines in table for line in lines for letter in "SLAslaTEOXM")
        if present == 0 and absent == 0:
            return UNRECORDED if any(UNKNOWN in line for lines in table for line in lines) else None
        if present == 0 or (present <= 2 and absent > present and len(table) * len(self.block.days.slots) >= 200):
            return PRESENT
        return UNRECORDED

    def _month_letters(self, table: Sequence[tuple[str, ...]], days: Mapping[int, list[int]]) -> list[str]:
        """One letter a pupil and day 1–31, `BLANK` where nothing is written."""
        begin = self.block.days.first_place
        if all(len(places) == 1 for places in days.values()) and all(len(lines) == 1 for lines in table):
            where = [days[day][0] - begin if day in days else -1 for day in range(1, 32)]
            first, last = where[0], max(where)
            if first >= 0 and where == [*range(first, last + 1), *[-1] * (30 - last + first)]:
                return [line[first : last + 1].ljust(31) for [line] in table]
            pick = itemgetter(*where)
            picked = {line: "".join(pick(line.ljust(last + 2))) for [line] in table}
            return [picked[line] for [line] in table]
        lines_of_all = set(table)
        used = {
            place
            for places in days.values()
            for place in places
            if any(line[place - begin : place - begin + 1].strip(BLANK) for lines in lines_of_all for line in lines)
        }
        slots = [[place - begin for place in days.get(day, ()) if place in used] for day in range(1, 32)]
        width = max((at for ats in slots for at in ats), default=-1) + 1
        read = {}
        for lines in lines_of_all:
            full = [line.ljust(width) for line in lines]
            read[lines] = "".join([one_day("".join([line[at] for line in full for at in ats])) for ats in slots])
        return [read[lines] for lines in table]

    def _closed_days(
        self,
        written: Sequence[str],
        days: Mapping[int, list[int]],
        month: str | None,
        blank_letter: str | None,
    ) -> list[str]:
        """What a blank means on each day 1–31: no school, unrecorded, or present."""
        columns: Sequence[Sequence[str]] = list(zip(*set(written), strict=True)) if written else [()] * 31
        taught = list(school_days(month)) if month else [True] * 31
        for day in make_up_days(month) if month else ():
            taught[day - 1] = self._taught_to_make_up(day, columns, days, taught)
        meaning = []
        first, last = self.facts.get("first_day"), self.facts.get("last_day")
        for day, column in enumerate(columns[: len(taught)], 1):
            if day not in days:
                meaning.append(UNRECORDED if taught[day - 1] else NONE)
                continue
            marked = set(column)
            marked.discard(BLANK)
            if marked and marked <= {NONE}:
                meaning.append(NONE)
            elif ("X" in marked or "L" in marked) and self._holiday_column(
                [letters[day - 1] for letters in written], taught[day - 1]
            ):
                meaning.append("h")
            elif not taught[day - 1]:
                meaning.append(NONE)
            elif blank_letter == PRESENT:
                inside = (first is None or day >= first) and (last is None or day <= last)
                meaning.append(PRESENT if inside or marked else UNRECORDED)
            elif not marked and blank_letter is not None:
                meaning.append(NONE)
            else:
                meaning.append(UNRECORDED)
        return meaning

    def _taught_to_make_up(
        self, day: int, columns: Sequence[Sequence[str]], days: Mapping[int, list[int]], taught: Sequence[bool]
    ) -> bool:
        """A make-up day had school where the sheet has columns for school days only and one for it, or where a
        pupil is marked on it and on no ordinary weekend day."""
        if day not in days:
            return False
        others = [other for other in days if other != day and other <= len(taught) and not taught[other - 1]]
        if not others:
            return True
        return any(
            mark != BLANK and all(columns[other - 1][row] == BLANK for other in others)
            for row, mark in enumerate(columns[day - 1])
        )

    def _holiday_column(self, column: Sequence[str], taught: bool) -> bool:
        """A column where nearly every pupil has 休 or 假 is a day off, not a class full of leave."""
        for letter in ("X", "L"):
            share = column.count(letter)
            if (share >= 5 and share >= 0.8 * len(column)) or (
                letter == "X" and not taught and share >= 0.5 * len(column)
            ):
                return True
        return False

    def _marks(self, letters: str, closed: Sequence[str]) -> str:
        if "h" in closed:
            return "".join(
                NONE if meaning == "h" and letter in ("X", "L", BLANK) else meaning if letter == BLANK else letter
                for letter, meaning in zip(letters[: len(closed)], closed, strict=True)
            ) + NONE * (31 - len(closed))
        if BLANK not in letters:
            return letters[: len(closed)] + NONE * (31 - len(closed))
        told = [meaning if letter == BLANK else letter for letter, meaning in zip(letters, closed, strict=False)]
        return "".join(told) + NONE * (31 - len(closed))

    def _columns(self, rows: Sequence[Sequence[Any]]) -> list[Sequence[str | None]]:
        """The pupils' fields in the contract's order; title and names fill what a row leaves blank."""
        nothing = [None] * len(rows)
        columns: list[Sequence[str | None]] = [nothing] * len(FIELDS)
        for field_at, place in self.field_places:
            cells = column_of(rows, place)
            columns[field_at] = [v.strip() or None if type(v) is str else _plain_text(v) for v in cells]
        if all(columns[at] is nothing for at in _WHERE):  # the usual sheet: one class, told by its title
            for at, value in zip(_WHERE, self._placed((None,) * len(_WHERE)), strict=True):
                columns[at] = [value] * len(rows)
            return columns
        known: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
        where = list(zip(*(columns[at] for at in _WHERE), strict=True))
        for told in set(where):
            known[told] = self._placed(told)
        for number, at in enumerate(_WHERE):
            columns[at] = [known[told][number] for told in where]
        return columns

    def _placed(self, told: tuple[str | None, ...]) -> tuple[str | None, ...]:
        """School, code, grade and class of pupils whose rows say ``told`` of them."""
        values: list[str | None] = [None] * len(FIELDS)
        for at, value in zip(_WHERE, told, strict=True):
            values[at] = value
        values = placed(values, self.facts, self.of_department)
        return tuple(values[at] for at in _WHERE)

    @staticmethod
    def _doubted(letters: str) -> str:
        """The letters of a pupil; unknown where all that was recorded are missing punches, which accuse nobody."""
        if UNRECORDED not in letters or set(letters) - {BLANK, UNRECORDED, NONE}:
            return letters
        return letters.replace(UNRECORDED, UNKNOWN)

    def _report_unknown(self, lines: tuple[int, ...], days: Mapping[int, list[int]], never_clocked: bool) -> None:
        if never_clocked:
            self.grid.issues.append((self.first_row + lines[0], "marks", "never_clocked", ""))
        for at in lines:
            signs = []
            for places in days.values():
                for place in places:
                    value = self.rows[at][place] if place < len(self.rows[at]) else ""
                    if self.letters.get(value) == UNKNOWN and (text := (text_of(value) or "")[:8]) not in signs:
                        signs.append(text)
            if signs:
                self.grid.issues.append((self.first_row + at, "marks", "unknown_mark", "”“".join(signs[:5])))

    def _outside(self, written: Iterable[str], days: Mapping[int, list[int]], month: str | None) -> None:
        if month is None:
            return
        length = len(school_days(month))
        for day in range(length + 1, 32):
            if day in days and any(letters[day - 1] not in (BLANK, NONE) for letters in written):
                at = self.first_row + self.block.header.row
                self.grid.issues.append((at, "marks", "mark_outside_month", str(day)))

    def _check_totals(
        self, pairs: Sequence[tuple[int, ...]], rows: Sequence[Sequence[Any]], marks: Sequence[str]
    ) -> None:
        """A written total must fit the marks; most of a class have the same of both."""
        totals = [[row[place] if place < len(row) else "" for row in rows] for place, _, _ in self.totals]
        told = list(zip(marks, *totals, strict=True))
        wrong = {own: found for own in set(told) if (found := self._wrong_totals(own[0], own[1:]))}
        if not wrong:
            return
        for lines, own in zip(pairs, told, strict=True):
            for heading in wrong.get(own, ()):
                self.grid.issues.append((self.first_row + lines[0], "marks", "totals_mismatch", f"“{heading}”"))

    def _wrong_totals(self, marks: str, totals: Sequence[Any]) -> list[str]:
        """The headings of the totals that do not fit, counted in days or in half days."""
        if UNKNOWN in marks:
            return []
        wrong = []
        for (_, heading, letters), value in zip(self.totals, totals, strict=True):
            whole = marks.count(letters[0])
            if value == whole:
                continue
            if type(value) is str:
                if not re.fullmatch(r"\d+(?:\.5|\.0)?", value):
                    continue
                value = float(value)
            if not isinstance(value, int | float) or value == whole:
                continue
            half = marks.count(letters[1]) * 0.5 if len(letters) > 1 else 0.0
            counts = {whole + half, whole + 2 * half, 2 * (whole + half)}
            if letters == "P":
                away = sum(marks.count(m) for m in "sla")
                late = marks.count("T") + marks.count("E") + marks.count("O")
                counts = {whole + late + away * share for share in (0, 0.5, 1)} | {
                    whole,
                    whole + late - marks.count("O"),
                }
            elif letters == "A" and heading == "缺勤":
                counts |= {sum(marks.count(m) for m in "SLA") + 0.5 * sum(marks.count(m) for m in "sla")}
            if value not in counts:
                wrong.append(heading)
        return wrong


_FIELD_AT = {name: at for at, name in enumerate(FIELDS)}
_MONTH, _MARKS = _FIELD_AT["month"], _FIELD_AT["marks"]


@lru_cache(maxsize=10_000, typed=True)
def _plain_text(value: Any) -> str | None:
    """A cell that holds no text, as text: a running number without its fraction."""
    return str(int(value)) if type(value) is float and value < 1e6 and value.is_integer() else text_of(value)


_WHERE = _SCHOOL, _CODE, _GRADE, _CLASS = tuple(
    _FIELD_AT[name] for name in ("school_name", "school_code", "grade", "class_name")
)


def is_department(header: Header) -> bool:
    """Whether the class stands in an application's column of departments, which may name anything."""
    place = header.places.get("class_name")
    return place is not None and place < len(header.headings) and "部门" in header.headings[place]


def placed(values: list[str | None], facts: Mapping[str, Any], of_department: bool = False) -> list[str | None]:
    """A pupil's fields with school, grade and class from its class or department (二小-二年级-一班), then from around."""
    written = values[_CLASS]
    told = titles.said(_class_words(written)) if written else _NOTHING_SAID
    if of_department and told.grade is None and told.class_no is None:
        values[_CLASS] = None  # 学生部, or the school's name: no class
    if values[_CLASS]:
        values[_GRADE] = values[_GRADE] or told.grade or facts["grade"]
    else:
        values[_CLASS] = facts["class_name"]
        values[_GRADE] = values[_GRADE] or facts["grade"]
    if values[_SCHOOL] is None and told.school is None:
        values[_CODE] = values[_CODE] or facts["school_code"]
    values[_SCHOOL] = values[_SCHOOL] or told.school or facts["school"]
    return values


_NOTHING_SAID = titles.Said()


@lru_cache(maxsize=20_000)
def _class_words(written: str) -> str:
    """A class column's bare number read as a class."""
    return f"{written}班" if re.fullmatch(r"[(（]?\d{1,3}[)）]?", written) else written


def looks_like_grid(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the top of a sheet has a header with day columns: several of them, for one date is the date of a note.

    Beside the number and the sex of a child it takes more, and what stands under the name is no pupil's.
    """
    head = list(rows[: SEARCHED_ROWS + 2])
    for at in header_rows(head):
        days = find_days(head, at, 1, 0)
        if days is None:
            continue
        known = understand("attendance", tuple(labels_of(head[at])), at, 1).places
        fewest = FEWEST_DAYS_ALONE if {"id_number", "sex"} <= set(known) else FEWEST_DAYS
        beneath = [labels_of(row)[known["name"]] for row in head[at + 1 : days.last_row + 1]] if "name" in known else []
        if len(days.slots) >= fewest and all(not label or label in NAME_HEADINGS for label in beneath):
            return True
    return False


__all__ = ["Context", "Grid", "GridRow", "find_header", "looks_like_grid", "read_grid", "school_days"]
