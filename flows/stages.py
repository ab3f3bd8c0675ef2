"""The stages of one run, each a plain function of a `Run`; `flows/monitor.py` makes Prefect tasks of them."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from expectations.errors import NothingDelivered, Unreachable, UserError, WrongArgument
from expectations.policy import Policy, load_policy
from expectations.suite import load_beside
from flows import access
from flows.bugs import StageFailed
from flows.manifest import (
    INPUTS,
    REUSED,
    SECONDS,
    STANDING_SINCE,
    begun,
    inputs,
    note_reused,
    outputs,
    seconds,
    standing_since,
    taken_over,
    timed,
)
from flows.passwords import Passwords
from flows.progress import stage_bar
from flows.room import out_of_room
from transforms.calendar import run_parameters
from transforms.cases import follow_cases as follow
from transforms.cases import report
from transforms.changes import changed_elsewhere
from transforms.checked import Checked
from transforms.children import form_children as form
from transforms.clean import clean
from transforms.engine import Engine
from transforms.findings import find as look
from transforms.intake.cache import expect_deliveries, forget
from transforms.intake.cache import keep as kept_delivery
from transforms.intake.cache import take_in as read_all
from transforms.intake.delivery import CachedReading, Delivery
from transforms.intake.held import find_with_others_held
from transforms.intake.inbox import Keep, find_deliveries
from transforms.lake import STANDING, Lake, as_json, checked_period, write_whole
from transforms.link import RECORD as LINKED_BY
from transforms.link import link
from transforms.lists.deliver import Delivered, HandedOut
from transforms.lists.deliver import deliver_lists as write_lists
from transforms.lists.earlier import Earlier, earlier_files, recorded
from transforms.lists.handout import hand_out as hand_out_lists
from transforms.lists.handout import handed_out, kinds_due, listed_districts, outstanding
from transforms.lists.writing import Written
from transforms.reference import reference_file
from transforms.reminders import remind as write_reminders
from transforms.settled import RECORD, Settled
from transforms.understood import Understood

BEIJING = ZoneInfo("Asia/Shanghai")
MEMORY, MEMORY_A_BYTE = 2_800_000_000, 5
"""The database's share of the four gigabytes a run of a million children has; more where more than half a gigabyte was delivered."""


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
    started_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    again: str | None = None
    """The earlier run made anew, from what was kept of it."""
    hand_out: bool = False

    @property
    def lake(self) -> Lake:
        """The data folder the run works on."""
        return Lake(self.root)

    def inbox(self) -> Path:
        """Where the deliveries of the run lie: all periods' inbox, or what was kept of the run made anew."""
        return self.folder / "inbox" if self.again else self.root / "inbox"

    def policy(self) -> Policy:
        """The policy in force for the run."""
        if self.again:
            return policy_of(self.made_anew())
        return load_policy(reference_file("policy.toml"), self.policy_file)

    def engine(self) -> Engine:
        """An engine over the run's tables, those of the period before, and its parameters."""
        before = self.previous()
        parameters = {
            **run_parameters(self.period, self.as_of, self.policy()),
            "previous_period": before["period"] if before else None,
        }
        folder = self.lake.run_folder(before["period"], before["run"]) if before else None
        return Engine(self.folder, parameters, previous=folder, memory_limit=f"{self._memory()}B")

    def _memory(self) -> int:
        """The bytes the database may hold: what does not fit is spilled beside the run."""
        with suppress(OSError, ValueError):
            taken_in = json.loads((self.folder / INPUTS).read_text(encoding="utf-8"))
            return max(MEMORY, MEMORY_A_BYTE * sum(one["bytes"] for one in taken_in))
        return MEMORY

    def previous(self) -> dict[str, str] | None:
        """The run of the period before whose cases are carried on."""
        if self.again:
            return self.made_anew().get("previous")
        earlier = self.lake.previous(self.period)
        folder = self.lake.current(earlier) if earlier else None
        return {"period": earlier, "run": folder.name} if earlier and folder else None

    def made_anew(self) -> dict[str, Any]:
        """The manifest of the earlier run that is made anew."""
        [manifest] = [told for told in self.lake.history(self.period) if told["run"] == self.again]
        return manifest


