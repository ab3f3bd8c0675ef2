"""A whole run of an invented city by stage: seconds, share of the run, and peak memory.

    python -m tests.bench.whole_run --children 100000 --seed 31

Without Prefect, whose start takes the same seconds for every city. Use a seed nothing was developed with.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from flows import stages
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.score import score
from transforms.demo.truth import write_truth
from transforms.lake import Lake
from transforms.query import query

PERIOD = "2026-09"
ORDER = (
    stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases, stages.deliver_lists,
    stages.publish,
)  # fmt: skip


def main() -> None:
    """Invent, deliver, run twice (the second time nothing is new) and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--children", type=int, default=100_000)
    options.add_argument("--seed", type=int, required=True)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoxue-bench-") as folder:
        root = Path(folder)
        city = invent(wanted.children, wanted.seed, PERIOD)
        write_deliveries(city, root / "inbox", PERIOD)
        write_truth(city, root / "truth")
        del city
        for title in ("first run", "unchanged run"):
            timed = _run(root)
            whole = sum(timed.values())
            print(f"{title}, {wanted.children} children, seed {wanted.seed}: {whole:.1f} s")
            for name, seconds in timed.items():
                print(f"  {name:<16}{seconds:8.1f} s  {seconds / whole:5.0%}  {'█' * round(40 * seconds / whole)}")
        _, tables = Lake(root).opened(PERIOD)
        scored = score(query(tables, "from findings"), query(tables, "from child_records"), root / "truth")
        print(scored.to_string(index=False))
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of the largest process: {peak / 1024:.0f} MB")


def _run(root: Path) -> dict[str, float]:
    prepared = stages.prepared(PERIOD, None, root, None, date(2026, 10, 9), quiet=True)
    timed = {}
    with stages.beginning(prepared) as run:
        for stage in ORDER:
            started = time.monotonic()
            stage(run)
            timed[stage.__name__] = time.monotonic() - started
    return timed


if __name__ == "__main__":
    main()
