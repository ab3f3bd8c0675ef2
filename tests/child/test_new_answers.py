import pytest

from tests.parameters import parameters
from tests.tables import check, run

TOLD = "period | case_no | event_no | event | answer_code | happened_on\n2026-03 | AAAA-AAA2 | 2 | {} | B5 | 2026-03-20"


def days(written: str, told: str = "closed") -> list[str]:
    answers = f"record_id | case_no | code | answered_on\nr | AAAA-AAA2 | {written}"
    rows = run("new_answers", {"answers": answers, "previous_case_events": TOLD.format(told)}, parameters())
    return [str(day) for day in rows["answered_on"].to_pylist()]


def test_an_answer_is_understood_however_number_and_outcome_are_written():
    check("new_answers", {"answers": """
        record_id | case_no   | code        | answered_on
        a         | k3f7 92qx | A3 省外就读 | 2026-09-20
        b         | K3F7-92QX | 休学        | 2026-09-20
        c         | K3F7-92QX | 不详        | 2026-09-20
    """}, """
        record_id | case_no   | answer_code | valid_until | event     | explains
        a         | K3F7-92QX | A3          | 2027-03-19  | at_school | true
        b         | K3F7-92QX | C2          | 2027-09-20  | explained | true
    """, parameters())  # fmt: skip


def test_an_answer_told_in_an_earlier_period_is_not_an_answer_again():
    assert days("B5 | 2026-03-20") == []


def test_another_day_or_another_outcome_is_a_new_answer():
    assert days("B5 | 2026-03-21") == ["2026-03-21"]
    assert days("B6 | 2026-03-20") == ["2026-03-20"]


def test_an_answer_without_a_day_counts_from_the_run_unless_it_repeats_an_earlier_one():
    assert days("B6 |") == ["2026-09-28"]
    assert days("B5 |") == []


def test_an_answer_only_contradicted_before_was_not_given_before():
    assert days("B5 | 2026-03-20", told="contradicted") == ["2026-03-20"]


@pytest.mark.parametrize(("written", "counted"), [("2026-09-28", "2026-09-28"), ("2026-09-29", "2026-09-28")])
def test_no_answer_counts_from_a_day_still_to_come(written, counted):
    assert days(f"B6 | {written}") == [counted]
