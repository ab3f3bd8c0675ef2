"""What one sheet of attendance gives, and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from expectations.delivered import ROWS
from transforms.intake.filling import Area
from transforms.intake.headers import Header

NONE, UNRECORDED, PRESENT = "-", ".", "P"
BLANK = " "
"""Stands for a blank cell in a line of letters, so that each slot is one character."""
FIELDS: tuple[str, ...] = ROWS["attendance"].names[8:]
"""The columns after provenance, title and file name, in the contract's order."""
FIELD_AT = {name: at for at, name in enumerate(FIELDS)}


GridRow = tuple[int, str | None, Sequence[str | None]]
"""One pupil's month: the row's number, the month, and the values as text, the way the contract wants them."""


@dataclass
class Grid:
    """What one sheet gave."""

    rows: list[GridRow] = field(default_factory=list)
    issues: list[tuple[int | None, str | None, str, str]] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    not_data: int = 0
    title: str = ""
    reason: str | None = None
    legend: Mapping[str, str] = field(default_factory=dict)


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
