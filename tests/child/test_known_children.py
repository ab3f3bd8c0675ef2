from tests.parameters import parameters
from tests.tables import check, run

FIRST = ("root_identities", "recognition_pairs", "plain_recognitions", "likeness_pairs")

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
NOBODY = "root_record_id | child_id"


def known(before: str, expected: str) -> None:
    inputs = {"person_records": RECORDS, "record_roots": ROOTS, "previous_children": before}
    check("known_children", inputs, expected, parameters(), FIRST)


def test_a_corrected_name_keeps_the_child():
    known("""
        child_id | name | birth_date | id_number | id_kind
        k1       | 王壹 | 2017-01-01 | N1        | valid
    """, """
        root_record_id | child_id
        a              | k1
    """)  # fmt: skip


def test_a_corrected_number_keeps_the_child():
    known("""
        child_id | name | birth_date | id_number | id_kind | school_code
        k1       | 王一 | 2017-01-01 | N9        | valid   | S1
        k2       | 王二 | 2017-02-01 | N8        | valid   | S1
    """, """
        root_record_id | child_id
        a              | k1
        b              | k2
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
        root_record_id | child_id
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
        found = run("known_children", inputs, parameters(), FIRST)["child_id"].to_pylist()
        assert found == ([same] if same else []), grade


def test_two_different_valid_numbers_are_two_children_whatever_the_grade():
    before = """
        period  | child_id | name | birth_date | id_number | id_kind | school_code | grade | known_period
        2026-03 | k1       | 王一 | 2017-01-01 | N7        | valid   | S7          | 6     | 2026-03
    """
    head, rest = RECORDS.strip().split("\n", 1)
    graded = head + " | grade\n" + "\n".join(line + " | 7" for line in rest.splitlines())
    inputs = {"person_records": graded, "record_roots": ROOTS, "previous_children": before}
    assert run("known_children", inputs, parameters(), FIRST)["child_id"].to_pylist() == []


def recognised(records: str, before: str, records_before: str = "", **inputs: str) -> dict[str, str]:
    """The child each group is recognised as; every record is a group of its own, named by its first letter."""
    names = [line.split("|")[0].strip() for line in records.strip().splitlines()[1:]]
    drawn = {
        "person_records": records,
        "record_roots": "record_id | root_record_id\n" + "\n".join(f"{name} | {name[0]}" for name in names),
        "previous_children": before,
    }
    if records_before:
        names = [line.split("|")[0].strip() for line in records_before.strip().splitlines()[1:]]
        drawn["previous_person_records"] = records_before
        drawn["previous_child_records"] = "record_id | child_id\n" + "\n".join(
            f"{n} | {n.split('-')[0]}" for n in names
        )
    found = run("known_children", {**drawn, **inputs}, parameters(), FIRST).to_pylist()
    return {row["root_record_id"]: row["child_id"] for row in found}


ROLL = "record_id | source | in_force | name | name_key | name_sound | name_shape | given | birth_date | sex | id_number | id_kind | school_code | guardian_name | phone | pupil_no"
YUE = "马春悦 | 马春悦 | ma chun yue | 马/马/ 春/春/ 悦/悦/ | 春悦"
YUE_TYPED = "马春玥 | 马春玥 | ma chun yue | 马/马/ 春/春/ 玥/玥/ | 春玥"
BEFORE = "child_id | name | birth_date | sex | id_number | id_kind | school_code | guardian_name | phone | on_roll"


def test_two_halves_of_one_child_whom_people_have_yet_to_join_keep_an_id_each():
    """The same number stands on the roll under one name and in the household register under another, twice running."""
    halves = f"""{ROLL}
        a | registry  | true | 唐奕材 | | | | | 2016-03-20 | 男 | N1 | valid | S1 | 唐强 | 1 |
        b | household | true | 唐奕林 | | | | | 2016-03-20 | 男 | N1 | valid |    | 唐强 | 2 |"""
    before = f"""{BEFORE}
        k1 | 唐奕材 | 2016-03-20 | 男 | N1 | valid | S1 | 唐强 | 1 | true
        k2 | 唐奕林 | 2016-03-20 | 男 | N1 | valid |    | 唐强 | 2 | false"""
    assert recognised(halves, before) == {"a": "k1", "b": "k2"}


def test_two_children_joined_since_go_on_as_the_one_on_the_roll():
    joined = f"""{ROLL}
        a1 | registry  | true | 唐奕材 | | | | | 2016-03-20 | 男 | N1 | valid | S1 | 唐强 | 1 |
        a2 | household | true | 唐奕材 | | | | | 2016-03-20 | 男 | N1 | valid |    | 唐强 | 2 |"""
    before = f"""{BEFORE}
        k1 | 唐奕材 | 2016-03-20 | 男 | N1 | valid |    | 唐强 | 2 | false
        k2 | 唐奕材 | 2016-03-20 | 男 | N1 | valid | S1 | 唐强 | 1 | true"""
    assert recognised(joined, before) == {"a": "k2"}


def test_of_two_children_made_of_one_the_one_on_the_roll_keeps_the_id():
    apart = f"""{ROLL}
        a | household | true | 唐奕材 | | | | | 2016-03-20 | 男 | N1 | valid |    | 唐强 | 2 |
        b | registry  | true | 唐奕材 | | | | | 2016-03-20 | 男 | N1 | valid | S1 | 唐强 | 1 |"""
    before = f"""{BEFORE}
        k1 | 唐奕材 | 2016-03-20 | 男 | N1 | valid | S1 | 唐强 | 1 | true"""
    assert recognised(apart, before) == {"b": "k1"}


def test_a_number_found_again_while_the_name_is_typed_otherwise_keeps_the_child():
    here = f"""{ROLL}
        a | registry | true | {YUE_TYPED} | 2012-10-01 | 女 | N1 | valid | S1 | 贾文静 | 1 |"""
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | | truncated | S1 | 贾文静 | 1 | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE} | 2012-10-01 | 女 | | truncated | S1 | 贾文静 | 1 |"""
    assert recognised(here, before, earlier) == {"a": "k"}


def test_a_name_typed_otherwise_does_not_outweigh_two_valid_numbers():
    here = f"""{ROLL}
        a | registry | true | {YUE_TYPED} | 2012-10-01 | 女 | N1 | valid | S1 | 贾文静 | 1 |"""
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | N2 | valid | S1 | 贾文静 | 1 | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE} | 2012-10-01 | 女 | N2 | valid | S1 | 贾文静 | 1 |"""
    assert recognised(here, before, earlier) == {}


def test_a_twin_who_comes_when_the_other_leaves_is_another_child():
    twin = "马春燕 | 马春燕 | ma chun yan | 马/马/ 春/春/ 燕/燕/ | 春燕"
    here = f"""{ROLL}
        a | registry | true | {twin} | 2012-10-01 | 女 | | blank | S1 | 贾文静 | 1 |"""
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | | blank | S1 | 贾文静 | 1 | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE} | 2012-10-01 | 女 | | blank | S1 | 贾文静 | 1 |"""
    assert recognised(here, before, earlier) == {}


