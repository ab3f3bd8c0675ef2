"""`baoxue demo`: an invented city, its deliveries, the real flow, and what was found against the truth."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
from transforms.demo.answers import EXPLAINING, fill_in, outcome
from transforms.demo.city import City, view
from transforms.demo.deliveries import write_deliveries
from transforms.demo.histories import Answer, Histories, compared, facts, matter
from transforms.demo.lives import live
from transforms.demo.score import children_behind, listed_without_a_sheet, score
from transforms.demo.truth import expected_findings, write_truth
from transforms.lake import Lake
from transforms.query import query

CAMPAIGNS = (
    ("2025-09", date(2025, 10, 15)), ("2026-03", date(2026, 4, 9)), ("2026-09", date(2026, 10, 9)),
)  # fmt: skip
"""The periods shown, the last ones first chosen, and the day each is judged as of."""

ANSWERED_AFTER = timedelta(days=11)
MARKER = "invented-city.txt"
IN_TRUE_STATE = 0.99
"""The share of the cases that must be in their true state."""

RIGHT, JUDGED_FROM = 0.99, 100
"""Precision and recall every finding must reach; of fewer true cases one child more or less would decide."""


def demonstrate(
    data: Path, children: int, seed: int, monitored: Callable[..., dict[str, Any]], periods: int = 1
) -> int:
    """Invent one city, live through its last ``periods`` campaigns in a folder of its own below ``data``, and score each.

    From the second campaign on the offices hand in their answers to the lists of the one before. The truth stands
    beside the inbox, where the pipeline never looks. Returns 1 where a verified child was listed again, a pupil of a
    class without a sheet as not attending, where a finding with `JUDGED_FROM` true cases was found less than `RIGHT`, or
    too few cases are in their true state, else 0. Raises `WrongArgument` where the folder holds anything that was not
    invented by an earlier demo.
    """
    console = Console(highlight=False, soft_wrap=True)
    lake = Lake(data / "demo")
    _emptied(lake.root)
    with stage_bar("invent a city", quiet=False):
        lives = live(children, seed)
    told, kept = _Told(), True
    for period, as_of in CAMPAIGNS[-periods:]:
        started = time.monotonic()
        city = view(lives, period, told.cities[-1] if told.cities else None)
        with stage_bar("write its deliveries", quiet=False) as advance:
            write_deliveries(city, lake.root / "inbox", period, advance)
        truth = lake.root / "truth" / period
        write_truth(city, truth, told.cities)
        invented = time.monotonic()
        counts = monitored(period=period, data=str(lake.root), as_of=as_of, quiet=False)
        ended = time.monotonic()
        summary.show(lake, counts)
        console.print(f"truth:  {truth}", markup=False)
        _, folder = lake.opened(period)
        kept = _show_life(console, folder, truth, told, city, as_of) and kept
        console.print(f"{children} children, seed {seed}: written in {invented - started:.0f} s, "
                      f"run in {ended - invented:.0f} s")  # fmt: skip
        following = [later for later, _ in CAMPAIGNS if later > period]
        if following:
            _answer(lake, period, folder, lake.inbox(following[0]), as_of + ANSWERED_AFTER, told)
    return 0 if kept else 1


@dataclass
class _Told:
    """What the demo knows of the periods lived through: the true child behind each child_id, and every answer given."""

    cities: list[City] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    fates: dict[int, str] = field(default_factory=dict)
    explained: set[str] = field(default_factory=set)
    answers: dict[tuple[int, str], Answer] = field(default_factory=dict)
    histories: Histories = field(default_factory=Histories)


def _show_life(console: Console, folder: Path, truth: Path, told: _Told, city: City, as_of: date) -> bool:
    """Score a period and say what was promised of it; whether every promise was kept."""
    told.known |= children_behind(query(folder, "from child_records"), truth)
    told.fates = dict(enumerate(city.children["fate"]))
    scored = _show_score(folder, truth, told.known)
    below = below_the_mark(scored)
    if below:
        console.print(f"below {RIGHT} though {JUDGED_FROM} or more are true: {', '.join(below)}")
    told.histories.go_on(facts(city, expected_findings(city, told.cities)), told.answers, as_of)
    told.cities.append(city)
    told.answers = {}
    cases = query(folder, "from cases").to_pylist()
    states = compared(told.histories.states, cases, told.known)
    total = max(states["expected"], states["found"])
    share = states["right"] / total if total else 1.0
    console.print(
        f"cases: {states['expected']} expected, {states['found']} found, {states['right']} in their true state "
        f"({share:.4f})"
    )
    again = _asked_again(console, folder, cases, told.explained, as_of)
    unjudged = listed_without_a_sheet(query(folder, "from findings"), told.known, truth)
    console.print(f"pupils of classes without a sheet listed as not attending: {unjudged}")
    return not again and not unjudged and not below and share >= IN_TRUE_STATE


def below_the_mark(scored: Iterable[Mapping[str, Any]]) -> list[str]:
    """The findings (and links) of which too many are wrong or missed, of those with cases enough to tell."""
    return [
        str(row["finding"]) for row in scored
        if row["expected"] >= JUDGED_FROM and not (row["precision"] >= RIGHT and row["recall"] >= RIGHT)
    ]  # fmt: skip


def _show_score(folder: Path, truth: Path, known: dict[str, int]) -> list[dict[str, Any]]:
    # What an answer explains is found too, only not listed again.
    answered = query(folder, "from waiting_findings where waits_for = 'answer'")
    found = [rows.select(["child_id", "finding"]) for rows in (query(folder, "from findings"), answered)]
    scored = score(pa.concat_tables(found), query(folder, "from child_records"), truth, known)
    table = Table(
        "found against the truth", "expected", "found", "right", "precision", "recall", box=None, pad_edge=False
    )
    chinese = {finding.code: finding.chinese for finding in FINDINGS}
    rows: list[dict[str, Any]] = scored.to_dict("records")
    for row in rows:
        name = f"{chinese.get(row['finding'], '')} {row['finding']}".strip()
        shares = ("—" if row[share] != row[share] else f"{row[share]:.4f}" for share in ("precision", "recall"))
        table.add_row(name, str(row["expected"]), str(row["found"]), str(row["right"]), *shares)
    print_whole(table)
    return rows


def _asked_again(console: Console, folder: Path, cases: list[dict[str, Any]], explained: set[str], as_of: date) -> int:
    """How many answers that explain a child were handed in, hold, and whose children are listed again all the same."""
    if not explained:
        return 0
    listed = {(row["child_id"], row["finding"]) for row in query(folder, "from findings").to_pylist()}
    valid = [
        row for row in cases
        if row["case_no"] in explained and row["answer_code"] and (row["answer_valid_until"] or as_of) >= as_of
        and row["answer_code"].startswith(EXPLAINING)
    ]  # fmt: skip
    again = sum((row["child_id"], row["finding"]) in listed for row in valid)
    console.print(f"answers that explain a child: {len(explained)}; still valid: {len(valid)}; listed again: {again}")
    return again


def _answer(lake: Lake, period: str, folder: Path, inbox: Path, on: date, told: _Told) -> None:
    """The offices' answers to the lists of a period, handed in with the next one."""
    about = {row["case_no"]: row for row in query(folder, "from cases").to_pylist() if row["child_id"] in told.known}
    outcomes = {
        case_no: outcome(row["child_id"], told.fates[told.known[row["child_id"]]]) for case_no, row in about.items()
    }
    given = fill_in(lake.outbox(period), inbox, outcomes, on)
    told.explained |= {case_no for case_no, code in given.items() if code.startswith(EXPLAINING)}
    for case_no, code in given.items():
        row = about[case_no]
        told.answers[told.known[row["child_id"]], matter(row["finding"])] = Answer(code, on)


def _emptied(root: Path) -> None:
    """Clear away an earlier demo, and only that."""
    if root.is_dir() and any(root.iterdir()):
        if not (root / MARKER).is_file():
            raise WrongArgument(f"{root} holds something other than an earlier demo; move it away first")
        shutil.rmtree(root)
    root.mkdir(parents=True)
    (root / MARKER).write_text("invented by `baoxue demo`; may be deleted\n", encoding="utf-8")
