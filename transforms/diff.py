"""What two runs of one period do not agree on, by district and finding, and about which children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transforms.engine import Engine
from transforms.query import query

CHANGES = ("new", "gone", "moved", "reason")


@dataclass(frozen=True)
class Difference:
    """One district and finding: how many the earlier and the later run found, and how many differ in which way.

    ``changed`` is empty where the tables of one of the runs are kept no longer: then only the counts are known.
    """

    district: str
    finding: str
    before: int
    after: int
    changed: Mapping[str, int]


Counts = Mapping[tuple[str, str], int]
"""How many of each finding each district has."""


def differences(before: Counts, after: Counts, changes: Sequence[Mapping[str, Any]] | None) -> list[Difference]:
    """The districts and findings two runs differ in, from their counts and, where there are some, their `changes`."""
    kinds: dict[tuple[str, str], Counter[str]] = {}
    for row in changes or ():
        kinds.setdefault((row["district_code"], row["finding"]), Counter())[row["change"]] += 1
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return [
        Difference(*key, before.get(key, 0), after.get(key, 0), dict(kinds.get(key, {})))
        for key in sorted(differing | kinds.keys())
    ]


def changes(before: Path, after: Path) -> list[dict[str, Any]]:
    """Every finding about a child the runs in two folders do not agree on: the rows of `run_changes`."""
    with Engine(after, previous=before) as engine:
        engine.build("run_changes")
        rows: list[dict[str, Any]] = engine.rows("run_changes").to_pylist()
    return rows


def counted(folder: Path) -> Counts:
    """The counts of the run in ``folder``, from its tables."""
    rows = query(folder, "from findings")
    return Counter(zip(rows["district_code"].to_pylist(), rows["finding"].to_pylist(), strict=True))


def counted_then(manifest: Mapping[str, Any]) -> Counts:
    """The counts of a run whose tables are kept no longer, from its manifest."""
    return {
        (district, finding): count
        for district, found in manifest.get("by_district", {}).items()
        for finding, count in found.items()
    }
