"""How files would be read, told to a clerk before sending them: the verdict of each and what to correct."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transforms.clean import clean
from transforms.engine import Engine
from transforms.intake.cache import take_in
from transforms.intake.reading import Delivery, delivery_of_file, guess_source, is_ignored

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
    deliveries: list[Delivery] = []
    for path in files:
        guessed = source or guess_source(path, list(passwords.values()))
        deliveries.append(delivery_of_file(path, period, guessed, NOWHERE))
    readings = take_in(deliveries, folder / "read", legend=legend, passwords=passwords, advance=advance)
    with Engine(folder / "tables", parameters) as engine:
        clean(engine, readings)
        facts = {row["delivery_id"]: row for row in engine.rows("deliveries").to_pylist()}
        issues: dict[str, list[dict[str, Any]]] = {}
        for issue in engine.rows("issues").to_pylist():
            told = {name: issue[name] for name in ("sheet", "row_no", "column_name", "code", "severity", "sentence")}
            issues.setdefault(issue["delivery_id"], []).append(told)
    checked = []
    for path, delivery in zip(files, deliveries, strict=True):
        row = facts[delivery.delivery_id]
        verdict = row["verdict"] if row["verdict"] in {"accepted", "refused"} else "accepted_with_issues"
        checked.append(
            Checked(
                str(path), row["source"], verdict, row["reason"], row["rows_read"], row["rows_accepted"],
                row["rows_set_aside"], json.loads(row["understood_as"] or "[]"), issues.get(delivery.delivery_id, []),
            )
        )  # fmt: skip
    return checked
