from pathlib import Path

import pandas as pd
import pyarrow as pa

from transforms.demo.city import City
from transforms.demo.score import score, true_records, wrong_and_missed
from transforms.demo.truth import expected_findings

Delivered = tuple[City, Path]


def perfect(delivered: Delivered) -> tuple[pd.DataFrame, pd.DataFrame, Path]:
    city, folder = delivered
    truth = folder / "truth"
    findings = expected_findings(city)
    findings["child_id"] = "c" + findings["child"].astype(str)
    records = true_records(truth)
    records["child_id"] = "c" + records["child"].astype(str)
    return findings[["child_id", "finding"]], records[["child_id", "record_id"]], truth


def row(table: pd.DataFrame, finding: str) -> dict:
    return next(r for r in table.to_dict("records") if r["finding"] == finding)


def test_the_truth_itself_scores_one_everywhere(delivered: Delivered):
    for line in score(*perfect(delivered)).to_dict("records"):
        assert line["found"] == line["right"] == line["expected"]
        assert line["precision"] == line["recall"] == 1.0


def test_a_missed_finding_costs_recall_and_a_false_one_precision(delivered: Delivered):
    findings, records, truth = perfect(delivered)
    named = findings.index[findings["finding"] == "not_enrolled"]
    fewer = score(findings.drop(named[0]), records, truth)
    assert row(fewer, "not_enrolled")["recall"] < 1.0 == row(fewer, "not_enrolled")["precision"]
    accused = pd.DataFrame({"child_id": [records["child_id"].iloc[0]], "finding": ["dropout_risk"]})
    more = score(pd.concat([findings, accused]), records, truth)
    assert row(more, "dropout_risk")["precision"] < 1.0 == row(more, "dropout_risk")["recall"]
    verdicts = wrong_and_missed(pd.concat([findings.drop(named[0]), accused]), records, truth)
    assert sorted(verdicts["verdict"]) == ["missed", "wrong"]


def test_one_child_found_twice_is_right_once(delivered: Delivered):
    findings, records, truth = perfect(delivered)
    child = findings["child_id"][findings["finding"] == "missing_id_number"].iloc[0]
    split = records.copy()
    own = split.index[split["child_id"] == child]
    split.loc[own[0], "child_id"] = "split"
    twice = pd.concat([findings, pd.DataFrame({"child_id": ["split"], "finding": ["missing_id_number"]})])
    line = row(score(twice, split, truth), "missing_id_number")
    assert line["found"] == line["right"] + 1


def test_children_merged_or_torn_apart_show_in_the_links(delivered: Delivered):
    findings, records, truth = perfect(delivered)
    torn = records.assign(child_id=records["record_id"])
    line = row(score(findings, torn, truth), "links")
    assert line["found"] == 0
    assert pd.isna(line["precision"])
    assert line["recall"] == 0.0
    merged = records.assign(child_id=records["child_id"].replace({"c1": "c0"}))
    assert row(score(findings, merged, truth), "links")["precision"] < 1.0


def test_records_the_run_set_aside_are_not_held_against_the_links(delivered: Delivered):
    findings, records, truth = perfect(delivered)
    line = row(score(findings, records.iloc[: len(records) // 2], truth), "links")
    assert line["recall"] == 1.0


def test_arrow_tables_are_taken_as_well(delivered: Delivered):
    findings, records, truth = perfect(delivered)
    given = (pa.Table.from_pandas(table, preserve_index=False) for table in (findings, records))
    assert row(score(*given, truth), "links")["recall"] == 1.0
