"""Where everything is on disk, and how a period's results appear whole or not at all.

    <root>/inbox/<period>/<district>/<source>/**             deliveries, never changed
    <root>/lake/schema                                       which layout of the lake this is
    <root>/lake/<period>/runs/<run>/<table>/<district>.parquet
    <root>/lake/<period>/current                             one line: the run whose tables are in force
    <root>/lake/<period>/checked.json, understood/**         what a night need not check or interpret again
    <root>/lake/<period>/history/<run>.json                  the manifest of every run, kept when its tables are not
    <root>/lake/deliveries/<content hash>                    every file a run has read, for the policy's term
    <root>/lake/intake/**                                    what each delivery was read as, by content hash
    <root>/lake/access/**                                    who ran, asked, explained and handed out what
    <root>/outbox/<period>/<district>/<recipient>/**         lists

A run writes into a folder of its own that nobody reads. Publishing replaces ``current`` in one step, so a reader
sees the earlier run whole until it sees the new one whole. The lists follow: they wait inside the run's folder, which
is the journal of what is still to be moved; whoever comes next, reader or run, completes what a power cut interrupted.
A run for some districts takes the other districts' files over from the run before it as hard links.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from expectations.catalog import TABLES
from expectations.errors import Busy, NotReady, WrongArgument

KEEP_RUNS = 3
SCHEMA = 2
"""The layout written now. 1, the first release's, had no file ``schema``, no history and kept no deliveries."""

RUN_NAME = re.compile(r"\d{8}T\d{12}")
_NAME_FORMAT = "%Y%m%dT%H%M%S%f"
OF_THE_RUN = ("link_weights",)
"""Tables of no district, learned from the whole city by every run, for some districts or for all."""
STANDING = "standing.json"
"""Beside the tables of a run: what decided each of its lists, so that the next run takes over what would be the same."""
PARTIAL = (".part-*", "*.new")
"""What is written beside a file before it replaces it; left over only where a process was killed."""


