from datetime import date

from tests.tables import check


def test_overdue_is_counted_to_the_day_asked_about_and_the_due_day_itself_is_in_time():
    check("status_cases", {"cases": """
        case_no | finding            | state      | due_on
        c1      | absent_from_school | open       | 2026-09-29
        c2      | absent_from_school | open       | 2026-10-01
        c3      | absent_from_school | open       | 2026-10-03
        c4      | absent_from_school | unresolved | 2026-09-01
        c5      | absent_from_school | closed     | 2026-09-01
        c6      | not_enrolled       | explained  | 2026-09-01
    """}, """
        finding            | waiting | looked_for | overdue | escalated | next_due_on | longest_overdue
        absent_from_school | 4       | 1          | 1       | 0         | 2026-10-01  | 2
    """, {"as_of": date(2026, 10, 1), "escalate_days": 10})  # fmt: skip


def test_a_case_is_the_countys_the_day_after_ten_days_past_its_due_day():
    cases = "case_no | finding | state | due_on\nc1 | not_enrolled | open | 2026-09-29"
    for day, escalated in ((date(2026, 10, 9), 0), (date(2026, 10, 10), 1)):
        check(
            "status_cases",
            {"cases": cases},
            f"overdue | escalated\n1 | {escalated}",
            {"as_of": day, "escalate_days": 10},
        )
