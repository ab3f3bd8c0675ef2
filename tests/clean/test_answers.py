from tests.tables import check


def test_rows_set_aside_are_not_accepted():
    check("answers", {
        "answers_read": """
            record_id | name | code
            1         | 甲 | A1
            2         | 乙 | A1
        """,
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
    }, """
        record_id | name | code
        1         | 甲 | A1
    """)  # fmt: skip
