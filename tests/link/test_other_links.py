from tests.tables import check

P = {"link_probability": 0.995, "review_probability": 0.2}
HEAD = "left_no | right_no | kind | left_source | name | id_number | birth_date | family | twin | weight | prior"
PEOPLE = "record_id | person_no | source\n a | 1 | registry\n b | 11 | household\n c | 2 | registry"


def test_the_roll_and_the_household_entry_of_one_child_do_not_compete():
    check(
        "other_links",
        {
            "scored_pairs": f"{HEAD}\n 1 | 21 | other | registry | exact | blank | same | two | false | 30 | -15\n 11 | 21 | other | household | exact | blank | same | number | false | 31 | -15",
            "person_records": PEOPLE,
            "person_links": "left_no | right_no\n 1 | 11",
        },
        "left_no | right_no | verdict\n 11 | 21 | link",
        P,
    )


def test_two_children_of_one_name_go_to_people():
    check(
        "other_links",
        {
            "scored_pairs": f"{HEAD}\n 1 | 21 | other | registry | exact | blank | same | two | false | 30 | -15\n 2 | 21 | other | registry | exact | blank | same | two | false | 30 | -15",
            "person_records": PEOPLE,
        },
        "left_no | right_no | verdict\n 1 | 21 | review\n 2 | 21 | review",
        P,
    )
