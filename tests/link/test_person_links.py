from tests.tables import check


def test_a_household_entry_joins_the_roll_before_it_doubles_another():
    check(
        "person_links",
        {
            "number_links": "left_no | right_no | left_source | right_source | name_level\n 1 | 11 | registry | household | exact\n 1 | 2 | registry | registry | exact",
            "judged_pairs": """
            left_no | right_no | kind | left_source | right_source | name | id_number | probability | verdict
            3       | 13       | cross | registry | household | exact | near | 0.999 | link
            11      | 13       | duplicate | household | household | exact | blank | 0.999 | link
            4       | 14       | cross | registry | household | exact | blank | 0.5 | review
        """,
        },
        """
        left_no | right_no | tier
        1       | 2        | duplicate
        1       | 11       | number
        3       | 13       | near_number
    """,
    )
