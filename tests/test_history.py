"""Every run leaves its manifest; two runs can be compared, and an earlier one made anew."""

import json
import shutil

import pytest

from flows import access
from flows.command import main
from flows.manifest import packages
from tests.runs import PERIOD, run_once
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.lake import Lake
from transforms.query import query


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Two runs: of everything, and without the attendance of one district."""
    root = tmp_path_factory.mktemp("town")
    write_deliveries(invent(300, 11, PERIOD), root / "inbox", PERIOD)
    run_once(root)
    lake = Lake(root)
    district = lake.districts(PERIOD)[0]
    away = next(p for p in (lake.inbox(PERIOD) / district).iterdir() if p.name in ("attendance", "考勤"))
    away.rename(root / "away")
    run_once(root)
    return lake, district


@pytest.fixture
def names(town):
    return [told["run"] for told in town[0].history(PERIOD)]


def told(lake, run):
    return next(m for m in lake.history(PERIOD) if m["run"] == run)


def test_the_manifest_says_what_went_in_and_what_it_was_made_with(town, names):
    lake, _ = town
    first = told(lake, names[0])
    assert first["state"] == "published"
    assert first["packages"] == packages()
    assert {"duckdb", "pyarrow", "prefect", "python"} <= set(first["packages"])
    assert first["settings"]["unexcused_days"][0] == 5
    assert len(first["policy_hash"]) == 64
    assert len(first["inputs"]) > 20
    for one in first["inputs"]:
        kept = lake.deliveries / one["sha256"]
        assert kept.stat().st_size == one["bytes"]


def test_the_manifest_says_what_came_of_it(town, names):
    lake, _ = town
    first = told(lake, names[0])
    assert {"take_in", "link_records", "form_children", "find", "follow_cases", "deliver_lists"} <= set(
        first["seconds"]
    )
    assert {"deliveries", "records", "links", "children", "findings", "cases"} <= set(first)
    assert sum(first["findings"].values()) == sum(n for found in first["by_district"].values() for n in found.values())
    assert first["outputs"]["tables"]
    assert any(name.endswith(".xlsx") for name in first["outputs"]["lists"])


def test_the_hashes_of_the_run_in_force_are_those_of_its_files(town, names):
    import hashlib

    lake, _ = town
    last = told(lake, names[1])
    _, folder = lake.opened(PERIOD)
    for place, files in ((folder, last["outputs"]["tables"]), (lake.outbox(PERIOD), last["outputs"]["lists"])):
        for name, hashed in files.items():
            assert hashlib.sha256((place / name).read_bytes()).hexdigest() == hashed, name


def test_the_runs_are_listed_with_the_one_in_force(town, names, capsys):
    lake, _ = town
    assert main(["runs", PERIOD, "--data", str(lake.root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [name in line for name, line in zip(names, lines[1:], strict=True)] == [True, True]
    assert "in force" in lines[2]
    assert "in force" not in lines[1]


def test_the_difference_of_two_runs_is_told_by_district_and_finding(town, names, capsys):
    lake, district = town
    assert main(["diff", PERIOD, *names, "--data", str(lake.root)]) == 0
    out = capsys.readouterr().out
    assert "fewer, 0 exchanged" in out
    rows = [line.split() for line in out.splitlines() if line.startswith(district)]
    assert rows, "the district whose attendance was taken away differs"
    assert {"dropout_risk", "absent_from_school"} & {row[1] for row in rows}


def test_the_difference_names_cases_when_asked_and_that_is_logged(town, names, capsys):
    lake, _ = town
    before = access.log_of(lake).audit().lines
    assert main(["diff", PERIOD, *names, "--cases", "--data", str(lake.root)]) == 0
    out = capsys.readouterr().out
    _, folder = lake.opened(PERIOD)
    people = query(folder, "select name, id_number from children where name is not null").to_pylist()
    assert not [p for p in people if (len(p["name"]) > 2 and p["name"] in out) or (p["id_number"] or "?") in out]
    last = json.loads(access.log_of(lake).file.read_text().splitlines()[-1])
    assert access.log_of(lake).audit().lines == before + 1
    assert last["act"] == "diff"
    assert len(last["children"]) > 0


def test_a_run_has_no_difference_to_itself(town, names, capsys):
    lake, _ = town
    assert main(["diff", PERIOD, names[0], names[0], "--data", str(lake.root)]) == 2
    assert "the same run" in capsys.readouterr().err


@pytest.mark.parametrize("run", ["nonsense", "20", "19990101T000000000000", ""])
def test_a_run_nobody_knows_is_one_sentence(town, names, run, capsys):
    lake, _ = town
    assert main(["diff", PERIOD, run, names[1], "--data", str(lake.root)]) == 2
    said = capsys.readouterr().err
    assert "`baoxue runs 2026-09` shows them" in said
    assert said.count("\n") == 1


@pytest.fixture
def copied(town, tmp_path):
    shutil.copytree(town[0].root, tmp_path / "data")
    return Lake(tmp_path / "data")


def test_an_earlier_run_is_made_anew_byte_for_byte_though_the_inbox_has_changed(copied, names, capsys):
    before = {p: p.read_bytes() for p in copied.outbox(PERIOD).rglob("*") if p.is_file()}
    runs = copied.folder / PERIOD / "runs"
    tables = {p.relative_to(runs): p.read_bytes() for p in (runs / names[0]).rglob("*.parquet")}
    shutil.rmtree(runs / names[0])
    assert main(["query", "from findings", "--run", names[0], "--data", str(copied.root)]) == 5
    assert "--from-run" in capsys.readouterr().err
    assert main(["run", PERIOD, "--from-run", names[0], "--data", str(copied.root), "--quiet"]) == 0
    assert "byte for byte the same" in capsys.readouterr().out
    assert {p.relative_to(runs): p.read_bytes() for p in (runs / names[0]).rglob("*.parquet")} == tables
    assert copied.current(PERIOD).name == names[1], "nothing in force has changed"
    assert {p: p.read_bytes() for p in copied.outbox(PERIOD).rglob("*") if p.is_file()} == before
    assert main(["query", "from findings", "--run", names[0], "--data", str(copied.root)]) == 0


def test_a_run_whose_tables_are_gone_is_compared_by_its_counts(copied, names, capsys):
    shutil.rmtree(copied.folder / PERIOD / "runs" / names[0])
    assert main(["diff", PERIOD, *names, "--data", str(copied.root)]) == 0
    assert "only the counts are known" in capsys.readouterr().out
    assert main(["diff", PERIOD, *names, "--cases", "--data", str(copied.root)]) == 5


def test_a_run_whose_deliveries_are_gone_is_not_made_anew(copied, names, capsys):
    gone = told(copied, names[0])["inputs"][0]["sha256"]
    (copied.deliveries / gone).unlink()
    assert main(["run", PERIOD, "--from-run", names[0], "--data", str(copied.root)]) == 5
    assert "1 of the" in capsys.readouterr().err


def test_a_kept_delivery_somebody_changed_shows(copied, names, capsys):
    one = next(
        one for one in told(copied, names[0])["inputs"] if "/registry/" in one["path"] or "/学籍/" in one["path"]
    )
    kept = copied.deliveries / one["sha256"]
    kept.write_bytes(kept.read_bytes()[: one["bytes"] // 2])
    assert main(["run", PERIOD, "--from-run", names[0], "--data", str(copied.root), "--quiet"]) == 1
    assert "came out otherwise" in capsys.readouterr().out
    assert not list((copied.folder / PERIOD / "runs").glob(".*"))


@pytest.mark.parametrize("more", [["--district", "990101"], ["--as-of", "2026-10-01"], ["--encrypt"]])
def test_what_is_taken_from_the_run_cannot_be_said_beside_it(copied, names, more, capsys):
    assert main(["run", PERIOD, "--from-run", names[0], *more, "--data", str(copied.root)]) == 2
    assert "does not go with --from-run" in capsys.readouterr().err


def test_before_any_run_there_is_no_history(tmp_path, capsys):
    assert main(["runs", "--data", str(tmp_path)]) == 5
    assert "baoxue run" in capsys.readouterr().err
