from datetime import date

from tests.tables import check


def test_a_school_stands_once_with_its_classes_and_the_days_to_the_day_asked_about():
    check("status_schools", {"missing_deliveries": """
        school_code | school_name | grade | class_no | pupils | due_on     | days_overdue
        S1          | 第一小学    | 3     | 1        | 30     | 2026-09-15 | 0
        S1          | 第一小学    | 3     | 2        | 25     | 2026-09-15 | 0
        S2          | 第二小学    | 1     | 1        | 9      | 2026-10-15 | 0
    """}, """
        school_code | school_name | classes | pupils | due_on     | days_overdue
        S1          | 第一小学    | 2       | 55     | 2026-09-15 | 16
        S2          | 第二小学    | 1       | 9      | 2026-10-15 | 0
    """, {"as_of": date(2026, 10, 1)})  # fmt: skip
