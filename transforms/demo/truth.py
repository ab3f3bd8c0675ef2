"""What a campaign ought to find in the invented city, and where each child stands in the deliveries.

It follows from each child's fate and from the errors put into the books, never from what was delivered: the tests
count it a second time from the books alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo.city import City
from transforms.demo.deliveries import BOOKS

ABSENT = (
    "dropped_out", "away_and_back", "never_marked", "never_blank", "never_listed", "elsewhere", "leave_all_month",
)  # fmt: skip
SUSPECTED = ("dropped_out", "away_and_back", "never_marked", "never_blank", "never_listed")
"""An absence with leave granted, or with another school attended, is explained: not suspected."""

VANISHED = ("not_enrolled", "outside", "exemption_expired")
"""Of school age, not finished, and no entry says why they are on no roll: suspected where they were on one before."""

FINDINGS = (
    "absent_from_school", "suspected_dropout", "not_enrolled", "attends_elsewhere", "attends_unregistered",
    "duplicate_registration", "identity_mismatch", "missing_id_number", "dropout_risk",
)  # fmt: skip
Flags = npt.NDArray[np.bool_]


def expected_findings(city: City, before: Sequence[City] = ()) -> pd.DataFrame:
    """One row per true child and finding: ``child``, ``finding``, ``reason`` (the fate, or the fields that differ).

    ``before`` are the earlier periods: who stood on a roll in any of them and is on none now has left it.
    """
    fate = city.children["fate"].to_numpy(object)
    delivered = city.children["class_delivered"].to_numpy(bool)
    vanished = np.isin(fate, VANISHED) & _on_a_roll(before, len(fate))
    by_fate: dict[str, Flags] = {
        "absent_from_school": np.isin(fate, ABSENT) & delivered,
        "suspected_dropout": np.isin(fate, SUSPECTED) & delivered | vanished,
        "not_enrolled": np.isin(fate, ["not_enrolled", "outside", "exemption_expired"]),
        "attends_elsewhere": fate == "elsewhere",
        "attends_unregistered": fate == "unregistered",
        "duplicate_registration": fate == "two_rolls",
        "dropout_risk": np.isin(fate, ["risk_run", "risk_share"]) & delivered,
    }
    parts = [
        pd.DataFrame({"child": np.flatnonzero(flags), "finding": finding, "reason": fate[flags]})
        for finding, flags in by_fate.items()
    ]
    parts += [_mismatches(city), _missing_numbers(city)]
    return pd.concat(parts, ignore_index=True).sort_values(["child", "finding"], ignore_index=True)


def _on_a_roll(before: Sequence[City], size: int) -> Flags:
    """Which lives had a roll entry in force in an earlier period."""
    on_roll: Flags = np.zeros(size, bool)
    for city in before:
        on_roll[city.rolls["child"][city.rolls["status"].isin(["在读", "休学"])].to_numpy()] = True
    return on_roll


def _mismatches(city: City) -> pd.DataFrame:
    """Children whose entries on the roll and in the household register, both in force, differ."""
    roll = city.rolls[city.rolls["status"].isin(["在读", "休学"])].drop_duplicates("child")
    household = city.household[city.household["left_reason"].isna()].drop_duplicates("child")
    both = roll.merge(household, on="child", suffixes=("", "_household"))
    whole = (both["id_number"].str.len() == 18) & (both["id_number_household"].str.len() == 18)
    whole &= ~both["number_kind"].isin(["masked", "truncated"])
    differs = {
        "name": both["name"] != both["name_household"],
        "sex": both["male"] != both["male_household"],
        "birth_date": both["birth_date"] != both["birth_date_household"],
        "id_number": whole & (both["id_number"] != both["id_number_household"]),
    }
    reason = np.full(len(both), "", object)
    for field, flags in differs.items():
        joined = np.where(reason == "", field, reason + "+" + field)
        reason = np.where(flags.to_numpy(bool), joined, reason)
    found = reason != ""
    return pd.DataFrame(
        {"child": both["child"].to_numpy()[found], "finding": "identity_mismatch", "reason": reason[found]}
    )


def _missing_numbers(city: City) -> pd.DataFrame:
    """Children without a usable number on a roll in force, or without one in the household register."""
    roll = city.rolls[city.rolls["status"].isin(["在读", "休学"])]
    unusable = roll["number_kind"].isin(["none", "blank", "truncated", "masked", "short"])
    household = city.household[city.household["left_reason"].isna()]
    # A guardian's number is a wrong number where the household register has the child's own, else the child has none.
    own = roll["child"].isin(household["child"][household["id_number"].notna()])
    unusable |= (roll["number_kind"] == "guardian") & ~own
    of_roll = set(roll["child"][unusable])
    of_household = set(household["child"][household["id_number"].isna()])
    children = sorted(of_roll | of_household)
    reason = ["both" if c in of_roll & of_household else "registry" if c in of_roll else "household" for c in children]
    return pd.DataFrame({"child": children, "finding": "missing_id_number", "reason": reason})


def write_truth(city: City, folder: Path, before: Sequence[City] = ()) -> None:
    """Write ``children``, ``findings``, ``records`` and what stands in the books as Parquet, beside the inbox.

    ``records``: one delivered record with source, path, sha256, sheet_index, row_no, true child and line.
    ``books/<source>``: one line of an office's book before it was put into a layout, errors included, by ``line``;
    attendance with one letter a day in ``marks``. Needs `write_deliveries` to have run; raises ValueError before.
    """
    if city.delivered is None:
        raise ValueError("the deliveries have not been written yet")
    folder.mkdir(parents=True, exist_ok=True)
    lived = city.lives.children[["name", "male", "birth_date", "id_number"]]
    children = pd.concat([lived, city.children[["fate", "age", "grade", "class_no", "class_delivered"]]], axis=1)
    children.insert(0, "child", np.arange(len(children)))
    schools = city.schools[["school_code", "school_name"]].iloc[city.children["school"].to_numpy()]
    children[["school_code", "school_name"]] = schools.to_numpy(object)
    children.to_parquet(folder / "children.parquet", index=False)
    expected_findings(city, before).to_parquet(folder / "findings.parquet", index=False)
    city.delivered.to_parquet(folder / "records.parquet", index=False)
    (folder / "books").mkdir(exist_ok=True)
    for source, name in BOOKS.items():
        book = getattr(city, name).assign(line=lambda rows: np.arange(len(rows)))
        if source == "attendance":
            book["marks"] = [row.tobytes().decode() for row in city.marks]
        book.to_parquet(folder / "books" / f"{source}.parquet", index=False)
