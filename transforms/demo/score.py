"""How right the pipeline was about the invented city: precision and recall of every finding and of the links."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from transforms.demo.truth import FINDINGS

LINKS = "links"


def score(findings: Any, child_records: Any, truth: Path, known: Mapping[str, int] | None = None) -> pd.DataFrame:
    """One row per finding, and a last one ``links`` for pairs of records of one child.

    ``findings`` (child_id, finding) and ``child_records`` (child_id, record_id) are pandas or Arrow tables of one run;
    ``truth`` is the folder `write_truth` wrote. Columns: finding, expected, found, right, precision, recall (NaN
    where nothing was found or expected). A child_id stands for the true child most of its records are of; one of whom
    this period holds no record for the child it was in an earlier one (``known``, see `children_behind`). A finding given
    twice about one true child is right once.
    """
    records = true_records(truth)
    found = _pandas(findings)[["child_id", "finding"]].drop_duplicates()
    linked = _linked(child_records, records)
    expected = pd.read_parquet(truth / "findings.parquet")
    meant = found.merge(_with_known(stands_for(linked), known), on="child_id", how="left")
    right = meant.merge(expected[["child", "finding"]], on=["child", "finding"]).drop_duplicates(["child", "finding"])
    rows: list[tuple[str, int, int, int]] = [
        (
            name, int((expected["finding"] == name).sum()), int((found["finding"] == name).sum()),
            int((right["finding"] == name).sum()),
        )
        for name in FINDINGS
    ]  # fmt: skip
    rows.append((LINKS, *_pairs(linked, records)))
    table = pd.DataFrame(rows, columns=["finding", "expected", "found", "right"])
    table["precision"] = table["right"] / table["found"].replace(0, np.nan)
    table["recall"] = table["right"] / table["expected"].replace(0, np.nan)
    return table


def true_records(truth: Path) -> pd.DataFrame:
    """The delivered records under the name the data model gives them: file (path and content), sheet and row from 1."""
    records = pd.read_parquet(truth / "records.parquet")
    files = records[["path", "sha256"]].drop_duplicates()
    names = [
        hashlib.sha256(f"{path}\0{sha256}".encode()).hexdigest()[:16]
        for path, sha256 in files.itertuples(index=False, name=None)
    ]
    records = records.merge(files.assign(delivery_id=names), on=["path", "sha256"])
    records["record_id"] = (
        records["delivery_id"] + "-" + (records["sheet_index"] + 1).astype(str) + "-" + records["row_no"].astype(str)
    )
    return records


def children_behind(child_records: Any, truth: Path) -> dict[str, int]:
    """The true child behind every child_id of a run."""
    known = stands_for(_linked(child_records, true_records(truth)))
    return dict(zip(known["child_id"], known["child"].astype(int), strict=True))


def listed_without_a_sheet(findings: Any, known: Mapping[str, int], truth: Path) -> int:
    """How many findings of attendance are about pupils whose class handed in no sheet: none may be."""
    judged = _pandas(findings)
    judged = judged[judged["finding"].isin(["absent_from_school", "suspected_dropout", "dropout_risk"])]
    judged = judged[judged["reason"] != "left_the_roll"].assign(child=lambda rows: rows["child_id"].map(known))
    children = pd.read_parquet(truth / "children.parquet", columns=["child", "class_delivered"])
    return int((~judged.merge(children, on="child")["class_delivered"]).sum())


def _with_known(here: pd.DataFrame, known: Mapping[str, int] | None) -> pd.DataFrame:
    if not known:
        return here
    earlier = pd.DataFrame({"child_id": list(known), "child": [float(child) for child in known.values()]})
    return pd.concat([here, earlier[~earlier["child_id"].isin(here["child_id"])]], ignore_index=True)


def _linked(child_records: Any, records: pd.DataFrame) -> pd.DataFrame:
    """The run's child_id beside the true child of every record; a row with several months' marks is one record."""
    linked = _pandas(child_records)[["child_id", "record_id"]]
    row = linked["record_id"].str.split("-").str[:3].str.join("-")
    linked = linked.assign(record_id=row).drop_duplicates()
    return linked.merge(records[["record_id", "child"]], on="record_id", how="left")


def stands_for(linked: pd.DataFrame) -> pd.DataFrame:
    """The true child of each child_id: the one most of its records are of, the lower number where two are equal."""
    votes = linked.dropna(subset="child").groupby(["child_id", "child"], as_index=False).size()
    votes = votes.sort_values(["child_id", "size", "child"], ascending=[True, False, True])
    return votes.drop_duplicates("child_id")[["child_id", "child"]]


def wrong_and_missed(
    findings: Any, child_records: Any, truth: Path, known: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """Every finding that was wrong or missed: finding, child, fate, child_id, verdict; for finding out why."""
    records = true_records(truth)
    linked = _linked(child_records, records)
    meant = _pandas(findings)[["child_id", "finding"]].merge(
        _with_known(stands_for(linked), known), on="child_id", how="left"
    )
    expected = pd.read_parquet(truth / "findings.parquet")
    both = meant.merge(expected, on=["child", "finding"], how="outer", indicator="verdict")
    both["verdict"] = both["verdict"].map({"left_only": "wrong", "right_only": "missed", "both": "right"}).astype(str)
    fates = pd.read_parquet(truth / "children.parquet", columns=["child", "fate"])
    return both[both["verdict"] != "right"].merge(fates, on="child", how="left")


def _pairs(linked: pd.DataFrame, records: pd.DataFrame) -> tuple[int, int, int]:
    """Pairs of records of one child: true ones, those the run put together, and the true ones among them.

    Truth counts the records the run kept: rows it set aside are intake's to answer for.
    """
    kept = records[records["record_id"].isin(linked["record_id"])]
    together = linked.dropna(subset="child")
    return (
        _choose_two(kept.groupby("child").size()),
        _choose_two(linked.groupby("child_id").size()),
        _choose_two(together.groupby(["child_id", "child"]).size()),
    )


def _choose_two(sizes: pd.Series) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _pandas(table: Any) -> pd.DataFrame:
    return table if isinstance(table, pd.DataFrame) else pd.DataFrame(table.to_pandas())
