from tests.tables import check


def test_a_record_is_open_until_a_number_settles_it():
    check(
        "open_records",
        {
            "person_records": "record_id | person_no | source | name_key\n a | 1 | registry | x\n b | 2 | household | x\n c | 3 | registry | x\n"
            " d | 4 | household | x\n e | 5 | attendance | x\n f | 6 | registry | x",
            "number_links": "left_no | right_no | left_source | right_source\n 1 | 2 | registry | household\n 3 | 6 | registry | registry",
        },
        "person_no | source\n 3 | registry\n 4 | household",
    )
