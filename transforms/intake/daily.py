"""Reads attendance kept as a journal: one line a pupil and day (日期, 姓名, 考勤状态), folded into one row a month.

A journal of absences alone does not say who was present: such a file is refused, because a class whose pupils are
not on it would otherwise seem never to have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transforms.intake.attendance import (
    FIELDS,
    NONE,
    UNRECORDED,
    Block,
    Context,
    Days,
    Grid,
    GridRow,
    day_named,
    facts_of,
    school_days,
    texts_above,
    year_of,
)
from transforms.intake.cells import blank, is_not_data, text_of
from transforms.intake.headers import Header, bare, labels_of, normal
from transforms.intake.legend import UNKNOWN, Marks, combine

DATE_HEADINGS = frozenset(
    map(
        normal,
        (
            "日期",
            "考勤日期",
            "考勤时间",
            "出勤日期",
            "打卡日期",
            "年月日",
            "点名日期",
            "记录日期",
            "缺勤日期",
            "上课日期",
        ),
    )
)
MARK_HEADINGS = frozenset(
    map(normal, ("考勤", "考勤状态", "状态", "出勤情况", "考勤情况", "考勤结果", "出缺勤", "出勤状态", "到校情况", "出勤", "考勤记录", "出缺勤情况", "考勤类型",
                 "出勤类型", "到校状态", "签到状态", "签到情况", "点名结果"))
)  # fmt: skip
PRESENT_LETTERS = frozenset("PTEO")
FEWEST_PRESENT = 0.3
"""The share of lines that must say present: in a journal of all pupils most do."""


def journal_places(header: Header, row: Sequence[Any]) -> tuple[int, int] | None:
    """The places of the date and of the mark, if a header is a journal's."""
    labels = [bare(label) for label in labels_of(row)]
    date = next((place for place, label in enumerate(labels) if label in DATE_HEADINGS), None)
    mark = next((place for place, label in enumerate(labels) if label in MARK_HEADINGS), None)
    return (date, mark) if date is not None and mark is not None and "name" in header.places else None


def read_journal(rows: list[list[Any]], first_row: int, context: Context, header: Header) -> Grid | None:
    """Every pupil and month of a journal; nothing where the sheet is none."""
    places = journal_places(header, rows[header.row])
    if places is None:
        return None
    date_at, mark_at = places
    grid = Grid(headers=[header], title=" ".join(texts_above(rows, range(header.row))))
    block = Block(header, Days({}, header.row, 0, 0), range(header.row), range(header.row + 1, len(rows)))
    facts = facts_of(grid, texts_above(rows, block.title_rows), context, {}, block, first_row)
    marks = Marks(context.book_legend, context.legend)
    name_at = header.places["name"]
    pupils: dict[tuple[str | None, ...], tuple[int, dict[int, str]]] = {}
    letters = []
    for at in block.body:
        row = rows[at]
        day = day_named(row[date_at])
        if blank(row[name_at]) or day is None or is_not_data(row, name_at):
            continue
        month = _month(day, facts, context.period)
        letter = marks.letter(row[mark_at])
        if month is None or not letter:
            continue
        if letter == UNKNOWN:
            grid.issues.append((first_row + at, "marks", "unknown_mark", (text_of(row[mark_at]) or "")[:8]))
        letters.append(letter)
        own = pupils.setdefault((month, *_values(row, header, facts)), (at, {}))[1]
        own[day[2]] = combine(own[day[2]], letter) if day[2] in own else letter
    if not letters:
        return None
    if sum(letter in PRESENT_LETTERS for letter in letters) < FEWEST_PRESENT * len(letters):
        grid.not_data, grid.reason = len(rows), "absences_only"
        return grid
    for (month, *values), (at, own) in pupils.items():
        told = list(values)
        told[FIELDS.index("month")], told[FIELDS.index("marks")] = month, _month_of(own, str(month))
        grid.rows.append(GridRow(first_row + at, month, told[FIELDS.index("marks")] or "", told))
    grid.not_data = len(rows) - len(grid.rows)
    return grid


def _month(day: tuple[int | None, int | None, int], facts: dict[str, Any], period: str) -> str | None:
    month = day[1] or facts["month"]
    year = day[0] or facts["year"] or year_of(None, month, period)
    return f"{year:04d}-{month:02d}" if month and year else None


def _values(row: Sequence[Any], header: Header, facts: dict[str, Any]) -> list[str | None]:
    """A pupil's fields without those that differ from line to line."""
    values: list[str | None] = [None] * len(FIELDS)
    for column, place in header.places.items():
        if column not in ("seat_no", "remarks", "month") and place < len(row):
            values[FIELDS.index(column)] = (text_of(row[place]) or "").strip() or None
    for column, fact in (("school_name", "school"), ("grade", "grade"), ("class_name", "class_name")):
        at = FIELDS.index(column)
        values[at] = values[at] or facts[fact]
    return values


def _month_of(own: dict[int, str], month: str) -> str:
    taught = school_days(month)
    letters = [own.get(day) or (UNRECORDED if teaches else NONE) for day, teaches in enumerate(taught, 1)]
    return "".join(letters) + NONE * (31 - len(letters))
