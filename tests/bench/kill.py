"""Kills runs at random instants, as a power cut would, and looks at what is left.

    python -m tests.bench.kill --kills 100 --seed 5

Each time: one run is killed (SIGKILL); whoever reads next must find one whole run, its tables and its lists of the
same run; the next run must finish and give the rows of a run nobody disturbed; and neither file nor process may be left
that was not there before the kill. Two thirds of the instants are spread evenly over the length of a run, one third over its last
fifth, where results are put in force. With --finish-every N that next run is only made after every Nth kill, and the
runs between are killed on what the kill before left. Without Prefect, whose start would take most of the instants; on
Linux a run begins with everything imported, whose seconds would be the same each time. Some five processor seconds a
kill, on as many processors as there are towns.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
import types
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.runs import PERIOD, contents, run_once
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.lake import Lake

PATIENCE = 1800
CONTEXT: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _run(root: Path, told: Path) -> None:
    """One run in a process of its own; leaves in ``told`` the names of the modules it needed."""
    sys.modules["__main__"] = types.ModuleType("__main__")  # or the readers it starts would load this bench
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    run_once(root)
    told.write_text("\n".join(name for name in sorted(sys.modules) if not name.startswith("__")), encoding="utf-8")


def _import_all(told: Path) -> None:
    """Import what a run needs, so that those started from here have it."""
    for name in told.read_text(encoding="utf-8").split():
        if name not in sys.modules:
            try:
                importlib.import_module(name)
            except Exception:  # some names are made up by their packages
                continue


class Town:
    """A small town whose run is killed again and again; ``wanted`` are the rows of a run nobody disturbed."""

    def __init__(self, root: Path, children: int) -> None:
        self.lake = Lake(root)
        self.away = root.parent / "away"
        self._told = root.parent / "modules"
        write_deliveries(invent(children, 11, PERIOD), root / "inbox", PERIOD)
        district = self.lake.districts(PERIOD)[0]
        self._part = next(p for p in (self.lake.inbox(PERIOD) / district).iterdir() if p.name in ("attendance", "考勤"))
        self.wanted: dict[bool, dict[str, bytes]] = {}
        for whole in (True, False):
            self.deliver(whole=whole)
            self.forget_readings()
            self.length = self._undisturbed()
            self.wanted[whole] = contents(self.lake.opened(PERIOD)[1])
            if CONTEXT.get_start_method() == "fork":
                _import_all(self._told)
        self.in_force = False
        self.files = self._files()

    def deliver(self, *, whole: bool) -> None:
        """The inbox with or without one district's attendance, so that two runs never give the same."""
        if whole and self.away.exists():
            self.away.rename(self._part)
        elif not whole and self._part.exists():
            self._part.rename(self.away)

    def start(self) -> BaseProcess:
        """A run in a process of its own."""
        run: BaseProcess = CONTEXT.Process(target=_run, args=(self.lake.root, self._told))
        run.start()
        return run

    def _undisturbed(self) -> float:
        """A run nobody disturbs; returns the seconds it worked."""
        run = self.start()
        self.wait_until_it_works(run)
        started = time.monotonic()
        run.join(PATIENCE)
        assert run.exitcode == 0, "a run does not finish"
        return time.monotonic() - started

    def forget_readings(self) -> None:
        """So that the next run reads its files anew."""
        shutil.rmtree(self.lake.intake_cache, ignore_errors=True)

    def looked_at(self, *, killed_whole: bool) -> str:
        """What a reader finds after a kill: "earlier" or "new"; asserts that it is one whole run, lists included."""
        period, folder = self.lake.opened(PERIOD)
        rows = contents(folder)
        if rows == self.wanted[killed_whole]:
            found = "new"
        else:
            assert rows == self.wanted[not killed_whole], "what can be read is of no run"
            found = "earlier"
        self._lists_are_of(period, folder)
        self.in_force = killed_whole if found == "new" else not killed_whole
        return found

    def _lists_are_of(self, period: str, folder: Path) -> None:
        outbox = self.lake.outbox(period)
        promised = self.lake.manifest(folder)["outputs"]["lists"]
        lying = {p.relative_to(outbox).as_posix(): _sha(p) for p in outbox.rglob("*") if p.is_file()}
        assert lying == promised, "the lists are not those of the tables"

    def wait_until_it_works(self, run: BaseProcess) -> None:
        """Its first moments are Python's own: nothing is written in them."""
        told = self.lake.access_folder / "log.jsonl"
        before = told.stat().st_size if told.is_file() else 0
        while run.is_alive() and (told.stat().st_size if told.is_file() else 0) == before:
            time.sleep(0.005)

    def finishes(self, *, whole: bool) -> None:
        """The next run gives the rows of one nobody disturbed and leaves no file that was not there before."""
        self.forget_readings()
        self.length = 0.5 * self.length + 0.5 * self._undisturbed()
        period, folder = self.lake.opened(PERIOD)
        assert contents(folder) == self.wanted[whole], "the rows are others"
        self._lists_are_of(period, folder)
        now = self._files()
        assert now == self.files, f"left behind: {now - self.files}; gone: {self.files - now}"
        self.in_force = whole

    def _files(self) -> Counter[str]:
        """How many files lie where, whatever their runs and packs are called; the history may grow by one a run."""
        counted: Counter[str] = Counter()
        for path in (p for p in self.lake.root.rglob("*") if p.is_file()):
            parts = path.relative_to(self.lake.root).parts
            if parts[0] in ("inbox", "outbox") or parts[2:3] == ("history",) or parts[1:2] == ("access",):
                continue
            if parts[1:2] == ("intake",):
                counted["lake/intake"] = 1  # packs are as large as the readers' pool made them
            elif parts[2:3] == ("understood",):
                source = parts[3].split(".")[0]
                index = path.with_name(f"{source}.json").read_text(encoding="utf-8")
                assert path.suffix == ".json" or path.name in index, f"an orphan part: {path}"
                counted["/".join((*parts[:3], source))] = 1  # named after the packs they were made of
            elif parts[2:3] == ("runs",):
                assert not parts[3].startswith("."), f"an orphan run: {path}"
                counted["/".join((*parts[:3], "*", parts[4]))] += 1
            else:
                counted["/".join(parts)] += 1
        # Of the three runs kept some are of the whole town and some not, with other parts: where they lie is enough.
        return Counter(dict.fromkeys(counted, 1))


