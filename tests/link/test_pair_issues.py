from tests.tables import check

P = {"period": "2026-09"}
ANSWER = "record_id | pair_no | pair_key | decision | delivery_id\n"


def raised(answers, expected, **more):
    check("pair_issues", {"pair_answers": ANSWER + answers, **more}, expected, P)


def test_a_number_that_names_no_pair_is_sent_back():
    raised("x | K3F7-92QX | | same | d", "record_id | code\n x | unknown_pair")


def test_contradicting_answers_are_sent_back_both():
    raised(
        "x | n | k | same | d\n y | n | k | different | d",
        "record_id | code\n x | contradicting_decision\n y | contradicting_decision",
        pair_decisions="pair_key | decision | fault\n k | same | contradicted",
    )


def test_an_answer_a_later_one_overrules_is_named():
    raised(
        "x | n | k | same | d\n y | n | k | different | d",
        "record_id | code\n x | overruled_decision",
        pair_decisions="pair_key | decision\n k | different",
    )


def test_answers_that_would_join_two_records_of_one_register_are_sent_back():
    raised(
        "x | n | k | same | d",
        "record_id | code\n x | joins_two_records",
        pair_decisions="pair_key | decision | fault\n k | same | joins_two",
    )


def test_one_child_with_two_valid_numbers_is_followed_and_to_be_cleared_up():
    raised(
        "x | n | k | same | d",
        "record_id | code\n x | differing_numbers",
        pair_decisions="pair_key | decision\n k | same",
        link_proposals="left_no | right_no | pair_key\n 1 | 2 | k",
        person_records="record_id | person_no | id_kind | id_number\n a | 1 | valid | 1\n b | 2 | valid | 2",
    )


def test_another_answer_than_in_an_earlier_period_is_to_be_confirmed():
    raised(
        "x | n | k | same | d",
        "record_id | code\n x | changed_decision",
        pair_decisions="pair_key | decision\n k | same",
        previous_pair_decisions="pair_key | decision\n k | different",
    )


def test_a_plain_decision_raises_nothing():
    raised(
        "x | n | k | same | d\n y | n | k | unsure | d", "record_id", pair_decisions="pair_key | decision\n k | same"
    )
