import re

from tests.tables import check, run

PEOPLE = "record_id | person_no | source\n a | 1 | registry\n b | 2 | household\n e | 5 | registry"
HEAD = "left_no | right_no | tier | probability | weight | evidence | doubt | verdict | pair_key"


def test_what_is_not_certain_goes_to_people_with_the_reason():
    check(
        "review_pairs",
        {"person_records": PEOPLE, "link_proposals": f"{HEAD}\n 1 | 2 | weight | 0.6 | 3 | x | twins | review | p1"},
        "left_record_id | right_record_id | reason | pair_key\n a | b | 可能是双胞胎或兄弟姐妹，姓名不完全相同 | p1",
    )


def test_a_decided_pair_and_its_rivals_are_not_asked_again():
    rows = f"{HEAD}\n 1 | 2 | weight | 0.6 | 3 | x | weight | review | p1\n 5 | 2 | weight | 0.6 | 3 | x | weight | review | p2"
    check(
        "review_pairs",
        {"person_records": PEOPLE, "link_proposals": rows, "pair_decisions": "pair_key | decision\n p1 | same"},
        "left_record_id",
    )
    check(
        "review_pairs",
        {"person_records": PEOPLE, "link_proposals": rows, "pair_decisions": "pair_key | decision\n p1 | different"},
        "left_record_id\n e",
    )


def test_the_number_of_a_pair_can_be_read_over_the_telephone():
    [row] = run(
        "review_pairs",
        {"person_records": PEOPLE, "link_proposals": f"{HEAD}\n 1 | 2 | weight | 0.6 | 3 | x | twins | review | p1"},
    ).to_pylist()
    assert re.fullmatch("[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}", row["pair_no"])


def test_pairs_whose_decisions_contradict_are_asked_again():
    check(
        "review_pairs",
        {"person_records": PEOPLE, "link_proposals": f"{HEAD}\n 1 | 2 | weight | 0.6 | 3 | x | twins | review | p1",
         "pair_decisions": "pair_key | decision | fault\n p1 | same | contradicted"},
        "left_record_id\n a",
    )  # fmt: skip