def policy_of(manifest: dict[str, Any]) -> Policy:
    """The policy a run was made with, from its manifest."""
    settings = manifest["settings"]
    return Policy(
        {name: value for name, (value, _) in settings.items()},
        {name: citation for name, (_, citation) in settings.items()},
        manifest["legend"],
    )


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
    hand_out: bool = False,
) -> Run:
    """The run asked for, everything about the request checked before anything is written.

    Raises `WrongArgument` (period, district), `NothingDelivered` (inbox missing or empty) or `BadPolicy`.
    """
    now = today()
    period = checked_period(period or f"{now:%Y-%m}")
    lake = Lake(root)
    inbox = lake.inbox(period)
    try:
        delivered = inbox.is_dir() and any(path.is_file() for path in inbox.rglob("*"))
    except OSError as error:  # a share that is away, a right that is missing
        raise Unreachable(f"{inbox} cannot be read ({error.strerror}); the earlier results stand") from None
    if not delivered:
        raise NothingDelivered(f"nothing was handed in for {period}: {inbox} is missing or empty")
    known = lake.districts(period)
    unknown = sorted(set(districts or ()) - set(known))
    if unknown:
        raise WrongArgument(
            f"no deliveries for district {', '.join(unknown)}; {inbox} has {', '.join(known) or 'none'}"
        )
    lake.check_schema()
    started = datetime.now(tz=UTC)
    run = _named(
        Run(
            period, tuple(sorted(set(districts))) if districts else None, lake.root, policy_file, as_of or now,
            quiet, "", Path(), encrypt, started, hand_out=hand_out,
        )
    )  # fmt: skip
    run_parameters(run.period, run.as_of, run.policy())
    return run


def _named(run: Run) -> Run:
    """The run under a name later than all before it."""
    name = run.lake.next_run(run.period, run.started_at)
    return replace(run, name=name, folder=run.lake.folder / run.period / "runs" / f".{name}")


@contextmanager
def beginning(wanted: Run) -> Iterator[Run]:
    """Hold the data folder while the run lasts; a run that fails leaves its manifest and nothing else.

    Raises `Busy` where another run holds it, `OutOfRoom` where disk or memory do not suffice.
    """
    os.umask(0o077)
    lake = wanted.lake
    with lake.held():
        run = _named(wanted)  # another may have run since the name was chosen
        facts = {"districts": run.districts, "as_of": run.as_of.isoformat()}
        access.noted(lake, "run", period=run.period, run=run.name, **facts)
        try:
            lake.begin(run.period, run.name)
            lake.tell(run.period, begun(run))
            yield run
        except BaseException as error:
            reason = out_of_room(error)
            _told_failed(run, reason or error)
            if reason:
                raise reason from None
            raise
        finally:
            shutil.rmtree(run.folder, ignore_errors=True)


def _told_failed(run: Run, error: BaseException) -> None:
    """The end of a run that failed, in its manifest: the kind of error, and the sentence of one that is the user's."""
    if run.lake.current(run.period) == run.folder.with_name(run.name):
        return  # it failed after it was in force: the next to come puts the rest in place
    told = {**begun(run), "state": "failed", "error": type(error).__name__, "seconds": seconds(run.folder)}
    if isinstance(error, UserError | StageFailed):
        told["sentence"] = str(error)
    with suppress(OSError):
        run.lake.tell(run.period, told)


@timed
def take_in(run: Run) -> None:
    """Read every delivery of the period (unchanged ones from the cache), check every row, set aside what fails."""
    policy = run.policy()
    kept: list[dict[str, Any]] = []

    def keep(relative: str, content_hash: str, data: bytes) -> Path:
        kept.append({"path": relative, "sha256": content_hash, "bytes": len(data)})
        return kept_delivery(run.lake.deliveries, content_hash, data)

    expect_deliveries(run.lake.intake_cache)
    found, misplaced = _found(run, keep)
    (run.folder / INPUTS).write_text(as_json(kept), encoding="utf-8")
    with stage_bar("take in deliveries", quiet=run.quiet, total=len(found)) as advance:
        readings = read_all(
            found, run.lake.intake_cache, legend=policy.legend, passwords=passwords(run.lake), advance=advance,
            begins=load_beside,
        )  # fmt: skip
    with stage_bar("check and clean rows", quiet=run.quiet), run.engine() as engine:
        checked = Checked() if run.again else Checked.read(run.lake.checked_file(run.period))
        understood = Understood(None if run.again else run.lake.understood(run.period))
        settled = Settled.read(None if run.again else run.lake.current(run.period))
        clean(engine, [*misplaced, *readings], checked, understood, settled)
    note_reused(run.folder, "files", sum(not reading.fresh for reading in readings), len(readings))
    note_reused(run.folder, "understood_rows", understood.reused, understood.rows)
    note_reused(run.folder, "checked_rows", checked.reused, checked.rows)
    note_reused(run.folder, "settled_files", len(settled.deliveries), len(readings) + len(misplaced))
    (run.folder / RECORD).write_text(settled.as_text(run.districts), encoding="ascii")
    if not run.again:
        write_whole(run.lake.checked_file(run.period), checked.as_text())
        forget(run.lake.intake_cache, run.period, readings)


