"""What is past its term goes, and only that; counts stay."""

import json
import tarfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from expectations.errors import Busy
from expectations.policy import load_policy
from flows import access, purging
from flows.command import main
from transforms.lake import STANDING, Lake, as_json
from transforms.purge import carry_out, is_over, planned
from transforms.query import query
from transforms.reference import reference_file

POLICY = load_policy(reference_file("policy.toml"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
FIRST = Path(__file__).parent / "lakes" / "first_release.tar.xz"


@pytest.mark.parametrize("days", [400, 800, 1095])
def test_the_last_day_of_a_term_still_belongs_to_it(days):
    last = date(2026, 9, 30) + timedelta(days=days)
    assert not is_over("2026-09", last, days)
    assert is_over("2026-09", last + timedelta(days=1), days)


def test_a_term_runs_from_the_month_s_last_day_in_a_leap_year_too():
    assert not is_over("2028-02", date(2028, 2, 29), 0)
    assert is_over("2028-02", date(2028, 3, 1), 0)


@pytest.fixture
def lake(tmp_path):
    """Three periods with a delivery of their own each, one they share, tables, counts and lists."""
    lake = Lake(tmp_path)
    lake.deliveries.mkdir(parents=True)
    for period in ("2023-09", "2024-09", "2025-09"):
        inbox = lake.inbox(period) / "990101" / "registry"
        inbox.mkdir(parents=True)
        (inbox / "roll.csv").write_text("姓名")
        run = f"{period.replace('-', '')}01T000000000000"
        staged = lake.begin(period, run)
        for table in ("children", "indicators"):
            (staged / table).mkdir()
            pq.write_table(pa.table({"district_code": ["990101"]}), staged / table / "990101.parquet")
        (staged / "outbox" / "990101").mkdir(parents=True)
        (staged / "outbox" / "990101" / "list.xlsx").write_text("list")
        inputs = [{"path": "990101/registry/roll.csv", "sha256": name, "bytes": 6} for name in (period, "shared")]
        told = {"run": run, "state": "published", "districts": None, "inputs": inputs, "findings": {"not_enrolled": 3}}
        (staged / "run.json").write_text(as_json(told))
        lake.publish(period, run, None)
        lake.tell(period, told)
        for name in (period, "shared"):
            (lake.deliveries / name).write_text("姓名")
        lake.intake_cache.mkdir(exist_ok=True)
        (lake.intake_cache / f"{period}.json").write_text(json.dumps({"period": period}))
        (lake.intake_cache / f"{period}.registry.parquet").write_text("rows")
    return lake


def files(lake):
    return {p.relative_to(lake.root).as_posix(): p.read_bytes() for p in lake.root.rglob("*") if p.is_file()}


def test_within_all_terms_nothing_goes(lake):
    assert planned(lake, date(2023, 10, 1), POLICY) == []


def test_deliveries_go_first_with_every_copy_no_other_period_needs(lake):
    on = date(2024, 9, 30) + timedelta(days=401)
    carry_out(lake, planned(lake, on, POLICY), NOW)
    assert not lake.inbox("2023-09").exists()
    assert not lake.inbox("2024-09").exists()
    assert (lake.inbox("2025-09") / "990101" / "registry" / "roll.csv").is_file()
    assert sorted(p.name for p in lake.deliveries.iterdir()) == ["2025-09", "shared"]
    assert sorted(p.name for p in lake.intake_cache.iterdir()) == ["2025-09.json", "2025-09.registry.parquet"]


def test_tables_and_lists_go_later_and_their_counts_stay(lake):
    on = date(2023, 9, 30) + timedelta(days=801)
    carry_out(lake, planned(lake, on, POLICY), NOW)
    assert lake.periods() == ["2024-09", "2025-09"]
    assert not lake.outbox("2023-09").exists()
    left = sorted(p.relative_to(lake.folder / "2023-09").as_posix() for p in (lake.folder / "2023-09").rglob("*.*"))
    assert left == ["counts/indicators/990101.parquet", "history/20230901T000000000000.json"]
    [told] = lake.history("2023-09")
    assert told["findings"] == {"not_enrolled": 3}


def test_on_the_last_day_of_the_term_they_still_stand(lake):
    plan = planned(lake, date(2023, 9, 30) + timedelta(days=800), POLICY)
    assert {removal.what for removal in plan if removal.period == "2023-09"} == {"deliveries"}


def test_the_latest_results_stay_for_the_next_campaign_however_old(lake):
    carry_out(lake, planned(lake, date(2040, 1, 1), POLICY), NOW)
    assert lake.periods() == ["2025-09"]
    assert not lake.inbox("2025-09").exists(), "its deliveries go all the same"
    assert list(lake.deliveries.iterdir()) == []


def test_a_dry_run_shows_the_same_and_removes_nothing(lake, capsys):
    before = files(lake)
    assert main(["purge", "--dry-run", "--as-of", "2026-11-20", "--data", str(lake.root)]) == 0
    out = capsys.readouterr().out
    assert "deliveries in the inbox" in out
    assert "tables of all its runs" in out
    assert "dry run: nothing was removed" in out
    assert files(lake) == before


def test_nothing_is_removed_ahead_of_its_day(lake, capsys):
    assert main(["purge", "--as-of", "2040-01-01", "--data", str(lake.root)]) == 2
    assert "--dry-run" in capsys.readouterr().err


def test_what_was_removed_is_logged_in_counts(lake, capsys, monkeypatch):
    monkeypatch.setattr(purging, "today", lambda: date(2026, 11, 20))
    assert main(["purge", "--data", str(lake.root)]) == 0
    line = json.loads(access.log_of(lake).file.read_text().splitlines()[-1])
    assert line["act"] == "purge"
    assert {"period": "2023-09", "what": "deliveries", "count": 1, "bytes": 6} in line["removed"]
    [entry] = json.loads((lake.folder / "purged.json").read_text())
    assert entry["terms"]["keep_deliveries_days"] == 400
    capsys.readouterr()
    assert main(["purge", "--data", str(lake.root)]) == 0
    assert capsys.readouterr().out == "nothing is past its term\n"


def test_a_purge_killed_halfway_is_completed_by_the_next(lake):
    (lake.folder / "2023-09" / "current").unlink()
    carry_out(lake, planned(lake, date(2026, 11, 20), POLICY), NOW)
    assert not (lake.folder / "2023-09" / "runs").exists()


def test_while_a_run_works_nothing_is_purged(lake, capsys):
    with lake.held():
        assert main(["purge", "--data", str(lake.root)]) == Busy.exit_code
    assert "wait until it has ended" in capsys.readouterr().err


def test_a_folder_without_anything_is_nothing_to_purge(tmp_path, capsys):
    assert main(["purge", "--data", str(tmp_path)]) == 0
    assert not list(tmp_path.iterdir())


@pytest.fixture
def closed(tmp_path):
    """A real town two of whose cases were closed by an answer long ago."""
    with tarfile.open(FIRST) as archive:
        archive.extractall(tmp_path, filter="data")
    lake = Lake(tmp_path)
    folder = lake.current("2026-03")
    cases = query(folder, "select case_no from cases order by case_no limit 2").to_pylist()
    old = [row["case_no"] for row in cases]
    for part in sorted(folder.glob("cases/*.parquet")):
        rows = pq.read_table(part)
        states = pc.if_else(pc.is_in(rows["case_no"], pa.array(old)), "closed", rows["state"])
        pq.write_table(rows.set_column(rows.schema.get_field_index("state"), rows.schema.field("state"), states), part)
    return lake, old


def test_the_rows_of_cases_long_closed_go_from_every_table_and_nothing_else(closed, monkeypatch):
    lake, old = closed
    before = lake.current("2026-03")
    heard = query(before, "select case_no, max(happened_on) as d from case_events group by case_no").to_pylist()
    last = max(row["d"] for row in heard if row["case_no"] in old)
    monkeypatch.setattr(purging, "today", lambda: last + timedelta(days=1095))
    text = "select count(*) as n from cases"
    all_rows = query(before, text).to_pylist()[0]["n"]
    children = query(before, "from children order by child_id")
    (before / STANDING).write_text("the lists lie as they did", encoding="utf-8")
    assert main(["purge", "--data", str(lake.root)]) == 0
    after = lake.current("2026-03")
    assert query(after, text).to_pylist()[0]["n"] >= all_rows - 1, "on its last day the later one is still kept"
    monkeypatch.setattr(purging, "today", lambda: last + timedelta(days=1096))
    assert main(["purge", "--data", str(lake.root)]) == 0
    _, after = lake.opened("2026-03")
    assert query(after, text).to_pylist()[0]["n"] == all_rows - 2
    assert query(after, "from children order by child_id").equals(children)
    assert (after / STANDING).read_text(encoding="utf-8") == "the lists lie as they did"
    left = [p for p in lake.folder.glob("2026-03/runs/*/*/*.parquet") if "case_no" in pq.read_schema(p).names]
    for part in left:
        assert not set(pq.read_table(part)["case_no"].to_pylist()) & set(old), part
    logged = [json.loads(line) for line in access.log_of(lake).file.read_text().splitlines()]
    assert {case for line in logged for case in line.get("children", ())} == set(old)
    assert access.log_of(lake).audit().broken_line is None
