from tests.tables import check


def test_records_follow_their_links_to_the_one_nearest_the_roll():
    check("record_roots", {
        "person_records": """
            record_id
            roll
            second_roll
            home
            moved_home
            sheet
            sheet_again
            alone
        """,
        "links": """
            left_record_id | right_record_id
            roll           | second_roll
            second_roll    | home
            home           | moved_home
            roll           | sheet
            sheet          | sheet_again
        """,
    }, """
        record_id   | root_record_id
        alone       | alone
        home        | roll
        moved_home  | roll
        roll        | roll
        second_roll | roll
        sheet       | roll
        sheet_again | roll
    """)  # fmt: skip
