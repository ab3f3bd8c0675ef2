from tests.tables import check

P = {"link_probability": 0.995, "review_probability": 0.2}
PAIRS = "left_no | right_no | kind | shared_words | has_family | name | id_number | birth_date | address\n"
WEIGHTS = """field | level | weight
    name | same | 13
    name | half | 4
    name | differ | -6
    id_number | same | 14
    id_number | differ | -4
    birth_date | same | 12
    birth_date | differ | -4
    address | same | 20"""
RECORDS = "person_no | source | words\n 1 | registry | ann,lee\n 2 | registry | tom,ray\n 11 | household | ann,lee\n 12 | household | tom,ray"


def judged(pairs, expected, **more):
    check(
        "spelled_links",
        {"spelled_pairs": PAIRS + pairs, "spelled_weights": WEIGHTS, "spelled_records": RECORDS, **more},
        expected,
        P,
    )


def test_a_heavy_pair_is_a_link():
    judged("1 | 11 | cross | | false | same | same | differ | blank", "left_no | right_no | verdict\n 1 | 11 | link")


def test_a_record_joined_before_is_not_judged_again():
    judged(
        "1 | 11 | cross | | false | same | same | same | blank",
        "left_no | right_no",
        number_links="left_no | right_no | left_source | right_source\n 1 | 11 | registry | household",
    )


def test_two_equally_good_candidates_are_for_people():
    judged(
        "1 | 11 | cross | | false | same | same | same | blank\n 1 | 12 | cross | | false | same | same | same | blank",
        "left_no | right_no | verdict\n 1 | 11 | review\n 1 | 12 | review",
    )


def test_twins_of_one_household_are_for_people():
    judged(
        "1 | 11 | cross | | true | half | differ | same | same",
        "left_no | right_no | doubt | verdict\n 1 | 11 | twins | review",
    )


def test_a_number_two_of_one_household_use_is_for_people():
    judged(
        "1 | 11 | cross | | true | differ | same | differ | same",
        "left_no | right_no | doubt | verdict\n 1 | 11 | name_differs | review",
    )


def test_where_nobody_shares_an_address_it_counts_in_full():
    judged(
        "1 | 11 | cross | | false | half | differ | differ | same",
        "left_no | right_no | weight | verdict\n 1 | 11 | 16 | link",
    )
    judged(
        "1 | 11 | cross | | true | same | differ | differ | same",
        "left_no | right_no | weight | verdict\n 1 | 11 | 17 | link",
    )
