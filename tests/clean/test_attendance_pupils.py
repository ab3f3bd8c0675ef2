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
