"""Where everything is on disk, and how a period's results appear whole or not at all.

    <root>/inbox/<period>/<district>/<source>/**             deliveries, never changed
    <root>/lake/<period>/runs/<run>/<table>/<district>.parquet
    <root>/lake/<period>/current                             one line: the run whose tables are in force
    <root>/lake/intake/**                                    what each delivery was read as, by content hash
    <root>/lake/access/**                                    who ran, asked, explained and handed out what
    <root>/outbox/<period>/<district>/<recipient>/**         lists

A run writes into a folder of its own that nobody reads. Publishing replaces ``current`` in one step, so a reader
sees the earlier run whole until it sees the new one whole. A run for some districts takes the other districts'
files over from the run before it as hard links.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from expectations.catalog import TABLES
from expectations.errors import NotReady, WrongArgument

KEEP_RUNS = 3


class Lake:
    """The data folder of one bureau."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @property
    def intake_cache(self) -> Path:
        """Where deliveries once read are kept."""
        return self.root / "lake" / "intake"

    @property
    def key_file(self) -> Path:
        """The key of `child_id`; made on the first run, never leaves this folder."""
        return self.root / "lake" / "child_id.key"

    @property
    def password_file(self) -> Path:
        """The passwords of encrypted lists, one an office; handed over another way than the lists."""
        return self.root / "lake" / "passwords.csv"

    @property
    def lock_file(self) -> Path:
        """Held by the one run that may write."""
        return self.root / "lake" / "run.lock"

    @property
    def access_folder(self) -> Path:
        """The access log, its head and its key."""
        return self.root / "lake" / "access"

    def inbox(self, period: str) -> Path:
        """Where the deliveries of ``period`` are handed in."""
        return self.root / "inbox" / period

    def outbox(self, period: str) -> Path:
        """Where the lists of ``period`` are handed out."""
        return self.root / "outbox" / period

    def begin(self, period: str, run: str) -> Path:
        """An empty folder for a run that nobody reads yet; leftovers of runs that never ended are cleared away."""
        runs = self._runs(period)
        for leftover in runs.glob(".*"):
            shutil.rmtree(leftover)
        self._restore_lists(period)
        folder = runs / f".{run}"
        folder.mkdir(parents=True)
        return folder

    def publish(self, period: str, run: str, districts: Sequence[str] | None) -> Path:
        """Put the run of ``begin`` in force: whole, or for ``districts`` only; returns its final folder."""
        staged, final = self._runs(period) / f".{run}", self._runs(period) / run
        before = self.current(period)
        if districts is not None:
            _keep_only(staged, districts)
            if before is not None:
                _take_over(before, staged, districts)
        self._publish_lists(period, staged / "outbox", districts)
        staged.rename(final)
        pointer = self.root / "lake" / period / "current"
        fresh = pointer.with_suffix(".new")
        fresh.write_text(f"{run}\n", encoding="utf-8")
        fresh.replace(pointer)
        for old in sorted(path for path in self._runs(period).iterdir() if path.name[0] != ".")[:-KEEP_RUNS]:
            if old != final:
                shutil.rmtree(old)
        return final

    def current(self, period: str) -> Path | None:
        """The folder of the run in force for ``period``, if there is one."""
        pointer = self.root / "lake" / period / "current"
        if not pointer.is_file():
            return None
        return self._runs(period) / pointer.read_text(encoding="utf-8").strip()

    def periods(self) -> list[str]:
        """The periods with results, oldest first."""
        return sorted(path.parent.name for path in (self.root / "lake").glob("[0-9]*-[0-9]*/current"))

    def previous(self, period: str) -> str | None:
        """The last period with results before ``period``."""
        return max((earlier for earlier in self.periods() if earlier < period), default=None)

    def opened(self, period: str | None) -> tuple[str, Path]:
        """The period asked for (the latest when none is) and its run in force; raises `NotReady` where there is none."""
        wanted = checked_period(period) if period else max(self.periods(), default=None)
        folder = self.current(wanted) if wanted else None
        if wanted is None or folder is None:
            raise NotReady(f"{self.root} has no results{f' for {wanted}' if wanted else ''}: run `baoxue run` first")
        return wanted, folder

    def districts(self, period: str) -> list[str]:
        """The districts with a folder in the inbox of ``period``."""
        inbox = self.inbox(period)
        return sorted(p.name for p in inbox.iterdir() if p.is_dir() and re.fullmatch(r"\d{6}", p.name))

    def _runs(self, period: str) -> Path:
        return self.root / "lake" / period / "runs"

    def _restore_lists(self, period: str) -> None:
        """Put back lists that an interrupted publication had set apart, or clear them away where it got further."""
        for set_apart in self.outbox(period).glob(".*.old"):
            place = set_apart.with_name(set_apart.name.removeprefix(".").removesuffix(".old"))
            if place.exists():
                shutil.rmtree(set_apart)
            else:
                set_apart.rename(place)

    def _publish_lists(self, period: str, staged: Path, districts: Sequence[str] | None) -> None:
        outbox = self.outbox(period)
        if not staged.is_dir():
            return
        outbox.mkdir(parents=True, exist_ok=True)
        for fresh in sorted(staged.iterdir()):
            if districts is not None and fresh.is_dir() and fresh.name not in districts:
                continue
            old = outbox / fresh.name
            if old.is_dir():
                set_apart = old.with_name(f".{old.name}.old")
                old.rename(set_apart)
                fresh.rename(old)
                shutil.rmtree(set_apart)
            else:
                fresh.replace(old)
        shutil.rmtree(staged)


def checked_period(period: str) -> str:
    """``period`` if it is a month like 2026-09; raises `WrongArgument` otherwise."""
    if not re.fullmatch(r"20\d{2}-(0[1-9]|1[0-2])", period):
        raise WrongArgument(f"{period!r} is not a period; write the month as 2026-09")
    return period


def _keep_only(folder: Path, districts: Sequence[str]) -> None:
    for part in folder.glob("*/*.parquet"):
        if part.parent.name in TABLES and part.stem not in districts:
            part.unlink()


def _take_over(before: Path, staged: Path, districts: Sequence[str]) -> None:
    for part in before.glob("*/*.parquet"):
        if part.stem in districts:
            continue
        target = staged / part.parent.name / part.name
        target.parent.mkdir(exist_ok=True)
        try:
            os.link(part, target)
        except OSError:  # a file system without hard links, for instance some shares
            shutil.copy2(part, target)
