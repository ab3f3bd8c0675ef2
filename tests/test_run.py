"""Whole runs of a small invented city, without Prefect: what must hold of every run."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from flows import stages
from tests.runs import AS_OF, PERIOD, contents, run_once
from transforms.demo.score import score
from transforms.lake import Lake
from transforms.query import query

GOLDEN = Path(__file__).parent / "golden"


def test_every_delivered_row_is_accepted_set_aside_or_declared_not_to_be_data(results):
    lost = query(
        results,
        """
        select path from deliveries where rows_read <> rows_accepted + rows_set_aside + rows_not_data
    """,
    )
    assert lost.num_rows == 0
    assert query(results, "select sum(rows_accepted) as n from deliveries").to_pylist()[0]["n"] > 3000


def test_every_accepted_record_is_in_exactly_one_child(results):
    wrong = query(
        results,
        """
        select record_id, count(child_id) as children
        from person_records left join child_records using (record_id)
        group by record_id having count(child_id) <> 1
    """,
    )
    assert wrong.num_rows == 0
    orphans = query(results, "from child_records anti join children using (child_id)")
    assert orphans.num_rows == 0


def test_every_finding_is_about_a_child_of_the_run_and_has_a_case(results):
    assert query(results, "from findings anti join children using (child_id)").num_rows == 0
    assert query(results, "from findings anti join cases using (child_id, finding)").num_rows == 0


def test_who_is_suspected_is_also_absent_from_school(results):
    alone = query(
        results,
        """
        from findings as f
        where finding = 'suspected_dropout' and reason <> 'left_the_roll'
          and not exists (from findings as a where a.child_id = f.child_id and a.finding = 'absent_from_school')
    """,
    )
    assert alone.num_rows == 0


def test_the_batch_never_writes_that_a_child_has_dropped_out(results):
    assert (
        query(results, "from findings where finding like '%dropout' and finding <> 'suspected_dropout'").num_rows == 0
    )


def test_what_is_found_of_a_small_city_is_what_is_true_of_it(city, results):
    findings, child_records = (pq.read_table(results / name) for name in ("findings", "child_records"))
    scored = score(findings, child_records, city / "truth").to_dict("records")
    assert {row["finding"] for row in scored} >= {"absent_from_school", "suspected_dropout", "not_enrolled"}
    # of some findings a city this small has fewer than ten: one child more or less is no trend
    poor = [
        row for row in scored if max(row["found"], row["expected"]) - row["right"] > 1 and row["finding"] != "links"
    ]
    assert not poor
    [links] = [row for row in scored if row["finding"] == "links"]
    assert links["precision"] == 1
    assert links["recall"] > 0.999


def test_the_golden_run_finds_what_it_found_before(results):
    """After a change that is meant to change findings: look at the difference, then write the file anew from `found`."""
    found = (
        query(results, (GOLDEN / "findings.sql").read_text(encoding="utf-8")).to_pandas().astype("string").fillna("")
    )
    wanted = pd.read_csv(GOLDEN / "findings.csv", dtype="string", keep_default_na=False)
    pd.testing.assert_frame_equal(found, wanted)


def test_a_second_run_gives_the_same_rows_byte_for_byte(city, results):
    before = contents(results)
    assert contents(run_once(city)) == before


def test_another_order_and_age_of_the_files_changes_nothing(city, results, tmp_path):
    shutil.copytree(city / "inbox", tmp_path / "inbox", copy_function=shutil.copyfile)
    (tmp_path / "lake").mkdir()
    shutil.copyfile(city / "lake" / "child_id.key", tmp_path / "lake" / "child_id.key")
    assert contents(run_once(tmp_path)) == contents(results)


def test_files_that_arrive_in_several_runs_change_nothing(city, results, tmp_path):
    whole = sorted(path for path in (city / "inbox").rglob("*") if path.is_file())
    (tmp_path / "lake").mkdir()
    shutil.copyfile(city / "lake" / "child_id.key", tmp_path / "lake" / "child_id.key")
    for path in whole[::2]:
        target = tmp_path / path.relative_to(city)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    run_once(tmp_path)
    for path in whole[1::2]:
        target = tmp_path / path.relative_to(city)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    assert contents(run_once(tmp_path), ("children", "findings", "cases", "case_events", "indicators")) == contents(
        results, ("children", "findings", "cases", "case_events", "indicators")
    )


def kept_of(district):
    """The ends of the paths a run for one district keeps: its own parts, and the weights learned from the whole city."""
    return f"/{district}.parquet", "link_weights/000000.parquet"


def test_one_district_alone_gets_the_rows_it_has_in_the_whole_citys_run(city, results, tmp_path):
    shutil.copytree(city / "inbox", tmp_path / "inbox")
    (tmp_path / "lake").mkdir()
    shutil.copyfile(city / "lake" / "child_id.key", tmp_path / "lake" / "child_id.key")
    district = Lake(city).districts(PERIOD)[0]
    alone = contents(run_once(tmp_path, [district]))
    assert alone == {name: data for name, data in contents(results).items() if name.endswith(kept_of(district))}


def test_one_district_alone_gets_its_rows_of_the_whole_city_in_the_period_after_too(city, results, tmp_path):
    following, as_of, folders = "2026-10", date(2026, 11, 9), {}
    district = Lake(city).districts(PERIOD)[0]
    for name, districts in (("whole", None), ("alone", [district])):
        shutil.copytree(city / "lake", tmp_path / name / "lake")
        # Every other file: some children and schools are gone, some cases cannot be judged any more.
        for path in sorted(path for path in (city / "inbox" / PERIOD).rglob("*") if path.is_file())[::2]:
            target = tmp_path / name / "inbox" / following / path.relative_to(city / "inbox" / PERIOD)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        folders[name] = run_once(tmp_path / name, districts, following, as_of)
    whole = {name: data for name, data in contents(folders["whole"]).items() if name.endswith(kept_of(district))}
    assert contents(folders["alone"]) == whole
    followed = query(folders["alone"], "select distinct event from case_events where period = '2026-10'")
    assert {"unjudged"} <= set(followed["event"].to_pylist())


def test_a_source_nobody_delivered_turns_off_only_the_findings_that_need_it(city, tmp_path):
    shutil.copytree(city / "inbox", tmp_path / "inbox")
    district = Lake(city).districts(PERIOD)[0]
    for folder in ("household", "户籍"):
        shutil.rmtree(tmp_path / "inbox" / PERIOD / district / folder, ignore_errors=True)
    folder = run_once(tmp_path)
    off = query(folder, "select distinct finding, missing_source from findings_off").to_pylist()
    assert {"finding": "not_enrolled", "missing_source": "household"} in off
    found = {
        row["finding"]
        for row in query(
            folder, f"select distinct finding from findings where district_code = '{district}'"
        ).to_pylist()
    }
    assert "not_enrolled" not in found
    assert "absent_from_school" in found


def test_a_run_that_fails_leaves_the_earlier_results_and_nothing_half_written(city, results, monkeypatch):
    before = contents(results)

    def fail(_run):
        raise RuntimeError("power cut")

    wanted = stages.prepared(PERIOD, None, city, None, AS_OF, quiet=True)
    with pytest.raises(RuntimeError), stages.beginning(wanted) as run:
        stages.take_in(run)
        fail(run)
    assert contents(Lake(city).opened(PERIOD)[1]) == before
    assert not list((city / "lake" / PERIOD / "runs").glob(".*"))
