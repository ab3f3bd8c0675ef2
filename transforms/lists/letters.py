"""The letters to families, one document per school or township: register of delivery, then letter, slip and receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from expectations.recipients import BY_CODE as RECIPIENTS
from expectations.recipients import LETTERS
from transforms.engine import Engine
from transforms.lists.dated import DAY, day_in_words
from transforms.lists.offices import FULL_NUMBER, Edition


@dataclass(frozen=True)
class Paper:
    """One document before it is written: for whom, from which template, and what fills it."""

    recipient: str
    kind_of_office: str
    district: str
    unit_code: str
    unit_name: str
    kind: str
    period: str
    template: str
    values: Mapping[str, Any]
    rows: int = 0
    findings: int = 0
    personal: bool = True
    children: tuple[str, ...] = ()


def letter_papers(engine: Engine, edition: Edition) -> Iterator[Paper]:
    """The letters of every office that has some to deliver."""
    kinds = {letter.code: letter for letter in LETTERS}
    rows = engine.rows("letters").to_pylist()
    for (district, code, recipient, unit), group in groupby(
        rows, key=lambda r: (r["district_code"], r["letter"], r["recipient"], r["unit_code"])
    ):
        letters, kind = list(group), kinds[code]
        name = letters[0]["unit_name"]
        values = {
            "期次": edition.month, "份数": len(letters), "制发日期": DAY,
            "发文单位": edition.bureau(district) if recipient == "county" else authority(name),
            "各份": [{shown.label: _told(letter[shown.column]) for shown in kind.fields} for letter in letters],
        }  # fmt: skip
        yield Paper(
            recipient, RECIPIENTS[recipient].chinese, district, unit, name, kind.chinese, edition.period, kind.chinese,
            values, len(letters), len(letters), children=tuple(sorted(letter["child_id"] for letter in letters)),
        )  # fmt: skip


def authority(unit: str) -> str:
    """The authority that signs for a unit: a township's government, a subdistrict's office, else the unit itself."""
    if re.search(r"街道$", unit):
        return f"{unit}办事处"
    return f"{unit}人民政府" if re.search(r"[乡镇]$", unit) else unit


def _told(value: Any) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    return FULL_NUMBER.sub(lambda found: f"尾号{found.group()[-4:]}", value) if value else ""
