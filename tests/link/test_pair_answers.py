from tests.tables import check, run

PEOPLE = "record_id | person_no | source | district_code\n a | 1 | registry | 990101\n b | 2 | household | 990101\n c | 3 | household | 990102"
PROPOSED = "left_no | right_no | verdict | pair_key\n 1 | 2 | review | k1\n 1 | 3 | review | k2"
ANSWER = "record_id | case_no | code | answered_on"


def number(key):
    proposals = f"left_no | right_no | tier | weight | evidence | verdict | probability | pair_key\n 1 | 2 | weight | 1 | x | review | 0.5 | {key}"
    return run("review_pairs", {"person_records": PEOPLE, "link_proposals": proposals})["pair_no"].to_pylist()[0]


def test_a_decision_finds_its_pair_however_the_number_is_written():
    check(
        "pair_answers",
        {"person_records": PEOPLE, "link_proposals": PROPOSED,
         "answers": f"{ANSWER}\n x | {number('k1').lower().replace('-', '')} | 同一人 |\n y | A1B2-C3D4 | A1 |"},
        "record_id | pair_key | decision\n x | k1 | same",
    )  # fmt: skip


def test_an_office_answers_for_the_pairs_of_its_district():
    check(
        "pair_answers",
        {"person_records": PEOPLE, "link_proposals": PROPOSED, "answers": f"{ANSWER}\n x | {number('k2')} | 同一人 |"},
        "record_id | pair_key | decision\n x | | same",
    )


def test_an_answer_may_be_to_the_list_of_the_period_before():
    check(
        "pair_answers",
        {"answers": f"{ANSWER}\n x | K3F7-92QX | 不能确定 |",
         "previous_review_pairs": "left_record_id | right_record_id | pair_no | pair_key\n a | b | K3F7-92QX | old"},
        "record_id | pair_key | decision\n x | old | unsure",
    )  # fmt: skip