def _found(run: Run, keep: Keep) -> tuple[list[Delivery], list[CachedReading]]:
    """Every delivery; of a run for some districts theirs as they are now, all others as the run in force read them."""
    before = run.lake.current(run.period)
    if run.districts is None or before is None or run.again:
        return find_deliveries(run.inbox(), run.period, keep=keep)
    return find_with_others_held(
        run.inbox(), run.period, run.districts, read_before=run.lake.manifest(before).get("inputs", []),
        kept_at=run.lake.deliveries, room=run.folder / "held", keep=keep,
    )  # fmt: skip


@timed
def link_records(run: Run) -> None:
    """Judge which records are the same child."""
    before = None if run.again else run.lake.current(run.period)
    with stage_bar("link records", quiet=run.quiet), run.engine() as engine:
        stood = link(engine, _key(run.lake.key_file), before)
        records = engine.count("person_records")
    note_reused(run.folder, "linked_records", records if stood else 0, records)


@timed
def form_children(run: Run) -> None:
    """One row a child, from all its records."""
    with stage_bar("form children", quiet=run.quiet), run.engine() as engine:
        form(engine, _key(run.lake.key_file))


@timed
def find(run: Run) -> None:
    """What is not as it should be."""
    with stage_bar("find", quiet=run.quiet), run.engine() as engine:
        look(engine)


@timed
def follow_cases(run: Run) -> None:
    """Carry every case on from the period before."""
    with stage_bar("follow cases", quiet=run.quiet), run.engine() as engine:
        follow(engine)
        report(engine)


@timed
def deliver_lists(run: Run) -> None:
    """The workbook of every office, closed with its password where that was asked for; each file is noted in the access log."""
    made: list[tuple[Sequence[str], dict[str, Any]]] = []

    def note(folder: str, file: Delivered, children: Sequence[str]) -> None:
        facts = {"period": run.period, "run": run.name, "file": f"{folder}/{file.file}", "recipient": file.recipient,
                 "unit_code": file.unit_code, "rows": file.rows, "count": len(children), "sha256": file.sha256}  # fmt: skip
        made.append((children, facts))

    standing, written = _standing_lists(run), {}

    def stands(place: str, file: Written) -> None:
        written[place] = file

    kept = Passwords(run.lake.password_file) if run.encrypt else None
    with stage_bar("deliver lists", quiet=run.quiet) as advance, run.engine() as engine:
        write_lists(
            engine, run.folder / "outbox", period=run.period, as_of=run.as_of, districts=run.districts,
            password_of=kept.of if kept else None, advance=advance, noted=note, earlier=standing, stands=stands,
            handed_out=_handed_out_today(run), made_on=_days_borne(run),
        )  # fmt: skip
    note_reused(run.folder, "lists", sum(file.taken_over for file in written.values()), len(written))
    alone = {} if run.districts is None else {p: f for p, f in standing.items() if p.split("/")[0] not in run.districts}
    outbox = run.lake.outbox(run.period)
    of_now = {
        place: Earlier(outbox / place, file.decided_by, file.made_on, file.sha256) for place, file in written.items()
    }
    (run.folder / STANDING).write_text(as_json(recorded({**alone, **of_now})), encoding="utf-8")
    if not run.again:  # what is made anew is handed to nobody
        access.noted_all(run.lake, "export", made)
    if kept:
        kept.save()


def _standing_lists(run: Run) -> dict[str, Earlier]:
    """The lists of the run in force; what is made anew is made from nothing."""
    before = run.lake.current(run.period)
    return {} if run.again or before is None else earlier_files(before / STANDING, run.lake.outbox(run.period))


def _handed_out_today(run: Run) -> HandedOut:
    """Whether lists of a kind go out tonight: they bear this day though nothing else of them may have changed."""
    if not _hands_out(run):
        return lambda _folder, _kind: False
    record, policy = run.lake.handed_out_file(run.period), run.policy()
    kinds = cache(lambda folder: kinds_due(record, run.period, run.as_of, policy, folder))
    return lambda folder, kind: kind in kinds(folder)


def _days_borne(run: Run) -> dict[str, date]:
    """The days lists bore that are made anew, where that was not the day of their run."""
    told = run.made_anew().get(STANDING_SINCE, {}) if run.again else {}
    return {place: date.fromisoformat(day) for place, day in told.items()}


def checking_terms(period: str | None, policy_file: Path | None) -> dict[str, Any]:
    """What `baoxue check` judges files by: the month they are for, the policy, passwords from the environment.

    Who names no month may well check last month's sheets: then no sheet is told to be past.
    """
    now = today()
    named, period = period, checked_period(period or f"{now:%Y-%m}")
    policy = load_policy(reference_file("policy.toml"), policy_file)
    parameters = {**run_parameters(period, now, policy), "previous_period": None}
    if named is None:
        parameters["month"] = None
    return {"period": period, "parameters": parameters, "legend": policy.legend, "passwords": passwords()}


