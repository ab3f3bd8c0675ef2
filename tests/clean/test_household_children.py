from tests.tables import check


def test_rows_set_aside_are_not_accepted_and_a_birth_day_beyond_its_bounds_is_null():
    check("household_children", {
        "household_read": """
            record_id | name | birth_date
            1         | 甲 | 1915-01-01
            2         | 乙 | 2015-01-01
        """,
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
        "suite_failures": """
            source | record_id | column_name | code         | severity
            household | 1         | birth_date  | out_of_range | info
        """,
    }, """
        record_id | name | birth_date
        1         | 甲 |
    """)  # fmt: skip
