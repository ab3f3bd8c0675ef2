"""Finds lists of children that stand side by side on one sheet to save paper: the same headings, then again.

Two people's columns in one list (child and parent) also repeat headings; only blocks that repeat without a gap,
name what only a child's list has, and hold children's numbers are lists side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from transforms.intake.contents import cells_at, is_name, of_adults
from transforms.intake.headers import SEAT, Header, Understood, exact

MOST_LISTS = 12
_CHILDS_OWN = {"seat_no", "pupil_no", "birth_date", "id_number", "grade", "class_name"}
_NAMES = 0.6


def repeats(labels: Sequence[str], source: str) -> list[int]:
    """How far right of the first list each further one begins; nothing where headings do not repeat."""
    named = [place for place, label in enumerate(labels) if label and (exact(source, label) or ("",))[0] == "name"]
    if not 2 <= len(named) <= MOST_LISTS:
        return []
    widths = {right - left for left, right in pairwise(named)}
    if len(widths) != 1:
        return []
    [width] = widths
    begin = named[0]
    while begin > 0 and named[0] - begin < width - 1 and _same(labels, begin - 1, width, len(named)):
        begin -= 1
    end = named[0] + 1
    while end < begin + width and _same(labels, end, width, len(named)):
        end += 1
    if any(labels[end : begin + width]):
        return []
    block = [label for label in labels[begin:end] if label]
    own = {found[0] for label in block if (found := exact(source, label))}
    if not (own & _CHILDS_OWN or any(label in SEAT for label in block)):
        return []
    return [width * number for number in range(1, len(named))]


def _same(labels: Sequence[str], place: int, width: int, lists: int) -> bool:
    return place + width * (lists - 1) < len(labels) and all(
        labels[place] == labels[place + width * number] for number in range(1, lists)
    )


def people_beside(header: Header, source: str, rows: Sequence[Sequence[Any]], period: str) -> tuple[Header, ...]:
    """The headers of the lists right of the first; columns outside the lists belong to all of them."""
    found = []
    for shift in repeats(header.headings, source):
        moved = []
        for u in header.understood:
            place = u.place + shift
            repeated = place < len(header.headings) and header.headings[place] == u.heading
            moved.append(Understood(u.column, place if repeated else u.place, u.heading, u.method))
        other = replace(header, understood=tuple(moved))
        names = cells_at(rows[:60], other.places["name"])
        if names and sum(map(is_name, names)) < _NAMES * len(names):
            return ()
        for column in ("id_number", "birth_date"):
            if column in other.places and of_adults(cells_at(rows[:60], other.places[column]), column, period):
                return ()
        found.append(other)
    return tuple(found)


def halves(rows: Sequence[list[Any]], at: int, labels: Sequence[str], source: str) -> list[list[list[Any]]]:
    """A sheet cut into the lists side by side on it, each with the lines above and beneath that stand over all."""
    shifts = repeats(labels, source)
    if not shifts:
        return []
    first = next(
        place
        for place, label in enumerate(labels)
        if label and labels[place : place + 1] == labels[place + shifts[0] : place + shifts[0] + 1]
    )
    edges = [0, *(first + shift for shift in shifts), len(labels)]
    parts = []
    for number, (begin, end) in enumerate(pairwise(edges)):
        part = []
        for row_at, row in enumerate(rows):
            own = row[begin:end]
            if number and (row_at < at or not any(v != "" for v in own)):
                own = _over_all(row, own, edges[1])
            part.append(own)
        parts.append(part)
    return parts


def _over_all(row: Sequence[Any], own: list[Any], first_end: int) -> list[Any]:
    """A title or footer line over the whole sheet, given to a list that has none of its own."""
    if any(v != "" for v in own):
        return own
    texts = [v for v in row[:first_end] if type(v) is str and v.strip()]
    if len(texts) == 1 and len(texts[0]) > 4 and sum(1 for v in row[:first_end] if v != "") == 1:
        return [texts[0], *own[1:]]
    return own
