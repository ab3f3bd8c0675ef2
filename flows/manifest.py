"""The manifest of a run: what went in, what it was made with, what came of it, how long each stage took.

It is written when a run begins and again when it ends, so that one a power cut ended is told too. Paths of deliveries
and lists stand in it, codes, counts and hashes; nothing of a child.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from importlib.metadata import requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from expectations.catalog import TABLES
from transforms.lake import STANDING

if TYPE_CHECKING:
    from flows.stages import Run

SECONDS = "seconds.jsonl"
INPUTS = "inputs.json"
REUSED = "reused.json"
STANDING_SINCE = "standing_since"
"""In the manifest, the day each list bears, where that is an earlier one: a run made anew gives its lists the same days."""
Result = TypeVar("Result")


def timed(stage: Callable[[Run], Result]) -> Callable[[Run], Result]:
    """A stage that leaves its seconds in the run's folder."""

    @wraps(stage)
    def run_stage(run: Run) -> Result:
        started = time.monotonic()
        try:
            return stage(run)
        finally:
            if run.folder.is_dir():
                line = json.dumps([stage.__name__, round(time.monotonic() - started, 3)])
                with (run.folder / SECONDS).open("a", encoding="ascii") as handle:
                    handle.write(line + "\n")

    return run_stage


def begun(run: Run) -> dict[str, Any]:
    """What is known when a run begins."""
    policy = run.policy()
    settings = {name: [value, policy.citations.get(name, "")] for name, value in policy.values.items()}
    return {
        "period": run.period, "run": run.name, "state": "running", "districts": run.districts,
        "as_of": run.as_of.isoformat(), "started_at": run.started_at.isoformat(timespec="seconds"),
        "encrypted": run.encrypt, "version": version("baoxue"), "packages": packages(),
        "policy": str(run.policy_file) if run.policy_file else "default", "policy_hash": hash_of(settings, policy.legend),
        "settings": settings, "legend": dict(policy.legend), "previous": run.previous(),
    }  # fmt: skip


def packages() -> dict[str, str]:
    """The version of Python and of everything the program names as its own dependency."""
    named = [re.match(r"[\w.-]+", one) for one in requires("baoxue") or ()]
    found = {"python": platform.python_version()}
    for match in named:
        if match:
            found[match[0]] = version(match[0])
    return found


def hash_of(*values: Any) -> str:
    """One hash of anything JSON can hold."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def seconds(folder: Path) -> dict[str, float]:
    """The seconds of each stage so far; of one tried more than once, of all tries."""
    taken: dict[str, float] = {}
    if (folder / SECONDS).is_file():
        for line in (folder / SECONDS).read_text(encoding="ascii").splitlines():
            stage, spent = json.loads(line)
            taken[stage] = round(taken.get(stage, 0) + spent, 3)
    return taken


def inputs(folder: Path) -> list[dict[str, Any]]:
    """Every file the run has read: path below the period's inbox, hash and size."""
    path = folder / INPUTS
    told: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return told


def outputs(folder: Path, districts: Sequence[str] | None) -> dict[str, dict[str, str]]:
    """The hash of every table's part and of every list; each is made its owner's only on the way.

    Of a run for some districts only theirs: the others' parts come from the run before it.
    """
    tables = {
        f"{part.parent.name}/{part.name}": sealed(part)
        for part in sorted(folder.glob("*/*.parquet"))
        if part.parent.name in TABLES and (districts is None or part.stem in districts)
    }
    lists = folder / "outbox"
    for inner in lists.rglob("*"):
        if inner.is_dir():
            inner.chmod(0o700)
    handed_out = {
        path.relative_to(lists).as_posix(): sealed(path) for path in sorted(lists.rglob("*")) if path.is_file()
    }
    return {"tables": tables, "lists": handed_out}


def standing_since(folder: Path, as_of: date, districts: Sequence[str] | None) -> dict[str, str]:
    """The day each list of the run bears that was made before ``as_of``, by its place."""
    path = folder / STANDING
    told: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        place: one["made_on"]
        for place, one in told.items()
        if one["made_on"] != as_of.isoformat() and (districts is None or place.split("/")[0] in districts)
    }


def note_reused(folder: Path, what: str, reused: int, of: int) -> None:
    """Leave in the run's folder how much of one kind of work was taken over from the run in force."""
    told = {**taken_over(folder), what: {"reused": reused, "of": of}}
    (folder / REUSED).write_text(json.dumps(told), encoding="ascii")


def taken_over(folder: Path) -> dict[str, dict[str, int]]:
    """How much of each kind of work was not done again."""
    path = folder / REUSED
    told: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="ascii")) if path.is_file() else {}
    return told


def sealed(path: Path) -> str:
    """The hash of a file nobody but its owner may read from here on."""
    path.chmod(0o600)
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
