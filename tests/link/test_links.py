from tests.tables import check

PEOPLE = "record_id | person_no | source\n a | 1 | registry\n b | 2 | household\n c | 3 | attendance\n d | 4 | attendance\n e | 5 | registry"
HEAD = "left_no | right_no | tier | probability | weight | evidence | verdict | pair_key"


def test_every_row_of_a_class_sheet_is_joined_by_its_attender():
    check(
        "links",
        {
            "person_records": PEOPLE,
            "attenders": "person_no | attender_no\n 3 | 3\n 4 | 3",
            "link_proposals": f"{HEAD}\n 1 | 3 | class_name | 0.9 | 9 | x | link | p",
        },
        "left_record_id | right_record_id | tier\n a | c | class_name\n a | d | class_name",
    )


def test_attenders_nobody_knows_are_joined_among_themselves():
    check(
        "links",
        {"person_records": PEOPLE, "attenders": "person_no | attender_no\n 3 | 3\n 4 | 3"},
        "left_record_id | right_record_id | tier\n c | d | duplicate",
    )


def test_peoples_decision_wins_over_the_machine():
    proposals = f"{HEAD}\n 1 | 2 | weight | 0.9999 | 9 | x | link | p1\n 5 | 2 | weight | 0.3 | 1 | x | review | p2"
    check(
        "links",
        {
            "person_records": PEOPLE,
            "link_proposals": proposals,
            "pair_decisions": "pair_key | decision\n p1 | different",
        },
        "left_record_id | right_record_id",
    )
    check(
        "links",
        {"person_records": PEOPLE, "link_proposals": proposals, "pair_decisions": "pair_key | decision\n p2 | same"},
        "left_record_id | right_record_id | tier | probability\n e | b | answer | 1",
    )


def test_a_roll_entry_people_gave_a_household_record_has_no_other():
    check(
        "links",
        {
            "person_records": f"{PEOPLE}\n f | 6 | household",
            "link_proposals": f"{HEAD}\n 1 | 2 | weight | 0.9999 | 9 | x | link | p1\n 1 | 6 | weight | 0.3 | 1 | x | review | p2",
            "pair_decisions": "pair_key | decision\n p2 | same",
        },
        "left_record_id | right_record_id | tier\n a | f | answer",
    )


def test_a_decision_that_cannot_be_followed_has_no_effect():
    check(
        "links",
        {
            "person_records": PEOPLE,
            "link_proposals": f"{HEAD}\n 1 | 2 | weight | 0.3 | 1 | x | review | p1",
            "pair_decisions": "pair_key | decision | fault\n p1 | same | contradicted",
        },
        "left_record_id | right_record_id",
    )
