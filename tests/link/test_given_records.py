from tests.tables import check


def test_records_of_both_tables_come_with_a_letter_of_their_side():
    check(
        "given_records",
        {
            "given_left": "row_no | record_id | name\n 0 | 1 | 张伟",
            "given_right": "row_no | record_id | name\n 0 | 1 | 李静",
        },
        "side | record_id | name\n registry | l:1 | 张伟\n household | r:1 | 李静",
        first=["given_numbers"],
    )


def test_settled_records_are_left_out_on_both_sides():
    check(
        "given_records",
        {
            "given_left": "row_no | record_id | name\n 0 | 1 | 张伟\n 1 | 2 | 王芳",
            "given_right": "row_no | record_id | name\n 0 | 1 | 李静\n 1 | 3 | 张伟",
            "sure_pairs": "left_row | right_row | left_record_id | right_record_id | name | is_settled\n 0 | 1 | 1 | 3 | 张伟 | true",
        },
        "side | record_id | name\n registry | l:2 | 王芳\n household | r:1 | 李静",
        first=["given_numbers"],
    )
