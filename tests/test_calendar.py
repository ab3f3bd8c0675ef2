from datetime import date

import pytest

from expectations.errors import NotReady, WrongArgument
from expectations.policy import Policy, load_policy
from tests.parameters import parameters
from transforms import calendar
from transforms.calendar import after_working_days, cutoff_day, first_day, is_workday, months_later, opening_day
from transforms.reference import reference_file

POLICY = load_policy(reference_file("policy.toml"))
OPENING = date(2026, 9, 1)


def with_settings(**changes):
    return Policy({**POLICY.values, **changes}, POLICY.citations, POLICY.legend)


def test_the_tenth_working_day_after_opening_is_15_september_2026():
    assert after_working_days(OPENING, 10, first_counts=False) == date(2026, 9, 15)


def test_the_fifteenth_working_day_after_opening_is_21_september_2026():
    assert after_working_days(OPENING, 15, first_counts=False) == date(2026, 9, 21)


def test_with_the_opening_day_counted_the_tenth_working_day_is_14_september_2026():
    assert after_working_days(OPENING, 10, first_counts=True) == date(2026, 9, 14)


def test_with_the_opening_day_counted_the_fifteenth_falls_on_a_make_up_sunday():
    assert after_working_days(OPENING, 15, first_counts=True) == date(2026, 9, 20)


def test_a_month_deadline_on_a_holiday_rolls_to_the_next_working_day_only_if_the_policy_says_so():
    assert months_later(OPENING, 1, rolls=True) == date(2026, 10, 8)
    assert months_later(OPENING, 1, rolls=False) == date(2026, 10, 1)


def test_a_month_after_the_31st_ends_with_the_shorter_month():
    assert months_later(date(2026, 8, 31), 1, rolls=False) == date(2026, 9, 30)


def test_a_deadline_in_a_year_nobody_published_is_refused_with_the_line_to_add():
    with pytest.raises(NotReady, match=r"2027.*workdays\.csv.*2027-01-01,holiday"):
        after_working_days(date(2026, 12, 31), 1, first_counts=False)


def test_a_run_whose_deadlines_all_lie_in_known_years_asks_for_no_further_calendar():
    assert parameters("2026-11", date(2026, 11, 23))["answer_due_on"] == date(2026, 12, 14)


def test_the_reference_file_can_add_a_years_holidays_and_make_up_workdays(monkeypatch):
    monkeypatch.setattr(calendar, "_named_days", lambda: {date(2027, 1, 1): False, date(2027, 1, 2): True})
    assert not is_workday(date(2027, 1, 1))
    assert is_workday(date(2027, 1, 2))
    assert is_workday(date(2027, 1, 4))
    assert not is_workday(date(2027, 1, 3))


@pytest.mark.parametrize("period", ["2026-13", "2026-9", "202609", "", "1999-01"])
def test_a_malformed_period_is_refused(period):
    with pytest.raises(WrongArgument):
        first_day(period)


def test_ages_are_counted_in_the_autumn_the_school_year_began():
    assert cutoff_day(date(2026, 9, 1), POLICY) == date(2026, 8, 31)
    assert cutoff_day(date(2026, 3, 1), POLICY) == date(2025, 8, 31)
    assert cutoff_day(date(2026, 8, 1), POLICY) == date(2026, 8, 31)
    assert cutoff_day(date(2026, 7, 1), POLICY) == date(2025, 8, 31)


def test_a_month_belongs_to_the_last_term_that_has_opened():
    assert opening_day(date(2026, 3, 1), POLICY) == date(2026, 3, 1)
    assert opening_day(date(2026, 11, 1), POLICY) == date(2026, 9, 1)
    assert opening_day(date(2026, 1, 1), POLICY) == date(2025, 9, 1)
    assert opening_day(date(2026, 2, 1), POLICY) == date(2025, 9, 1)


def test_a_local_opening_day_moves_the_deadlines():
    moved = calendar.run_parameters("2026-09", date(2026, 9, 28), with_settings(opening_autumn="09-02"))
    assert moved["check_due_on"] == date(2026, 9, 16)


def test_the_spring_term_opens_on_the_policys_day_and_not_the_day_before():
    policy = with_settings(opening_spring="02-01")
    assert opening_day(date(2026, 2, 1), policy) == date(2026, 2, 1)
    assert opening_day(date(2026, 1, 1), policy) == date(2025, 9, 1)
    assert calendar.run_parameters("2026-03", date(2026, 3, 28), with_settings(opening_spring="03-02"))[
        "check_due_on"
    ] == after_working_days(date(2026, 3, 2), 10, first_counts=False)


def test_lists_of_a_campaign_are_due_with_the_schools_check_and_of_another_month_with_its_end():
    assert parameters()["listed_on"] == date(2026, 9, 15)
    assert parameters("2026-10", date(2026, 10, 31))["listed_on"] == date(2026, 10, 31)


def test_a_term_that_opens_on_the_last_of_august_has_its_campaign_in_september():
    policy = with_settings(opening_autumn="08-31")
    assert calendar.run_parameters("2026-09", date(2026, 9, 28), policy)["listed_on"] == date(2026, 9, 14)
    assert calendar.run_parameters("2026-08", date(2026, 8, 31), policy)["listed_on"] == date(2026, 8, 31)
    days = calendar.milestones(calendar.run_parameters("2026-09", date(2026, 9, 28), policy))
    assert [day.day for day in days if day.what == "逐人核查"] == [date(2026, 9, 14)]


def test_the_control_lines_have_no_default():
    assert parameters()["primary_control_line"] is None
    assert parameters()["junior_control_line"] is None


def test_a_countys_own_opening_day_has_its_own_deadlines_in_its_own_term_only():
    policy = with_settings(openings={"990102": ["2026-03-09", "2026-09-02"]})
    [own] = calendar.run_parameters("2026-09", date(2026, 9, 10), policy)["openings"]
    assert own == ("990102", date(2026, 9, 2), date(2026, 9, 16), date(2026, 9, 16), date(2026, 9, 30))
    [own] = calendar.run_parameters("2026-03", date(2026, 3, 10), policy)["openings"]
    assert own[:2] == ("990102", date(2026, 3, 9))
