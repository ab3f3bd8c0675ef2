"""The stages of one run, each a plain function of a `Run`; `flows/monitor.py` makes Prefect tasks of them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from expectations.errors import Busy, NothingDelivered, WrongArgument
from expectations.policy import Policy, load_policy
from flows import access
from flows.passwords import Passwords
from flows.progress import stage_bar
from transforms.calendar import run_parameters
from transforms.cases import follow_cases as follow
from transforms.cases import report
from transforms.children import form_children as form
from transforms.clean import clean
from transforms.engine import Engine
from transforms.findings import find as look
from transforms.intake.cache import forget
from transforms.intake.cache import take_in as read_all
from transforms.intake.reading import find_deliveries
from transforms.lake import Lake, checked_period
from transforms.link import link
from transforms.lists.deliver import deliver_lists as write_lists
from transforms.reference import reference_file

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Run:
    """One run: only paths, codes and dates, so that nothing personal can reach Prefect."""

    period: str
    districts: tuple[str, ...] | None
    root: Path
    policy_file: Path | None
    as_of: date
    quiet: bool
    name: str
    folder: Path
    encrypt: bool = False

    @property
    def lake(self) -> Lake:
        """The data folder the run works on."""
        return Lake(self.root)

    def policy(self) -> Policy:
        """The policy in force for the run."""
        return load_policy(reference_file("policy.toml"), self.policy_file)

    def engine(self) -> Engine:
        """An engine over the run's tables, those of the period before, and its parameters."""
        earlier = self.lake.previous(self.period)
        parameters = {**run_parameters(self.period, self.as_of, self.policy()), "previous_period": earlier}
        return Engine(self.folder, parameters, previous=self.lake.current(earlier) if earlier else None)


def today() -> date:
    """The day in Beijing."""
    return datetime.now(tz=BEIJING).date()


def prepared(
    period: str | None,
    districts: Sequence[str] | None,
    root: Path,
    policy_file: Path | None,
    as_of: date | None,
    quiet: bool,
    encrypt: bool = False,
) -> Run:
    """The run asked for, everything about the request checked before anything is written.

    Raises `WrongArgument` (period, district), `NothingDelivered` (inbox missing or empty) or `BadPolicy`.
    """
    now = today()
    period = checked_period(period or f"{now:%Y-%m}")
    lake = Lake(root)
    inbox = lake.inbox(period)
    if not inbox.is_dir() or not any(path.is_file() for path in inbox.rglob("*")):
        raise NothingDelivered(f"nothing was handed in for {period}: {inbox} is missing or empty")
    known = lake.districts(period)
    unknown = sorted(set(districts or ()) - set(known))
    if unknown:
        raise WrongArgument(
            f"no deliveries for district {', '.join(unknown)}; {inbox} has {', '.join(known) or 'none'}"
        )
    name = f"{datetime.now(tz=UTC):%Y%m%dT%H%M%S%f}"
    run = Run(
        period, tuple(sorted(set(districts))) if districts else None, lake.root, policy_file, as_of or now,
        quiet, name, lake.root / "lake" / period / "runs" / f".{name}", encrypt,
    )  # fmt: skip
    run_parameters(run.period, run.as_of, run.policy())
    return run


@contextmanager
def beginning(run: Run) -> Iterator[Run]:
    """Hold the data folder while the run lasts; a run that fails leaves nothing behind.

    Raises `Busy` where another run holds it.
    """
    run.lake.lock_file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(run.lake.lock_file, timeout=0):
            access.noted(
                run.lake, "run", period=run.period, run=run.name, districts=run.districts, as_of=run.as_of.isoformat()
            )
            run.lake.begin(run.period, run.name)
            try:
                yield run
            finally:
                shutil.rmtree(run.folder, ignore_errors=True)
    except Timeout:
        raise Busy(f"another run is working on {run.root}; wait until it has ended") from None


def take_in(run: Run) -> None:
    """Read every delivery of the period (unchanged ones from the cache), check every row, set aside what fails."""
    policy = run.policy()
    found, misplaced = find_deliveries(run.root / "inbox", run.period)
    with stage_bar("take in deliveries", quiet=run.quiet, total=len(found)) as advance:
        readings = read_all(found, run.lake.intake_cache, legend=policy.legend, passwords=passwords(), advance=advance)
    with stage_bar("check and clean rows", quiet=run.quiet), run.engine() as engine:
        clean(engine, [*misplaced, *readings])
    forget(run.lake.intake_cache, run.period, readings)


