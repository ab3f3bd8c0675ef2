from datetime import date

import pytest

from tests.parameters import parameters
from tests.tables import check, run

RECORDS = """
    record_id | source    | name | birth_date | id_number | id_kind  | school_code | grade | class_no | in_force
    roll      | registry  | 王一 | 2017-01-01 | R         | checksum | S1          | 3     | 1        | true
    home      | household | 王壹 | 2017-01-02 | H         | valid    |             |       |          | true
"""
LINKED = "record_id | child_id\nroll | k\nhome | k"
ROLLS = "record_id | child_id | school_code | grade | class_no | place | in_force | status\nroll | k | S1 | 3 | 1 | 1 | true | 在读"


def child(
    records: str = RECORDS, linked: str = LINKED, as_of: date = date(2026, 9, 28), **inputs: str
) -> dict[str, object]:
    drawn = {"person_records": records, "child_records": linked, "child_rolls": ROLLS, **inputs}
    [row] = run("children", drawn, parameters(as_of=as_of)).to_pylist()
    return row


def test_values_come_from_the_roll_and_the_number_from_the_first_valid_one():
    row = child()
    assert (row["name"], str(row["birth_date"]), row["id_number"], row["id_kind"]) == (
        "王一",
        "2017-01-01",
        "H",
        "valid",
    )


def test_a_child_is_on_roll_with_an_entry_in_force_only():
    assert child()["on_roll"]
    assert not child(child_rolls=ROLLS.replace("true", "false"))["on_roll"]


@pytest.mark.parametrize(
    ("birth", "of_age"),
    [("2020-08-31", True), ("2020-09-01", False), ("2011-09-01", True), ("2011-08-31", False)],
)
def test_school_age_begins_and_ends_on_the_cut_off_day(birth, of_age):
    assert child(RECORDS.replace("2017-01-01", birth))["of_school_age"] is of_age


@pytest.mark.parametrize(("birth", "of_age"), [("2019-08-31", True), ("2019-09-01", False)])
def test_a_county_may_let_children_enter_at_seven(birth, of_age):
    drawn = {"person_records": RECORDS.replace("2017-01-01", birth), "child_records": LINKED, "child_rolls": ROLLS}
    [row] = run("children", drawn, parameters(entry_age=7)).to_pylist()
    assert row["of_school_age"] is of_age


@pytest.mark.parametrize(("birth", "of_age"), [("2010-09-01", True), ("2010-08-31", False)])
def test_school_age_ends_where_the_policys_leaving_age_is_reached(birth, of_age):
    drawn = {"person_records": RECORDS.replace("2017-01-01", birth), "child_records": LINKED, "child_rolls": ROLLS}
    [row] = run("children", drawn, parameters(leaving_age=16)).to_pylist()
    assert row["of_school_age"] is of_age


def test_a_pupil_past_school_age_and_not_finished_should_still_attend():
    assert child(RECORDS.replace("2017-01-01", "2009-01-01"))["should_attend"]


@pytest.mark.parametrize(("grade", "should"), [("9", True), ("10", False)])
def test_compulsory_schooling_ends_with_grade_nine(grade, should):
    rolls = ROLLS.replace("S1 | 3", f"S1 | {grade}")
    assert child(RECORDS.replace("| 3 ", f"| {grade} "), child_rolls=rolls)["should_attend"] is should


DELIVERED = "school_code | grade | class_no | class_days\n"


@pytest.mark.parametrize(
    ("sheet", "roll_class", "delivered"),
    [
        ("S1 | 3 | 1 | 20", "1", True),
        ("S1 | 3 | 2 | 20", "1", False),
        ("S1 | 3 | 2 | 20", "", True),
        ("S1 | 3 |  | 20", "1", True),
        ("S1 |  |  | 20", "1", True),
        ("S1 | 4 | 1 | 20", "1", False),
        ("S2 | 3 | 1 | 20", "1", False),
    ],
)
def test_a_class_delivered_by_its_sheet_or_by_one_of_its_grade_or_school_without_classes(sheet, roll_class, delivered):
    rolls = ROLLS.replace("3 | 1 | 1 |", f"3 | {roll_class} | 1 |")
    assert child(child_rolls=rolls, class_deliveries=DELIVERED + sheet)["class_delivered"] is delivered


def test_a_child_on_any_sheet_of_its_school_has_a_delivered_class():
    sheet = "child_id | school_code | grade | class_no | days_recorded\nk | S1 | 4 | 2 | 20"
    assert child(child_attendance=sheet)["class_delivered"]


def test_a_child_present_elsewhere_is_seen_and_its_own_days_stay_empty():
    sheet = "child_id | school_code | days_recorded | days_present | last_present_on\nk | S2 | 20 | 9 | 2026-09-20"
    row = child(child_attendance=sheet, schools="district_code | school_code | school_name\n990101 | S2 | 第二小学")
    assert (row["seen"], row["attends_school_name"], row["days_present"]) == (True, "第二小学", None)


def test_a_child_with_an_open_pair_is_in_review():
    assert child(review_pairs="left_record_id | right_record_id\nroll | x")["in_review"]
    assert not child()["in_review"]


