from datetime import date

import pytest

from tests.parameters import parameters
from tests.tables import run

PUPIL = {
    "child_id": "k", "on_roll": "true", "should_attend": "true", "class_delivered": "true", "class_days": "20",
    "days_recorded": "20", "days_present": "20", "days_leave": "0", "days_unexcused": "0", "longest_unexcused": "0",
    "explanation": "",
}  # fmt: skip
NOT_ON_SHEET = dict.fromkeys(("days_recorded", "days_present", "days_leave", "days_unexcused", "longest_unexcused"), "")


def reason(as_of: date = date(2026, 9, 28), settings: dict[str, object] | None = None, **pupil: object) -> str | None:
    """The kind of absence of one pupil, who is present on all twenty days but for what ``pupil`` changes."""
    row = {**PUPIL, **{name: str(value) for name, value in pupil.items()}}
    text = " | ".join(row) + "\n" + " | ".join(row.values())
    rows = run("absences", {"children": text}, parameters(as_of=as_of, **(settings or {}))).to_pylist()
    return rows[0]["reason"] if rows else None


def test_a_present_pupil_is_not_absent():
    assert reason() is None


@pytest.mark.parametrize(("days", "expected"), [(4, None), (5, "unexcused_run")])
def test_five_unexcused_school_days_in_a_row_are_an_absence_and_four_are_not(days, expected):
    assert reason(days_present=20 - days, days_unexcused=days, longest_unexcused=days) == expected


def test_the_length_of_the_run_is_the_policys():
    assert reason(settings={"unexcused_days": 20}, days_present=1, days_unexcused=19, longest_unexcused=19) is None


def test_a_pupil_on_no_sheet_of_a_delivered_class_was_never_seen():
    assert reason(**NOT_ON_SHEET) == "never_seen"


def test_no_delivery_is_not_absence():
    assert reason(**NOT_ON_SHEET, class_delivered="false") is None


@pytest.mark.parametrize(("day", "expected"), [(14, None), (15, "never_seen")])
def test_nobody_is_never_seen_before_the_schools_check_is_due(day, expected):
    assert reason(date(2026, 9, day), **NOT_ON_SHEET | {"class_days": 8}) == expected


@pytest.mark.parametrize(("class_days", "expected"), [(9, None), (10, "never_seen")])
def test_a_class_that_recorded_as_many_days_as_the_check_takes_can_be_judged_at_once(class_days, expected):
    assert reason(date(2026, 9, 14), **NOT_ON_SHEET | {"class_days": class_days}) == expected


def test_leave_on_every_day_is_an_absence_of_its_own():
    assert reason(days_present=0, days_leave=20) == "leave_all_month"


def test_one_unexcused_day_beside_leave_is_never_seen():
    assert reason(days_present=0, days_leave=19, days_unexcused=1, longest_unexcused=1) == "never_seen"


def test_one_day_present_is_no_absence():
    assert reason(days_present=1, days_leave=19) is None


@pytest.mark.parametrize("explanation", ["suspended", "home_teaching", "sick_leave", "vocational", "postponed", "abroad",
                                         "exempt", "moved_out", "graduated", "died", "registration_cancelled"])  # fmt: skip
def test_a_lawful_explanation_is_no_finding(explanation):
    assert reason(**NOT_ON_SHEET, explanation=explanation) is None


def test_an_answered_absence_is_still_judged_so_that_it_can_be_carried():
    assert reason(**NOT_ON_SHEET, explanation="answered") == "never_seen"


def test_attending_elsewhere_is_an_absence_only_if_the_policy_says_so():
    assert reason(**NOT_ON_SHEET, explanation="attends_elsewhere") == "attends_elsewhere"
    off = {"attends_elsewhere_is_absent": False}
    assert reason(settings=off, **NOT_ON_SHEET, explanation="attends_elsewhere") is None


@pytest.mark.parametrize("change", [{"on_roll": "false"}, {"should_attend": "false"}])
def test_only_pupils_on_a_roll_who_should_attend_can_be_absent(change):
    assert reason(**NOT_ON_SHEET | change) is None


def test_a_school_that_opened_later_is_checked_later():
    row = {**PUPIL, **NOT_ON_SHEET, "class_days": "5", "school_code": "S1", "district_code": "990101"}
    text = " | ".join(row) + "\n" + " | ".join(row.values())
    days = "unit_code | check_due_on\n{} | 2026-09-21"
    for unit, absent in (("S1", 0), ("990101", 0), ("S2", 1)):
        drawn = {"children": text, "opening_days": days.format(unit)}
        assert run("absences", drawn, parameters(as_of=date(2026, 9, 20))).num_rows == absent, unit


def test_a_pupil_whose_row_may_be_among_those_set_aside_unread_is_not_called_unseen():
    never = dict(NOT_ON_SHEET, child_id="k", name="马瑶", on_roll="true", should_attend="true", class_delivered="true")
    child = " | ".join(never) + "\n" + " | ".join(never.values())
    first = ["unread_attenders"]
    aside = 'record_id | source | codes | row_text\n 1 | attendance | {} | {{"name":"马 瑶"}}'
    unread = run("absences", {"children": child, "quarantine": aside.format("unknown_mark")}, parameters(), first)
    assert unread.num_rows == 0
    replaced = run("absences", {"children": child, "quarantine": aside.format("superseded")}, parameters(), first)
    assert replaced.column("reason").to_pylist() == ["never_seen"]


def test_nor_one_named_in_about_its_grade_on_the_sheets_of_another_districts_school_without_a_roll():
    never = dict(NOT_ON_SHEET, child_id="k", district_code="990102", name="马瑶", grade="4",
                 on_roll="true", should_attend="true", class_delivered="true")  # fmt: skip
    child = " | ".join(never) + "\n" + " | ".join(never.values())
    sheet = "source | district_code | name | grade_without_roll\nattendance | 990101 | 马瑶 | {}"
    for grade, absent in (("5", 0), ("7", 1), ("", 1)):
        drawn = {"children": child, "unread_attenders": sheet.format(grade)}
        assert run("absences", drawn, parameters()).num_rows == absent
