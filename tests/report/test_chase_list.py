from tests.tables import check


def test_the_longest_overdue_class_of_a_school_stands_first():
    missing = """
        district_code | school_code | school_name | grade | class_no | pupils | days_overdue
        990101        | s1          | 一小        | 3     | 2        | 40     | 1
        990101        | s1          | 一小        | 4     | 1        | 41     | 9
        990101        | s2          |             | 5     |          | 42     | 0
    """
    check("chase_list", {"missing_deliveries": missing}, """
        school_code | school_name | row_no | class_text  | pupils
        s1          | 一小        | 1      | 四年级(1)班 | 41
        s1          | 一小        | 2      | 三年级(2)班 | 40
        s2          | s2          | 1      | 五年级      | 42
    """)  # fmt: skip
