from tests.tables import check


def test_rows_set_aside_are_not_accepted():
    check("priority_children", {
        "priority_read": """
            record_id | name | group_name
            1         | 甲 | 低保
            2         | 乙 | 低保
        """,
        "grown_ups": "record_id | delivery_id",
        "set_aside": """
            record_id | code
            2         | repeated_row
        """,
    }, """
        record_id | name | group_name
        1         | 甲 | 低保
    """)  # fmt: skip


def test_adults_listed_with_their_children_are_no_data():
    check("priority_children", {
        "priority_read": """
            record_id | name | group_name
            1         | 甲   | 低保
            2         | 乙   | 低保
        """,
        "set_aside": "record_id | code",
        "grown_ups": """
            record_id | delivery_id
            2         | a
        """,
    }, """
        record_id | name
        1         | 甲
    """)  # fmt: skip
