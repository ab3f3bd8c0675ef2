"""Fills down what a list writes once for a group: the class over its pupils, the household over its members.

Only columns that name a group are filled, never a person's own: a merged cell says what belongs together, and where
there are none, a column that is blank on many rows and begins a new group wherever it is not. A group ends where one
above it begins, so that no household gets another's address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from transforms.intake.cells import BLANKS, blank, column_of, is_not_data, is_persons, text_of
from transforms.intake.headers import HEADINGS, MAY_BE_HEADING, Header, normal

Area = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: its first and last row and place among a sheet's rows, both included."""
LEVELS: Mapping[str, tuple[int, bool]] = {
    "township_name": (0, False), "school_name": (1, False), "community": (1, False), "grade": (2, False),
    "class_name": (3, False), "household_no": (3, True), "head_name": (3, True), "head_id_number": (3, True),
    "address": (4, False),
}  # fmt: skip
"""How far down a group stands, and whether another of its level begins a new one: a household has no second head."""
OF_HOUSEHOLDS = ("township_name", "community", "household_no", "head_name", "head_id_number", "address")
FEWEST_ROWS = 3
BLANK_SHARE = 1 / 3
LOOKED_AT_FROM = 0.1
"""The share of blanks among all rows from which a column is looked at row by row: most are full, and large."""
LARGEST_AREA = 100_000
FIRST_LOOK = 200


@dataclass
class Filling:
    """What is filled down under one header; ``told`` are the columns something was filled in, with their headings.

    ``header`` may be met in several pieces of a sheet; what the last piece carried goes on in the next.
    """

    header: Header
    source: str
    merged: Sequence[Area] = ()
    told: dict[str, str] = field(default_factory=dict)
    _once: set[str] | None = None
    _carried: dict[str, Any] = field(default_factory=dict)
    _areas: dict[str, dict[int, int]] = field(default_factory=dict)
    _starts: dict[str, dict[int, Any]] = field(default_factory=dict)

    def fill(self, rows: Sequence[list[Any]], begin: int) -> list[list[Any]]:
        """``rows`` with the groups written on each; ``begin`` is the first one's number among the sheet's rows."""
        columns = {u.column: u.place for u in self.header.understood if self._is_group(u.column)}
        name_at = self.header.places.get("name")
        if not columns or name_at is None:
            return list(rows)
        if self._once is None:
            self._once = self._written_once(rows, columns, name_at, begin)
        if not self._once and not any(self._areas.values()):
            return list(rows)
        kinds = [self._kind(row, name_at) for row in rows]
        return [
            self._filled(row, kind, begin + at, columns) for at, (row, kind) in enumerate(zip(rows, kinds, strict=True))
        ]

    def _written_once(
        self, rows: Sequence[Sequence[Any]], columns: Mapping[str, int], name_at: int, begin: int
    ) -> set[str]:
        """The columns written once a group; most have no gaps, and of the others most are soon found out."""
        self._areas = {column: self._areas_at(place, begin) if self.merged else {} for column, place in columns.items()}
        first = [row for row in rows[:FIRST_LOOK] if self._kind(row, name_at) == "person"]
        candidates = {
            column: place
            for column, place in columns.items()
            if not self._areas[column] and not _written_twice(first, place) and _has_gaps(rows, place)
        }
        if not candidates:
            return set()
        pupils = [row for row in rows if self._kind(row, name_at) == "person"]
        return {column for column, place in candidates.items() if _written_once(pupils, place)}

    def _is_group(self, column: str) -> bool:
        return column in LEVELS and (self.source == "household" or column not in OF_HOUSEHOLDS)

    @staticmethod
    def _kind(row: Sequence[Any], name_at: int) -> str:
        name: Any = row[name_at] if name_at < len(row) else None
        if name is not None and is_persons(name, row[0]) and name[0] not in MAY_BE_HEADING:
            return "person"
        if blank(name):
            return "other"
        if type(name) is str and normal(name) in HEADINGS:
            return "header"
        return "other" if is_not_data(row, name_at) else "person"

    def _areas_at(self, place: int, begin: int) -> dict[int, int]:
        """Row → the first row of the merged range it lies in, for ranges of several rows of one column."""
        return {
            row: top
            for (top, left), (bottom, _) in self.merged
            if left == place and begin <= top < bottom < top + LARGEST_AREA
            for row in range(top, bottom + 1)
        }

    def _filled(self, row: list[Any], kind: str, at: int, columns: Mapping[str, int]) -> list[Any]:
        if kind == "header":
            self._carried.clear()
            return row
        assert self._once is not None
        self._begin_groups(row, columns)
        result = row
        for column, place in columns.items():
            value = row[place] if place < len(row) else None
            if (top := self._areas[column].get(at)) is not None:
                starts = self._starts.setdefault(column, {})
                if top == at:
                    starts[top] = value
                fill = starts.get(top)
            else:
                fill = self._carried.get(column) if column in self._once else None
            if kind != "person" or not blank(value) or blank(fill):
                continue
            if result is row:
                result = [*row, *[""] * (max(columns.values()) + 1 - len(row))]
            result[place] = fill
            self.told.setdefault(column, self.header.headings[place] if place < len(self.header.headings) else "")
        return result

    def _begin_groups(self, row: Sequence[Any], columns: Mapping[str, int]) -> None:
        """Remember the groups that begin on a row, and forget those that end there."""
        carried = self._carried
        begun: dict[str, Any] = {}
        for column, place in columns.items():
            value = row[place] if place < len(row) else None
            before = carried.get(column)
            if value in ("", before):
                continue
            if not blank(value) and text_of(value) != text_of(before):
                begun[column] = value
        for column in begun:
            level, alone = LEVELS[column]
            for other in columns:
                if LEVELS[other][0] > level or (alone and other != column and LEVELS[other] == (level, alone)):
                    carried.pop(other, None)
        carried.update(begun)


def _has_gaps(rows: Sequence[Sequence[Any]], place: int) -> bool:
    """Whether a column may be written once a group at all."""
    cells = column_of(rows, place)
    gaps = cells.count("") + cells.count(None)
    if gaps < LOOKED_AT_FROM * len(rows):
        gaps += sum(map(cells.count, [v for v in set(cells) if v and type(v) is str and not v.strip(BLANKS)]))
    return gaps >= LOOKED_AT_FROM * len(rows)


def _written_twice(rows: Sequence[Sequence[Any]], place: int) -> bool:
    """Whether a column is written twice running among a list's first rows, or not on the very first."""
    written = [text_of(row[place]) for row in rows if place < len(row) and not blank(row[place])]
    return any(left == right for left, right in pairwise(written)) or (
        bool(rows) and (place >= len(rows[0]) or blank(rows[0][place]))
    )


def _written_once(rows: Sequence[Sequence[Any]], place: int) -> bool:
    """Whether a column is written on the first row of each group only: often blank, and never the same twice running."""
    if len(rows) < FEWEST_ROWS:
        return False
    cells = [row[place] if place < len(row) else None for row in rows]
    written = [text_of(cell) for cell in cells if not blank(cell)]
    if blank(cells[0]) or len(cells) - len(written) < BLANK_SHARE * len(cells):
        return False
    return all(left != right for left, right in pairwise(written))
