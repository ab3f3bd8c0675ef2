"""How many rows of class sheets find their pupil by name alone: `python -m tests.bench.names_only --seeds 5101 5102`.

``--city demo`` invents a city, reads its deliveries as a run would, takes every number off the class sheets and
links; ``--city hard`` takes the clean tables of tests/link/city.py, with three times the typing errors on sheets and
rolls. Counted are the rows whose child stands on a roll in force: right where the row is joined to that child's roll entry, wrong where it is
joined to another child's, review where people are asked (``asked right``: the right pupil is among those shown), open
where nothing was found. A row of a child on no roll at all is wrong where it is joined to somebody (``strangers``: how
many there are). ``--misses`` prints what went wrong or was left, for development. No time or figure is asserted.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa

from expectations.policy import load_policy
from flows import stages
from tests.link.city import make
from transforms.calendar import run_parameters
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.score import true_records
from transforms.demo.truth import write_truth
from transforms.engine import Engine
from transforms.link import link
from transforms.reference import reference_file

PERIOD = "2026-09"
LEFT_THE_ROLL = ("转出", "退学", "毕业", "死亡", "出国")
TABLES = ("attendance_pupils", "registry_pupils", "links", "review_pairs")
NUMBERS = ("id_number", "id_kind", "id_prefix", "pupil_no")
FIGURES = ("rows", "right", "wrong", "review", "asked_right", "open", "strangers", "strangers_wrong")


def judged_demo(children: int, seed: int, root: Path) -> pd.DataFrame:
    """One row per attendance record: its true child and fate, the child it was joined to, and the verdict."""
    if not (root / "truth").is_dir():
        city = invent(children, seed, PERIOD)
        write_deliveries(city, root / "inbox", PERIOD)
        write_truth(city, root / "truth")
    prepared = stages.prepared(PERIOD, None, root, None, date(2026, 10, 9), quiet=True)
    with stages.beginning(prepared) as run:
        stages.take_in(run)
        with run.engine() as engine:
            engine.put("attendance_pupils", _without_numbers(engine.rows("attendance_pupils")))
            link(engine, b"")
            tables = {name: engine.rows(name).to_pandas() for name in TABLES}
    records = true_records(root / "truth").set_index("record_id")["child"]
    fates = pd.read_parquet(root / "truth" / "children.parquet", columns=["child", "fate"]).set_index("child")["fate"]
    rows = _verdicts(tables, records)
    return rows.assign(fate=rows["child"].map(fates))


def judged_hard(children: int, seed: int, root: Path) -> pd.DataFrame:
    """The same for the city of tests/link/city.py, whose sheets carry no numbers."""
    city = make(children, seed)
    policy = load_policy(reference_file("policy.toml"))
    with Engine(root, run_parameters(PERIOD, date(2026, 10, 9), policy)) as engine:
        for name, rows in city.tables.items():
            engine.put(name, rows)
        link(engine, b"")
        tables = {name: engine.rows(name).to_pandas() for name in TABLES}
    return _verdicts(tables, pd.Series(city.child_of))


def _without_numbers(rows: pa.Table) -> pa.Table:
    for name in NUMBERS:
        blank = pa.array(["blank" if name == "id_kind" else None] * rows.num_rows, pa.string())
        rows = rows.set_column(rows.schema.get_field_index(name), name, blank)
    return rows


def _verdicts(tables: dict[str, pd.DataFrame], records: pd.Series) -> pd.DataFrame:
    """``records``: the true child by record, a row with several months' marks under the name of its row."""

    def child_of(ids: pd.Series) -> pd.Series:
        return ids.str.split("-").str[:3].str.join("-").map(records)

    roll = tables["registry_pupils"]
    roll = roll[~roll["status"].isin(LEFT_THE_ROLL)]
    on_roll = set(child_of(roll["record_id"]))
    rows = tables["attendance_pupils"][["record_id", "name", "school_code", "grade", "class_no"]].copy()
    rows["child"] = child_of(rows["record_id"])
    links = tables["links"].set_index("right_record_id")["left_record_id"]
    heads = rows["record_id"].map(links)
    # A later sheet's row is joined to the same roll entry; one among unknown attenders stands behind the first of them.
    behind = heads.isin(rows["record_id"])
    heads = heads.where(~behind)
    rows["joined_to"] = child_of(heads.fillna(""))
    reviews = tables["review_pairs"]
    reviews = reviews.assign(child=child_of(reviews["left_record_id"]), own=child_of(reviews["right_record_id"]))
    asked = set(reviews["right_record_id"])
    asked_right = set(reviews["right_record_id"][reviews["child"] == reviews["own"]])
    rows["is_on_roll"] = rows["child"].isin(on_roll)
    rows["verdict"] = "open"
    rows.loc[rows["record_id"].isin(asked), "verdict"] = "review"
    rows.loc[rows["joined_to"].notna() & (rows["joined_to"] == rows["child"]), "verdict"] = "right"
    rows.loc[rows["joined_to"].notna() & (rows["joined_to"] != rows["child"]), "verdict"] = "wrong"
    rows["asked_right"] = (rows["verdict"] == "review") & rows["record_id"].isin(asked_right)
    return rows


def figures(rows: pd.DataFrame) -> dict[str, int]:
    """The counts of `FIGURES`."""
    known, strangers = rows[rows["is_on_roll"]], rows[~rows["is_on_roll"]]
    counts = known["verdict"].value_counts()
    return {
        "rows": len(known), **{name: int(counts.get(name, 0)) for name in ("right", "wrong", "review", "open")},
        "asked_right": int(known["asked_right"].sum()), "strangers": len(strangers),
        "strangers_wrong": int((strangers["verdict"] == "wrong").sum()),
    }  # fmt: skip


def measured(options: argparse.Namespace) -> Iterator[dict[str, int]]:
    """The figures of every seed; ``--keep`` leaves the city for the next time."""
    for seed in options.seeds:
        with tempfile.TemporaryDirectory(prefix="baoxue-bench-") as scratch:
            root = options.keep / str(seed) if options.keep else Path(scratch)
            rows = (judged_hard if options.city == "hard" else judged_demo)(options.children, seed, root)
        if options.misses:
            missed = rows[rows["is_on_roll"] & (rows["verdict"] != "right") | (rows["verdict"] == "wrong")]
            print(missed.sort_values(["verdict", "child"]).to_string())
        yield figures(rows)


def main() -> None:
    """Print one line a seed and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", required=True)
    parser.add_argument("--city", choices=("demo", "hard"), default="demo")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    found = pd.DataFrame(list(measured(options)), index=options.seeds, columns=FIGURES)
    found.loc["all"] = found.sum()
    found["right %"] = (100 * found["right"] / found["rows"]).round(4)
    found["wrong %"] = (100 * (found["wrong"] + found["strangers_wrong"]) / (found["rows"] + found["strangers"])).round(
        4
    )
    print(found.to_string())


if __name__ == "__main__":
    main()
