"""`baoxue demo`: an invented city, its deliveries, the real flow, and what was found against the truth."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from expectations.errors import WrongArgument
from expectations.findings import FINDINGS
from flows import summary
from flows.progress import stage_bar
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.score import score
from transforms.demo.truth import write_truth
from transforms.lake import Lake
from transforms.query import query

PERIOD = "2026-09"
AS_OF = date(2026, 10, 9)
MARKER = "invented-city.txt"


def demonstrate(data: Path, children: int, seed: int, monitored: Callable[..., dict[str, Any]]) -> int:
    """Invent, deliver, run and score one city in a folder of its own below ``data``.

    The truth stands beside the inbox, where the pipeline never looks. Raises `WrongArgument` where the folder holds
    anything that was not invented by an earlier demo.
    """
    console = Console(highlight=False, soft_wrap=True)
    lake = Lake(data / "demo")
    _emptied(lake.root)
    started = time.monotonic()
    with stage_bar("invent a city", quiet=False):
        city = invent(children, seed, PERIOD)
    with stage_bar("write its deliveries", quiet=False) as advance:
        write_deliveries(city, lake.root / "inbox", PERIOD, advance)
    truth = lake.root / "truth" / PERIOD
    write_truth(city, truth)
    invented = time.monotonic()
    counts = monitored(period=PERIOD, data=str(lake.root), as_of=AS_OF, quiet=False)
    ended = time.monotonic()
    summary.show(lake, counts)
    console.print(f"truth:  {truth}", markup=False)
    _, folder = lake.opened(PERIOD)
    scored = score(query(folder, "from findings"), query(folder, "from child_records"), truth)
    table = Table(
        "found against the truth", "expected", "found", "right", "precision", "recall", box=None, pad_edge=False
    )
    chinese = {finding.code: finding.chinese for finding in FINDINGS}
    for row in scored.to_dict("records"):
        name = f"{chinese.get(row['finding'], '')} {row['finding']}".strip()
        shares = ("—" if row[share] != row[share] else f"{row[share]:.4f}" for share in ("precision", "recall"))
        table.add_row(name, str(row["expected"]), str(row["found"]), str(row["right"]), *shares)
    console.print(table)
    console.print(f"{children} children, seed {seed}: invented and written in {invented - started:.0f} s, "
                  f"run in {ended - invented:.0f} s")  # fmt: skip
    return 0


def _emptied(root: Path) -> None:
    """Clear away an earlier demo, and only that."""
    if root.is_dir() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise WrongArgument(f"{root} holds something other than an earlier demo; move it away first")
        shutil.rmtree(root)
    root.mkdir(parents=True)
    (root / MARKER).write_text("invented by `baoxue demo`; may be deleted\n", encoding="utf-8")
