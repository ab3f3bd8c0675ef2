from tests.tables import check


def test_rows_set_aside_are_not_accepted_and_the_school_is_the_one_resolved():
    check("attendance_pupils", {
        "attendance_read": """
            record_id | name | school_code | school_name | grade | month   | marks
            1         | 甲 |             | 一小        | 33    | 2026-09 | P
            2         | 乙 |             | 一小        | 3     | 2026-09 | P
        """,
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
        "suite_failures": """
            source | record_id | column_name | code         | severity
            attendance | 1         | grade       | out_of_range | info
        """,
        "schools": """
            district_code | school_code | school_name
            990101        | 2100000001  | 和平区第一小学
        """,
        "school_aliases": """
            district_code | school_text | school_code
            990101        | 一小        | 2100000001
            990101        | 2199999999  |
        """,
    }, """
        record_id | name | school_code | school_name    | grade
        1         | 甲 | 2100000001  | 和平区第一小学 |
    """)  # fmt: skip


def test_the_first_grade_of_a_middle_school_is_junior_high_unless_its_roll_has_that_many_first_graders():
    nine = "\n".join(f"a{n} | 990101 | 3100000001 | {1 if n < 2 else 7}" for n in range(8))
    junior = "\n".join(f"b{n} | 990101 | 3100000002 | {1 if n < 1 else 7}" for n in range(8))
    check("attendance_pupils", {
        "attendance_read": """
            record_id | name | school_name | grade | grade_raw | class_name_raw | month   | marks
            1         | 甲 | 团中学      | 7     | 一年级    |                | 2026-09 | P
            2         | 乙 | 团中学      | 7     | 初一      |                | 2026-09 | P
            3         | 丙 | 团中学      | 7     |           | 一年级1班      | 2026-09 | P
            4         | 丁 | 三中        | 7     | 一年级    |                | 2026-09 | P
        """,
        "registry_pupils": "record_id | district_code | school_code | grade\n" + nine + "\n" + junior,
        "schools": """
            district_code | school_code | school_name
            990101        | 3100000001  | 团中学
            990101        | 3100000002  | 三中
        """,
        "school_aliases": """
            district_code | school_text | school_code
            990101        | 团中学      | 3100000001
            990101        | 三中        | 3100000002
        """,
    }, """
        record_id | grade
        1         | 1
        2         | 7
        3         | 1
        4         | 7
    """)  # fmt: skip
