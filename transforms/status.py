"""Where a period stands on a given day: its milestones, what is due and overdue, and who has not delivered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from expectations.policy import Policy
from expectations.sources import BY_FOLDER, SOURCES
from transforms.calendar import Milestone, milestones, run_parameters
from transforms.engine import Engine
from transforms.lake import Lake

EXPECTED = tuple(source.name for source in SOURCES if source.name != "answers")


@dataclass(frozen=True)
class Status:
    """One period on one day; ``run_on`` is the day its results were judged as of, none where there are none yet.

    ``missing`` are the kinds of delivery each district still lacks; rows of ``cases`` and ``schools`` are those of
    `status_cases` and `status_schools`.
    """

    period: str
    as_of: date
    run_on: str | None
    milestones: list[Milestone]
    missing: dict[str, list[str]]
    cases: list[dict[str, Any]] = field(default_factory=list)
    schools: list[dict[str, Any]] = field(default_factory=list)


def status(lake: Lake, period: str, as_of: date, policy: Policy, *, as_run: bool = True) -> Status:
    """The status of ``period``: from the results in force, else from what lies in the inbox.

    Deadlines are counted by the settings the results were made with, so that they are those printed on the lists;
    with ``as_run`` false, or before the first run, by ``policy``. Raises `NotReady` where a deadline needs a calendar
    nobody published.
    """
    folder = lake.current(period)
    if folder is None:
        days = milestones(run_parameters(period, as_of, policy))
        return Status(period, as_of, None, days, _missing(_in_the_inbox(lake, period)))
    made = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    if as_run:
        used = {name: value for name, (value, _) in made.get("settings", {}).items()}
        policy = Policy({**policy.values, **used}, policy.citations, policy.legend)
    # The days are those the lists name; what is past is counted from the day asked about.
    parameters = {**run_parameters(period, date.fromisoformat(made["as_of"]), policy), "as_of": as_of}
    with Engine(folder, parameters) as engine:
        engine.build("status_cases", "status_schools", "status_sources")
        cases, schools, sources = (
            engine.rows(name).to_pylist() for name in ("status_cases", "status_schools", "status_sources")
        )
    delivered: dict[str, set[str]] = {row["district_code"]: set() for row in sources}
    for row in sources:
        if row["files_used"]:
            delivered[row["district_code"]].add(row["source"])
    return Status(period, as_of, made["as_of"], milestones(parameters), _missing(delivered), cases, schools)


def _missing(delivered: dict[str, set[str]]) -> dict[str, list[str]]:
    lacking = {
        district: [name for name in EXPECTED if name not in have] for district, have in sorted(delivered.items())
    }
    return {district: names for district, names in lacking.items() if names}


def _in_the_inbox(lake: Lake, period: str) -> dict[str, set[str]]:
    """The kinds each district's inbox holds a file of; whether it can be read is not known before a run."""
    inbox: Path = lake.inbox(period)
    if not inbox.is_dir():
        return {}
    return {
        district: {
            BY_FOLDER[folder.name].name
            for folder in (inbox / district).iterdir()
            if folder.name in BY_FOLDER and any(path.is_file() for path in folder.rglob("*"))
        }
        for district in lake.districts(period)
    }
