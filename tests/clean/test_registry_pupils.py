from tests.tables import check


def test_rows_set_aside_are_not_accepted_a_value_beyond_its_bounds_is_null_and_the_school_is_the_one_resolved():
    check("registry_pupils", {
        "registry_read": """
            record_id | name | school_code | school_name | birth_date
            1         | 甲 | 2199999999  | 一小        | 1915-01-01
            2         | 乙 |             | 一小        | 2015-01-01
        """,
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
        "suite_failures": """
            source | record_id | column_name | code         | severity
            registry | 1         | birth_date  | out_of_range | info
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
        record_id | name | school_code | school_name    | birth_date
        1         | 甲 | 2100000001  | 和平区第一小学 |
    """)  # fmt: skip
