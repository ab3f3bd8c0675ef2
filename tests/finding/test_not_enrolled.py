import pytest

from tests.parameters import parameters
from tests.tables import run

CHILD = {
    "child_id": "k", "birth_date": "2018-01-01", "in_household": "true", "of_school_age": "true", "on_roll": "false",
    "seen": "false", "explanation": "", "roll_status": "", "grade": "",
}  # fmt: skip


def reason(**changes: str) -> str | None:
    row = {**CHILD, **changes}
    text = " | ".join(row) + "\n" + " | ".join(row.values())
    rows = run("not_enrolled", {"children": text}, parameters()).to_pylist()
    return rows[0]["reason"] if rows else None


def test_a_child_of_school_age_on_no_roll_at_no_school_and_on_no_exemption_is_not_enrolled():
    assert reason() == "on_no_roll"


@pytest.mark.parametrize(
    "change",
    [
        {"in_household": "false"},
        {"of_school_age": "false"},
        {"of_school_age": ""},
        {"on_roll": "true"},
        {"seen": "true"},
    ],
)
def test_each_condition_is_needed(change):
    assert reason(**change) is None


@pytest.mark.parametrize("explanation", ["vocational", "postponed", "exempt", "home_teaching", "abroad", "died"])
def test_an_exemption_or_a_vocational_roster_is_no_finding(explanation):
    assert reason(explanation=explanation) is None


def test_an_entry_that_only_says_moved_out_enrols_the_child_nowhere():
    assert reason(explanation="moved_out", roll_status="转出") == "moved_out_without_roll"


@pytest.mark.parametrize(("grade", "expected"), [("6", "graduated_without_roll"), ("9", None)])
def test_finishing_primary_school_is_not_finishing_school(grade, expected):
    assert reason(explanation="graduated", roll_status="毕业", grade=grade) == expected


def test_the_sentence_says_birth_month_and_age_on_the_cut_off_day():
    row = {**CHILD}
    text = " | ".join(row) + "\n" + " | ".join(row.values())
    [found] = run("not_enrolled", {"children": text}, parameters()).to_pylist()
    assert found["explanation"] == (
        "户籍登记2018年1月出生，至2026年8月31日已满8周岁；没有学籍，未发现在任何学校就读，没有免缓学批准。"
    )


def test_the_sentence_warns_where_a_registry_file_could_not_be_read():
    child = " | ".join(CHILD) + "\n" + " | ".join(CHILD.values())
    files = "district_code | delivery_id | path\n 990101 | d | p"
    said = [
        run("not_enrolled", {"children": child, **unread}, parameters()).to_pylist()[0]["explanation"]
        for unread in ({}, {"unread_rolls": files})
    ]
    assert "学籍文件未能读取" not in said[0]
    assert "1份学籍文件未能读取" in said[1]


def test_who_stood_on_a_roll_that_nobody_handed_in_this_time_is_not_judged():
    child = " | ".join(CHILD) + "\n" + " | ".join(CHILD.values())
    before = "child_id | on_roll | school_code\nk | {} | S1"
    for on_roll, silent, found in (("true", "S1", 0), ("true", "S2", 1), ("false", "S1", 1)):
        inputs = {
            "children": child,
            "previous_children": before.format(on_roll),
            "silent_rolls": f"school_code\n{silent}",
        }
        assert run("not_enrolled", inputs, parameters()).num_rows == found


def test_who_was_on_no_roll_at_a_school_that_has_handed_in_no_sheet_this_time_is_not_judged():
    child = " | ".join(CHILD) + "\n" + " | ".join(CHILD.values())
    before = "child_id | seen | on_roll | attends_school_code\nk | {} | {} | {}"
    for seen, on_roll, school, found in (
        ("true", "false", "S2", 0),
        ("true", "false", "S1", 1),
        ("true", "true", "S2", 1),
        ("false", "false", "", 1),
    ):
        inputs = {
            "children": child,
            "previous_children": before.format(seen, on_roll, school),
            "child_attendance": "child_id | school_code\nx | S1",
        }
        assert run("not_enrolled", inputs, parameters()).num_rows == found
