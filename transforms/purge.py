"""Removes what the policy's terms say is kept no longer, and keeps the counts.

What goes, each after its own term: the deliveries of a period (inbox, kept copies, what the reader remembers of them);
a period's tables and lists; the rows of cases long closed. What stays: every run's manifest, the figures of a period,
the access log. The latest period's results always stay: the next campaign carries on from them.
"""

from __future__ import annotations

import calendar
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.catalog import TABLES
from expectations.policy import Policy
from transforms.calendar import run_parameters
from transforms.engine import Engine
from transforms.lake import STANDING, Lake, as_json, linked, write_whole

COUNTS = ("indicators", "group_indicators", "indicator_history", "indicator_changes", "retention")
"""The tables that are counts only: they outlive the rows they count."""


@dataclass(frozen=True)
class Removal:
    """What is to go of one period: ``what`` is deliveries, copies, readings, results, lists or cases.

    ``paths`` are files and folders; of cases ``rows`` are case numbers by finding instead.
    """

    period: str
    what: str
    paths: tuple[Path, ...] = ()
    cases: tuple[str, ...] = ()
    by_finding: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """Files, or cases."""
        return len(self.cases) or sum(1 for _ in _files(self.paths))

    @property
    def size(self) -> int:
        """Bytes of the files."""
        return sum(path.stat().st_size for path in _files(self.paths))


def planned(lake: Lake, as_of: date, policy: Policy) -> list[Removal]:
    """Everything whose term is over on ``as_of``, oldest period first."""
    months = sorted(
        {path.name for top in ("inbox", "outbox", "lake") for path in (lake.root / top).glob("20[0-9][0-9]-*")}
    )
    over = [month for month in months if is_over(month, as_of, policy["keep_deliveries_days"])]
    removals = [*_deliveries(lake, over), *_copies(lake, over)]
    latest = max(lake.periods(), default="")
    for month in months:
        if month != latest and is_over(month, as_of, policy["keep_results_days"]):
            removals.extend(_results(lake, month))
    gone = {removal.period for removal in removals if removal.what == "results"}
    for period in lake.periods():
        if period not in gone:
            removals.extend(_cases(lake, period, as_of, policy))
    return sorted(removals, key=lambda removal: (removal.period, removal.what))


def is_over(period: str, as_of: date, days: int) -> bool:
    """Whether the term of ``days`` after the last day of the month ``period`` is over: its last day still belongs to it."""
    year, month = map(int, period.split("-"))
    return as_of > date(year, month, calendar.monthrange(year, month)[1]) + timedelta(days=days)


def carry_out(lake: Lake, removals: Sequence[Removal], now: datetime) -> None:
    """Remove what was planned; the lake must be held. Killed halfway, it is planned again the next time."""
    for removal in removals:
        if removal.what == "cases":
            _rewrite_without(lake, removal.period, removal.cases, now)
            continue
        if removal.what == "results":
            _keep_counts(lake, removal.period)
        for path in removal.paths:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]


def _deliveries(lake: Lake, over: Sequence[str]) -> Iterator[Removal]:
    for month in over:
        if lake.inbox(month).is_dir():
            yield Removal(month, "deliveries", (lake.inbox(month),))


def _copies(lake: Lake, over: Sequence[str]) -> Iterator[Removal]:
    """Kept copies no period within its term was made from, and what the reader remembers of periods past theirs."""
    wanted = {
        one["sha256"]
        for month in lake.known_periods()
        if month not in over
        for told in lake.history(month)
        for one in told.get("inputs", ())
    }
    unwanted = tuple(sorted(path for path in lake.deliveries.glob("*") if path.name not in wanted))
    label = max(over, default="")
    if unwanted:
        yield Removal(label, "copies", unwanted)
    packs = tuple(
        part for pack in sorted(lake.intake_cache.glob("*.json")) if _period_of(pack) in over
        for part in sorted(lake.intake_cache.glob(f"{pack.stem}.*"))
    )  # fmt: skip
    understood = tuple(folder for month in over if (folder := lake.understood(month)).is_dir())
    if packs or understood:
        yield Removal(label, "readings", (*packs, *understood))


