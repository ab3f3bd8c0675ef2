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


def test_a_township_known_by_name_only_gets_the_code_the_name_has_else_stays_a_name():
    check("household_children", {
        "household_read": """
            record_id | name | township_name | township_code
            1         | 甲   | 北关镇        | 北关镇
            2         | 乙   | 南关镇        | 南关镇
            3         | 丙   | 北关镇        | 210102102
            4         | 丁   |               |
        """,
        "household_townships": """
            district_code | township_name | township_code
            990101        | 北关镇        | 210102101
        """,
    }, """
        record_id | township_code
        1         | 210102101
        2         | 南关镇
        3         | 210102102
        4         |
    """)  # fmt: skip
