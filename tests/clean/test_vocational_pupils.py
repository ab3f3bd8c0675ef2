from tests.tables import check


def test_rows_set_aside_are_not_accepted_and_a_school_nobody_resolves_is_its_name():
    check("vocational_pupils", {
        "vocational_read": """
            record_id | name | school_name | birth_date
            1         | 甲 | 职教中心    | 1915-01-01
            2         | 乙 | 职教中心    |
        """,
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
        "suite_failures": """
            source | record_id | column_name | code         | severity
            vocational | 1         | birth_date  | out_of_range | info
        """,
    }, """
        record_id | name | school_code | birth_date
        1         | 甲 | 职教中心    |
    """)  # fmt: skip
