import pytest

from tests.tables import check, run

P = {"pair_secret": "s"}
PEOPLE = "record_id | person_no | source | name_key\n a | 1 | registry | 王一\n b | 2 | household | 王一\n c | 3 | attendance | 王一\n d | 4 | household | 王一"


def test_each_stage_says_its_evidence():
    check(
        "link_proposals",
        {
            "person_records": PEOPLE,
            "person_links": "left_no | right_no | tier | name_level\n 1 | 2 | number | exact",
            "class_links": "attender_no | left_no | told_apart\n 3 | 1 | true",
        },
        """
        left_no | right_no | tier       | evidence               | verdict
        1       | 2        | number     | id=same; name=exact    | link
        1       | 3        | class_name | name=exact; class=same | link
    """,
        P,
    )


@pytest.mark.parametrize("step", range(1, 9))
def test_every_step_in_the_school_joins_with_a_tier(step):
    links = "attender_no | left_no | step | name_level | own_grade | own_class | class_known | sole\n"
    check(
        "link_proposals",
        {"person_records": PEOPLE, "school_links": f"{links} 3 | 1 | {step} | exact | true | true | true | true"},
        "left_no | right_no | tier | verdict\n 1 | 3 | class_name | link",
        P,
    )


def test_a_name_found_in_its_grade_where_the_class_is_unknown_counts_like_one_in_its_class():
    links = "attender_no | left_no | step | name_level | own_grade | own_class | class_known | sole\n"
    check(
        "link_proposals",
        {"person_records": PEOPLE, "school_links": f"{links} 3 | 1 | 1 | exact | true | true | false | true"},
        """
        tier       | probability | evidence                                         | verdict
        class_name | 0.9998      | name=exact; school=same; grade=same; class=blank | link
    """,
        P,
    )


def test_a_pair_whose_records_are_settled_elsewhere_is_not_shown_to_people():
    check(
        "link_proposals",
        {
            "person_records": PEOPLE,
            "person_links": "left_no | right_no | left_source | right_source | tier | name_level\n 1 | 2 | registry | household | number | exact",
            "judged_pairs": "left_no | right_no | kind | name | id_number | verdict\n 1 | 4 | cross | exact | blank | review",
        },
        "left_no | right_no\n 1 | 2",
        P,
    )


def test_two_entries_the_other_register_knows_as_two_persons_of_their_names_are_not_asked_about():
    pair = "left_no | right_no | kind | name | id_number | verdict\n 1 | 5 | duplicate | {} | same | review"
    links = "left_no | right_no | left_source | right_source | tier | name_level\n 1 | 2 | registry | household | number | exact\n"
    sister = " 5 | 4 | registry | household | weight | {}"
    people = f"{PEOPLE}\n e | 5 | registry | 王小"

    def asked(name, *, known_as=None):
        known = links + (sister.format(known_as) if known_as else "")
        inputs = {"person_records": people, "person_links": known, "judged_pairs": pair.format(name)}
        return "review" in run("link_proposals", inputs, P)["verdict"].to_pylist()

    assert not asked("different", known_as="exact")
    assert asked("different"), "of one of them the other register knows nothing"
    assert asked("different", known_as="one_character"), "known under another name"
    assert asked("exact", known_as="exact"), "one name may be one child entered twice in both"


def keys(people, attenders="", secret="s"):
    links = "attender_no | left_no | told_apart\n 3 | 1 | false\n 4 | 1 | false"
    made = run(
        "link_proposals",
        {"person_records": people, "class_links": links, "attenders": attenders or "person_no | attender_no"},
        {"pair_secret": secret},
    )
    return made["pair_key"].to_pylist()


SHEET = "record_id | person_no | period | source | name_key | birth_date | school_code | grade | class_no | pupil_no | sheet_order\n"


def test_a_pair_keeps_its_key_while_the_pupil_moves_up():
    now = f"{SHEET} a | 1 | 2026-09 | registry | 王一 | 2018-01-01 | s | 2 | 1 | | \n c | 3 | 2026-09 | attendance | 王以 | | s | 2 | 1 | | f1 2026-09"
    later = f"{SHEET} x | 1 | 2027-09 | registry | 王一 | 2018-01-01 | s | 3 | 1 | | \n y | 3 | 2027-09 | attendance | 王以 | | s | 3 | 1 | | f2 2027-09"
    assert keys(now) == keys(later)
    assert keys(now) != keys(now, secret="another")


def test_two_of_one_name_on_a_sheet_are_two_pairs_and_hold_for_that_sheet_only():
    def month(period):
        return (
            f"{SHEET} a | 1 | {period} | registry | 王一 | 2018-01-01 | s | 2 | 1 | | \n"
            f" c | 3 | {period} | attendance | 王一 | | s | 2 | 1 | | f {period}\n"
            f" d | 4 | {period} | attendance | 王一 | | s | 2 | 1 | | f {period}"
        )

    attenders = "person_no | attender_no | namesake | namesakes\n 3 | 3 | 1 | 2\n 4 | 4 | 2 | 2"
    assert len(set(keys(month("2026-09"), attenders) + keys(month("2027-03"), attenders))) == 4


def test_a_roll_entry_and_its_household_keep_their_key_when_the_pupil_changes_school():
    def asked(school, birth_date):
        people = f"record_id | person_no | source | name_key | birth_date | school_code\n a | 1 | registry | 王一 | {birth_date} | {school}\n b | 2 | household | 王一 | {birth_date} |"
        pair = "left_no | right_no | kind | name | id_number | verdict\n 1 | 2 | cross | exact | blank | review"
        made = run("link_proposals", {"person_records": people, "judged_pairs": pair}, P)
        return made["pair_key"].to_pylist()

    assert asked("s1", "2014-05-01") == asked("s2", "2014-05-01")
    assert asked("s1", "") != asked("s2", ""), "without birth date and number only the school tells who is meant"
