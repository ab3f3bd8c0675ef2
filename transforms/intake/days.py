"""Which columns of a sheet are days: written as numbers, dates or days of the week, in halves or lessons."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from transforms.intake import titles
from transforms.intake.cells import blank, texts_above

FEWEST_DAYS = 3
FEWEST_DAYS_ALONE = 5
"""Days in a row that make it a header where no heading of a name does."""
_SLOT = re.compile(r"^(?:上午?|下午?|am|pm|早上?|晨[检读]?|午|晚[自习]*|中午?|第?[一二三四五六七八1-8]节?)$", re.I)
_PART_OF_DAY = re.compile("[上下节]|am|pm", re.I)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?[一二三四五六日天]")
_WEEKDAY_NAMED = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0E: 0x2E, 0xFF0F: 0x2F, 0xFF0D: 0x2D}
Day = tuple[int | None, int | None, int]
"""Year and month where they are written, and the day."""
Run = tuple[tuple[int, Day], ...]
"""The places of a row that name days, and which."""


@dataclass
class Days:
    """The day columns of a header: (year, month, day) → its places on the sheet, and how many rows it takes."""

    slots: Mapping[tuple[int | None, int | None, int], Sequence[int]]
    last_row: int
    first_place: int
    last_place: int


@lru_cache(maxsize=4_000, typed=True)
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


def day_run(row: Sequence[Any]) -> Run:
    """The longest stretch of a row whose cells name days in rising order (a new month may begin again)."""
    cells = tuple(row)
    if any(value is True for value in cells):  # equal to the first of a month, and no day
        return _day_run.__wrapped__(cells)
    return _day_run(cells)


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
            year = told.year or titles.year_of(None, told.month, period)
            try:
                begin = dt.date(year or 0, told.month, told.first_day)
            except ValueError:
                continue
            dates = [begin + dt.timedelta(days=offset - begin.weekday()) for _, offset in run]
            if begin not in dates or (told.last_day is not None and not 0 <= told.last_day - told.first_day <= 6):
                continue
            under = rows[row + 1] if row + 1 < len(rows) else []
            slotted = _slotted(under, run)
            ends = [*(place for place, _ in run[1:]), _run_end(under, run)]
            slots: dict[Day, Sequence[int]] = {
                (date.year, date.month, date.day): tuple(range(place, end if slotted else place + 1))
                for (place, _), end, date in zip(run, ends, dates, strict=True)
                if date >= begin and (told.last_day is None or date.month != told.month or date.day <= told.last_day)
            }
            return Days(slots, row + slotted, run[0][0], ends[-1] - 1 if slotted else run[-1][0])
    return None
