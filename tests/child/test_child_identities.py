from tests.parameters import parameters
from tests.tables import check, run

RECORDS = """
    record_id | source     | name | birth_date | sex | id_number | id_kind | school_code | guardian_name | phone | in_force
    a         | registry   | 王一 | 2017-01-01 | 男  | N1        | valid   | S1          | 王父          | 1     | true
    b         | registry   | 王二 | 2017-02-01 | 女  |           | blank   | S1          | 王母          |       | true
    c         | attendance | 钱六 |            |     |           |         | S1          |               |       | true
"""
ROOTS = """
    record_id | root_record_id
    a         | a
    b         | b
    c         | c
"""
NOBODY = """
    root_record_id | known_child_id
    a              |
    b              |
    c              |
"""


def known(before: str, expected: str) -> None:
    inputs = {"person_records": RECORDS, "record_roots": ROOTS, "previous_children": before}
    check("child_identities", inputs, expected, parameters())


def test_a_new_childs_seed_is_its_number_else_name_and_birth_date_else_name_and_school():
    seeds = run("child_identities", {"person_records": RECORDS, "record_roots": ROOTS}, parameters())[
        "seed"
    ].to_pylist()
    assert seeds == ["number|N1", "birth|王二|2017-02-01|女", "school|钱六|S1"]


def test_a_corrected_name_keeps_the_child():
    known("""
        child_id | name | birth_date | id_number | id_kind
        k1       | 王壹 | 2017-01-01 | N1        | valid
    """, """
        root_record_id | known_child_id
        a              | k1
        b              |
        c              |
    """)  # fmt: skip


def test_a_corrected_number_keeps_the_child():
    known("""
        child_id | name | birth_date | id_number | id_kind | school_code
        k1       | 王一 | 2017-01-01 | N9        | valid   | S1
        k2       | 王二 | 2017-02-01 | N8        | valid   | S1
    """, """
        root_record_id | known_child_id
        a              | k1
        b              | k2
        c              |
    """)  # fmt: skip


def test_a_number_that_was_somebody_elses_is_not_this_child():
    known("""
        child_id | name | birth_date | id_number | id_kind
        k1       | 李四 | 2015-05-05 | N1        | valid
    """, NOBODY)  # fmt: skip


def test_two_children_of_one_name_and_birthday_in_one_school_are_not_told_apart_by_guessing():
    known("""
        child_id | name | birth_date | id_kind | school_code
        k1       | 王二 | 2017-02-01 | blank   | S1
        k2       | 王二 | 2017-02-01 | blank   | S1
    """, NOBODY)  # fmt: skip


def test_name_and_birthday_alone_do_not_carry_an_id_over():
    known("""
        child_id | name | birth_date | school_code | guardian_name
        k2       | 王二 | 2017-02-01 | S7          | 别人
    """, NOBODY)  # fmt: skip


def test_a_child_known_by_a_sheet_only_is_the_same_next_period():
    known("""
        child_id | name | school_code
        k6       | 钱六 | S1
    """, """
        root_record_id | known_child_id
        a              |
        b              |
        c              | k6
    """)  # fmt: skip


def test_name_birthday_and_the_grade_that_follows_carry_an_id_over_where_both_are_unique():
    records = RECORDS.replace("王母          |       | true", "别的母        |       | true")
    head, rest = records.strip().split("\n", 1)
    graded = (
        head + " | grade\n" + "\n".join(line + (" | 7" if " 王二 " in line else " | ") for line in rest.splitlines())
    )
    before = """
        period  | child_id | name | birth_date | sex | id_kind | school_code | grade | known_period
        2026-03 | k2       | 王二 | 2017-02-01 | 女  | blank   | S7          | {}     | 2026-03
    """
    for grade, same in (("6", "k2"), ("5", None), ("7", None)):
        inputs = {"person_records": graded, "record_roots": ROOTS, "previous_children": before.format(grade)}
        found = run("child_identities", inputs, parameters()).to_pylist()
        assert found[1]["known_child_id"] == same, grade


def test_two_different_valid_numbers_are_two_children_whatever_the_grade():
    before = """
        period  | child_id | name | birth_date | id_number | id_kind | school_code | grade | known_period
        2026-03 | k1       | 王一 | 2017-01-01 | N7        | valid   | S7          | 6     | 2026-03
    """
    head, rest = RECORDS.strip().split("\n", 1)
    graded = head + " | grade\n" + "\n".join(line + " | 7" for line in rest.splitlines())
    inputs = {"person_records": graded, "record_roots": ROOTS, "previous_children": before}
    assert run("child_identities", inputs, parameters())["known_child_id"].to_pylist() == [None] * 3
