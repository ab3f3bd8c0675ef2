"""Kills runs at random instants, as a power cut would, and looks at what is left.

    python -m tests.bench.kill --kills 100 --seed 5

Each time: one run is killed (SIGKILL); whoever reads next must find one whole run, its tables and its lists of the
same run; the next run must finish and give the rows of a run nobody disturbed; and neither file nor process may be left
that was not there before the kill. Two thirds of the instants are spread evenly over the length of a run, one third over its last
fifth, where results are put in force. Without Prefect, whose start would take most of the instants.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.runs import PERIOD, contents, run_once
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.lake import Lake

ROOT = Path(__file__).parent.parent.parent
RUN = "import sys; from pathlib import Path; from tests.runs import run_once; run_once(Path(sys.argv[1]))"


class Town:
    """A small town whose run is killed again and again; ``wanted`` are the rows of a run nobody disturbed."""

    def __init__(self, root: Path, children: int) -> None:
        self.lake = Lake(root)
        self.away = root.parent / "away"
        write_deliveries(invent(children, 11, PERIOD), root / "inbox", PERIOD)
        district = self.lake.districts(PERIOD)[0]
        self._part = next(p for p in (self.lake.inbox(PERIOD) / district).iterdir() if p.name in ("attendance", "考勤"))
        self.wanted: dict[bool, dict[str, bytes]] = {}
        for whole in (True, False):
            self.deliver(whole=whole)
            self.wanted[whole] = contents(run_once(root))
        self.files = self._files()

    def deliver(self, *, whole: bool) -> None:
        """The inbox with or without one district's attendance, so that two runs never give the same."""
        if whole and self.away.exists():
            self.away.rename(self._part)
        elif not whole and self._part.exists():
            self._part.rename(self.away)

    def start(self) -> subprocess.Popen[bytes]:
        """A run in a process of its own."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-c", RUN, str(self.lake.root)], cwd=ROOT, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

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
        return found

    def _lists_are_of(self, period: str, folder: Path) -> None:
        outbox = self.lake.outbox(period)
        promised = self.lake.manifest(folder)["outputs"]["lists"]
        lying = {p.relative_to(outbox).as_posix(): _sha(p) for p in outbox.rglob("*") if p.is_file()}
        assert lying == promised, "the lists are not those of the tables"

    def wait_until_it_works(self, run: subprocess.Popen[bytes]) -> None:
        """Its first seconds are Python's own: nothing is written in them."""
        told = self.lake.access_folder / "log.jsonl"
        before = told.stat().st_size
        while run.poll() is None and told.stat().st_size == before:
            time.sleep(0.005)

    def finishes(self, *, whole: bool) -> float:
        """The next run gives the rows of one nobody disturbed and leaves no file that was not there before.

        Returns the seconds it worked.
        """
        self.forget_readings()
        run = self.start()
        self.wait_until_it_works(run)
        started = time.monotonic()
        assert run.wait(timeout=600) == 0, "the run after a kill does not finish"
        worked = time.monotonic() - started
        period, folder = self.lake.opened(PERIOD)
        assert contents(folder) == self.wanted[whole], "the rows are others"
        self._lists_are_of(period, folder)
        now = self._files()
        assert now == self.files, f"left behind: {now - self.files}; gone: {self.files - now}"
        return worked

    def _files(self) -> Counter[str]:
        """How many files lie where, whatever their runs and packs are called; the history may grow by one a run."""
        counted: Counter[str] = Counter()
        for path in (p for p in self.lake.root.rglob("*") if p.is_file()):
            parts = path.relative_to(self.lake.root).parts
            if parts[0] in ("inbox", "outbox") or parts[2:3] == ("history",) or parts[1:2] == ("access",):
                continue
            if parts[1:2] == ("intake",):
                counted["lake/intake"] = 1  # packs are as large as the readers' pool made them
            elif parts[2:3] == ("runs",):
                assert not parts[3].startswith("."), f"an orphan run: {path}"
                counted["/".join((*parts[:3], "*", parts[4]))] += 1
            else:
                counted["/".join(parts)] += 1
        # Of the three runs kept some are of the whole town and some not, with other parts: where they lie is enough.
        return Counter(dict.fromkeys(counted, 1))


def killed_often(root: Path, kills: int, seed: int, children: int = 200) -> Counter[str]:
    """Kill ``kills`` runs; asserts what must hold after each, returns how many kills met which stage."""
    chance = random.Random(seed)
    (root / "data").mkdir(mode=0o700)
    town = Town(root / "data", children)
    met: Counter[str] = Counter()
    whole = False
    length = 0.0
    for number in range(kills):
        whole = not whole
        town.deliver(whole=whole)
        town.forget_readings()
        if not length:
            length = town.finishes(whole=whole)
            whole = not whole
            town.deliver(whole=whole)
            town.forget_readings()
        share = chance.uniform(0.8, 1.0) if number % 3 == 2 else chance.uniform(0.0, 1.0)
        run = town.start()
        town.wait_until_it_works(run)
        at = _stage_reached(town, run, length * share)
        run.send_signal(signal.SIGKILL)
        run.wait()
        _no_worker_left(run.pid)
        found = town.looked_at(killed_whole=whole)
        met[f"{at}, {found} results in force"] += 1
        length = 0.5 * length + 0.5 * town.finishes(whole=whole)
    return met


def _stage_reached(town: Town, run: subprocess.Popen[bytes], wait: float) -> str:
    """Wait until the instant and say how far the run was."""
    try:
        run.wait(timeout=wait)
    except subprocess.TimeoutExpired:
        pass
    else:
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
    for _ in range(100):
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
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoxue-kill-") as folder:
        met = killed_often(Path(folder), wanted.kills, wanted.seed, wanted.children)
    for what, times in sorted(met.items()):
        print(f"{times:4}  {what}")
    print(f"{sum(met.values())} kills: earlier or new results whole, the next run the same rows, nothing left behind")


if __name__ == "__main__":
    main()
