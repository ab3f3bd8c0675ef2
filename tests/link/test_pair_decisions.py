from tests.tables import check

P = {"period": "2026-09"}
PEOPLE = """record_id | person_no | source | sheet_order
    a | 1 | registry | \n b | 2 | registry | \n c | 11 | household | \n d | 12 | household |
    e | 21 | attendance | s1 \n f | 22 | attendance | s1 \n g | 23 | attendance | s2"""
PROPOSED = """left_no | right_no | pair_key
    1 | 11 | r1h1 \n 1 | 12 | r1h2 \n 2 | 11 | r2h1 \n 1 | 21 | r1a1 \n 1 | 22 | r1a2 \n 1 | 23 | r1a3 \n 2 | 21 | r2a1"""
ANSWER = "record_id | pair_key | decision | answered_on\n"


def decided(answers, expected, **more):
    given = {"person_records": PEOPLE, "link_proposals": PROPOSED, "pair_answers": ANSWER + answers, **more}
    check("pair_decisions", given, expected, P)


def test_the_latest_decision_counts_and_not_sure_decides_nothing():
    decided(
        "x | r1h1 | same | 2026-09-01\n y | r1h1 | different | 2026-09-02\n z | r2h1 | unsure | 2026-09-02",
        "pair_key | decision | decided_on | fault\n r1h1 | different | 2026-09-02 |",
    )


def test_answers_of_one_day_against_each_other_have_no_effect():
    decided(
        "x | r1h1 | same | 2026-09-02\n y | r1h1 | different | 2026-09-02", "pair_key | fault\n r1h1 | contradicted"
    )
    decided("x | r1h1 | same |\n y | r1h1 | different |", "pair_key | fault\n r1h1 | contradicted")


def test_a_decision_stands_in_later_periods_until_another_is_given():
    before = "pair_key | decision | decided_on | decided_period | fault\n r1h1 | different | 2026-03-20 | 2026-03 |\n r2h1 | same | 2026-03-20 | 2026-03 |\n gone | same | 2026-03-20 | 2026-03 |"
    decided(
        "x | r2h1 | different | 2026-09-20",
        """pair_key | decision  | decided_period
           gone     | same      | 2026-03
           r1h1     | different | 2026-03
           r2h1     | different | 2026-09""",
        previous_pair_decisions=before,
    )


def test_two_records_of_one_register_are_not_made_one_child_by_two_answers():
    decided(
        "x | r1h1 | same | 2026-09-02\n y | r1h2 | same | 2026-09-02",
        "pair_key | fault\n r1h1 | joins_two\n r1h2 | joins_two",
    )
    decided(
        "x | r1h1 | same | 2026-09-02\n y | r2h1 | same | 2026-09-02",
        "pair_key | fault\n r1h1 | joins_two\n r2h1 | joins_two",
    )


def test_two_entries_known_to_be_one_child_may_both_be_joined():
    decided(
        "x | r1h1 | same | 2026-09-02\n y | r1h2 | same | 2026-09-02",
        "pair_key | fault\n r1h1 | \n r1h2 |",
        person_links="left_no | right_no | left_source | right_source | tier\n 11 | 12 | household | household | duplicate",
    )


def test_a_child_is_on_one_row_of_a_sheet_but_on_the_sheets_of_several_months():
    decided(
        "x | r1a1 | same | 2026-09-02\n y | r1a2 | same | 2026-09-02",
        "pair_key | fault\n r1a1 | joins_two\n r1a2 | joins_two",
    )
    decided("x | r1a1 | same | 2026-09-02\n y | r1a3 | same | 2026-09-02", "pair_key | fault\n r1a1 | \n r1a3 |")
