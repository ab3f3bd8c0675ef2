"""Deliveries settled on an earlier night: what became of their rows stands, and is taken over from the run in force.

Which rows of a delivery are accepted, set aside or remarked on follows from

* its rows as understood, what the suite found in them, and how it was read;
* how the schools it names were resolved;
* the other deliveries of its source in the district that name one of its schools (or none, like it): one of them may
  replace it. Deliveries so connected stand or fall together;
* for attendance: the rolls of its schools, whether its district has any, and which of them could not be read;
* for the household register: the codes of the district's townships;
* the SELECTs that decide, with their macros, parameters and words.

All of it goes into one hash a delivery. The hashes lie beside the tables they led to, in the folder of their run.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from expectations.sources import SOURCES
from transforms.engine import Engine

RECORD = "settled.json"
DECIDE = (
    "grown_ups", "record_heads", "redeliveries", "set_aside", *(source.table for source in SOURCES), "issues", "quarantine",
    "deliveries",
)  # fmt: skip
"""The tables whose SELECTs decide what becomes of a row."""
Rows = list[dict[str, Any]]


class Settled:
    """The deliveries whose outcome stands as the run in force, in the folder ``before``, has it."""

    def __init__(self, before: Path | None = None, known: Mapping[str, str] | None = None) -> None:
        self.before = before
        self.deliveries: frozenset[str] = frozenset()
        self._known = known or {}
        self._now: dict[str, str] = {}
        self._district: dict[str, str] = {}

    @classmethod
    def read(cls, before: Path | None) -> Settled:
        """What the run in ``before`` settled; nothing where that cannot be read."""
        return cls(before, _recorded(before)) if before else cls()

    def judge(self, engine: Engine, rows_known_by: Mapping[str, str]) -> None:
        """Find what stands, from the tables of tonight; ``rows_known_by`` names each delivery's rows as understood and checked."""
        facts = engine.rows("delivery_facts").to_pylist()
        self._district = {fact["delivery_id"]: fact["district_code"] for fact in facts}
        self._now = decided_by(engine, facts, rows_known_by)
        self.deliveries = frozenset(one for one, hashed in self._now.items() if self._known.get(one) == hashed)

    def as_text(self, districts: Sequence[str] | None = None) -> str:
        """What decided every delivery of the run; of one for some ``districts``, of all others what decided the run before."""
        if districts is None:
            return json.dumps(self._now)
        elsewhere = {one for one, district in self._district.items() if district not in districts}
        others = {one: hashed for one, hashed in self._known.items() if one in elsewhere}
        return json.dumps(others | {one: of for one, of in self._now.items() if one not in elsewhere})


def _recorded(before: Path) -> dict[str, str]:
    try:
        told = json.loads((before / RECORD).read_text(encoding="ascii"))
        return {str(delivery): str(hashed) for delivery, hashed in told.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def decided_by(engine: Engine, facts: Rows, rows_known_by: Mapping[str, str]) -> dict[str, str]:
    """The hash of everything that decides what becomes of each delivery's rows."""
    schools = _schools(engine)
    own = _own(engine, facts, rows_known_by, schools)
    together = _connected(facts, schools)
    groups = {one: _hash(*sorted(f"{other} {own[other]}" for other in of)) for one, of in together.items()}
    rolls: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        if fact["source"] == "registry":
            for school in schools[fact["delivery_id"]]:
                rolls[fact["district_code"], school].add(groups[fact["delivery_id"]])
    terms = _terms(engine)

    def of(fact: Mapping[str, Any]) -> str:
        here = fact["district_code"]
        attended = schools[fact["delivery_id"]] if fact["source"] == "attendance" else ()
        return _hash(terms, groups[fact["delivery_id"]], *(sorted(rolls[here, school]) for school in sorted(attended)))

    return {fact["delivery_id"]: of(fact) for fact in facts}


def _own(
    engine: Engine, facts: Rows, rows_known_by: Mapping[str, str], schools: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """The hash of what decides about each delivery beside other deliveries' rows."""
    issues = _by(engine.rows("reading_issues").to_pylist(), "delivery_id")
    around = {"attendance": _rolls_around(engine, facts, issues), "household": _townships(engine)}
    return {
        one: _hash(
            fact, issues.get(one), rows_known_by.get(one), sorted(schools[one].items()),
            around.get(fact["source"], {}).get(fact["district_code"]),
        )
        for fact in facts for one in [fact["delivery_id"]]
    }  # fmt: skip


def _schools(engine: Engine) -> dict[str, dict[str, Any]]:
    """The schools every delivery names, each with how it was named and resolved."""
    engine.build("delivery_schools")
    named: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for row in engine.rows("delivery_schools").to_pylist():
        named[row["delivery_id"]].setdefault(row["school"] or "", []).append(row)
    return named


def _connected(facts: Rows, schools: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """For every delivery all that may replace it or be replaced by it, itself among them."""
    first: dict[tuple[str, str, str], str] = {}
    stands_for = {fact["delivery_id"]: fact["delivery_id"] for fact in facts}

    def root(one: str) -> str:
        while stands_for[one] != one:
            stands_for[one] = one = stands_for[stands_for[one]]
        return one

    for fact in facts:
        for school in schools[fact["delivery_id"]]:
            other = first.setdefault((fact["source"], fact["district_code"], school), fact["delivery_id"])
            stands_for[root(fact["delivery_id"])] = root(other)
    together: dict[str, list[str]] = defaultdict(list)
    for one in stands_for:
        together[root(one)].append(one)
    return {one: together[root(one)] for one in stands_for}


def _rolls_around(engine: Engine, facts: Rows, issues: Mapping[str, Rows]) -> dict[str, Any]:
    """Of every district: whether it has a roll, and which of its registry files were refused and why."""
    around: dict[str, list[Any]] = defaultdict(list)
    for district, kind, _ in engine.counts("schools", "district_code", "kind"):
        around[district].append(kind)
    for fact in facts:
        if fact["source"] == "registry" and fact["refusal"] is not None:
            around[fact["district_code"]].append([fact, issues.get(fact["delivery_id"])])
    return around


def _townships(engine: Engine) -> dict[str, Rows]:
    return _by(engine.rows("household_townships").to_pylist(), "district_code")


def _by(rows: Rows, column: str) -> dict[str, Rows]:
    by: dict[str, Rows] = defaultdict(list)
    for row in rows:
        by[row[column]].append(row)
    return by


def _terms(engine: Engine) -> str:
    """A hash of the SELECTs, of the sentences they choose from, and of what writes their rows."""
    words = [engine.rows(table).to_pylist() for table in ("code_words", "column_words")]
    return _hash(pa.__version__, words, *(engine.terms(table) for table in DECIDE))


def _hash(*values: Any) -> str:
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
