from tests.parameters import parameters
from tests.tables import check

CANDIDATES = """
    child_id | finding            | matter
    a        | absent_from_school | absence
    a        | missing_id_number  | missing_id_number
    b        | absent_from_school | absence
    c        | absent_from_school | absence
"""


def test_only_what_an_open_match_could_undo_waits_and_what_an_answer_explains():
    check("waiting_findings", {
        "finding_candidates": CANDIDATES,
        "valid_answers": "child_id | matter | answer_code | answered_on\nc | absence | A3 | 2026-03-20",
        "finding_changed_by": "finding | source\nabsent_from_school | attendance",
        "review_pairs": """
            left_record_id | right_record_id | left_source | right_source
            ra             | sheet           | registry    | attendance
            rb             | home            | registry    | household
        """,
        "child_records": "record_id | child_id\nra | a\nrb | b\nrc | c",
    }, """
        child_id | finding            | waits_for
        a        | absent_from_school | review
        c        | absent_from_school | answer
    """, parameters())  # fmt: skip


def test_the_other_child_of_an_open_match_brings_all_its_records():
    check("waiting_findings", {
        "finding_candidates": CANDIDATES,
        "finding_changed_by": "finding | source\nabsent_from_school | attendance",
        "review_pairs": """
            left_record_id | right_record_id | left_source | right_source
            ra             | home            | registry    | household
            rb             | house           | registry    | household
        """,
        "child_records": """
            record_id | child_id | source
            ra        | a        | registry
            home      | x        | household
            sheet     | x        | attendance
            rb        | b        | registry
            house     | y        | household
        """,
    }, """
        child_id | finding            | waits_for
        a        | absent_from_school | review
    """, parameters())  # fmt: skip


def test_who_is_on_no_roll_waits_while_a_roll_could_not_be_read():
    check("waiting_findings", {
        "finding_candidates": """
            child_id | district_code | finding              | reason        | matter
            a        | 990101        | not_enrolled         | on_no_roll    | enrolment
            a        | 990101        | missing_id_number    | no_number     | missing_id_number
            b        | 990101        | attends_unregistered | on_no_roll    | enrolment
            c        | 990101        | suspected_dropout    | left_the_roll | absence
            d        | 990101        | suspected_dropout    | never_seen    | absence
            e        | 990102        | not_enrolled         | on_no_roll    | enrolment
            f        | 990102        | not_enrolled         | on_no_roll    | enrolment
        """,
        "unread_rolls": "district_code | delivery_id | path\n990101 | x | 990101/学籍/三小.xls",
        "children": "child_id | name\na | 甲\nb | 乙\nc | 丙\nd | 丁\ne | 张三\nf | 李四",
        "quarantine": 'district_code | source | codes | row_text\n990102 | registry | missing_value,rows_not_understood | {"name":"张三"}',
    }, """
        child_id | finding              | waits_for
        a        | not_enrolled         | roll
        b        | attends_unregistered | roll
        c        | suspected_dropout    | roll
        e        | not_enrolled         | roll
    """, parameters())  # fmt: skip


def test_who_is_named_on_a_class_sheet_set_aside_is_not_said_to_be_at_no_school():
    check("waiting_findings", {
        "finding_candidates": """
            child_id | district_code | finding           | reason        | matter
            a        | 990101        | not_enrolled      | on_no_roll    | enrolment
            b        | 990101        | suspected_dropout | left_the_roll | absence
            c        | 990101        | not_enrolled      | on_no_roll    | enrolment
            d        | 990102        | not_enrolled      | on_no_roll    | enrolment
            e        | 990101        | missing_id_number | no_number     | missing_id_number
        """,
        "children": "child_id | district_code | name\na | 990101 | 张三\nb | 990101 | 李四\nc | 990101 | 王五\nd | 990102 | 张三\ne | 990101 | 张三",
        "quarantine": """
            district_code | source     | codes          | row_text
            990101        | attendance | school_unknown | {"name":"张 三"}
            990101        | attendance | missing_value  | {"name":"李四"}
            990101        | attendance | superseded     | {"name":"王五"}
        """,
    }, """
        child_id | finding           | waits_for
        a        | not_enrolled      | roll
        b        | suspected_dropout | roll
    """, parameters(), first=["unread_attenders"])  # fmt: skip


def test_who_may_be_a_pupil_of_the_same_name_on_no_roll_is_not_said_to_be_at_no_school():
    check("waiting_findings", {
        "finding_candidates": """
            child_id | finding            | matter
            a        | suspected_dropout  | absence
            a        | not_enrolled       | absence
            a        | missing_id_number  | missing_id_number
            b        | not_enrolled       | absence
        """,
        "namesakes": "child_id | other_child_id\na | x",
    }, """
        child_id | finding           | waits_for
        a        | not_enrolled      | review
        a        | suspected_dropout | review
    """, parameters())  # fmt: skip


def test_who_is_on_no_roll_waits_where_the_roll_of_the_township_and_age_is_missing():
    check("waiting_findings", {
        "finding_candidates": """
            child_id | district_code | finding           | reason        | matter
            a        | 990101        | not_enrolled      | on_no_roll    | enrolment
            b        | 990101        | not_enrolled      | on_no_roll    | enrolment
            c        | 990101        | suspected_dropout | left_the_roll | absence
            d        | 990101        | suspected_dropout | never_seen    | absence
        """,
        "unread_places": "district_code | township_code | age\n990101 | 990101001 | 12",
        "children": """
            child_id | district_code | township_code | birth_date | name
            a        | 990101        | 990101001     | 2014-08-31 | 甲
            b        | 990101        | 990101001     | 2014-09-01 | 乙
            c        | 990101        | 990101001     | 2013-09-01 | 丙
            d        | 990101        | 990101001     | 2013-09-01 | 丁
        """,
    }, """
        child_id | finding           | waits_for
        a        | not_enrolled      | roll
        c        | suspected_dropout | roll
    """, parameters())  # fmt: skip


def test_a_pupil_of_another_districts_school_without_a_roll_waits_where_the_grade_fits_the_age():
    check("waiting_findings", {
        "finding_candidates": """
            child_id | district_code | finding      | reason     | matter
            a        | 990102        | not_enrolled | on_no_roll | enrolment
            b        | 990102        | not_enrolled | on_no_roll | enrolment
            c        | 990102        | not_enrolled | on_no_roll | enrolment
        """,
        "children": """
            child_id | district_code | name | birth_date
            a        | 990102        | 张三 | 2014-03-01
            b        | 990102        | 张三 | 2018-03-01
            c        | 990102        | 李四 | 2014-03-01
        """,
        "quarantine": """
            record_id | district_code | source     | codes                | row_text
            r         | 990101        | attendance | school_unknown       | {"name":"张三","grade":"七年级"}
            s         | 990101        | attendance | marks_not_understood | {"name":"李四","grade":"七年级"}
        """,
    }, "child_id | finding | waits_for\na | not_enrolled | roll", parameters(), first=["unread_attenders"])  # fmt: skip
