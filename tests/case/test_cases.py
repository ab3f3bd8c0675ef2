from datetime import date

import pytest

from expectations.case_states import EVENTS, TRANSITIONS
from tests.parameters import parameters
from tests.tables import run

STEPS = "from_state | event | to_state\n" + "\n".join(f"{t.before} | {t.event} | {t.after}" for t in TRANSITIONS)


def case(*events: str, as_of: date = date(2026, 9, 28), **inputs: str) -> dict[str, object]:
    """The case after ``events``: "event" of this period, "2026-03:event" of an earlier one, answers as "event=A3", what
    asks with the day its answer is due as "opened>2026-10-20"."""
    rows = ["period | case_no | event_no | event | answer_code | happened_on | due_on"]
    for number, written in enumerate(events, 1):
        period, _, name = written.rpartition(":")
        name, _, due = name.partition(">")
        name, _, answer = name.partition("=")
        assert name in EVENTS
        rows.append(
            f"{period or '2026-09'} | AAAA-AAA2 | {number} | {name} | {answer} | {period or '2026-09'}-20 | {due}"
        )
    drawn = {"case_events": "\n".join(rows), "case_transitions": STEPS,
             "case_findings": "case_no | child_id | finding\nAAAA-AAA2 | a | not_enrolled", **inputs}  # fmt: skip
    [row] = run("cases", drawn, parameters(as_of=as_of), first=["case_steps"]).to_pylist()
    return row


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (["opened"], "open"),
        (["opened", "seen_again"], "open"),
        (["opened", "at_school=A3"], "explained"),
        (["opened", "explained=C2"], "explained"),
        (["opened", "explained=C2", "carried"], "explained"),
        (["opened", "explained=C2", "expired"], "open"),
        (["opened", "closed=B5"], "closed"),
        (["opened", "closed=B5", "reopened"], "open"),
        (["opened", "gone"], "closed"),
        (["opened", "cleared"], "closed"),
        (["opened", "ended"], "closed"),
        (["opened", "gone", "reopened"], "open"),
        (["opened", "unresolved=E1"], "unresolved"),
        (["opened", "unresolved=E1", "seen_again"], "unresolved"),
        (["opened", "dropout=D2"], "dropout"),
        (["opened", "dropout=D2", "persuaded=D1"], "dropout"),
        (["opened", "dropout=D2", "at_school=A1"], "returned"),
        (["opened", "dropout=D2", "explained=C6"], "explained"),
        (["opened", "dropout=D2", "seen_again"], "dropout"),
        (["opened", "dropout=D2", "gone"], "returned"),
        (["opened", "dropout=D2", "cleared"], "closed"),
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
    assert not case("opened>2026-10-20", as_of=date(2026, 10, 20))["overdue"]
    assert case("opened>2026-10-20", as_of=date(2026, 10, 21))["overdue"]


def test_a_case_is_the_countys_to_see_to_the_day_after_ten_more_days():
    assert not case("opened>2026-10-20", as_of=date(2026, 10, 30))["escalated"]
    assert case("opened>2026-10-20", as_of=date(2026, 10, 31))["escalated"]


@pytest.mark.parametrize("answer", ["dropout=D2", "at_school=A3", "unresolved=E2", "closed=B5"])
def test_an_answered_case_is_neither_overdue_nor_escalated(answer):
    row = case("opened>2026-10-20", answer, as_of=date(2026, 12, 1))
    assert (row["overdue"], row["escalated"]) == (False, False)


def test_a_case_still_open_keeps_its_first_due_day_and_a_reopened_one_gets_a_new_one():
    assert str(case("2026-03:opened>2026-03-27", "seen_again")["due_on"]) == "2026-03-27"
    reopened = case("2026-03:opened>2026-03-27", "2026-03:gone", "reopened>2026-10-20")
    assert str(reopened["due_on"]) == "2026-10-20"


def test_periods_and_the_latest_answer_are_those_of_the_history():
    row = case("2026-03:opened", "2026-03:unresolved=E1", "at_school=A3", "carried")
    assert (row["opened_period"], row["last_seen_period"], row["answer_code"]) == ("2026-03", "2026-09", "A3")
    assert (str(row["answered_on"]), str(row["answer_valid_until"])) == ("2026-09-20", "2027-03-19")


def test_a_contradicted_answer_stands_no_longer():
    row = case("2026-03:opened>2026-03-27", "2026-03:closed=B5", "contradicted=B5>2026-10-20")
    assert (row["answer_code"], row["answered_on"], str(row["due_on"])) == (None, None, "2026-10-20")


def test_an_explanation_ends_when_the_child_was_back_and_a_dropouts_answer_does_not():
    assert case("2026-03:opened", "2026-03:at_school=A3", "gone")["answer_code"] is None
    assert case("2026-03:opened", "2026-03:explained=C2", "cleared")["answer_code"] is None
    assert case("2026-03:opened", "2026-03:at_school=A3", "2026-05:gone", "reopened")["answer_code"] is None
    assert case("2026-03:opened", "2026-03:dropout=D2", "gone")["answer_code"] == "D2"
