"""Every office that owes answers is reminded once a day, of its own cases, by number and masked name."""

import re
from datetime import date

import openpyxl
import pytest

from flows import stages
from tests.runs import PERIOD
from tests.test_calendar import POLICY
from transforms.lake import Lake
from transforms.query import query
from transforms.reminders import remind


@pytest.fixture(scope="module")
def reminded(results, tmp_path_factory):
    outbox = tmp_path_factory.mktemp("outbox")
    due = query(results, "select max(due_on) as due_on from cases where state = 'open'")["due_on"].to_pylist()[0]
    first = remind(results, outbox, PERIOD, due.replace(day=due.day - 1), POLICY)
    names = {path.name for path in outbox.rglob("*.xlsx")}
    second = remind(results, outbox, PERIOD, date(2026, 11, 20), POLICY)
    return outbox, due, first, names, second


def test_open_cases_are_due_soon_before_their_day_and_overdue_after_it(results, reminded):
    _, _, first, _, second = reminded
    told = query(results, """
        select count(distinct case_no) as n from cases where state = 'open' and case_no in (
            select case_no from school_list union select case_no from township_list
            union select case_no from police_list union select case_no from elsewhere_list)
    """)["n"].to_pylist()[0]  # fmt: skip
    assert (first.due, first.overdue) == (told, 0)
    assert (second.due, second.overdue) == (0, told)
    assert first.offices == second.offices > 5


def test_the_next_day_replaces_the_reminders_of_the_day_before(reminded):
    outbox, _, first, names, _ = reminded
    now = {path.name for path in outbox.rglob("*.xlsx")}
    assert len(now) == len(names) == first.offices
    assert not now & names
    assert not list(outbox.glob(".*"))


def test_a_reminder_names_cases_and_no_child(results, reminded):
    outbox, *_ = reminded
    full = {row["name"] for row in query(results, "select name from children where name is not null").to_pylist()}
    told = ""
    for path in outbox.rglob("*.xlsx"):
        assert not path.stat().st_mode & 0o077
        [sheet] = openpyxl.load_workbook(path).worksheets
        told += "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    assert not re.search(r"\d{17}[\dX]", told)
    assert not full & set(told.splitlines())
    assert "逾期" in told


def test_a_reminder_says_who_reminds_on_which_day_and_how_late_each_answer_is(reminded):
    outbox, due, *_ = reminded
    late = f"已逾期 {(date(2026, 11, 20) - due).days} 天"
    for path in outbox.rglob("*.xlsx"):
        [sheet] = openpyxl.load_workbook(path).worksheets
        assert re.search(r"发出单位：\S+教育局　　催办日期：2026-11-20　　共 \d+ 项", sheet["A2"].value)
        heads = [cell.value for cell in sheet[4]]
        assert {sheet.cell(row, len(heads)).value for row in range(5, sheet.max_row + 1)} <= {late}
        assert ("班级或学校" in heads) == ("公安" not in path.parent.name), "a column nobody fills is not shown"


def test_a_day_with_nothing_to_remind_of_leaves_no_folder(results, tmp_path):
    (tmp_path / "催办" / "990101").mkdir(parents=True)
    assert remind(results, tmp_path, PERIOD, date(2026, 9, 15), POLICY).offices == 0
    assert not (tmp_path / "催办").exists()


def test_no_results_yet_is_no_reminder(tmp_path):
    assert stages.remind(tmp_path, None) == {}


def test_lists_of_a_past_campaign_that_are_due_are_found_on_any_later_day(tmp_path, monkeypatch):
    lake = Lake(tmp_path)
    (tmp_path / "lake" / PERIOD).mkdir(parents=True)
    (tmp_path / "lake" / PERIOD / "current").write_text("r\n")
    folder = lake.outbox(PERIOD) / "990101"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    (lake.inbox(PERIOD) / "990101" / "registry").mkdir(parents=True)
    (lake.inbox(PERIOD) / "990101" / "registry" / "a.csv").write_text("x")
    record = '[{"handout": "%s", "district": "990101", "due_on": "", "handed_out_on": "", "run": "r", "files": 1}]'

    def behind(day, *codes):
        monkeypatch.setattr(stages, "today", lambda: day)
        told = ",".join(record[1:-1] % code for code in codes)
        lake.handed_out_file(PERIOD).write_text(f"[{told}]")
        return stages.behind_with_handouts(tmp_path, None)

    assert behind(date(2026, 10, 8), "check", "report") == [], "the townships' last day has only begun"
    assert behind(date(2026, 10, 9), "check", "report") == [PERIOD]
    assert behind(date(2026, 10, 9), "check", "report", "month") == []
    assert behind(date(2026, 9, 30), "check") == [], "its own nights hand it out"
    assert behind(date(2026, 10, 9)) == [], "run by hand: none of the schedule's"