BEFORE = """
    period  | child_id | name | birth_date | school_code | grade | on_roll
    2026-03 | gone     | 李四 | 2014-01-01 | S1          | {grade} | true
"""


def gone(grade: int, rolls: str = ROLLS) -> list[str]:
    drawn = {
        "person_records": RECORDS, "child_records": LINKED, "child_rolls": rolls,
        "previous_children": BEFORE.format(grade=grade),
    }  # fmt: skip
    rows = run("children", drawn, parameters(), first=["silent_rolls"]).to_pylist()
    return [row["child_id"] for row in rows if row["left_roll"]]


def test_an_unfinished_pupil_of_whom_nothing_is_left_stays_a_child_that_left_the_roll():
    assert gone(8) == ["gone"]


def test_a_pupil_of_grade_nine_has_finished_by_the_next_school_year():
    assert gone(9) == []


@pytest.mark.parametrize(
    ("explanation", "seen", "left"),
    [
        ("died", "true", []), ("moved_out", "true", []), ("abroad", "false", []), ("registration_cancelled", "false", []),
        ("registration_cancelled", "true", ["gone"]), ("sick_leave", "false", ["gone"]), ("", "true", ["gone"]),
    ],
)  # fmt: skip
def test_who_was_known_to_have_died_or_gone_away_before_has_not_left_the_roll_unexplained(explanation, seen, left):
    before = f"period | child_id | school_code | grade | on_roll | explanation | seen\n2026-03 | gone | S1 | 3 | true | {explanation} | {seen}"
    drawn = {"person_records": RECORDS, "child_records": LINKED, "child_rolls": ROLLS, "previous_children": before}
    rows = run("children", drawn, parameters(), first=["silent_rolls"]).to_pylist()
    assert [row["child_id"] for row in rows if row["left_roll"]] == left


@pytest.mark.parametrize(
    ("before", "finished"),
    [
        ("2026-03 | k | S1 | 9 | true  |", True),
        ("2026-03 | k | S1 | 8 | true  |", False),
        ("2026-08 | k | S1 | 9 | false | graduated", True),
        ("2026-08 | k | S1 | 6 | false | graduated", False),
        ("2026-08 | k | S1 | 9 | false | answered", False),
    ],
)
def test_who_stood_in_grade_nine_before_the_summer_has_finished_for_good(before, finished):
    row = child(
        RECORDS.splitlines()[1] + "\n" + RECORDS.splitlines()[3],
        "record_id | child_id\nhome | k",
        child_rolls="record_id | child_id | place | in_force",
        previous_children=f"period | child_id | school_code | grade | on_roll | explanation\n{before}",
    )
    assert (row["explanation"] == "graduated" and row["grade"] == 9) is finished


def test_who_finished_grade_nine_and_sits_in_a_class_again_is_no_graduate():
    row = child(
        previous_children="period | child_id | school_code | grade | on_roll\n2026-03 | k | S1 | 9 | true",
    )
    assert (row["explanation"], row["grade"]) == (None, 3)


def test_nobody_has_left_the_roll_of_a_school_that_handed_in_none():
    assert gone(8, ROLLS.replace("S1", "S5")) == []


def test_who_is_part_of_another_child_now_has_not_left():
    drawn = {
        "person_records": RECORDS, "child_records": LINKED, "child_rolls": ROLLS,
        "previous_children": BEFORE.format(grade=8), "joined_children": "child_id\ngone",
    }  # fmt: skip
    assert "gone" not in run("children", drawn, parameters(), first=["silent_rolls"])["child_id"].to_pylist()


def test_grades_are_counted_on_from_the_last_one_known_so_that_who_is_gone_is_asked_about_until_finished():
    def still(known: str, grade: int) -> bool:
        before = f"period | child_id | school_code | grade | left_roll | known_period\n2026-03 | gone | S1 | {grade} | true | {known}"
        drawn = {"person_records": RECORDS, "child_records": LINKED, "child_rolls": ROLLS, "previous_children": before}
        return any(row["left_roll"] for row in run("children", drawn, parameters(), first=["silent_rolls"]).to_pylist())

    assert still("2025-09", 8)
    assert still("2024-09", 7)
    assert not still("2024-09", 8)


def test_an_over_age_pupil_not_finished_has_left_the_roll_too():
    before = BEFORE.format(grade=8).replace("2014-01-01", "2009-01-01")
    drawn = {"person_records": RECORDS, "child_records": LINKED, "child_rolls": ROLLS, "previous_children": before}
    assert [r["child_id"] for r in run("children", drawn, parameters()).to_pylist() if r["left_roll"]] == ["gone"]


@pytest.mark.parametrize(("status", "left"), [("转出", False), ("毕业", False), ("死亡", False), ("退学", True)])
def test_transfer_graduation_and_death_are_not_leaving_the_roll(status, left):
    before = BEFORE.format(grade=3).replace("gone ", "k ")
    assert (
        child(child_rolls=ROLLS.replace("true | 在读", f"false | {status}"), previous_children=before)["left_roll"]
        is left
    )


