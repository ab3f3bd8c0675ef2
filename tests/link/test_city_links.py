from datetime import date

from tests.tables import check

P = {"cutoff_on": date(2026, 8, 31), "entry_age": 6}
PERSON = (
    "record_id | person_no | source | district_code | school_code | grade | name_key | birth_date | id_kind | in_force"
)
PLACE = "person_no | district_code | school_code | grade | name_key | birth_date | id_kind | in_force"


def found(people, places, expected):
    others = "b | 11 | attendance | 990101 | T | 3 | 李四 | | blank | true"
    check(
        "city_links",
        {
            "attenders": "person_no | attender_no\n 10 | 10\n 11 | 11",
            "person_records": f"{PERSON}\n a | 10 | attendance | 990101 | S | 3 | 王一 | | blank | true\n {others}\n {people}",
            "roll_places": f"{PLACE}\n 99 | 990101 | T | 3 | 李四 | 2018-01-01 | blank | true\n" + places,
            "class_links": "attender_no | left_no | told_apart\n 11 | 99 | true",
        },
        expected,
        P,
    )


def test_the_only_one_of_the_name_unseen_at_its_school_is_found():
    found(
        "", "1 | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true", "attender_no | left_no | verdict\n 10 | 1 | link"
    )


def test_two_of_the_name_are_left_to_people():
    found(
        "",
        "1 | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true\n 2 | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true",
        "attender_no | left_no | verdict\n 10 | 1 | review\n 10 | 2 | review",
    )


def test_a_school_that_sent_no_sheet_has_not_missed_the_child():
    found(
        "", "1 | 990102 | U | 3 | 王一 | 2018-01-01 | blank | true", "attender_no | left_no | verdict\n 10 | 1 | review"
    )


def test_another_grade_or_age_is_another_child():
    found("", "1 | 990102 | T | 5 | 王一 | 2018-01-01 | blank | true", "attender_no | left_no | verdict")
    found("", "1 | 990102 | T | 3 | 王一 | 2014-01-01 | blank | true", "attender_no | left_no | verdict")


def test_a_pupil_of_the_next_grade_missed_in_the_same_district_is_shown_to_people():
    """Special schools and repeaters count grades otherwise than the roll."""
    head = "attender_no | left_no | verdict"
    found("", "1 | 990101 | T | 4 | 王一 | 2018-01-01 | blank | true", f"{head}\n 10 | 1 | review")
    found("", "1 | 990102 | T | 4 | 王一 | 2018-01-01 | blank | true", head)
    found("", "1 | 990101 | U | 4 | 王一 | 2018-01-01 | blank | true", head)
    found(
        "h | 5 | household | 990101 | | | 王一 | 2018-01-01 | blank | true",
        "1 | 990101 | T | 4 | 王一 | 2018-01-01 | blank | true",
        f"{head}\n 10 | 5 | link",
    )


def test_a_pupil_missed_in_the_district_whose_grade_the_roll_does_not_write_is_shown_to_people():
    found(
        "", "1 | 990101 | T | | 王一 | 2018-01-01 | blank | true", "attender_no | left_no | verdict\n 10 | 1 | review"
    )
    found("", "1 | 990102 | T | | 王一 | 2018-01-01 | blank | true", "attender_no | left_no | verdict")


def test_a_household_child_on_no_roll_is_found_in_its_district_and_shown_in_another():
    found(
        "h | 5 | household | 990101 | | | 王一 | 2018-01-01 | blank | true",
        "",
        "attender_no | left_no | verdict\n 10 | 5 | link",
    )
    found(
        "h | 5 | household | 990102 | | | 王一 | 2018-01-01 | blank | true",
        "",
        "attender_no | left_no | verdict\n 10 | 5 | review",
    )
    found("h | 5 | household | 990102 | | | 王一 | 2012-01-01 | blank | true", "", "attender_no | left_no | verdict")


def test_who_is_away_on_two_days_of_three_of_the_own_sheet_is_unseen():
    people = """record_id | person_no | source | district_code | school_code | grade | name_key | birth_date | id_kind | in_force | days_accounted | days_away
        a | 10 | attendance | 990101 | S | 3 | 王一 | | blank | true | 20 | 0
        b | 20 | attendance | 990102 | T | 3 | 王一 | | blank | true | {}
        r | 1 | registry | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true | |"""
    inputs = {
        "attenders": "person_no | attender_no\n 10 | 10\n 20 | 20",
        "roll_places": f"{PLACE}\n 1 | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true",
        "class_links": "attender_no | left_no | told_apart\n 20 | 1 | true",
    }
    check(
        "city_links",
        {**inputs, "person_records": people.format("0 | 22")},
        "attender_no | left_no | verdict\n 10 | 1 | link",
        P,
    )
    left_early = {**inputs, "person_records": people.format("5 | 17")}
    check("city_links", left_early, "attender_no | left_no | verdict\n 10 | 1 | link", P)
    often_there = {**inputs, "person_records": people.format("9 | 13")}
    check("city_links", often_there, "attender_no | left_no", P)


def test_a_namesake_in_another_grade_is_no_rival_and_one_in_the_grade_leaves_it_to_people():
    own = "1 | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true"
    found(
        "",
        f"{own}\n 2 | 990103 | T | 6 | 王一 | 2015-01-01 | blank | true",
        "attender_no | left_no | verdict\n 10 | 1 | link",
    )
    found("", f"{own}\n 2 | 990103 | U | 3 | 王一 | 2018-01-01 | blank | true",
          "attender_no | left_no | verdict\n 10 | 1 | review\n 10 | 2 | review")  # fmt: skip


def test_what_a_class_could_not_decide_is_not_decided_by_the_city():
    check("city_links", {
        "attenders": "person_no | attender_no\n 10 | 10\n 20 | 20",
        "person_records": f"{PERSON}\n a | 10 | attendance | 990101 | S | 3 | 王一 | | blank | true\n b | 20 | attendance | 990102 | T | 3 | 王一 | | blank | true",
        "roll_places": f"{PLACE}\n 1 | 990102 | T | 3 | 王一 | 2018-01-01 | blank | true",
        "class_links": "attender_no | left_no | told_apart\n 20 | 1 | false",
    }, "attender_no | left_no | verdict\n 10 | 1 | review", P)  # fmt: skip
