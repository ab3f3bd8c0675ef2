from tests.tables import check


def test_rows_set_aside_are_not_accepted():
    check("exempt_children", {
        "exempt_read": """
            record_id | name | kind
            1         | 甲 | 休学
            2         | 乙 | 休学
        """,
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
    }, """
        record_id | name | kind
        1         | 甲 | 休学
    """)  # fmt: skip
