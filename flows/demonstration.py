"""`baoxue demo`: an invented city, its deliveries, the real flow, and what was found against the truth."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.table import Table

from expectations.errors import WrongArgument
from expectations.findings import FINDINGS
from flows import summary
from flows.progress import stage_bar
from flows.summary import print_whole
from transforms.demo.answers import EXPLAINING, fill_in
from transforms.demo.city import view
from transforms.demo.deliveries import write_deliveries
from transforms.demo.lives import live
from transforms.demo.score import fates_of, score
from transforms.demo.truth import write_truth
from transforms.lake import Lake
from transforms.query import query

CAMPAIGNS = (
    ("2025-09", date(2025, 10, 15)), ("2026-03", date(2026, 4, 9)), ("2026-09", date(2026, 10, 9)),
)  # fmt: skip
"""The periods shown, the last ones first chosen, and the day each is judged as of."""

ANSWERED_AFTER = timedelta(days=11)
MARKER = "invented-city.txt"


def demonstrate(
    data: Path, children: int, seed: int, monitored: Callable[..., dict[str, Any]], periods: int = 1
) -> int:
    """Invent one city, live through its last ``periods`` campaigns in a folder of its own below ``data``, and score each.

    From the second campaign on the offices hand in their answers to the lists of the one before. The truth stands
    beside the inbox, where the pipeline never looks. Raises `WrongArgument` where the folder holds anything that was
    not invented by an earlier demo.
    """
    console = Console(highlight=False, soft_wrap=True)
    lake = Lake(data / "demo")
    _emptied(lake.root)
    with stage_bar("invent a city", quiet=False):
        lives = live(children, seed)
    answers: dict[str, str] = {}
    before = None
    for period, as_of in CAMPAIGNS[-periods:]:
        started = time.monotonic()
        city = view(lives, period)
        with stage_bar("write its deliveries", quiet=False) as advance:
            write_deliveries(city, lake.root / "inbox", period, advance)
        truth = lake.root / "truth" / period
        write_truth(city, truth, before)
        before = city
        invented = time.monotonic()
        counts = monitored(period=period, data=str(lake.root), as_of=as_of, quiet=False)
        ended = time.monotonic()
        summary.show(lake, counts)
        console.print(f"truth:  {truth}", markup=False)
        _, folder = lake.opened(period)
        _show_score(console, folder, truth)
        _show_asked_again(console, folder, answers, as_of)
        console.print(f"{children} children, seed {seed}: written in {invented - started:.0f} s, "
                      f"run in {ended - invented:.0f} s")  # fmt: skip
        following = [later for later, _ in CAMPAIGNS if later > period]
        if following:
            answers |= _answered(lake, period, folder, truth, lake.inbox(following[0]), as_of + ANSWERED_AFTER)
    return 0


def _show_score(console: Console, folder: Path, truth: Path) -> None:
    # What an answer explains is found too, only not listed again.
    answered = query(folder, "from waiting_findings where waits_for = 'answer'")
    found = [rows.select(["child_id", "finding"]) for rows in (query(folder, "from findings"), answered)]
    scored = score(pa.concat_tables(found), query(folder, "from child_records"), truth)
    table = Table(
        "found against the truth", "expected", "found", "right", "precision", "recall", box=None, pad_edge=False
    )
    chinese = {finding.code: finding.chinese for finding in FINDINGS}
    for row in scored.to_dict("records"):
        name = f"{chinese.get(row['finding'], '')} {row['finding']}".strip()
        shares = ("—" if row[share] != row[share] else f"{row[share]:.4f}" for share in ("precision", "recall"))
        table.add_row(name, str(row["expected"]), str(row["found"]), str(row["right"]), *shares)
    print_whole(table)


def _show_asked_again(console: Console, folder: Path, answers: dict[str, str], as_of: date) -> None:
    """How many of the answers that explain a child were handed in, and how many of these children are listed again."""
    explained = {case for case, code in answers.items() if code.startswith(EXPLAINING)}
    if explained:
        cases = query(folder, "from cases").to_pylist()
        listed = {(row["child_id"], row["finding"]) for row in query(folder, "from findings").to_pylist()}
        valid = [
            row for row in cases
            if row["case_no"] in explained and row["answer_code"] and (row["answer_valid_until"] or as_of) >= as_of
        ]  # fmt: skip
        again = sum((row["child_id"], row["finding"]) in listed for row in valid)
        console.print(
            f"answers that explain a child: {len(explained)}; still valid: {len(valid)}; listed again: {again}"
        )


def _answered(lake: Lake, period: str, folder: Path, truth: Path, inbox: Path, on: date) -> dict[str, str]:
    fates = fates_of(query(folder, "from child_records"), truth)
    cases = query(folder, "from cases").to_pylist()
    known = {row["case_no"]: fates[row["child_id"]] for row in cases if row["child_id"] in fates}
    return fill_in(lake.outbox(period), inbox, known, on)


def _emptied(root: Path) -> None:
    """Clear away an earlier demo, and only that."""
    if root.is_dir() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise WrongArgument(f"{root} holds something other than an earlier demo; move it away first")
        shutil.rmtree(root)
    root.mkdir(parents=True)
    (root / MARKER).write_text("invented by `baoxue demo`; may be deleted\n", encoding="utf-8")
