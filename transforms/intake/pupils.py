"""Turns the pupils of one block into letters: one row a pupil and month, one letter a day.

A blank cell means present only where the block writes only absences; on days without school nothing is recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any

from transforms.intake.blocks import Block
from transforms.intake.cells import blank, column_of, text_of
from transforms.intake.facts import WHERE, is_department, placed
from transforms.intake.grid import BLANK, FIELD_AT, FIELDS, NONE, PRESENT, UNRECORDED, Context, Grid
from transforms.intake.legend import HALF, UNKNOWN, Marks, combine
from transforms.intake.school_days import make_up_days, school_days
from transforms.intake.totals import total_columns, wrong_totals

_HALVES = frozenset(("上午", "下午", "上", "下"))
_MONTH, _MARKS = FIELD_AT["month"], FIELD_AT["marks"]


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


class BlockReader:
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
        self.totals = total_columns(block.header.headings, block.days.last_place + 1)
        self.field_places = [(FIELD_AT[column], place) for column, place in self.places.items()]
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
            self.grid.rows.extend(zip(row_nos, repeat(month), zip(*columns, strict=True), strict=False))
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
        known: dict[tuple[Any, ...], str] = {}

        def letters(at: int) -> str:
            cells = tuple(self.rows[at][begin:end])
            read = known.get(cells)
            if read is None:
                read = known[cells] = "".join(map(letter_of, cells))
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
        if all(columns[at] is nothing for at in WHERE):  # the usual sheet: one class, told by its title
            for at, value in zip(WHERE, self._placed((None,) * len(WHERE)), strict=True):
                columns[at] = [value] * len(rows)
            return columns
        known: dict[tuple[str | None, ...], tuple[str | None, ...]] = {}
        where = list(zip(*(columns[at] for at in WHERE), strict=True))
        for told in set(where):
            known[told] = self._placed(told)
        for number, at in enumerate(WHERE):
            columns[at] = [known[told][number] for told in where]
        return columns

    def _placed(self, told: tuple[str | None, ...]) -> tuple[str | None, ...]:
        """School, code, grade and class of pupils whose rows say ``told`` of them."""
        values: list[str | None] = [None] * len(FIELDS)
        for at, value in zip(WHERE, told, strict=True):
            values[at] = value
        values = placed(values, self.facts, self.of_department)
        return tuple(values[at] for at in WHERE)

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
        wrong = {own: found for own in set(told) if (found := wrong_totals(self.totals, own[0], own[1:]))}
        if not wrong:
            return
        for lines, own in zip(pairs, told, strict=True):
            for heading in wrong.get(own, ()):
                self.grid.issues.append((self.first_row + lines[0], "marks", "totals_mismatch", f"“{heading}”"))


@lru_cache(maxsize=10_000, typed=True)
def _plain_text(value: Any) -> str | None:
    """A cell that holds no text, as text: a running number without its fraction."""
    return str(int(value)) if type(value) is float and value < 1e6 and value.is_integer() else text_of(value)
