from tests.tables import check


def test_a_number_becomes_a_whole_number_and_less_than_nought_where_it_ends_in_x():
    check(
        "given_numbers",
        {
            "given_left": "row_no | record_id | id_number\n 0 | 1 | 990101201503070011",
            "given_right": "row_no | record_id | id_number\n 0 | 1 | 99010120150307002X",
        },
        "side | row_no | record_id | number\n left | 0 | 1 | 990101201503070011\n right | 0 | 1 | -99010120150307002",
    )


def test_what_is_no_number_of_18_characters_is_none():
    check(
        "given_numbers",
        {
            "given_left": "record_id | id_number\n 1 | 99010120150307\n 2 | 99010120*****70011\n 3 | \n 4 | 护照990101201503"
        },
        "record_id | number\n 1 |\n 2 |\n 3 |\n 4 |",
    )
