from datetime import date

from tests.tables import check

PARAMETERS = {"as_of": date(2026, 9, 30), "period": "2026-09"}
ROUTES = """
    letter    | finding           | recipient | turn
    enrolment | not_enrolled      | township  | 1
    enrolment | not_enrolled      | county    | 2
    return    | suspected_dropout | school    | 1
    return    | suspected_dropout | township  | 2
    return    | suspected_dropout | county    | 3
"""


def letters(places, expected):
    check("letters", {"list_places": places, "letter_routes": ROUTES}, expected, PARAMETERS)


def test_a_family_gets_one_letter_from_the_school_if_there_is_one():
    letters(
        """
        child_id | finding           | recipient | unit_code | name | grade
        a        | suspected_dropout | school    | 21        | 甲   | 3
        a        | suspected_dropout | township  | 990101001 | 甲   | 3
        a        | suspected_dropout | county    | 990101    | 甲   | 3
        b        | suspected_dropout | county    | 990101    | 乙   | 4
        c        | not_enrolled      | township  | 990101001 | 丙   |
        c        | not_enrolled      | county    | 990101    | 丙   |
        d        | dropout_risk      | school    | 21        | 丁   | 5
    """,
        """
        letter    | recipient | unit_code | letter_no | child_id
        enrolment | township  | 990101001 | 1         | c
        return    | county    | 990101    | 1         | b
        return    | school    | 21        | 1         | a
    """,
    )


def test_the_family_and_its_address_are_named_only_by_the_township_that_visits_it():
    letters(
        """
        child_id | finding           | recipient | unit_code | name | guardian_name | address
        a        | suspected_dropout | school    | 21        | 甲   | 甲父          | 某街1号
        b        | suspected_dropout | township  | 990101001 | 乙   | 乙父          | 某街2号
        c        | suspected_dropout | county    | 990101    | 丙   | 丙父          | 某街3号
    """,
        """
        recipient | letter_no | guardian_name | address
        county    | 1         |               |
        school    | 1         |               |
        township  | 1         | 乙父          | 某街2号
    """,
    )


def test_a_day_to_answer_by_that_is_past_is_left_out():
    letters(
        """
        child_id | finding      | recipient | unit_code | address | due_on     | birth_date
        a        | not_enrolled | township  | 990101001 | 1号     | 2026-09-30 | 2016-09-03
        b        | not_enrolled | township  | 990101001 | 2号     | 2026-10-01 | 2016-12-03
    """,
        """
        letter_no | child_id | due_on     | birth_month
        1         | a        |            | 2016年9月
        2         | b        | 2026-10-01 | 2016年12月
    """,
    )


def test_a_letter_goes_once_for_each_time_its_case_is_asked_about():
    check("letters", {
        "letter_routes": ROUTES,
        "list_places": """
            child_id | finding           | recipient | unit_code | case_no
            a        | suspected_dropout | school    | 21        | new
            b        | suspected_dropout | school    | 21        | told
            c        | suspected_dropout | school    | 21        | reopened
            d        | not_enrolled      | township  | t1        | other
        """,
        "case_events": """
            case_no  | period  | event_no | event
            new      | 2026-09 | 1        | opened
            told     | 2026-03 | 1        | opened
            told     | 2026-09 | 2        | seen_again
            reopened | 2026-03 | 1        | opened
            reopened | 2026-09 | 2        | reopened
            other    | 2026-03 | 1        | opened
        """,
        "previous_letters_sent": """
            case_no  | letter | asked_period | sent_period
            told     | return | 2026-03      | 2026-03
            reopened | return | 2026-03      | 2026-03
            other    | return | 2026-03      | 2026-03
        """,
    }, """
        letter    | recipient | unit_code | letter_no | child_id
        enrolment | township  | t1        | 1         | d
        return    | school    | 21        | 1         | a
        return    | school    | 21        | 2         | c
    """, PARAMETERS)  # fmt: skip


def test_no_letter_asks_a_child_to_school_that_is_there_though_its_answer_is_contradicted():
    letters(
        """
        child_id | finding           | reason       | recipient | unit_code | name
        a        | suspected_dropout | contradicted | school    | 21        | 甲
        b        | suspected_dropout | absent       | school    | 21        | 乙
    """,
        """
        letter | recipient | child_id
        return | school    | b
    """,
    )
