from datetime import date

from tests.parameters import parameters
from tests.tables import check


def test_the_class_of_a_school_that_was_due_first_stands_first_and_is_overdue_once_its_day_has_passed():
    missing = """
        district_code | school_code | school_name | grade | class_no | pupils | due_on
        990101        | s1          | 一小        | 3     | 2        | 40     | 2026-10-09
        990101        | s1          | 一小        | 4     | 1        | 41     | 2026-09-30
        990101        | s2          |             | 5     |          | 42     |
    """
    check("chase_list", {"missing_deliveries": missing}, """
        school_code | school_name | row_no | class_text  | pupils | overdue
        s1          | 一小        | 1      | 四年级(1)班 | 41     | true
        s1          | 一小        | 2      | 三年级(2)班 | 40     | false
        s2          | s2          | 1      | 五年级      | 42     | false
    """, parameters(as_of=date(2026, 10, 9)))  # fmt: skip