def link_records(run: Run) -> None:
    """Judge which records are the same child."""
    with stage_bar("link records", quiet=run.quiet), run.engine() as engine:
        link(engine)


def form_children(run: Run) -> None:
    """One row a child, from all its records."""
    with stage_bar("form children", quiet=run.quiet), run.engine() as engine:
        form(engine, _key(run.lake.key_file))


def find(run: Run) -> None:
    """What is not as it should be."""
    with stage_bar("find", quiet=run.quiet), run.engine() as engine:
        look(engine)


def follow_cases(run: Run) -> None:
    """Carry every case on from the period before."""
    with stage_bar("follow cases", quiet=run.quiet), run.engine() as engine:
        follow(engine)
        report(engine)


def deliver_lists(run: Run) -> None:
    """The workbook of every office, closed with its password where that was asked for."""
    kept = Passwords(run.lake.password_file) if run.encrypt else None
    with stage_bar("deliver lists", quiet=run.quiet) as advance, run.engine() as engine:
        write_lists(
            engine, run.folder / "outbox", period=run.period, as_of=run.as_of, districts=run.districts,
            password_of=kept.of if kept else None, advance=advance,
        )  # fmt: skip
    if kept:
        kept.save()


def checking_terms(period: str | None, policy_file: Path | None) -> dict[str, Any]:
    """What `baoxue check` judges files by: the month they are for, the policy, passwords from the environment."""
    now = today()
    period = checked_period(period or f"{now:%Y-%m}")
    policy = load_policy(reference_file("policy.toml"), policy_file)
    parameters = {**run_parameters(period, now, policy), "previous_period": None}
    return {"period": period, "parameters": parameters, "legend": policy.legend, "passwords": passwords()}


def passwords() -> dict[str, str]:
    """The passwords of protected workbooks: from the file named by BAOXUE_PASSWORDS, one a line, tried in turn."""
    named = os.environ.get("BAOXUE_PASSWORDS")
    if not named:
        return {}
    lines = Path(named).read_text(encoding="utf-8").splitlines()
    return {f"{number}": line for number, line in enumerate(lines) if line}


def publish(run: Run) -> dict[str, Any]:
    """Put the run in force and say what it found: counts only."""
    summary = summarised(run)
    (run.folder / "run.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    run.lake.publish(run.period, run.name, run.districts)
    return summary


def summarised(run: Run) -> dict[str, Any]:
    """Counts of one run by stage: deliveries by verdict, records by source, children, findings, cases."""
    with run.engine() as engine:
        tables: dict[str, Any] = {
            "deliveries": _counted(engine, "deliveries", "verdict", run.districts),
            "records": _counted(engine, "person_records", "source", run.districts),
            "links": _counted(engine, "links", "tier", run.districts),
            "findings": _counted(engine, "findings", "finding", run.districts),
            "waiting": _counted(engine, "waiting_findings", "finding", run.districts),
            "cases": _counted(engine, "cases", "state", run.districts),
            "issues": _counted(engine, "issues", "code", run.districts),
            "children": sum(_counted(engine, "children", "on_roll", run.districts).values()),
            "set_aside": sum(_counted(engine, "quarantine", "source", run.districts).values()),
            "review_pairs": sum(_counted(engine, "review_pairs", "tier", run.districts).values()),
        }
    request = {
        "period": run.period, "districts": run.districts, "as_of": run.as_of.isoformat(), "run": run.name,
        "version": version("baoxue"), "policy": str(run.policy_file) if run.policy_file else "default",
    }  # fmt: skip
    policy = run.policy()
    settings = {name: [value, policy.citations.get(name, "")] for name, value in policy.values.items()}
    return {**request, **tables, "settings": settings}


def _counted(engine: Engine, table: str, column: str, districts: tuple[str, ...] | None) -> dict[str, int]:
    rows = engine.rows(table).select(["district_code", column]).to_pandas()
    if districts is not None:
        rows = rows[rows["district_code"].isin(districts)]
    return {str(name): int(count) for name, count in rows[column].value_counts().sort_index().items()}


def _key(path: Path) -> bytes:
    """The key of `child_id`, made once; without it nobody can go from a number to a child_id by trying numbers."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
