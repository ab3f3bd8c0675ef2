from datetime import date

import pytest

from expectations.case_states import TRANSITIONS
from expectations.findings import FINDINGS
from tests.parameters import parameters
from tests.tables import check, run

KINDS = "finding | matter\n" + "\n".join(f"{kind.code} | {kind.matter}" for kind in FINDINGS)
STEPS = "from_state | event | to_state\n" + "\n".join(f"{t.before} | {t.event} | {t.after}" for t in TRANSITIONS)
FOUND = "case_no | child_id | finding | waits_for\nAAAA-AAA2 | a | {finding} | {waits_for}"
BEFORE = "case_no | child_id | finding | state\nAAAA-AAA2 | a | {finding} | {state}"
ANSWER = "record_id | case_no | child_id | answer_code | answered_on | event | direct\nr | AAAA-AAA2 | a | {} | 2026-09-20 | {} | true"
CHILD = "child_id | on_roll | should_attend | class_delivered | seen | explanation | of_school_age\na | {} | {} | {} | {} | {} | {}"


def child(on_roll="false", should="true", delivered="true", seen="false", explanation="", of_age="true") -> str:
    return CHILD.format(on_roll, should, delivered, seen, explanation, of_age)


def events(
    found: str | None = None, state: str | None = None, finding: str = "absent_from_school", period: str = "2026-09",
    as_of: date = date(2026, 9, 28), **inputs: str,
) -> list[str]:  # fmt: skip
    """The events of this period of one case: ``found`` is what it waits for ('' is listed), ``state`` the one before."""
    drawn = {"finding_kinds": KINDS, "case_transitions": STEPS, **inputs}
    if found is not None:
        drawn["case_findings"] = FOUND.format(finding=finding, waits_for=found)
    if state is not None:
        drawn["previous_cases"] = BEFORE.format(finding=finding, state=state)
    rows = run("case_events", drawn, parameters(period, as_of)).to_pylist()
    return [row["event"] for row in rows if row["period"] == period]


def test_a_finding_opens_a_case():
    assert events("") == ["opened"]


@pytest.mark.parametrize("waits_for", ["review", "answer"])
def test_a_waiting_finding_opens_none(waits_for):
    assert events(waits_for) == []


def test_an_answer_of_the_same_period_finds_its_case_opened():
    assert events("answer", case_answers=ANSWER.format("A3", "at_school")) == ["opened", "at_school"]
    assert events("review", case_answers=ANSWER.format("A3", "at_school")) == ["opened", "at_school"]


def test_an_answer_of_the_same_period_that_holds_no_longer_is_asked_about_again():
    answer = ANSWER.format("A3", "at_school")
    there = child()
    assert events("", as_of=date(2027, 4, 1), children=there, case_answers=answer)[:3] == [
        "opened",
        "at_school",
        "expired",
    ]
    moved = ANSWER.format("A1", "at_school")
    assert events("", as_of=date(2026, 11, 20), children=there, case_answers=moved)[:3] == [
        "opened",
        "at_school",
        "contradicted",
    ]


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("open", "seen_again"),
        ("unresolved", "seen_again"),
        ("dropout", "seen_again"),
        ("returned", "seen_again"),
        ("closed", "reopened"),
        ("explained", "expired"),
    ],
)
def test_a_case_found_again_goes_on_by_its_state(state, event):
    assert events("", state) == [event]


@pytest.mark.parametrize("state", ["explained", "closed", "returned"])
def test_a_case_a_valid_answer_explains_is_carried(state):
    assert events("answer", state) == ["carried"]


def test_a_case_whose_match_is_in_review_waits():
    assert events("review", "open") == ["waits"]
    assert events("review", "closed") == []


def test_a_case_whose_child_is_at_school_again_is_gone():
    assert events(None, "open", children=child(on_roll="true", seen="true")) == ["gone"]
    assert events(None, "open", "not_enrolled", children=child(on_roll="true", delivered="false")) == ["gone"]
    assert events(None, "open", children=child(on_roll="true", explanation="vocational")) == ["gone"]


