"""What damaged files do to the reader: `python -m tests.bench.fuzz [--files 10000] [--seed 0]`.

Damages good files of every format (bytes, members of archives, numbers, elements, cut off, spliced), reads each in a
worker as a run does, and counts what no file may do: end its worker, take more than five seconds, more than 1.5 GB, fail
in our own code, or lose a line. `--keep DIR` keeps the files that did. Seconds are the worker's CPU seconds, so that a
busy machine accuses nobody; a worker that gives nothing back for a minute is hung all the same.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PROCESSES = 2
LONGEST_SECONDS = 5.0
HUNG_AFTER = 60.0
MOST_MB = 1500.0
FILES_OF_A_WORKER = 500
"""A new process is begun after so many, for its peak of memory says nothing about the next file's."""
LEGEND = {"√": "P", "×": "A", "○": "S", "△": "L", "病": "S", "事": "L", "旷": "A", "/": "-"}


@dataclass(frozen=True)
class Outcome:
    """What one damaged file did; ``wrong`` says what it may not do, if it did."""

    seed: int
    verdict: str
    seconds: float = 0.0
    memory: float = 0.0
    wrong: str = ""


@lru_cache(maxsize=1)
def _good() -> list[tuple[str, bytes]]:
    from tests.intake.mutations import good_files

    return good_files()


def _prepare() -> None:
    from transforms.intake import worker

    worker.prepare(6 << 30)


def _read(seed: int, folder: str) -> Outcome:
    """Damage a file and read it."""
    from tests.intake.mutations import damaged
    from transforms.intake import worker
    from transforms.intake.inbox import delivery_of_file
    from transforms.intake.reading import read_delivery

    source, content = damaged(_good(), seed)
    path = Path(folder) / f"{seed}.xls"
    path.write_bytes(content)
    began = time.process_time()
    reading = read_delivery(delivery_of_file(path, "2026-09", source), legend=LEGEND)
    rows = reading.rows.num_rows
    worker.tidy()
    seconds = time.process_time() - began
    wrong = []
    if reading.refused == "reader_failed":
        wrong.append(f"reader_failed: {reading.refused_detail}")
    if reading.rows_read != rows + reading.rows_not_data or rows != reading.row_count:
        wrong.append("a line was lost")
    if bool(reading.refused) != (rows == 0):
        wrong.append("neither read nor refused")
    if seconds > LONGEST_SECONDS:
        wrong.append(f"{seconds:.1f} s")
    if (memory := _peak_mb()) > MOST_MB:
        wrong.append(f"{memory:.0f} MB")
    if not wrong:
        path.unlink()
    return Outcome(seed, reading.refused or "read", seconds, memory, "; ".join(wrong))


def _peak_mb() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _round(seeds: Sequence[int], folder: str, processes: int) -> tuple[list[Outcome], list[int]]:
    """Read until a worker ends or hangs; tells the files that were not read to their end."""
    outcomes: list[Outcome] = []
    rest = list(seeds)[::-1]
    waiting: dict[Future[Outcome], int] = {}
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _prepare, max_tasks_per_child=FILES_OF_A_WORKER)
    with pool:
        while rest or waiting:
            try:
                while rest and len(waiting) < processes * 4:
                    waiting[pool.submit(_read, rest[-1], folder)] = rest[-1]
                    rest.pop()
            except BrokenProcessPool:
                break
            finished, _ = wait(waiting, HUNG_AFTER, return_when=FIRST_COMPLETED)
            if not finished:
                for process in list((pool._processes or {}).values()):
                    process.kill()
                break
            broken = False
            for future in finished:
                if isinstance(future.exception(), BrokenProcessPool):
                    broken = True
                else:
                    outcomes.append(future.result())
                    del waiting[future]
            if broken:
                break
    return outcomes, [*waiting.values(), *rest[::-1]]


def fuzz(seeds: Sequence[int], folder: str) -> list[Outcome]:
    """The outcome of every seed; a file that ends or hangs its worker is found by reading those under way one by one."""
    outcomes: list[Outcome] = []
    rest = list(seeds)
    while rest:
        found, left = _round(rest, folder, PROCESSES)
        outcomes.extend(found)
        suspects, rest = left[: PROCESSES * 4], left[PROCESSES * 4 :]
        for seed in suspects:
            alone, lost = _round([seed], folder, 1)
            outcomes.extend(alone or [Outcome(lost[0], "lost", wrong="its worker ended or hung")])
        print(f"\r{len(outcomes)} of {len(seeds)}", end="", file=sys.stderr, flush=True)
    return outcomes


def main() -> None:
    """Print the figures; exit code 1 where a file did what none may."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=0, help="of the first file")
    options.add_argument("--keep", type=Path, help="a folder for the files that did harm")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoxue-fuzz-") as scratch:
        folder = str(wanted.keep or scratch)
        Path(folder).mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        outcomes = fuzz(range(wanted.seed, wanted.seed + wanted.files), folder)
        took = time.perf_counter() - began
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    harm = [outcome for outcome in outcomes if outcome.wrong]
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    print(f"\n{len(outcomes)} damaged files of {len(_good())} good ones, {took:.0f} s")
    print("  " + ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common()))
    print(
        f"  slowest {slowest.seconds:.2f} s (seed {slowest.seed}), peak memory {max(o.memory for o in outcomes):.0f} MB"
    )
    print(f"  did harm: {len(harm)}")
    for outcome in harm:
        print(f"    seed {outcome.seed}: {outcome.wrong}")
    sys.exit(1 if harm else 0)


if __name__ == "__main__":
    main()
