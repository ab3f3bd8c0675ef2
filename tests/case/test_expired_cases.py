from datetime import date

from tests.tables import check

CASES = """
    case_no | state  | finding
    old     | closed | not_enrolled
    open    | open   | not_enrolled
    carried | closed | not_enrolled
"""
EVENTS = """
    case_no | event_no | event   | happened_on
    old     | 1        | opened  | 2023-09-15
    old     | 2        | closed  | 2023-10-01
    open    | 1        | opened  | 2020-09-15
    carried | 1        | closed  | 2020-10-01
    carried | 2        | carried | 2026-09-01
"""


def expired(as_of, rows):
    check("expired_cases", {"cases": CASES, "case_events": EVENTS}, f"case_no | last_heard_on\n{rows}",
          {"as_of": as_of, "keep_closed_cases_days": 1095})  # fmt: skip


def test_on_the_last_day_of_its_term_a_closed_case_is_kept():
    expired(date(2026, 9, 30), "")


def test_on_the_day_after_it_is_not():
    expired(date(2026, 10, 1), "old | 2023-10-01")


def test_an_open_case_never_expires_and_one_carried_on_is_heard_of_again():
    expired(date(2029, 8, 30), "old | 2023-10-01")
