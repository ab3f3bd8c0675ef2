"""Answers to the lists of an invented city, for tests and benches that live through several periods."""

from datetime import date
from pathlib import Path

import pandas as pd

from transforms.demo.answers import fill_in, outcome
from transforms.demo.score import children_behind
from transforms.lake import Lake
from transforms.query import query


def answer_lists(lake: Lake, period: str, truth: Path, inbox: Path, on: date) -> dict[str, str]:
    """Fill in the lists of ``period`` from the truth and lay them into ``inbox``; the answer given to each case."""
    _, folder = lake.opened(period)
    known = children_behind(query(folder, "from child_records"), truth)
    fates = pd.read_parquet(truth / "children.parquet").set_index("child")["fate"].to_dict()
    cases = query(folder, "from cases").to_pylist()
    outcomes = {
        row["case_no"]: outcome(row["child_id"], fates[known[row["child_id"]]])
        for row in cases
        if row["child_id"] in known
    }
    return fill_in(lake.outbox(period), inbox, outcomes, on)
