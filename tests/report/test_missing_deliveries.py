from datetime import date

from tests.parameters import parameters
from tests.tables import check

CHILDREN = """
    child_id | on_roll | should_attend | class_delivered | school_code | school_name | grade | class_no
    a        | true    | true          | false           | S1          | 第一小学    | 3     | 1
    b        | true    | true          | false           | S1          | 第一小学    | 3     | 1
    c        | true    | true          | true            | S1          | 第一小学    | 3     | 2
    d        | true    | false         | false           | S1          | 第一小学    | 3     | 3
    e        | false   | true          | false           | S1          | 第一小学    | 3     | 4
"""


def test_a_class_without_a_sheet_is_chased_with_its_pupils_and_days_overdue():
    check("missing_deliveries", {"children": CHILDREN}, """
        school_code | grade | class_no | pupils | due_on     | days_overdue
        S1          | 3     | 1        | 2      | 2026-09-15 | 13
    """, parameters())  # fmt: skip


def test_on_the_day_it_is_due_a_sheet_is_not_overdue():
    check("missing_deliveries", {"children": CHILDREN}, """
        school_code | days_overdue
        S1          | 0
    """, parameters(as_of=date(2026, 9, 15)))  # fmt: skip


def test_a_county_that_opened_later_hands_in_later():
    days = "unit_code | listed_on\n990101 | 2026-09-21"
    check("missing_deliveries", {"children": CHILDREN, "opening_days": days}, """
        school_code | due_on     | days_overdue
        S1          | 2026-09-21 | 7
    """, parameters())  # fmt: skip


def test_a_school_whose_roll_is_missing_is_chased_for_it():
    check("missing_deliveries", {"silent_rolls": "school_code | school_name | pupils\nS1 | 第一小学 | 300"}, """
        source   | school_code | grade | class_no | pupils | due_on     | days_overdue
        registry | S1          | 0     |          | 300    | 2026-09-15 | 13
    """, parameters())  # fmt: skip