def test_the_child_of_a_homophone_is_not_taken_for_a_namesake_known_already():
    """Two girls born the same day in one school: the one whose name stayed is recognised first, and rivals nobody."""
    here = f"""{ROLL}
        a | registry | true | {YUE} | 2012-10-01 | 女 | | blank | S1 | 甲 | 1 |
        b | registry | true | {YUE_TYPED} | 2012-10-01 | 女 | | blank | S1 | 乙 | 2 |"""
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | | blank | S1 | 甲 | 1 | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE} | 2012-10-01 | 女 | | blank | S1 | 甲 | 1 |"""
    assert recognised(here, before, earlier) == {"a": "k"}


def test_a_new_surname_needs_the_family():
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | | blank | S1 | 贾文静 | 1 | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE} | 2012-10-01 | 女 | | blank | S1 | 贾文静 | 1 |"""
    renamed = "贾春悦 | 贾春悦 | jia chun yue | 贾/贾/ 春/春/ 悦/悦/ | 春悦"
    for guardian, expected in (("贾文静", {"a": "k"}), ("别人", {})):
        here = f"""{ROLL}
            a | registry | true | {renamed} | 2012-10-01 | 女 | | blank | S1 | {guardian} | |"""
        assert recognised(here, before, earlier) == expected, guardian


