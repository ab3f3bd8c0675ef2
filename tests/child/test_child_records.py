from tests.tables import check


def test_every_record_is_in_exactly_one_child():
    check("child_records", {
        "record_roots": """
            record_id | root_record_id
            roll      | roll
            home      | roll
            alone     | alone
        """,
        "child_keys": """
            root_record_id | child_id
            roll           | k1
            alone          | k2
        """,
        "person_records": """
            record_id | source
            roll      | registry
            home      | household
            alone     | attendance
        """,
    }, """
        record_id | child_id | source
        alone     | k2       | attendance
        home      | k1       | household
        roll      | k1       | registry
    """, {"period": "2026-09"})  # fmt: skip
