import pytest

from tests.parameters import parameters
from tests.tables import run

HEAD = "child_id | name | sex | birth_date | id_number | id_kind | grade | known_period | left_roll | seen | on_roll | attends_school_name"
GONE = "a | 张伟 | 男 | 2016-01-01 | N1 | valid | 3 | 2026-03 | true | false | false |"


def namesake(row: str) -> list[str]:
    children = f"{HEAD}\n{GONE}\nb | {row} | false | true | false | 第二小学"
    return run("namesakes", {"children": children}, parameters())["other_child_id"].to_pylist()


def test_a_pupil_on_no_roll_known_by_the_same_name_may_be_the_child_that_left_its_roll():
    assert namesake("张 伟 | | | | | 4 | 2026-09") == ["b"]


@pytest.mark.parametrize(
    ("grade", "may_be"), [("3", True), ("4", True), ("5", True), ("2", False), ("6", False), ("", True)]
)
def test_it_may_be_a_grade_more_or_less_than_the_one_that_follows(grade, may_be):
    assert bool(namesake(f"张伟 | | | | | {grade} | 2026-09")) is may_be


@pytest.mark.parametrize("row", ["李伟 | | | | | 4 | 2026-09", "张伟 | 女 | | | | 4 | 2026-09", "张伟 | | 2016-01-02 | | | 4 | 2026-09",
                                 "张伟 | | | N2 | valid | 4 | 2026-09"])  # fmt: skip
def test_whoever_differs_in_anything_both_are_known_by_is_somebody_else(row):
    assert namesake(row) == []


def test_a_pupil_on_a_roll_is_somebody_else():
    children = f"{HEAD}\n{GONE}\nb | 张伟 | | | | | 4 | 2026-09 | false | true | true | 第二小学"
    assert run("namesakes", {"children": children}, parameters()).num_rows == 0
