"""Every number, day and age a county may change has a test of its boundary, named as the rule."""

import re
from pathlib import Path

import pytest

from expectations.policy import SETTINGS

ROOT = Path(__file__).resolve().parents[1]

BOUNDARIES = {
    "entry_age": "tests/child/test_children.py::test_a_county_may_let_children_enter_at_seven",
    "leaving_age": "tests/child/test_children.py::test_school_age_ends_where_the_policys_leaving_age_is_reached",
    "cutoff_month_day": "tests/child/test_children.py::test_school_age_begins_and_ends_on_the_cut_off_day",
    "opening_autumn": "tests/test_calendar.py::test_a_local_opening_day_moves_the_deadlines",
    "opening_spring": "tests/test_calendar.py::test_the_spring_term_opens_on_the_policys_day_and_not_the_day_before",
    "opening_counts": "tests/test_calendar.py::test_with_the_opening_day_counted_the_tenth_working_day_is_14_september_2026",
    "month_deadline_rolls": "tests/test_calendar.py::test_a_month_deadline_on_a_holiday_rolls_to_the_next_working_day_only_if_the_policy_says_so",
    "openings": "tests/test_calendar.py::test_a_countys_own_opening_day_has_its_own_deadlines_in_its_own_term_only",
    "school_check_days": "tests/finding/test_absences.py::test_a_class_that_recorded_as_many_days_as_the_check_takes_can_be_judged_at_once",
    "school_report_days": "tests/lists/test_handout.py::test_the_days_of_a_campaign_are_ten_and_fifteen_working_days_and_one_month_after_opening",
    "unexcused_days": "tests/finding/test_absences.py::test_five_unexcused_school_days_in_a_row_are_an_absence_and_four_are_not",
    "warning_days": "tests/finding/test_dropout_risk.py::test_three_unexcused_days_in_a_row_are_a_risk",
    "warning_share": "tests/finding/test_dropout_risk.py::test_a_tenth_of_the_recorded_days_unexcused_is_a_risk",
    "grade_age_gap": "tests/child/test_children.py::test_how_far_grade_and_age_may_differ_is_the_policys_and_no_grade_says_nothing",
    "sheet_coverage": "tests/child/test_children.py::test_a_sheet_with_fewer_than_half_of_its_class_says_nothing_of_the_others",
    "follow_up_checks": "tests/case/test_case_events.py::test_a_child_that_came_back_is_looked_at_four_times",
    "follow_up_months": "tests/case/test_case_events.py::test_two_checks_lie_three_months_apart_so_that_four_take_a_year",
    "attends_elsewhere_is_absent": "tests/finding/test_absences.py::test_attending_elsewhere_is_an_absence_only_if_the_policy_says_so",
    "answer_days": "tests/test_calendar.py::test_a_run_whose_deadlines_all_lie_in_known_years_asks_for_no_further_calendar",
    "retention_goal": "tests/report/test_retention.py::test_more_than_all_cannot_have_finished_and_then_nothing_is_said_of_the_goal",
    "remind_days": "tests/report/test_reminders.py::test_an_office_is_reminded_of_what_is_overdue_or_due_within_the_policys_days",
    "escalate_days": "tests/case/test_case_events.py::test_a_case_is_escalated_the_day_after_ten_days_past_its_due_day",
    "transfer_days": "tests/case/test_case_events.py::test_a_registration_that_has_not_arrived_after_sixty_days_contradicts_the_answer",
    "keep_deliveries_days": "tests/test_purge.py::test_the_last_day_of_a_term_still_belongs_to_it",
    "keep_results_days": "tests/test_purge.py::test_the_last_day_of_a_term_still_belongs_to_it",
    "keep_closed_cases_days": "tests/case/test_expired_cases.py::test_on_the_last_day_of_its_term_a_closed_case_is_kept",
    "small_cell": "tests/report/test_dashboard_figures.py::test_a_count_of_the_policys_smallest_cell_is_shown_and_one_less_is_not",
    "link_probability": "tests/link/test_judged_pairs.py::test_a_pair_on_a_probability_of_the_policy_reaches_it_and_one_just_below_does_not",
    "sole_link_probability": "tests/link/test_judged_pairs.py::test_a_pair_nobody_rivals_is_linked_on_the_policys_lower_probability_and_not_just_below",
    "review_probability": "tests/link/test_judged_pairs.py::test_a_pair_on_a_probability_of_the_policy_reaches_it_and_one_just_below_does_not",
    "primary_control_line": "tests/report/test_indicators.py::test_over_the_line_of_primary_schools_is_above_it_not_on_it",
    "junior_control_line": "tests/report/test_indicators.py::test_over_the_line_is_above_it_not_on_it",
}
"""The test of each setting's boundary; a new setting needs one here."""


def test_every_setting_has_a_test_of_its_boundary():
    assert set(BOUNDARIES) == set(SETTINGS)


@pytest.mark.parametrize("setting", BOUNDARIES)
def test_the_test_of_a_boundary_is_there(setting):
    file, name = BOUNDARIES[setting].split("::")
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), name