def _period_of(pack: Path) -> str:
    try:
        return str(json.loads(pack.read_text(encoding="utf-8"))["period"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _results(lake: Lake, month: str) -> Iterator[Removal]:
    folder = lake.folder / month
    # The pointer first: without it nobody looks for tables half of which are gone.
    tables = tuple(path for path in (folder / "current", folder / "runs") if path.exists())
    if tables:
        yield Removal(month, "results", tables)
    if lake.outbox(month).is_dir():
        yield Removal(month, "lists", (lake.outbox(month),))


def _cases(lake: Lake, period: str, as_of: date, policy: Policy) -> Iterator[Removal]:
    folder = lake.current(period)
    if folder is None:
        return
    parameters = {**run_parameters(period, as_of, policy), "as_of": as_of}
    with Engine(folder, parameters) as engine:
        engine.build("expired_cases")
        rows = engine.rows("expired_cases").to_pylist()
    if rows:
        found = Counter(row["finding"] for row in rows)
        yield Removal(
            period, "cases", cases=tuple(row["case_no"] for row in rows), by_finding=tuple(sorted(found.items()))
        )


def _keep_counts(lake: Lake, month: str) -> None:
    current = lake.current(month)
    for part in sorted(current.glob("*/*.parquet")) if current else []:
        if part.parent.name in COUNTS:
            kept = lake.folder / month / "counts" / part.parent.name
            kept.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(part, kept / part.name)


def _rewrite_without(lake: Lake, period: str, cases: Sequence[str], now: datetime) -> None:
    """Put a run without ``cases`` in force, otherwise the same, and remove every run that still has them."""
    before = lake.current(period)
    assert before is not None
    name = lake.next_run(period, now)
    staged = lake.begin(period, name)
    unwanted = pa.array(sorted(cases), pa.string())
    for part in sorted(before.glob("*/*.parquet")):
        place = staged / part.parent.name / part.name
        place.parent.mkdir(exist_ok=True, mode=0o700)
        if part.parent.name in TABLES and "case_no" in pq.read_schema(part).names:
            rows = pq.read_table(part)
            rows = rows.filter(pc.invert(pc.fill_null(pc.is_in(rows["case_no"], value_set=unwanted), False)))
            if rows.num_rows:
                pq.write_table(rows, place, compression="zstd")
        else:
            linked(part, place)
    if (before / STANDING).is_file():  # its lists lie in the outbox as they did
        linked(before / STANDING, staged / STANDING)
    manifest: dict[str, Any] = {
        **lake.manifest(before), "run": name, "started_at": now.isoformat(timespec="seconds"),
        "purged": {"of": before.name, "cases": len(cases)},
    }  # fmt: skip
    manifest.pop("outputs", None)  # its tables are no longer those of its stages
    (staged / "run.json").write_text(as_json(manifest), encoding="utf-8")
    final = lake.publish(period, name, None)
    lake.tell(period, manifest)
    lake.remove_runs(period, but=final)


def remember(lake: Lake, removals: Sequence[Removal], now: datetime, policy: Policy) -> dict[str, Any]:
    """Add to ``lake/purged.json`` what was removed when, in counts, and by which terms; returns the entry."""
    path = lake.folder / "purged.json"
    entry: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "terms": {name: policy[name] for name in ("keep_deliveries_days", "keep_results_days", "keep_closed_cases_days")},
        "removed": [_told(removal) for removal in removals],
    }  # fmt: skip
    earlier = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    write_whole(path, as_json([*earlier, entry]))
    return entry


def _told(removal: Removal) -> Mapping[str, Any]:
    if removal.what == "cases":
        found = dict(removal.by_finding)
        return {"period": removal.period, "what": "cases", "count": removal.count, "by_finding": found}
    return {"period": removal.period, "what": removal.what, "count": removal.count, "bytes": removal.size}