@pytest.mark.parametrize("reason", ["suspended", "sick_leave", "abroad", "died", "home_teaching", "postponed"])
def test_a_case_the_deliveries_give_a_lawful_reason_for_is_cleared(reason):
    assert events(None, "open", children=child(on_roll="true", explanation=reason)) == ["cleared"]


def test_a_case_of_a_child_past_the_ages_or_in_no_register_is_ended():
    assert events(None, "open") == ["ended"]
    assert events(None, "open", "not_enrolled", children=child(of_age="false")) == ["ended"]


def test_a_fault_in_the_registers_that_is_mended_is_gone():
    assert events(None, "open", "identity_mismatch", children=child(on_roll="true")) == ["gone"]


@pytest.mark.parametrize("state", ["dropout", "returned"])
def test_a_mended_fault_is_ended_and_no_return_to_school_whatever_was_answered(state):
    assert events(None, state, "identity_mismatch", children=child(on_roll="true", seen="true")) == ["ended"]


def test_a_closed_case_that_stays_away_has_no_further_history():
    assert events(None, "closed") == []


def test_a_case_is_not_gone_where_the_district_handed_in_nothing():
    off = "district_code | finding | missing_source\n990101 | absent_from_school | attendance"
    assert events(None, "open", findings_off=off) == ["unjudged"]


def test_a_case_is_not_gone_where_its_class_handed_in_no_sheet():
    assert events(None, "open", children=child(on_roll="true", delivered="false")) == ["unjudged"]
    assert events(None, "open", "dropout_risk", children=child(on_roll="true", delivered="false")) == ["unjudged"]


def test_a_pupil_not_seen_before_the_schools_check_is_over_keeps_its_case():
    assert events(None, "open", children=child(on_roll="true")) == ["unjudged"]


def test_who_may_still_be_at_a_school_that_handed_in_no_sheet_keeps_its_case():
    assert events(None, "open", "attends_elsewhere", children=child(on_roll="true")) == ["unjudged"]
    before = "case_no | child_id | finding | state | school_code\nAAAA-AAA2 | a | attends_unregistered | open | S1"
    assert events(previous_cases=before) == ["unjudged"]
    sheets = "child_id | school_code\nb | S1"
    assert events(previous_cases=before, child_attendance=sheets) == ["gone"]


@pytest.mark.parametrize(("grade", "event"), [(8, "unjudged"), (9, "gone")])
def test_who_would_be_past_grade_nine_by_now_is_not_waited_for_at_the_school_it_attended(grade, event):
    before = "case_no | child_id | finding | state | school_code\nAAAA-AAA2 | a | attends_unregistered | open | S1"
    child_before = f"period | child_id | grade | known_period\n2026-03 | a | {grade} | 2026-03"
    assert events(previous_cases=before, previous_children=child_before) == [event]


@pytest.mark.parametrize(
    "finding", ["suspected_dropout", "identity_mismatch", "duplicate_registration", "missing_id_number"]
)
def test_a_case_is_not_gone_where_a_roll_it_was_judged_by_is_missing(finding):
    roll = "record_id | child_id | school_code | in_force\nr | a | S1 | true"
    silent = "school_code\n{}"
    drawn = {"previous_child_rolls": roll, "silent_rolls": silent.format("S1")}
    assert events(None, "open", finding, **drawn) == ["unjudged"]
    assert events(None, "open", finding, **{**drawn, "silent_rolls": silent.format("S2")}) != ["unjudged"]


def test_a_case_is_not_gone_where_the_register_of_its_township_is_missing():
    before = "child_id | in_household | township_code\na | true | 990101001"
    there = "child_id | in_household | township_code\nb | true | {}"
    drawn = {"previous_children": before, "children": there.format("990101002")}
    assert events(None, "open", "not_enrolled", **drawn) == ["unjudged"]
    drawn["children"] = there.format("990101001")
    assert events(None, "open", "not_enrolled", **drawn) == ["ended"]


