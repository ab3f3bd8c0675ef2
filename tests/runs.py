"""Whole runs without Prefect, for tests."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from expectations.catalog import TABLES
from flows import stages
from transforms.lake import Lake

ROOT = Path(__file__).parent.parent
PERIOD = "2026-09"
AS_OF = date(2026, 10, 9)
KEPT = [name for name, contract in TABLES.items() if not contract.temporary]


def run_once(root: Path, districts=None, period: str = PERIOD, as_of: date = AS_OF) -> Path:
    """One run of everything in the inbox of ``root``; returns the folder of its tables."""
    wanted = stages.prepared(period, districts, root, None, as_of, quiet=True)
    with stages.beginning(wanted) as run:
        for stage in (stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases,
                      stages.deliver_lists, stages.publish):  # fmt: skip
            stage(run)
    return Lake(root).opened(period)[1]


def run_by_command(root: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The same run by the command, through Prefect, in a process of its own with these words added to its environment."""
    asked = ("run", PERIOD, "--data", str(root), "--as-of", AS_OF.isoformat(), "--quiet")
    command = [sys.executable, "-m", "flows.command", *asked]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=False)


def contents(folder: Path, tables=KEPT) -> dict[str, bytes]:
    return {
        f"{part.parent.name}/{part.name}": part.read_bytes()
        for name in tables
        for part in sorted((folder / name).glob("*.parquet"))
    }
