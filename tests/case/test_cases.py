from datetime import date

import pytest

from expectations.case_states import TRANSITIONS
from tests.parameters import parameters
from tests.tables import run

STEPS = "from_state | event | to_state\n" + "\n".join(f"{t.before} | {t.event} | {t.after}" for t in TRANSITIONS)


def case(*events: str, as_of: date = date(2026, 9, 28), before_due: str = "", **inputs: str) -> dict[str, object]:
    """The case after ``events``, each "event" of this period or "2026-03:event" of an earlier one, answers as "event=A3"."""
    rows = ["period | case_no | event_no | event | answer_code | happened_on"]
    for number, event in enumerate(events, 1):
        period, _, name = event.rpartition(":")
        name, _, answer = name.partition("=")
        rows.append(f"{period or '2026-09'} | AAAA-AAA2 | {number} | {name} | {answer} | {period or '2026-09'}-20")
    drawn = {"case_events": "\n".join(rows), "case_transitions": STEPS,
             "case_findings": "case_no | child_id | finding\nAAAA-AAA2 | a | not_enrolled", **inputs}  # fmt: skip
    if before_due:
        drawn["previous_cases"] = f"case_no | child_id | finding | due_on\nAAAA-AAA2 | a | not_enrolled | {before_due}"
    [row] = run("cases", drawn, parameters(as_of=as_of)).to_pylist()
    return row


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (["opened"], "open"),
        (["opened", "seen_again"], "open"),
        (["opened", "explained=A3"], "explained"),
        (["opened", "explained=A3", "carried"], "explained"),
        (["opened", "explained=A3", "expired"], "open"),
        (["opened", "closed=B5"], "closed"),
        (["opened", "closed=B5", "reopened"], "open"),
        (["opened", "gone"], "closed"),
        (["opened", "gone", "reopened"], "open"),
        (["opened", "unresolved=E1"], "unresolved"),
        (["opened", "unresolved=E1", "seen_again"], "unresolved"),
        (["opened", "dropout=D2"], "dropout"),
        (["opened", "dropout=D2", "seen_again"], "dropout"),
        (["opened", "dropout=D2", "gone"], "returned"),
        (["opened", "dropout=D2", "gone", "seen_again"], "open"),
        (["opened", "dropout=D2", "gone", "followed_up", "settled"], "closed"),
        (["opened", "closed=B5", "contradicted=B5"], "open"),
        (["opened", "overdue"], "open"),
        (["opened", "escalated"], "open"),
        (["opened", "waits"], "open"),
        (["opened", "unjudged"], "open"),
    ],
)
def test_a_history_replays_to_its_state(events, state):
    assert case(*events)["state"] == state


def test_a_step_that_is_not_declared_changes_nothing():
    assert case("opened", "gone", "dropout=D2")["state"] == "closed"


def test_a_case_is_overdue_the_day_after_its_answer_was_due():
    assert not case("opened", as_of=date(2026, 10, 20))["overdue"]
    assert case("opened", as_of=date(2026, 10, 21))["overdue"]


def test_an_answered_case_is_not_overdue():
    assert not case("opened", "dropout=D2", as_of=date(2026, 12, 1))["overdue"]


def test_a_case_still_open_keeps_its_first_due_day_and_a_reopened_one_gets_a_new_one():
    assert str(case("2026-03:opened", "seen_again", before_due="2026-03-27")["due_on"]) == "2026-03-27"
    assert str(case("2026-03:opened", "2026-03:gone", "reopened", before_due="2026-03-27")["due_on"]) == "2026-10-20"


def test_periods_and_the_latest_answer_are_those_of_the_history():
    row = case("2026-03:opened", "2026-03:unresolved=E1", "explained=A3", "carried")
    assert (row["opened_period"], row["last_seen_period"], row["answer_code"]) == ("2026-03", "2026-09", "A3")
    assert (str(row["answered_on"]), str(row["answer_valid_until"])) == ("2026-09-20", "2027-03-19")


def test_a_contradicted_answer_stands_no_longer():
    row = case("2026-03:opened", "2026-03:closed=B5", "contradicted=B5")
    assert (row["answer_code"], row["answered_on"], str(row["due_on"])) == (None, None, "2026-10-20")


def test_an_explanation_ends_when_the_child_was_back_and_a_dropouts_answer_does_not():
    assert case("2026-03:opened", "2026-03:explained=A3", "gone")["answer_code"] is None
    assert case("2026-03:opened", "2026-03:explained=A3", "2026-05:gone", "reopened")["answer_code"] is None
    assert case("2026-03:opened", "2026-03:dropout=D2", "gone")["answer_code"] == "D2"


def test_answers_are_due_from_when_the_lists_were_due_or_if_they_are_late_from_the_months_end():
    assert str(case("opened", as_of=date(2026, 9, 15))["due_on"]) == "2026-09-29"
    assert str(case("opened", as_of=date(2026, 9, 16))["due_on"]) == "2026-10-20"
    assert str(case("opened", as_of=date(2026, 12, 1))["due_on"]) == "2026-10-20"


def test_a_county_that_opened_later_answers_later_and_its_school_by_its_own_day():
    finding = "case_no | child_id | finding | school_code\nAAAA-AAA2 | a | not_enrolled | S1"
    days = "unit_code | answer_due_on\n990101 | 2026-10-21\n{} | 2026-10-22"
    assert str(case("opened", case_findings=finding, opening_days=days.format("S1"))["due_on"]) == "2026-10-22"
    assert str(case("opened", case_findings=finding, opening_days=days.format("S2"))["due_on"]) == "2026-10-21"
