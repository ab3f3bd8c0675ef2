"""All lists of a big city: seconds, processor seconds, files and memory.

    python -m tests.bench.lists --children 20000 --seed 31 --times 50

Invents a city, runs the pipeline over it, then lays its tables beside themselves ``--times`` over with new keys (schools,
townships, stations, children, records, cases, files), in the same districts: a million children with a real city's mix
of findings, issues and answers. Only the lists are timed: tables behind them, workbooks, letters, bulletins, dashboards.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from expectations.catalog import TABLES
from expectations.policy import load_policy
from flows import stages
from tests.bench.processes import Peak, processor_seconds
from transforms.calendar import run_parameters
from transforms.cases import report
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.engine import Engine
from transforms.lake import Lake
from transforms.lists.deliver import deliver_lists
from transforms.reference import reference_file

PERIOD, AS_OF = "2026-09", date(2026, 10, 9)
KEYS = {"child_id", "record_id", "left_record_id", "right_record_id", "case_no", "delivery_id", "school_code",
        "attends_school_code", "police_station", "pair_no", "path"}  # fmt: skip
REPEATED = ("children", "findings", "waiting_findings", "cases", "case_events", "child_records", "registry_pupils",
            "household_children", "attendance_pupils", "vocational_pupils", "person_records", "review_pairs", "links",
            "schools", "deliveries", "issues", "answer_issues")  # fmt: skip


def main() -> None:
    """Invent, repeat, time, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--children", type=int, default=20_000)
    options.add_argument("--seed", type=int, required=True)
    options.add_argument("--times", type=int, default=1)
    options.add_argument("--processes", type=int)
    options.add_argument("--encrypt", action="store_true")
    options.add_argument("--data", type=Path, help="a data folder with results, instead of an invented city")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="baoxue-bench-") as folder:
        root = wanted.data or _a_city(Path(folder) / "city", wanted.children, wanted.seed)
        lake = Path(folder) / "lake"
        _repeat(Lake(root).opened(PERIOD)[1], lake, wanted.times)
        _time(lake, Path(folder) / "outbox", wanted.processes, encrypt=wanted.encrypt)


def _a_city(root: Path, children: int, seed: int) -> Path:
    write_deliveries(invent(children, seed, PERIOD), root / "inbox", PERIOD)
    prepared = stages.prepared(PERIOD, None, root, None, AS_OF, quiet=True)
    with stages.beginning(prepared) as run:
        for stage in (stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases,
                      stages.publish):  # fmt: skip
            stage(run)
    return root


def _repeat(run: Path, lake: Path, times: int) -> None:
    """The tables of ``run`` with every key written ``times`` over, and the figures counted anew."""
    con = duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(lake) + ".tmp"})
    for name in REPEATED:
        parts = sorted((run / name).glob("*.parquet"))
        for part in parts:
            target = lake / name / part.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if times == 1:
                shutil.copy(part, target)
                continue
            columns = ", ".join(_column(column) for column in TABLES[name].names)
            con.execute(
                f"copy (select {columns} from range({times}) as copies(copy) cross join read_parquet('{part}') as t) "
                f"to '{target}' (format parquet, compression zstd)"
            )
    for name in ("findings_off", "missing_deliveries"):
        if (run / name).is_dir():
            shutil.copytree(run / name, lake / name)
    with _engine(lake) as engine:
        report(engine)
        print(
            ", ".join(
                f"{engine.count(name):,} {name}" for name in ("children", "findings", "cases", "issues", "schools")
            )
        )


def _column(name: str) -> str:
    if name in KEYS:
        return f"t.{name} || '-' || copy as {name}"
    if name == "township_code":  # a code stays one: two digits more
        return "t.township_code || lpad(copy::varchar, 2, '0') as township_code"
    return f"t.{name}"


def _engine(lake: Path) -> Engine:
    policy = load_policy(reference_file("policy.toml"))
    return Engine(lake, {**run_parameters(PERIOD, AS_OF, policy), "previous_period": None})


def _time(lake: Path, outbox: Path, processes: int | None, *, encrypt: bool) -> None:
    peak = Peak()
    before, started = processor_seconds(), time.monotonic()
    with peak, _engine(lake) as engine:
        files = deliver_lists(
            engine, outbox, period=PERIOD, as_of=AS_OF, processes=processes,
            password_of=(lambda *office: "-".join(office)) if encrypt else None,
        )  # fmt: skip
    seconds, processor = time.monotonic() - started, processor_seconds() - before
    size = sum(path.stat().st_size for path in files)
    print(
        f"{len(files):,} files, {size / 1e6:,.0f} MB: {seconds:.1f} s, processor {processor:.1f} s on {os.cpu_count()} cores"
    )
    print(f"peak memory of all processes together: {peak.highest / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
