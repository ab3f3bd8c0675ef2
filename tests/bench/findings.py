"""Children, findings, cases and indicators of a million children: seconds by stage and the slowest tables.

    python -m tests.bench.findings --children 1000000 --base 10000 --seed 31

Reading and linking are measured elsewhere (`tests.bench.whole_run`, `tests.bench.link`), so they are skipped: a city of
``base`` children lives through 2026-03 and 2026-09 for real, answers included, and its linked records are then laid down
again and again under other numbers, names and schools until there are ``children`` of them, in the same districts. What
is timed is the second campaign, with the first one's children and cases behind it.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from flows import stages
from tests.demo_answers import answer_lists
from transforms.calendar import run_parameters
from transforms.cases import follow_cases, report
from transforms.children import form_children
from transforms.demo.city import view
from transforms.demo.deliveries import write_deliveries
from transforms.demo.lives import live
from transforms.demo.truth import write_truth
from transforms.engine import Engine
from transforms.findings import find
from transforms.lake import Lake

BEFORE, NOW = ("2026-03", date(2026, 4, 9)), ("2026-09", date(2026, 10, 9))
MARKED = {"record_id", "left_record_id", "right_record_id", "root_record_id", "delivery_id", "child_id", "case_no",
          "school_code", "attends_school_code", "school_text", "phone", "household_no"}  # fmt: skip
NUMBERS = {"id_number", "guardian_id_number", "guardian2_id_number"}
NAMES = {"name", "former_name", "guardian_name", "guardian2_name"}
SHOWN = 12


class TimedEngine(Engine):
    """An engine that notes how long each table took to build and keep."""

    seconds: dict[str, float]

    def build(self, *tables: str) -> None:
        """Build the tables one by one."""
        for table in tables:
            started = time.monotonic()
            super().build(table)
            self.seconds[table] = self.seconds.get(table, 0.0) + time.monotonic() - started


def main() -> None:
    """Prepare, multiply, run and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--children", type=int, default=1_000_000)
    options.add_argument("--base", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=31)
    options.add_argument("--threads", type=int, default=2)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoxue-bench-") as folder:
        root = Path(folder)
        before, now = _lived(root / "city", wanted.base, wanted.seed)
        copies = max(1, round(wanted.children / wanted.base))
        for source, target in ((before, root / "before"), (now, root / "now")):
            _multiply(source, target, copies)
        shutil.rmtree(root / "city")
        _timed(root / "now", root / "before", wanted.threads)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _lived(root: Path, children: int, seed: int) -> tuple[Path, Path]:
    """The first campaign of a small city in full, and the second up to its links."""
    lives = live(children, seed)
    lake = Lake(root)
    for period, as_of in (BEFORE, NOW):
        city = view(lives, period)
        write_deliveries(city, root / "inbox", period)
        write_truth(city, root / "truth" / period)
        prepared = stages.prepared(period, None, root, None, as_of, quiet=True)
        with stages.beginning(prepared) as run:
            stages.take_in(run)
            stages.link_records(run)
            if period == NOW[0]:
                kept = root / "linked"
                shutil.copytree(run.folder, kept)
                return lake.opened(BEFORE[0])[1], kept
            for stage in (stages.form_children, stages.find, stages.follow_cases, stages.deliver_lists, stages.publish):
                stage(run)
        answer_lists(lake, period, root / "truth" / period, lake.inbox(NOW[0]), as_of + timedelta(days=11))
    raise AssertionError


def _multiply(source: Path, target: Path, copies: int) -> None:
    """Every table of a run ``copies`` times, each copy's children, records, cases and schools other ones."""
    con = duckdb.connect()
    con.execute("set threads = 2")
    for folder in sorted(path for path in source.iterdir() if path.is_dir() and any(path.glob("*.parquet"))):
        (target / folder.name).mkdir(parents=True)
        for part in sorted(folder.glob("*.parquet")):
            have = [row[0] for row in con.execute(f"describe from '{part}'").fetchall()]
            other = [
                *(f"{c} || mark as {c}" for c in have if c in MARKED),
                *(f"mark || substr({c}, 3) as {c}" for c in have if c in NUMBERS),
                *(f"{c} || mark as {c}" for c in have if c in NAMES),
            ]
            replaced = f"* exclude (mark) replace ({', '.join(other)})" if other else "* exclude (mark)"
            times = copies if other else 1
            con.execute(
                f"copy (select {replaced} from '{part}' cross join "
                f"(select chr(65 + n // 26) || chr(65 + n % 26) as mark from (select cast(range as int) as n "
                f"from range({times})))) to '{target / folder.name / part.name}' (format parquet, compression zstd)"
            )


def _timed(folder: Path, previous: Path, threads: int) -> None:
    period, as_of = NOW
    from expectations.policy import load_policy
    from transforms.reference import reference_file

    parameters = run_parameters(period, as_of, load_policy(reference_file("policy.toml")))
    parameters["previous_period"] = BEFORE[0]
    TimedEngine.seconds = {}
    timed = {}
    for title, stage in (("form children", lambda engine: form_children(engine, b"bench")), ("find", find),
                         ("follow cases", follow_cases), ("indicators", report)):  # fmt: skip
        with TimedEngine(folder, parameters, previous=previous, threads=threads) as engine:
            started, worked = time.monotonic(), time.process_time()
            stage(engine)
            timed[title] = (time.monotonic() - started, time.process_time() - worked)
            counted = {name: engine.count(name) for name in ("children", "findings", "cases", "case_events")}
    print(", ".join(f"{count} {name}" for name, count in counted.items()))
    for title, (wall, work) in timed.items():
        print(f"{title:<16}{wall:8.1f} s  {work:8.1f} s of work")
    judged = [timed[title] for title in ("find", "follow cases", "indicators")]
    print(f"findings, cases and indicators together: {sum(w for w, _ in judged):.1f} s "
          f"({sum(w for _, w in judged) / threads:.1f} s on {threads} free cores)")  # fmt: skip
    for name, seconds in sorted(TimedEngine.seconds.items(), key=lambda one: -one[1])[:SHOWN]:
        print(f"  {name:<24}{seconds:8.1f} s")


if __name__ == "__main__":
    main()
