from tests.tables import check


def test_a_second_entry_at_the_same_school_makes_no_second_place():
    check(
        "roll_places",
        {
            "person_records": "record_id | person_no | source | name_key | school_code\n a | 1 | registry | 王一 | S\n b | 2 | registry | 王一 | S\n c | 3 | registry | 王一 | T\n d | 4 | household | 王一 |",
            "person_links": "left_no | right_no | tier\n 1 | 2 | duplicate\n 1 | 3 | duplicate",
        },
        "person_no | school_code\n 1 | S\n 3 | T",
    )
