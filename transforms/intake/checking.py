"""How files would be read, told to a clerk before sending them: the verdict of each and what to correct."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from transforms.clean import clean
from transforms.engine import Engine
from transforms.intake.cache import expect_deliveries, take_in
from transforms.intake.delivery import CachedReading, Delivery
from transforms.intake.formats import CannotRead
from transforms.intake.guessing import source_of_content
from transforms.intake.inbox import content_of, deliveries_of_file, is_ignored, shown_name

NOWHERE = "000000"
"""The district of a file that has not been delivered to any."""


@dataclass(frozen=True)
class Checked:
    """What became of one file; ``columns`` is how each heading was understood, ``issues`` what to correct."""

    file: str
    source: str | None
    verdict: str
    reason: str | None
    rows_read: int
    accepted: int
    set_aside: int
    columns: list[dict[str, Any]]
    issues: list[dict[str, Any]]


def files_among(paths: Sequence[Path]) -> list[Path]:
    """The files named, and every file below the folders named; what editors and systems leave is passed over."""
    found: list[Path] = []
    for path in paths:
        below = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        found.extend(p for p in below if not is_ignored(p.name))
    return list(dict.fromkeys(found))


def _guessed(delivery: Delivery, passwords: Mapping[str, str]) -> str | None:
    try:
        return source_of_content(content_of(delivery), list(passwords.values()))
    except CannotRead:
        return None


def _within(path: Path) -> str:
    """A file with the two folders it lies in, of which one may name the school."""
    return "/".join(path.parts[-3:])


def _name(path: Path, name: str, delivery: Delivery) -> str:
    """The path of a file as it was given, with its name within the archive it came in."""
    return shown_name(str(path)) + delivery.relative_path[len(name) :]


def check(
    files: Sequence[Path],
    folder: Path,
    *,
    source: str | None,
    period: str,
    parameters: Mapping[str, object],
    legend: Mapping[str, str],
    passwords: Mapping[str, str],
    advance: Callable[[int], None],
) -> list[Checked]:
    """Read and clean ``files`` in the working space ``folder`` exactly as a run would, each on its own terms.

    ``source`` holds for all; where it is None each file's headings tell. One broken file never ends the call.
    """
    within = Counter(map(_within, files))
    deliveries: list[Delivery] = []
    refused: list[CachedReading] = []
    shown: list[tuple[str, Delivery]] = []
    expect_deliveries(folder / "read")
    for path in files:
        name = shown_name(f"{NOWHERE}/-/{_within(path) if within[_within(path)] == 1 else path.as_posix().lstrip('/')}")
        found, bad = deliveries_of_file(path, name, period, NOWHERE)
        found = [replace(one, source=source or _guessed(one, passwords)) for one in found]
        deliveries += found
        refused += bad
        shown += [(_name(path, name, one), one) for one in [*found, *(reading.delivery for reading in bad)]]
    readings = take_in(deliveries, folder / "read", legend=legend, passwords=passwords, advance=advance)
    with Engine(folder / "tables", parameters) as engine:
        clean(engine, [*readings, *refused])
        facts = {row["delivery_id"]: row for row in engine.rows("deliveries").to_pylist()}
        issues: dict[str, list[dict[str, Any]]] = {}
        for issue in engine.rows("issues").to_pylist():
            told = {name: issue[name] for name in ("sheet", "row_no", "column_name", "code", "severity", "sentence")}
            issues.setdefault(issue["delivery_id"], []).append(told)
    checked = []
    for file, delivery in shown:
        row = facts[delivery.delivery_id]
        verdict = row["verdict"] if row["verdict"] in {"accepted", "refused"} else "accepted_with_issues"
        checked.append(
            Checked(
                file, row["source"], verdict, row["reason"], row["rows_read"], row["rows_accepted"],
                row["rows_set_aside"], json.loads(row["understood_as"] or "[]"), issues.get(delivery.delivery_id, []),
            )
        )  # fmt: skip
    return checked
