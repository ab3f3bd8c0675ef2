import pytest

from tests.parameters import parameters
from tests.tables import check, run

FOUND = "case_no | child_id | finding | waits_for\nAAAA-AAA2 | a | {finding} | {waits_for}"
BEFORE = "case_no | child_id | finding | state\nAAAA-AAA2 | a | {finding} | {state}"


def events(
    found: str | None = None, state: str | None = None, finding: str = "absent_from_school", **inputs: str
) -> list[str]:
    """The events of this period of one case: ``found`` is what it waits for ('' is listed), ``state`` the one before."""
    drawn = dict(inputs)
    if found is not None:
        drawn["case_findings"] = FOUND.format(finding=finding, waits_for=found)
    if state is not None:
        drawn["previous_cases"] = BEFORE.format(finding=finding, state=state)
    return run("case_events", drawn, parameters())["event"].to_pylist()


ANSWER = "record_id | case_no | child_id | answer_code | answered_on | event | direct\nr | AAAA-AAA2 | a | {} | 2026-09-20 | {} | true"


def test_a_finding_opens_a_case():
    assert events("") == ["opened"]


@pytest.mark.parametrize("waits_for", ["review", "answer"])
def test_a_waiting_finding_opens_none(waits_for):
    assert events(waits_for) == []


def test_an_answer_of_the_same_period_finds_its_case_opened():
    assert events("answer", case_answers=ANSWER.format("A3", "explained")) == ["opened", "explained"]


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("open", "seen_again"),
        ("dropout", "seen_again"),
        ("returned", "seen_again"),
        ("closed", "reopened"),
        ("explained", "expired"),
    ],
)
def test_a_case_found_again_goes_on_by_its_state(state, event):
    assert events("", state) == [event]


@pytest.mark.parametrize("state", ["explained", "closed"])
def test_a_case_a_valid_answer_explains_is_carried(state):
    assert events("answer", state) == ["carried"]


def test_a_case_whose_match_is_in_review_waits():
    assert events("review", "open") == ["waits"]


def test_a_case_no_longer_found_is_gone():
    assert events(None, "open") == ["gone"]


def test_a_closed_case_that_stays_away_has_no_further_history():
    assert events(None, "closed") == []


def test_a_case_is_not_gone_where_the_district_handed_in_nothing():
    off = "district_code | finding | missing_source\n990101 | absent_from_school | attendance"
    assert events(None, "open", findings_off=off) == ["unjudged"]


def test_a_case_is_not_gone_where_its_class_handed_in_no_sheet():
    child = "child_id | on_roll | should_attend | class_delivered | seen\na | true | true | {} | false"
    assert events(None, "open", children=child.format("false")) == ["unjudged"]
    assert events(None, "open", children=child.format("true")) == ["gone"]


def test_an_answer_comes_before_what_was_found_again():
    assert events("", "open", case_answers=ANSWER.format("D2", "dropout")) == ["dropout", "seen_again"]


def test_numbers_of_events_go_on_from_the_period_before():
    check("case_events", {
        "case_findings": FOUND.format(finding="not_enrolled", waits_for=""),
        "previous_cases": BEFORE.format(finding="not_enrolled", state="open"),
        "previous_case_events": """
            period  | case_no   | event_no | event  | happened_on
            2026-03 | AAAA-AAA2 | 1        | opened | 2026-03-13
        """,
    }, """
        period  | case_no   | event_no | event      | happened_on
        2026-03 | AAAA-AAA2 | 1        | opened     | 2026-03-13
        2026-09 | AAAA-AAA2 | 2        | seen_again | 2026-09-15
    """, parameters())  # fmt: skip


def test_an_answer_of_death_is_contradicted_once_by_a_child_on_a_class_sheet():
    before = "case_no | child_id | finding | state | answer_code\nAAAA-AAA2 | a | not_enrolled | closed | {}"
    seen = "child_id | seen | attends_school_name\na | true | 第一小学"
    assert events(children=seen, previous_cases=before.format("B5")) == ["contradicted"]
    assert events(children=seen, previous_cases=before.format("B6")) == []
    told = "period | case_no | event_no | event | answer_code\n2026-03 | AAAA-AAA2 | 1 | contradicted | B5"
    assert events(children=seen, previous_cases=before.format("B5"), previous_case_events=told) == ["contradicted"]


@pytest.mark.parametrize(("checks", "event"), [(0, "followed_up"), (2, "followed_up"), (3, "settled")])
def test_a_child_that_came_back_is_followed_for_four_periods(checks, event):
    history = "period | case_no | event_no | event\n" + "\n".join(
        f"2026-03 | AAAA-AAA2 | {n} | followed_up" for n in range(1, checks + 1)
    )
    assert events(None, "returned", previous_case_events=history)[checks:] == [event]


def test_a_case_is_noted_as_overdue_once():
    before = "case_no | child_id | finding | state | due_on\nAAAA-AAA2 | a | not_enrolled | open | 2026-03-27"
    found = FOUND.format(finding="not_enrolled", waits_for="")
    assert events(previous_cases=before, case_findings=found) == ["overdue", "escalated", "seen_again"]
    noted = "period | case_no | event_no | event | happened_on\n2026-05 | AAAA-AAA2 | 1 | overdue | 2026-03-27"
    assert events(previous_cases=before, case_findings=found, previous_case_events=noted) == [
        "overdue",
        "escalated",
        "seen_again",
    ]


@pytest.mark.parametrize(("due", "escalated"), [("2026-09-18", False), ("2026-09-17", True)])
def test_a_case_is_escalated_the_day_after_ten_days_past_its_due_day(due, escalated):
    before = f"case_no | child_id | finding | state | due_on\nAAAA-AAA2 | a | not_enrolled | open | {due}"
    found = FOUND.format(finding="not_enrolled", waits_for="")
    assert ("escalated" in events(previous_cases=before, case_findings=found)) is escalated


def test_a_case_is_escalated_once_for_one_due_day_and_not_when_it_is_answered():
    before = "case_no | child_id | finding | state | due_on\nAAAA-AAA2 | a | not_enrolled | open | 2026-03-27"
    found = FOUND.format(finding="not_enrolled", waits_for="")
    noted = "period | case_no | event_no | event | happened_on\n2026-05 | AAAA-AAA2 | 1 | escalated | 2026-04-06"
    assert events(previous_cases=before, case_findings=found, previous_case_events=noted).count("escalated") == 1
    answered = ANSWER.format("D2", "dropout")
    assert "escalated" not in events(previous_cases=before, case_findings=found, case_answers=answered)


def test_a_registration_that_never_arrived_contradicts_the_answer():
    before = (
        "case_no | child_id | finding | state | answer_code | answered_on\n"
        "AAAA-AAA2 | a | not_enrolled | explained | A1 | {}"
    )
    found = FOUND.format(finding="not_enrolled", waits_for="")
    late, early = before.format("2026-07-29"), before.format("2026-07-30")
    assert events(previous_cases=late, case_findings=found) == ["contradicted"]
    assert events(previous_cases=early, case_findings=found) == ["expired"]
    registered = "child_id | on_roll\na | true"
    assert events(previous_cases=late, case_findings=found, children=registered) == ["expired"]
