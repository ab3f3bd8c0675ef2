"""Reads attendance kept as a journal: one line a pupil and day (日期, 姓名, 考勤状态), folded into one row a month.

A journal of absences alone does not say who was present: such a file is refused, because a class whose pupils are
not on it would otherwise seem never to have come.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transforms.intake.blocks import Block
from transforms.intake.cells import blank, is_not_data, text_of, texts_above
from transforms.intake.days import Days, day_named
from transforms.intake.facts import facts_of, is_department, placed
from transforms.intake.grid import FIELDS, NONE, UNRECORDED, Context, Grid
from transforms.intake.headers import Header
from transforms.intake.legend import HALF, UNKNOWN, Marks, combine
from transforms.intake.punches import journal_columns
from transforms.intake.school_days import school_days
from transforms.intake.titles import year_of

PRESENT_LETTERS = frozenset("PTEO")
FEWEST_PRESENT = 0.3
"""The share of lines that must say present: in a journal of all pupils most do."""


def read_journal(rows: list[list[Any]], first_row: int, context: Context, header: Header) -> Grid | None:
    """Every pupil and month of a journal; nothing where the sheet is none."""
    below = rows[header.row + 1] if header.row + 1 < len(rows) else []
    columns = journal_columns(rows[header.row], below) if "name" in header.places else None
    if columns is None:
        return None
    date_at, marks_at, clocks_at = columns
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
        letter = _letter(row, marks_at, clocks_at, marks)
        if month is None or not letter:
            continue
        if letter == UNKNOWN:
            written = next((row[place] for place in marks_at if marks.letter(row[place]) == UNKNOWN), "")
            grid.issues.append((first_row + at, "marks", "unknown_mark", (text_of(written) or "")[:8]))
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
        if set(own.values()) <= {UNRECORDED, NONE} and UNRECORDED in own.values():
            own = dict.fromkeys(own, UNKNOWN)  # nothing but missing punches accuses nobody
            grid.issues.append((first_row + at, "marks", "never_clocked", ""))
        told[FIELDS.index("month")], told[FIELDS.index("marks")] = month, _month_of(own, str(month))
        grid.rows.append((first_row + at, month, told))
    grid.not_data = len(rows) - len(grid.rows)
    return grid


def _letter(row: Sequence[Any], marks_at: Sequence[int], clocks_at: Sequence[int], marks: Marks) -> str:
    """The letter of one line: its only mark, or all its results together; a time on the clock shows the child came."""
    told = [row[place] for place in marks_at if place < len(row) and not blank(row[place])]
    clocked = [row[place] for place in clocks_at if place < len(row) and marks.letter(row[place]) in PRESENT_LETTERS]
    letter = marks.letter(told[0]) if len(told) == 1 else _together(told, marks)
    return "P" if letter in ("", UNRECORDED) and clocked else letter


def _together(told: Sequence[Any], marks: Marks) -> str:
    """Several results of a day as one; an absence beside a missing punch is one of half a day."""
    letters = [letter for value in told if (letter := marks.letter(value))]
    if not letters:
        return ""
    known = [letter for letter in letters if letter != UNRECORDED]
    if not known:
        return UNRECORDED
    whole = known[0]
    for letter in known[1:]:
        whole = combine(whole, letter)
    return HALF.get(whole, whole) if len(known) < len(letters) else whole


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
    return placed(values, facts, is_department(header))


def _month_of(own: dict[int, str], month: str) -> str:
    taught = school_days(month)
    letters = [own.get(day) or (UNRECORDED if teaches else NONE) for day, teaches in enumerate(taught, 1)]
    return "".join(letters) + NONE * (31 - len(letters))