def test_the_registry_number_keeps_a_child_whose_name_and_number_are_written_otherwise():
    renamed = "贾安宁 | 贾安宁 | jia an ning | 贾/贾/ 安/安/ 宁/宁/ | 安宁"
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | | blank | S1 | | | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE} | 2012-10-01 | 女 | | blank | S1 | | | L990101201210010017"""
    for pupil_no, expected in (("L990101201210010017", {"a": "k"}), ("L990101201210010025", {}), ("", {})):
        here = f"""{ROLL}
            a | registry | true | {renamed} | 2012-10-01 | 女 | | masked | S1 | | | {pupil_no}"""
        assert recognised(here, before, earlier) == expected, pupil_no


def test_the_registry_number_keeps_a_child_whose_birth_date_and_name_are_put_right_at_once():
    before = f"""{BEFORE}
        k | 马春玥 | 2011-10-01 | 女 | | blank | S1 | | | true"""
    earlier = f"""{ROLL}
        k-1 | registry | true | {YUE_TYPED} | 2011-10-01 | 女 | | blank | S1 | | | L990101201210010017"""
    other = "贾安宁 | 贾安宁 | jia an ning | 贾/贾/ 安/安/ 宁/宁/ | 安宁"
    for name, expected in ((YUE, {"a": "k"}), (other, {})):
        here = f"""{ROLL}
            a | registry | true | {name} | 2012-10-01 | 女 | | blank | S1 | | | L990101201210010017"""
        assert recognised(here, before, earlier) == expected, name


def test_a_birth_date_put_right_keeps_a_child_without_a_number_of_the_same_family():
    before = f"""{BEFORE}
        k | 马春悦 | 2012-10-01 | 女 | | blank | S1 | 贾文静 | 1 | true"""
    for guardian, phone, expected in (("贾文静", "1", {"a": "k"}), ("别人", "9", {})):
        here = f"""{ROLL}
            a | registry | true | {YUE} | 2012-10-11 | 女 | N1 | valid | S1 | {guardian} | {phone} |"""
        assert recognised(here, before) == expected, guardian


def test_a_pupil_on_a_sheet_only_is_the_same_child_once_it_is_on_the_roll():
    before = """
        child_id | name | school_code | grade | known_period | id_kind
        k        | 钱六 | S1          | 6     | 2026-03      | blank"""
    for grade, expected in (("7", {"a": "k"}), ("3", {})):
        here = f"""
            record_id | source   | name | birth_date | sex | id_number | id_kind | school_code | grade   | in_force
            a         | registry | 钱六 | 2013-05-05 | 男  | N1        | valid   | S1          | {grade} | true"""
        assert recognised(here, before) == expected, grade


def test_halves_of_one_child_joined_since_go_on_as_the_pupil_even_where_the_number_was_the_other_halfs():
    joined = f"""{ROLL}
        a1 | registry | true | 叶嘉远 | | | | | 2017-11-17 | 男 | N1 | valid | S1 | 崔娜   | 1 |
        a2 | exempt   | true | 叶嘉远 | | | | | 2017-11-17 | 男 | N1 | valid |    | 叶志强 | 2 |"""
    before = f"""{BEFORE}
        k1 | 叶嘉远 | 2017-11-17 | 男 | N1 | valid |    | 叶志强 | 2 | false
        k2 | 叶嘉远 | 2017-11-17 | 男 |    | blank | S1 | 崔娜   | 1 | true"""
    # the register comes before the exemption, so the family known here is the pupil's
    assert recognised(joined, before) == {"a": "k2"}


def test_a_namesake_with_a_number_of_its_own_does_not_take_the_id():
    here = f"""{ROLL}
        a | registry | true | 王一 | | | | | 2017-01-01 | 男 | N1 | valid | S1 | 王父 | 1 |"""
    before = f"""{BEFORE}
        k1 | 王一 | 2017-01-01 | 男 | N1 | valid | S7 | 别人 | 9 | false
        k2 | 王一 | 2017-01-01 | 男 | N2 | valid | S1 | 王父 | 1 | true"""
    assert recognised(here, before) == {"a": "k1"}
