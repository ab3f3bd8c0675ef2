from tests.tables import check


def test_only_pairs_of_a_left_and_a_right_record_are_answered():
    check(
        "given_pairs",
        {
            "person_records": "record_id | person_no | source\n l:1 | 1 | registry\n l:2 | 2 | registry\n r:1 | 3 | household",
            "link_proposals": "left_no | right_no | tier | verdict\n 1 | 3 | weight | link\n 1 | 2 | duplicate | link",
        },
        "left_record_id | right_record_id | decision\n 1 | 1 | link",
    )


def test_pairs_settled_at_once_are_links_by_number():
    check(
        "given_pairs",
        {
            "sure_pairs": "left_record_id | right_record_id | name | is_settled\n 7 | 9 | 张伟 | true\n 6 | 8 | 李静 | false"
        },
        "left_record_id | right_record_id | tier | probability | decision\n 7 | 9 | number | 0.99995 | link",
    )