def test_an_answer_comes_before_what_was_found_again():
    assert events("", "open", case_answers=ANSWER.format("D2", "dropout")) == ["dropout", "seen_again"]


def test_a_closed_case_found_again_is_reopened_before_its_answer():
    assert events("", "closed", case_answers=ANSWER.format("D2", "dropout")) == ["reopened", "dropout"]


def test_a_dropout_answered_once_more_is_an_attempt_to_bring_the_child_back():
    again = ANSWER.format("D2", "dropout")
    assert events("", "dropout", case_answers=again) == ["persuaded", "seen_again"]
    twice = again + "\nr2 | AAAA-AAA2 | a | D1 | 2026-09-25 | dropout | true"
    assert events("", "open", case_answers=twice) == ["dropout", "persuaded", "seen_again"]
    assert events("", "returned", case_answers=again) == ["dropout", "seen_again"]


def test_numbers_of_events_go_on_from_the_period_before():
    check("case_events", {
        "finding_kinds": KINDS,
        "case_transitions": STEPS,
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


def contradicted(code: str, finding: str = "not_enrolled", seen: str = "true", found: str = "") -> list[str]:
    before = f"case_no | child_id | finding | state | answer_code\nAAAA-AAA2 | a | {finding} | closed | {code}"
    there = f"child_id | seen | attends_school_name\na | {seen} | 第一小学"
    drawn = {"case_findings": FOUND.format(finding=finding, waits_for="")} if found else {}
    return events(children=there, previous_cases=before, **drawn)


@pytest.mark.parametrize("code", ["B4", "B5", "C4", "C6"])
def test_an_answer_of_death_abroad_or_nobody_is_contradicted_by_a_child_on_a_class_sheet(code):
    assert contradicted(code) == ["contradicted"]
    assert contradicted(code, seen="false") == []


@pytest.mark.parametrize("code", ["B3", "B6", "C5"])
def test_an_answer_that_leaves_room_for_school_is_not(code):
    assert contradicted(code) == []


def test_it_is_contradicted_too_where_the_child_is_listed_for_another_fault():
    assert contradicted("B5", "missing_id_number", found="listed") == ["contradicted"]


def test_what_asks_an_office_names_the_day_its_answer_is_due():
    county = "unit_code | answer_due_on\n990101 | 2026-10-21\n{} | 2026-10-22"
    found = "case_no | child_id | finding | school_code\nAAAA-AAA2 | a | not_enrolled | S1"

    def due(as_of: date = date(2026, 9, 28), days: str = "unit_code | answer_due_on") -> str:
        drawn = {"finding_kinds": KINDS, "case_transitions": STEPS, "case_findings": found, "opening_days": days}
        return str(run("case_events", drawn, parameters(as_of=as_of))["due_on"].to_pylist()[0])

    assert due(date(2026, 9, 15)) == "2026-09-29"
    assert due(date(2026, 9, 16)) == "2026-10-20"
    assert due(date(2026, 12, 1)) == "2026-10-20"
    assert due(days=county.format("S1")) == "2026-10-22"
    assert due(days=county.format("S2")) == "2026-10-21"


HISTORY = "period | case_no | event_no | event\n2026-03 | AAAA-AAA2 | 1 | gone"


def followed(*checks: str, period: str = "2026-09") -> list[str]:
    """The events in ``period`` of a case whose child came back in 2026-03 and was looked at in the periods ``checks``."""
    history = HISTORY + "".join(f"\n{p} | AAAA-AAA2 | {n} | followed_up" for n, p in enumerate(checks, 2))
    year, month = map(int, period.split("-"))
    back = child(on_roll="true", seen="true")
    return events(
        None, "returned", period=period, as_of=date(year, month, 28), children=back, previous_case_events=history
    )


def test_a_child_that_came_back_is_looked_at_four_times():
    assert followed() == ["followed_up"]
    assert followed("2025-12", "2026-03") == ["followed_up"]
    assert followed("2025-09", "2025-12", "2026-03") == ["settled"]


@pytest.mark.parametrize(("period", "expected"), [("2026-05", []), ("2026-06", ["followed_up"])])
def test_two_checks_lie_three_months_apart_so_that_four_take_a_year(period, expected):
    assert followed(period=period) == expected


def test_a_child_that_came_back_a_second_time_is_followed_anew():
    history = (
        "period | case_no | event_no | event\n"
        + "".join(f"2025-0{n} | AAAA-AAA2 | {n} | followed_up\n" for n in (2, 3, 4))
        + "2025-09 | AAAA-AAA2 | 5 | seen_again\n2026-03 | AAAA-AAA2 | 6 | gone"
    )
    back = child(on_roll="true", seen="true")
    assert events(None, "returned", children=back, previous_case_events=history) == ["followed_up"]


def test_a_child_that_came_back_and_is_lawfully_away_now_is_no_longer_followed():
    assert events(None, "returned", children=child(on_roll="true", explanation="suspended")) == ["cleared"]


OPEN = "case_no | child_id | finding | state | due_on\nAAAA-AAA2 | a | not_enrolled | open | {}"
LISTED = FOUND.format(finding="not_enrolled", waits_for="")


@pytest.mark.parametrize(("due", "overdue"), [("2026-09-28", []), ("2026-09-27", ["overdue"])])
def test_a_case_is_overdue_the_day_after_its_due_day(due, overdue):
    assert events(previous_cases=OPEN.format(due), case_findings=LISTED) == [*overdue, "seen_again"]


def test_a_case_is_noted_as_overdue_once():
    noted = "period | case_no | event_no | event | happened_on\n2026-05 | AAAA-AAA2 | 1 | overdue | 2026-09-20"
    drawn = {"previous_cases": OPEN.format("2026-09-20"), "case_findings": LISTED}
    assert events(**drawn) == ["overdue", "seen_again"]
    assert events(**drawn, previous_case_events=noted) == ["seen_again"]


@pytest.mark.parametrize(("due", "escalated"), [("2026-09-18", False), ("2026-09-17", True)])
def test_a_case_is_escalated_the_day_after_ten_days_past_its_due_day(due, escalated):
    assert ("escalated" in events(previous_cases=OPEN.format(due), case_findings=LISTED)) is escalated


def test_a_case_is_escalated_once_for_one_due_day_and_not_when_it_is_answered():
    drawn = {"previous_cases": OPEN.format("2026-03-27"), "case_findings": LISTED}
    noted = "period | case_no | event_no | event | happened_on\n2026-05 | AAAA-AAA2 | 1 | escalated | 2026-04-06"
    assert "escalated" not in events(**drawn, previous_case_events=noted)
    assert events(**drawn, case_answers=ANSWER.format("D2", "dropout")) == ["dropout", "seen_again"]


def test_a_run_made_late_notes_what_is_overdue_by_then():
    assert events("", as_of=date(2026, 10, 20)) == ["opened"]
    assert events("", as_of=date(2026, 10, 21)) == ["opened", "overdue"]
    assert events("", as_of=date(2026, 10, 31)) == ["opened", "overdue", "escalated"]
    assert events("answer", as_of=date(2026, 12, 1), case_answers=ANSWER.format("A3", "at_school")) == [
        "opened",
        "at_school",
    ]


@pytest.mark.parametrize(("answered", "event"), [("2026-07-29", "contradicted"), ("2026-07-30", "expired")])
def test_a_registration_that_has_not_arrived_after_sixty_days_contradicts_the_answer(answered, event):
    before = (
        "case_no | child_id | finding | state | answer_code | answered_on\n"
        f"AAAA-AAA2 | a | not_enrolled | explained | A1 | {answered}"
    )
    assert events(previous_cases=before, case_findings=LISTED) == [event]
    assert events(previous_cases=before, case_findings=LISTED, children="child_id | on_roll\na | true") == ["expired"]
