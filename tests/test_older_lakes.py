"""A lake made by the first release (tests/lakes) opens, is read, and is carried on."""

import shutil
import tarfile
from datetime import date
from pathlib import Path

import pytest

from flows import stages
from flows.command import main
from transforms.lake import SCHEMA, Lake
from transforms.query import query

FIRST = Path(__file__).parent / "lakes" / "first_release.tar.xz"
THEN = "2026-03"


@pytest.fixture
def older(tmp_path):
    with tarfile.open(FIRST) as archive:
        archive.extractall(tmp_path, filter="data")
    return Lake(tmp_path)


def carried_on(lake, period, as_of):
    wanted = stages.prepared(period, None, lake.root, None, as_of, quiet=True)
    with stages.beginning(wanted) as run:
        for stage in (stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases,
                      stages.deliver_lists, stages.publish):  # fmt: skip
            stage(run)
    return lake.opened(period)[1]


def test_the_first_release_s_lake_has_no_number_and_is_the_first(older):
    assert not (older.folder / "schema").exists()
    assert older.schema() == 1


@pytest.mark.parametrize(
    "command",
    [
        ["query", "select count(*) from children"],
        ["status", THEN, "--as-of", "2026-04-20"],
        ["runs"],
    ],
)
def test_it_is_read_as_it_lies(older, command, capsys):
    assert main([*command, "--data", str(older.root)]) == 0
    assert capsys.readouterr().out
    assert older.schema() == 1, "reading changes nothing"


def test_a_child_of_it_is_explained(older, capsys):
    _, folder = older.opened(THEN)
    [case] = query(folder, "select case_no from cases order by case_no limit 1").to_pylist()
    assert main(["explain", case["case_no"], "--data", str(older.root)]) == 0
    assert case["case_no"] in capsys.readouterr().out


def test_a_column_it_does_not_have_yet_is_empty(older, monkeypatch):
    from dataclasses import replace

    from expectations.catalog import TABLES
    from expectations.contract import Column

    later = replace(
        TABLES["children"], columns=(*TABLES["children"].columns, Column("of_later", "text", "added later"))
    )
    monkeypatch.setitem(TABLES, "children", later)
    _, folder = older.opened(THEN)
    assert query(folder, "select count(*) as n from children where of_later is null").to_pylist()[0]["n"] > 100


def test_its_cases_are_carried_on_by_the_next_campaign(older):
    _, before = older.opened(THEN)
    cases = {row["case_no"] for row in query(before, "select case_no from cases").to_pylist()}
    shutil.copytree(older.inbox(THEN), older.inbox("2026-09"))
    after = carried_on(older, "2026-09", date(2026, 10, 9))
    now = query(after, "select case_no, opened_period from cases").to_pylist()
    assert cases <= {row["case_no"] for row in now}
    assert {row["opened_period"] for row in now if row["case_no"] in cases} == {THEN}
    assert older.schema() == SCHEMA
    assert [told["state"] for told in older.history(THEN)] == ["published"], "its history was written down"
    assert older.history("2026-09")[0]["previous"]["period"] == THEN


def test_a_campaign_of_it_is_run_again_and_compared(older, capsys):
    carried_on(older, THEN, date(2026, 4, 9))
    first, second = (told["run"] for told in older.history(THEN))
    assert main(["diff", THEN, first, second, "--data", str(older.root)]) == 0
    assert main(["run", THEN, "--from-run", first, "--data", str(older.root)]) == 5
    assert "first release" in capsys.readouterr().err