class Lake:
    """The data folder of one bureau."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @property
    def folder(self) -> Path:
        """Everything but what comes in and goes out."""
        return self.root / "lake"

    @property
    def intake_cache(self) -> Path:
        """Where deliveries once read are kept."""
        return self.folder / "intake"

    @property
    def deliveries(self) -> Path:
        """Every file a run has read, by content hash."""
        return self.folder / "deliveries"

    @property
    def key_file(self) -> Path:
        """The key of `child_id`; made on the first run, never leaves this folder."""
        return self.folder / "child_id.key"

    @property
    def password_file(self) -> Path:
        """The passwords of encrypted lists, one an office; handed over another way than the lists."""
        return self.folder / "passwords.csv"

    @property
    def lock_file(self) -> Path:
        """Held by the one run that may write."""
        return self.folder / "run.lock"

    @property
    def access_folder(self) -> Path:
        """The access log, its head and its key."""
        return self.folder / "access"

    def inbox(self, period: str) -> Path:
        """Where the deliveries of ``period`` are handed in."""
        return self.root / "inbox" / period

    def outbox(self, period: str) -> Path:
        """Where the lists of ``period`` are handed out."""
        return self.root / "outbox" / period

    def checked_file(self, period: str) -> Path:
        """What the checks of the latest run of ``period`` found, by the content they were made of."""
        return self.folder / period / "checked.json"

    def understood(self, period: str) -> Path:
        """How the rows of ``period`` were understood, for the nights to come."""
        return self.folder / period / "understood"

    def handed_out_file(self, period: str) -> Path:
        """What was handed out of ``period`` when."""
        return self.folder / period / "handed_out.json"

    # ------------------------------------------------------------------------------------------------ writing

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the data folder against every other writer; raises `Busy` where one holds it already."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with FileLock(self.lock_file, timeout=0, mode=0o600):
                yield
        except Timeout:
            raise Busy(f"another run is working on {self.root}; wait until it has ended") from None

    def next_run(self, period: str, now: datetime) -> str:
        """The name of a run beginning ``now``: later than every run before it, even where the clock was set back."""
        last = max(self.run_names(period), default="")
        name = f"{now:{_NAME_FORMAT}}"
        if name <= last:
            name = f"{datetime.strptime(last, _NAME_FORMAT) + timedelta(microseconds=1):{_NAME_FORMAT}}"
        return name

    def run_names(self, period: str) -> list[str]:
        """Every run there has been of ``period``, kept or not, oldest first."""
        told = {path.stem for path in self._history(period).glob("*.json")}
        kept = {path.name.removeprefix(".") for path in self._runs(period).glob("*")}
        return sorted(name for name in told | kept if RUN_NAME.fullmatch(name))

    def begin(self, period: str, run: str) -> Path:
        """An empty folder for a run that nobody reads yet; what runs that never ended have left is put right first."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.settle()
        folder = self._runs(period) / f".{run}"
        folder.mkdir(parents=True, mode=0o700)
        return folder

    def settle(self) -> None:
        """Complete or clear away what interrupted runs have left, of any period; the lake must be held."""
        self.check_schema()
        _without_partials(self.folder, self.intake_cache, self.deliveries)
        for folder in sorted(self.folder.glob("[0-9]*-[0-9]*")):
            self._settle(folder.name)
        self._write_schema()

    def _settle(self, period: str) -> None:
        runs, current = self._runs(period), self.current(period)
        for leftover in runs.glob(".*"):
            shutil.rmtree(leftover)
        for spill in runs.glob("*/.tmp-*"):
            shutil.rmtree(spill)
        for run in runs.glob("*"):
            # Whole, but the pointer never moved to it: its results have never been in force.
            if RUN_NAME.fullmatch(run.name) and (current is None or run.name > current.name):
                _removed(run)
        _without_partials(self.folder / period, self._history(period))
        self._move_lists(period)
        for manifest in self.history(period):
            if manifest.get("state") == "running":
                folder = runs / str(manifest["run"])
                if folder.is_dir():
                    self.tell(period, {**self.manifest(folder), "state": "published"})
                else:
                    self.tell(period, {**manifest, "state": "interrupted"})

    def publish(self, period: str, run: str, districts: Sequence[str] | None) -> Path:
        """Put the run of ``begin`` in force: whole, or for ``districts`` only; returns its final folder."""
        staged, final = self._runs(period) / f".{run}", self._runs(period) / run
        before = self.current(period)
        if districts is not None:
            _keep_only(staged, districts)
            if before is not None:
                _take_over(before, staged, districts)
        _on_disk(staged)
        staged.rename(final)
        write_whole(self.folder / period / "current", f"{run}\n")  # from here on the run is in force
        self._move_lists(period)
        self._prune(period, keep=final)
        return final

    def remove_runs(self, period: str, *, but: Path) -> None:
        """Remove the tables of every run of ``period`` but one."""
        for run in self._runs(period).iterdir():
            if run != but:
                _removed(run)

    def _prune(self, period: str, keep: Path) -> None:
        """Remove the tables of all but the latest runs, and of those a later period's kept run was built on."""
        kept = sorted(path for path in self._runs(period).iterdir() if path.name[0] != ".")
        stood_on = {
            (told.get("previous") or {}).get("run")
            for later in self.periods()
            if later > period
            for folder in self._runs(later).glob("[0-9]*")
            if (told := self.manifest(folder))
        }
        for old in kept[:-KEEP_RUNS]:
            if old != keep and old.name not in stood_on:
                _removed(old)

    def _move_lists(self, period: str) -> None:
        """Move the lists that wait in the run in force to the outbox: what the journal says is still to be done."""
        outbox, current = self.outbox(period), self.current(period)
        waiting = current / "outbox" if current else None
        for set_apart in outbox.glob(".*.old"):
            place = set_apart.with_name(set_apart.name.removeprefix(".").removesuffix(".old"))
            if place.exists() or (waiting is not None and (waiting / place.name).exists()):
                _removed(set_apart)
            else:
                set_apart.rename(place)
        if current is None or waiting is None or not waiting.is_dir():
            return
        outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            for fresh in sorted(waiting.iterdir()):
                _put_in_place(fresh, outbox / fresh.name)
            if self.manifest(current).get("districts") is None:
                self._withdraw(period, current)
        except PermissionError as error:
            raise Busy(
                f"the tables of {period} are in force, but a list is open in another program and cannot be replaced "
                f"({Path(str(error.filename)).name}); close it, then give any baoxue command to put the rest in place"
            ) from None
        shutil.rmtree(waiting)

    def _withdraw(self, period: str, current: Path) -> None:
        """Take back the lists of districts a whole city's run no longer has any of; only folders we have made."""
        given = {str(name).split("/")[0] for name in self.manifest(current).get("outputs", {}).get("lists", {})}
        for folder in self.outbox(period).iterdir():
            if given and folder.name not in given and (folder / "manifest.json").is_file():
                _removed(folder)

    # ------------------------------------------------------------------------------------------------ reading

    def current(self, period: str) -> Path | None:
        """The folder of the run in force for ``period``, if there is one."""
        pointer = self.folder / period / "current"
        if not pointer.is_file():
            return None
        named = pointer.read_text(encoding="utf-8").strip()
        folder = self._runs(period) / named
        if named and folder.is_dir():
            return folder
        # Somebody restored half a backup: the latest whole run is better than none.
        return max((run for run in self._runs(period).glob("[0-9]*") if (run / "run.json").is_file()), default=None)

    def periods(self) -> list[str]:
        """The periods with results, oldest first."""
        return sorted(path.parent.name for path in self.folder.glob("[0-9]*-[0-9]*/current"))

    def known_periods(self) -> list[str]:
        """The periods with a run, whatever came of it."""
        found = {path.name for path in self.folder.glob("[0-9]*-[0-9]*") if path.is_dir()}
        return sorted(period for period in found if self.history(period))

    def previous(self, period: str) -> str | None:
        """The last period with results before ``period``."""
        return max((earlier for earlier in self.periods() if earlier < period), default=None)

    def opened(self, period: str | None, run: str | None = None) -> tuple[str, Path]:
        """The period asked for (the latest when none is) and its run in force, or ``run`` of it.

        Raises `NotReady` where there is none, or where the tables of that run are kept no longer.
        """
        self.check_schema()
        wanted = checked_period(period) if period else max(self.periods(), default=None)
        folder = self.current(wanted) if wanted else None
        if wanted is None or folder is None:
            raise NotReady(f"{self.root} has no results{f' for {wanted}' if wanted else ''}: run `baoxue run` first")
        if (folder / "outbox").is_dir():
            try:
                with self.held():
                    self._move_lists(wanted)
            except Busy:  # whoever holds the lake is moving them, or somebody has one open
                pass
        return wanted, folder if run is None else self.run_folder(wanted, run)

    def run_named(self, period: str, run: str) -> dict[str, Any]:
        """The manifest of one run of ``period``; an unambiguous beginning of its name will do."""
        told = self.history(period)
        known = [manifest for manifest in told if str(manifest["run"]).startswith(run) and RUN_NAME_PART.fullmatch(run)]
        if len(known) == 1:
            return known[0]
        what = "the beginning of several runs" if known else "no run"
        raise WrongArgument(f"{run!r} is {what} of {period}; `baoxue runs {period}` shows them")

    def run_folder(self, period: str, run: str) -> Path:
        """The tables of one run of ``period``; raises `NotReady` where they are kept no longer."""
        name = str(self.run_named(period, run)["run"])
        folder = self._runs(period) / name
        if not folder.is_dir():
            raise NotReady(
                f"the tables of {name} are not kept; `baoxue run {period} --from-run {name}` makes them anew"
            )
        return folder

    def work_folder(self, period: str, name: str) -> Path:
        """A folder for work on ``period`` that nobody reads; cleared away with what interrupted runs have left."""
        return self._runs(period) / f".{name}"

    def history(self, period: str) -> list[dict[str, Any]]:
        """The manifest of every run of ``period``, oldest first."""
        told = [_read_json(path) for path in sorted(self._history(period).glob("*.json"))]
        known = {manifest.get("run") for manifest in told}
        older = [self.manifest(path) for path in self._runs(period).glob("[0-9]*") if path.name not in known]
        return sorted((m for m in [*told, *older] if m.get("run")), key=lambda m: str(m["run"]))

    def manifest(self, folder: Path) -> dict[str, Any]:
        """The manifest of the run in ``folder``; empty where it has none."""
        return _read_json(folder / "run.json")

    def tell(self, period: str, manifest: dict[str, Any]) -> None:
        """Write the manifest of a run into the history, over what was told of it before."""
        self._history(period).mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self._history(period) / f"{manifest['run']}.json", as_json(manifest))

    def districts(self, period: str) -> list[str]:
        """The districts with a folder in the inbox of ``period``."""
        inbox = self.inbox(period)
        return sorted(p.name for p in inbox.iterdir() if p.is_dir() and re.fullmatch(r"\d{6}", p.name))

    def schema(self) -> int:
        """The layout of this lake: 1 where it was made before layouts had numbers."""
        path = self.folder / "schema"
        return int(path.read_text(encoding="ascii").strip() or 1) if path.is_file() else 1

    def check_schema(self) -> None:
        """Refuse a lake a later release has made: raises `NotReady`."""
        if self.schema() > SCHEMA:
            raise NotReady(
                f"{self.folder} was made by a later release (layout {self.schema()}, this one knows {SCHEMA}): "
                "install that release, or restore the backup made before the upgrade"
            )

    def _write_schema(self) -> None:
        """Bring an older lake to the layout of now. Older tables are read as they lie: a column they lack is empty."""
        if (self.folder / "schema").is_file() and self.schema() == SCHEMA:
            return
        for period in self.periods():
            for manifest in self.history(period):
                self.tell(period, {"state": "published", **manifest})
        write_whole(self.folder / "schema", f"{SCHEMA}\n")

    def _runs(self, period: str) -> Path:
        return self.folder / period / "runs"

    def _history(self, period: str) -> Path:
        return self.folder / period / "history"


