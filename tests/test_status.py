"""`baoxue status`: before a run, after one, and on another day than the run's."""

import json
from datetime import date

import pytest

from expectations.catalog import TABLES
from expectations.policy import load_policy
from flows.command import main
from tests.tables import table
from transforms.engine import Engine
from transforms.lake import Lake
from transforms.reference import reference_file
from transforms.status import status

POLICY = load_policy(reference_file("policy.toml"))


@pytest.fixture
def lake(tmp_path):
    folder = tmp_path / "inbox" / "2026-09" / "990101" / "学籍"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("姓名\n", encoding="utf-8")
    return Lake(tmp_path)


@pytest.fixture
def judged(lake):
    folder = lake.begin("2026-09", "r1")
    with Engine(folder) as engine:
        engine.put("cases", table(TABLES["cases"], """
            case_no | finding           | state | due_on
            c1      | suspected_dropout | open  | 2026-10-12
        """))  # fmt: skip
        engine.put(
            "deliveries", table(TABLES["deliveries"], "delivery_id | source | verdict\nd | household | accepted")
        )
    settings = {"school_check_days": [8, "本县"]}
    (folder / "run.json").write_text(json.dumps({"as_of": "2026-10-09", "settings": settings}), encoding="utf-8")
    lake.publish("2026-09", "r1", None)
    return lake


def days(found):
    return {one.what: one.day.isoformat() for one in found.milestones}


def test_before_a_run_the_inbox_says_who_has_not_delivered(lake):
    found = status(lake, "2026-09", date(2026, 9, 20), POLICY)
    assert found.run_on is None
    assert "registry" not in found.missing["990101"]
    assert "attendance" in found.missing["990101"]


def test_the_campaign_has_the_timetable_of_the_notice(lake):
    assert days(status(lake, "2026-09", date(2026, 9, 20), POLICY)) == {
        "开学": "2026-09-01", "逐人核查": "2026-09-15", "报送考勤": "2026-09-15", "向县和乡镇报告辍学学生": "2026-09-21",
        "答复核查名单": "2026-10-20", "复核后报县级政府": "2026-10-08", "落实劝返复学": "2026-11-02",
    }  # fmt: skip


def test_a_month_within_the_term_has_only_its_own_days(lake):
    assert days(status(lake, "2026-11", date(2026, 11, 23), POLICY)) == {
        "报送考勤": "2026-11-30",
        "答复核查名单": "2026-12-14",
    }


def test_cases_are_overdue_by_the_day_asked_about(judged):
    assert [row["overdue"] for row in status(judged, "2026-09", date(2026, 10, 12), POLICY).cases] == [0]
    assert [row["overdue"] for row in status(judged, "2026-09", date(2026, 10, 13), POLICY).cases] == [1]


def test_deadlines_are_those_of_the_settings_the_lists_were_made_with(judged):
    on = date(2026, 10, 9)
    assert days(status(judged, "2026-09", on, POLICY))["逐人核查"] == "2026-09-11"
    assert days(status(judged, "2026-09", on, POLICY, as_run=False))["逐人核查"] == "2026-09-15"


def test_the_command_says_what_is_overdue_and_what_is_missing(judged, capsys):
    assert main(["status", "--data", str(judged.root), "--as-of", "2026-10-20"]) == 0
    said = capsys.readouterr().out
    assert "cases that wait for an answer: 1, overdue: 1" in said
    assert "8 days" in said
    assert "not delivered by 990101: registry 学籍 (学校)" in said
