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


def test_a_household_child_on_no_roll_is_found_in_its_district():
    found(
        "h | 5 | household | 990101 | | | 王一 | 2018-01-01 | blank | true",
        "",
        "attender_no | left_no | verdict\n 10 | 5 | link",
    )
    found("h | 5 | household | 990102 | | | 王一 | 2018-01-01 | blank | true", "", "attender_no | left_no | verdict")