def passwords(lake: Lake | None = None) -> dict[str, str]:
    """The passwords of protected workbooks: each office's own by the names of its files, and those in BAOXUE_PASSWORDS.

    That file has one a line; they are tried after the office's own, in turn.
    """
    own = Passwords(lake.password_file).by_file() if lake else {}
    named = os.environ.get("BAOXUE_PASSWORDS")
    lines = Path(named).read_text(encoding="utf-8").splitlines() if named else []
    return {**{f"{number}": line for number, line in enumerate(lines) if line}, **own}


@timed
def publish(run: Run) -> dict[str, Any]:
    """Put the run in force and say what it found: counts only."""
    manifest = told_whole(run)
    before = run.lake.current(run.period)
    if run.districts is not None and before is not None:
        with Engine(run.folder, previous=before) as engine:
            manifest["changes_elsewhere"] = changed_elsewhere(engine, run.districts)
        manifest["by_district"] = {**run.lake.manifest(before).get("by_district", {}), **manifest["by_district"]}
    for left in (SECONDS, INPUTS, REUSED, *(() if run.districts is None else (LINKED_BY,))):
        (run.folder / left).unlink(missing_ok=True)
    (run.folder / "run.json").write_text(as_json(manifest), encoding="utf-8")
    run.lake.publish(run.period, run.name, run.districts)
    run.lake.tell(run.period, manifest)
    return {name: value for name, value in manifest.items() if name not in ("inputs", "outputs", "legend")}


def told_whole(run: Run) -> dict[str, Any]:
    """The manifest of a run that has done all but publish."""
    return {
        **begun(run), "state": "published", "ended_at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        **summarised(run), "seconds": seconds(run.folder), "reused": taken_over(run.folder), "inputs": inputs(run.folder),
        "outputs": outputs(run.folder, run.districts), STANDING_SINCE: standing_since(run.folder, run.as_of, run.districts),
    }  # fmt: skip


def hand_out(run: Run) -> list[dict[str, Any]]:
    """Hand out the lists whose day has come, once; says which, by district, in codes and counts."""
    if not _hands_out(run):
        return []
    made = hand_out_lists(
        run.lake.outbox(run.period), run.lake.handed_out_file(run.period),
        period=run.period, as_of=run.as_of, policy=run.policy(), run=run.name,
    )  # fmt: skip
    return [asdict(one) for one in made]


def _hands_out(run: Run) -> bool:
    return run.hand_out and run.districts is None


def behind_with_handouts(root: Path, policy_file: Path | None) -> list[str]:
    """The earlier periods with results that have lists whose day is over and that were not handed out.

    Only the last two: a campaign's last day lies in the month after it. The present month has runs of its own. A period
    nothing was ever handed out of is none of the schedule's: it was run by hand, or before there was one.
    """
    lake, now = Lake(root), today()
    ended = now - timedelta(days=1)
    policy = load_policy(reference_file("policy.toml"), policy_file)
    earlier = [period for period in lake.periods() if period < f"{now:%Y-%m}"][-2:]
    return [
        period for period in earlier
        if handed_out(lake.handed_out_file(period))
        and any(lake.inbox(period).glob("*/*/*"))
        and outstanding(lake.handed_out_file(period), period, ended, policy, listed_districts(lake.outbox(period)))
    ]  # fmt: skip


def remind(root: Path, policy_file: Path | None, *, encrypt: bool = False, as_of: date | None = None) -> dict[str, Any]:
    """Write the day's reminders of the latest period with results; says how many, nothing where there are none."""
    lake = Lake(root)
    if not lake.periods():
        return {}
    period, folder = lake.opened(None)
    policy = load_policy(reference_file("policy.toml"), policy_file)
    kept = Passwords(lake.password_file) if encrypt else None
    with lake.held():
        told = write_reminders(
            folder, lake.outbox(period), period, as_of or today(), policy, password_of=kept.of if kept else None
        )
    if kept:
        kept.save()
    return {"period": period, **asdict(told)}


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
            "by_district": _found_by_district(engine, run.districts),
        }
    return tables


def _found_by_district(engine: Engine, districts: tuple[str, ...] | None) -> dict[str, dict[str, int]]:
    """How many of each finding every district has: what is still known of a run whose tables are gone."""
    counted: dict[str, dict[str, int]] = {}
    for district, finding, rows in engine.counts("findings", "district_code", "finding"):
        if districts is None or district in districts:
            counted.setdefault(district, {})[finding] = rows
    return counted


def _counted(engine: Engine, table: str, column: str, districts: tuple[str, ...] | None) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for district, value, rows in engine.counts(table, "district_code", column):
        if value is not None and (districts is None or district in districts):
            counted[str(value)] += rows
    return dict(sorted(counted.items()))


def _key(path: Path) -> bytes:
    """The key of `child_id`, made once; without it nobody can go from a number to a child_id by trying numbers."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text(encoding="ascii").strip())
