"""The second reckoning of case states, on lives drawn by hand."""

from dataclasses import replace
from datetime import date

import pytest

from transforms.demo.histories import Answer, Facts, Histories, compared

CASE = (7, "suspected_dropout")
ON = date(2025, 10, 26)
DAYS = (date(2025, 10, 15), date(2026, 4, 9), date(2026, 10, 9))


def period(
    found: bool, *, seen: bool = False, on_roll: bool = True, lawful: bool = False, studying: bool = True
) -> Facts:
    def among(is_in: bool) -> frozenset[int]:
        return frozenset([7] if is_in else [])

    return Facts(
        frozenset([CASE] if found else []),
        among(seen),
        among(on_roll),
        among(studying and on_roll),
        among(True),
        among(lawful),
        among(False),
    )


def state(*periods: Facts, code: str | None = None, on: date = ON) -> str:
    """The state after ``periods``, the first of them answered ``code``."""
    histories = Histories()
    for number, (now, as_of) in enumerate(zip(periods, DAYS, strict=False)):
        answers = {(7, "absence"): Answer(code, on)} if code and number == 1 else {}
        histories.go_on(now, answers, as_of)
    return histories.states.get(CASE, "none")


AWAY, BACK = period(True), period(False, seen=True)


@pytest.mark.parametrize(("code", "after"), [
    ("A3", "explained"), ("C3", "explained"), ("D2", "dropout"), ("E1", "unresolved"), (None, "open"),
])  # fmt: skip
def test_a_case_found_again_is_what_was_answered_of_it(code, after):
    assert state(AWAY, AWAY, code=code) == after


@pytest.mark.parametrize(("code", "after"), [("A3", "closed"), ("D2", "returned"), ("E1", "closed"), (None, "closed")])
def test_a_child_back_at_school_closes_its_case_and_a_dropout_has_returned(code, after):
    assert state(AWAY, BACK, code=code) == after


def test_who_was_a_dropout_and_is_not_found_later_is_still_one_and_has_returned_once_at_school():
    histories = Histories()
    for now, code, as_of in ((AWAY, None, DAYS[0]), (AWAY, "D2", DAYS[1]), (AWAY, "E2", DAYS[2])):
        histories.go_on(now, {(7, "absence"): Answer(code, ON)} if code else {}, as_of)
    assert histories.states[CASE] == "dropout"
    histories.go_on(BACK, {}, DAYS[2])
    assert histories.states[CASE] == "returned"


def test_an_answer_that_has_run_out_is_asked_about_again():
    assert state(AWAY, AWAY, AWAY, code="A3") == "open"
    assert state(AWAY, AWAY, AWAY, code="C3") == "explained"


def test_who_is_said_to_be_registered_and_stands_on_no_roll_is_asked_about_again():
    gone = period(True, on_roll=False)
    assert state(gone, gone, code="A1", on=date(2026, 2, 7)) == "open"
    assert state(gone, gone, code="A1", on=date(2026, 2, 8)) == "explained"


def test_nobody_by_answer_and_present_on_a_sheet_is_asked_about_again():
    assert state(AWAY, BACK, code="B4") == "open"


def test_a_class_without_a_sheet_leaves_the_case_as_it_is_and_a_lawful_reason_ends_it():
    assert state(AWAY, period(False)) == "open"
    assert state(AWAY, period(False, lawful=True)) == "closed"


def test_cases_are_compared_by_the_child_behind_them():
    rows = [
        {"child_id": "x", "finding": "suspected_dropout", "state": "open"},
        {"child_id": "y", "finding": "suspected_dropout", "state": "open"},
    ]
    assert compared({CASE: "open"}, rows, {"x": 7}) == {"expected": 1, "found": 2, "right": 1}


def test_a_pupil_attending_elsewhere_who_has_been_suspended_since_attends_nowhere_else():
    case = (7, "attends_elsewhere")
    for studying, after in ((True, "open"), (False, "closed")):
        histories = Histories()
        histories.go_on(replace(AWAY, found=frozenset([case])), {}, DAYS[0])
        histories.go_on(period(False, studying=studying), {}, DAYS[1])
        assert histories.states[case] == after
