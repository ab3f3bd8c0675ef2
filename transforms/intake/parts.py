"""Joins what a list writes in several columns: 姓 and 名 into the child's name, 年, 月 and 日 into the date of birth.

The first of the columns takes the whole under the heading a list would have, and the others are left blank, so that
every place stays where the sheet shows it. Columns of another person's or another date's are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transforms.intake.cells import blank, text_of
from transforms.intake.headers import OTHER_PERSON, SEARCHED_ROWS, childs, labels_of, normal, telling_rows

NAME, BIRTH = "姓名", "出生日期"
_FORMS = (
    (NAME, (re.compile(r"(?:学生|儿童|幼儿)?姓氏?"), re.compile(r"(?:学生|儿童|幼儿)?名字?"))),
    (BIRTH, (re.compile(r"(?:出生)?年"), re.compile(r"(?:出生)?月"), re.compile(r"(?:出生)?日"))),
)
_ANOTHER_DATE = "入|迁|注销|离|登记|填|变|毕业|转|建|办|截|审|调查|复"


@dataclass(frozen=True)
class Parts:
    """Adjacent columns that are one field: its heading, their places, and the row of their headings."""

    heading: str
    row: int
    places: range

    def joined(self, row: list[Any]) -> list[Any]:
        """A row with the whole in the first of the places."""
        if self.places.stop > len(row):
            row = [*row, *[""] * (self.places.stop - len(row))]
        told = [(text_of(row[place]) or "").strip() for place in self.places]
        whole = "".join(told) if self.heading == NAME else _date(told)
        return [*row[: self.places.start], whole, *[""] * (len(told) - 1), *row[self.places.stop :]]


def _date(told: Sequence[str]) -> str:
    numbers = [re.sub(r"[年月日号\s]", "", part) for part in told]
    if told == ["年", "月", "日"]:
        return BIRTH
    return "-".join(part.zfill(2) for part in numbers if part)


def parts_among(rows: Sequence[Sequence[Any]], headings: Sequence[str] = (NAME, BIRTH)) -> list[Parts]:
    """The fields of a sheet that are written in several columns; of two for one field, the first."""
    found: dict[str, Parts] = {}
    for at in telling_rows(rows[:SEARCHED_ROWS]):
        if not any(form.fullmatch(label) for label in _telling_labels(rows[at]) for _, (form, *_) in _FORMS):
            continue
        labels, above = labels_of(rows[at]), labels_of(rows[at - 1]) if at else []
        for heading, forms in _FORMS:
            if heading not in headings or heading in found:
                continue
            for place in range(len(labels) - len(forms) + 1):
                if not all(form.fullmatch(labels[place + n]) for n, form in enumerate(forms)):
                    continue
                group = _group(above, labels, place)
                if not OTHER_PERSON.search(childs(group)) and not (
                    heading == BIRTH and re.search(_ANOTHER_DATE, group)
                ):
                    found[heading] = Parts(heading, at, range(place, place + len(forms)))
                    break
    return list(found.values())


def _telling_labels(row: Sequence[Any]) -> list[str]:
    """The headings of a row that may begin a name or a date in parts."""
    return [
        normal(value) for value in row if type(value) is str and len(value) <= 60 and ("姓" in value or "年" in value)
    ]


def _group(above: Sequence[str], labels: Sequence[str], place: int) -> str:
    """The heading over a place, which may stand over a place left of it whose own heading is under it too."""
    while place < len(above) and not above[place] and place > 0 and labels[place - 1]:
        place -= 1
    return above[place] if place < len(above) else ""


def joined(rows: list[list[Any]], parts: Sequence[Parts], begin: int = 0) -> list[list[Any]]:
    """``rows`` with the parts joined from their headings on; ``begin`` is the first row's number on the sheet."""
    for part in parts:
        heading_at = part.row - begin
        rows = [
            row
            if at < heading_at or all(blank(value) for value in row[part.places.start : part.places.stop])
            else _headed(row, part)
            if at == heading_at
            else part.joined(row)
            for at, row in enumerate(rows)
        ]
    return rows


def _headed(row: list[Any], part: Parts) -> list[Any]:
    return [*row[: part.places.start], part.heading, *[""] * (len(part.places) - 1), *row[part.places.stop :]]