RUN_NAME_PART = re.compile(r"\d{1,8}(T\d{0,12})?")


def checked_period(period: str) -> str:
    """``period`` if it is a month like 2026-09; raises `WrongArgument` otherwise."""
    if not re.fullmatch(r"20\d{2}-(0[1-9]|1[0-2])", period):
        raise WrongArgument(f"{period!r} is not a period; write the month as 2026-09")
    return period


def as_json(value: Any) -> str:
    """``value`` as people can read it in a file."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def write_whole(path: Path, text: str) -> None:
    """Replace ``path`` with ``text`` in one step, on disk before this returns; for its owner only."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with fresh.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)
    _sync_folder(path.parent)


def linked(file: Path, place: Path) -> None:
    """Let ``file`` lie at ``place`` too, whose folder is there; raises `OSError` where there is no such file."""
    try:
        os.link(file, place)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links, for instance some shares
        shutil.copy2(file, place)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _put_in_place(fresh: Path, place: Path) -> None:
    set_apart = place.with_name(f".{place.name}.old")
    if place.is_dir():
        place.rename(set_apart)
        fresh.rename(place)
        shutil.rmtree(set_apart)
    else:
        fresh.replace(place)


def _without_partials(*folders: Path) -> None:
    for folder in folders:
        for pattern in PARTIAL:
            for partial in folder.glob(pattern):
                partial.unlink(missing_ok=True)


def _removed(folder: Path) -> None:
    """Remove a folder so that nobody ever sees half of it: under a name nobody reads first."""
    if not folder.name.startswith("."):
        folder = folder.rename(folder.with_name(f".{folder.name}"))
    shutil.rmtree(folder)


def _on_disk(folder: Path) -> None:
    """Everything written so far on disk: a pointer to a run must not survive a power cut its tables do not."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as handle:
                os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _keep_only(folder: Path, districts: Sequence[str]) -> None:
    for part in folder.glob("*/*.parquet"):
        table = part.parent.name
        if table in TABLES and table not in OF_THE_RUN and part.stem not in districts:
            part.unlink()
    for lists in (folder / "outbox").glob("*"):
        if lists.is_dir() and lists.name not in districts:
            shutil.rmtree(lists)


def _take_over(before: Path, staged: Path, districts: Sequence[str]) -> None:
    for part in before.glob("*/*.parquet"):
        if part.stem in districts or part.parent.name in OF_THE_RUN:
            continue
        target = staged / part.parent.name / part.name
        target.parent.mkdir(exist_ok=True)
        linked(part, target)