def test_stages_of_a_child_on_no_roll_are_those_of_the_school_it_attends():
    check("children", {
        "person_records": "record_id | source | name | school_code | in_force\nsheet | attendance | 钱六 | S1 | true",
        "child_records": "record_id | child_id\nsheet | k6",
        "child_attendance": "child_id | school_code | grade | class_no | days_recorded | days_present | last_present_on\nk6 | S1 | 3 | 2 | 20 | 20 | 2026-09-28",
        "schools": "district_code | school_code | school_name\n990101 | S1 | 第一小学",
    }, """
        child_id | on_roll | school_code | school_name | grade | class_no | seen | attends_school_code
        k6       | false   | S1          | 第一小学     | 3     | 2        | true | S1
    """, parameters())  # fmt: skip


@pytest.mark.parametrize(("listed", "delivered"), [(4, False), (5, True)])
def test_a_sheet_with_fewer_than_half_of_its_class_says_nothing_of_the_others(listed, delivered):
    names = [f"p{n}" for n in range(10)]
    records = "record_id | source | school_code | grade | class_no | in_force\n"
    rolls = "record_id | child_id | school_code | grade | class_no | place | in_force | status\n"
    sheets = "child_id | school_code | days_recorded\n"
    drawn = {
        "person_records": records + "\n".join(f"{n} | registry | S1 | 3 | 1 | true" for n in names),
        "child_records": "record_id | child_id\n" + "\n".join(f"{n} | {n}" for n in names),
        "child_rolls": rolls + "\n".join(f"{n} | {n} | S1 | 3 | 1 | 1 | true | 在读" for n in names),
        "child_attendance": sheets + "\n".join(f"{n} | S1 | 20" for n in names[:listed]),
        "class_deliveries": DELIVERED + "S1 | 3 | 1 | 20",
    }
    rows = run("children", drawn, parameters()).to_pylist()
    assert {row["class_delivered"] for row in rows[listed:]} == {delivered}
    assert {row["class_delivered"] for row in rows[:listed]} == {True}


@pytest.mark.parametrize(
    ("pupils", "listed", "delivered"),
    [
        ({1: 2, 2: 3}, {1: 2}, {1: True, 2: False}),
        ({1: 2, 2: 3}, {1: 1, 2: 2}, {1: True, 2: True}),
        ({1: 8, 2: 12}, {1: 7}, {1: True, 2: False}),
        ({1: 3}, {1: 2}, {1: True}),
        ({1: 3}, {}, {1: True}),
    ],
)
def test_a_sheet_without_class_is_the_only_class_of_its_grade_and_of_several_those_it_holds_half_of(
    pupils, listed, delivered
):
    names = {f"p{c}{n}": c for c, several in pupils.items() for n in range(several)}
    on_sheet = [f"p{c}{n}" for c, several in listed.items() for n in range(several)]
    records = "record_id | source | school_code | grade | class_no | in_force\n"
    rolls = "record_id | child_id | school_code | grade | class_no | place | in_force | status\n"
    drawn = {
        "person_records": records + "\n".join(f"{n} | registry | S1 | 3 | {c} | true" for n, c in names.items()),
        "child_records": "record_id | child_id\n" + "\n".join(f"{n} | {n}" for n in names),
        "child_rolls": rolls + "\n".join(f"{n} | {n} | S1 | 3 | {c} | 1 | true | 在读" for n, c in names.items()),
        "child_attendance": "child_id | school_code | grade | days_recorded\n"
        + "\n".join(f"{n} | S1 | 3 | 20" for n in on_sheet),
        "class_deliveries": DELIVERED + "S1 | 3 |  | 20",
    }
    missing = [row for row in run("children", drawn, parameters()).to_pylist() if row["child_id"] not in on_sheet]
    wanted = {c: d for c, d in delivered.items() if pupils[c] > listed.get(c, 0)}
    assert {row["class_no"]: row["class_delivered"] for row in missing} == wanted


@pytest.mark.parametrize(
    ("birth", "noted"),
    [("2015-08-31", True), ("2015-09-01", False), ("2020-08-31", False), ("2020-09-01", True)],
)
def test_a_third_grader_is_two_years_older_or_younger_than_usual_without_a_word_and_more_with_one(birth, noted):
    note = child(RECORDS.replace("2017-01-01", birth))["grade_age_note"]
    assert (note is not None) is noted
    if birth == "2015-08-31":
        assert note == "年龄与年级不符：11周岁读三年级，请核对出生日期和年级"


def test_how_far_grade_and_age_may_differ_is_the_policys_and_no_grade_says_nothing():
    drawn = {
        "person_records": RECORDS.replace("2017-01-01", "2015-09-01"),
        "child_records": LINKED,
        "child_rolls": ROLLS,
    }
    assert run("children", drawn, parameters(grade_age_gap=1)).to_pylist()[0]["grade_age_note"]
    drawn["child_rolls"] = ROLLS.replace("| 3 |", "|  |")
    assert not run("children", drawn, parameters(grade_age_gap=1)).to_pylist()[0]["grade_age_note"]
