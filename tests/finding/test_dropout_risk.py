import pytest

from tests.parameters import parameters
from tests.tables import run

HEAD = "child_id | on_roll | should_attend | school_name | days_recorded | days_present | days_unexcused | longest_unexcused | last_present_on\n"


def risk(recorded: int, unexcused: float, longest: int, absences: str = "child_id") -> str | None:
    present = recorded - int(unexcused)
    row = f"k | true | true | 第一小学 | {recorded} | {present} | {unexcused} | {longest} | 2026-09-28"
    rows = run("dropout_risk", {"children": HEAD + row, "absences": absences}, parameters()).to_pylist()
    return rows[0]["reason"] if rows else None


@pytest.mark.parametrize(("longest", "reason"), [(2, None), (3, "unexcused_run")])
def test_three_unexcused_days_in_a_row_are_a_risk(longest, reason):
    assert risk(100, longest, longest) == reason


@pytest.mark.parametrize(
    ("recorded", "unexcused", "reason"),
    [(20, 1.5, None), (20, 2, "unexcused_share"), (30, 3, "unexcused_share"), (30, 2.5, None), (0, 0, None)],
)
def test_a_tenth_of_the_recorded_days_unexcused_is_a_risk(recorded, unexcused, reason):
    assert risk(recorded, unexcused, 1 if unexcused else 0) == reason


def test_who_is_absent_already_is_not_only_at_risk():
    assert risk(20, 5, 5, "child_id | reason\nk | unexcused_run") is None