def killed_often(root: Path, kills: int, seed: int, children: int = 200, finish_every: int = 1) -> Counter[str]:
    """Kill ``kills`` runs; asserts what must hold after each, returns how many kills met which stage."""
    chance = random.Random(seed)
    (root / "data").mkdir(mode=0o700, parents=True)
    town = Town(root / "data", children)
    met: Counter[str] = Counter()
    for number in range(1, kills + 1):
        whole = not town.in_force
        town.deliver(whole=whole)
        town.forget_readings()
        share = chance.uniform(0.8, 1.0) if number % 3 == 0 else chance.uniform(0.0, 1.0)
        run = town.start()
        town.wait_until_it_works(run)
        at = _stage_reached(town, run, town.length * share)
        run.kill()
        run.join()
        _no_worker_left(run.pid or 0)
        met[f"{at}, {town.looked_at(killed_whole=whole)} results in force"] += 1
        if number % finish_every == 0 or number == kills:
            town.finishes(whole=whole)
            met["runs after a kill"] += 1
    return met


def _stage_reached(town: Town, run: BaseProcess, wait: float) -> str:
    """Wait until the instant and say how far the run was."""
    run.join(wait)
    if not run.is_alive():
        return "after its end"
    for folder in (town.lake.folder / PERIOD / "runs").glob(".2*"):
        told = folder / "seconds.jsonl"
        done: list[Any] = told.read_text().splitlines() if told.is_file() else []
        return f"after {len(done)} stages"
    return "at its first or last step"


def _no_worker_left(parent: int) -> None:
    """The readers of a killed run end by themselves."""
    if not Path("/proc").is_dir():
        return
    for _ in range(600):
        left = []
        for stat in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = stat.read_bytes()
                environment = (stat.parent / "stat").read_text()
            except OSError:
                continue
            if b"spawn_main" in line and f" {parent} " in environment.rpartition(")")[2][:20]:
                left.append(stat.parent.name)
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError(f"readers outlive their run: {left}")


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Kill as often as asked and print what the kills met."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--children", type=int, default=200)
    options.add_argument("--finish-every", type=int, default=1, metavar="N")
    options.add_argument("--towns", type=int, default=os.cpu_count() or 1, help="at once; default: one a processor")
    wanted = options.parse_args()
    towns = max(1, min(wanted.towns, wanted.kills))
    shares = [wanted.kills // towns + (n < wanted.kills % towns) for n in range(towns)]
    met: Counter[str] = Counter()
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="baoxue-kill-") as folder,
        ProcessPoolExecutor(towns, mp_context=CONTEXT) as pool,
    ):
        for one in [
            pool.submit(
                killed_often, Path(folder) / str(n), kills, wanted.seed + n, wanted.children, wanted.finish_every
            )
            for n, kills in enumerate(shares)
        ]:
            met += one.result()
    finished = met.pop("runs after a kill")
    for what, times in sorted(met.items()):
        print(f"{times:4}  {what}")
    print(
        f"{sum(met.values())} kills in {time.monotonic() - started:.0f} s: each time earlier or new results whole; "
        f"{finished} next runs: the same rows, nothing left behind"
    )


if __name__ == "__main__":
    main()
