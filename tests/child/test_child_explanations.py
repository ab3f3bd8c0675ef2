from datetime import date

import pytest

from tests.parameters import parameters
from tests.tables import run

ROLL = "record_id | child_id | school_code | place | in_force | status\nroll | k | S1 | 1 | true | 在读"
LINKED = "record_id | child_id\nroll | k\nother | k"


def reason(as_of: date = date(2026, 9, 28), **inputs: str) -> str | None:
    """The explanation of the one child ``k``, on the roll of S1, with further tables as drawn."""
    drawn = {"child_rolls": ROLL, "child_records": LINKED, **inputs}
    rows = run("child_explanations", drawn, parameters(as_of=as_of), ("standing_reasons",)).to_pylist()
    return rows[0]["explanation"] if rows else None


def test_a_pupil_without_any_reason_is_not_explained():
    assert reason() is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("休学", "suspended"), ("送教上门", "home_teaching"), ("延缓入学", "postponed"), ("暂缓入学（因病）", "postponed"),
     ("出国（境）", "abroad"), ("免予入学", "exempt"), ("长期病假", "sick_leave")],
)  # fmt: skip
def test_an_approved_exemption_explains_by_its_kind(kind, expected):
    assert reason(exempt_children=f"record_id | kind\nother | {kind}") == expected


def test_an_exemption_holds_on_its_last_day_and_not_after_it():
    approved = "record_id | kind | valid_until\nother | 延缓入学 | 2026-09-28"
    assert reason(exempt_children=approved) == "postponed"
    assert reason(date(2026, 9, 29), exempt_children=approved) is None


def test_a_list_of_an_earlier_period_says_when_it_was_handed_in():
    before = "child_id | source | district_code | explanation | explanation_text | told_period\nk | vocational | 990101 | vocational | 在职校就读 | 2026-09"
    drawn = {"child_rolls": ROLL, "child_records": LINKED, "previous_standing_reasons": before}
    [row] = run(
        "child_explanations", drawn, parameters("2026-10", date(2026, 11, 5)), ("standing_reasons",)
    ).to_pylist()
    assert (row["explanation"], row["explanation_text"]) == ("vocational", "在职校就读（2026-09报送，此后没有新名单）")


def test_a_vocational_roster_explains_unless_it_says_the_pupil_left():
    assert reason(vocational_pupils="record_id | status\nother | 在读") == "vocational"
    assert reason(vocational_pupils="record_id | status\nother | 退学") is None


@pytest.mark.parametrize(
    ("status", "expected"), [("休学", "suspended"), ("出国", "abroad"), ("死亡", "died"), ("在读", None)]
)
def test_the_roll_entrys_own_state_explains(status, expected):
    assert reason(child_rolls=ROLL.replace("在读", status)) == expected


def test_home_teaching_on_the_roll_explains():
    assert reason(registry_pupils="record_id | attend_mode\nroll | 送教上门") == "home_teaching"


def sheet(*rows: str) -> str:
    head = "child_id | school_code | days_recorded | days_present | days_sick | last_mark | last_present_on"
    return "\n".join([head, *rows])


def test_sickness_explains_only_if_it_fills_all_recorded_days():
    assert reason(child_attendance=sheet("k | S1 | 20 | 0 | 20 | S |")) == "sick_leave"
    assert reason(child_attendance=sheet("k | S1 | 20 | 0 | 19 | A |")) is None


def test_a_sheet_that_ends_in_suspended_or_moved_explains():
    assert reason(child_attendance=sheet("k | S1 | 20 | 5 | 0 | X | 2026-09-07")) == "suspended"
    assert reason(child_attendance=sheet("k | S1 | 20 | 5 | 0 | M | 2026-09-07")) == "moved_out"


def test_being_present_at_another_school_later_than_here_explains():
    here = "k | S1 | 20 | 3 | 0 | A | 2026-09-03"
    assert reason(child_attendance=sheet(here, "k | S2 | 20 | 9 | 0 | P | 2026-09-28")) == "attends_elsewhere"


def test_having_been_at_another_school_before_here_explains_nothing():
    here = "k | S1 | 20 | 3 | 0 | P | 2026-09-28"
    assert reason(child_attendance=sheet(here, "k | S2 | 20 | 9 | 0 | P | 2026-09-12")) is None


def household(entries: str, forces: tuple[str, ...]) -> dict[str, str]:
    records = "\n".join(f"other{n or ''} | household | {force}" for n, force in enumerate(forces))
    children = "\n".join(f"other{n or ''} | k" for n in range(len(forces)))
    return {
        "household_children": f"record_id | left_reason\n{entries}",
        "person_records": f"record_id | source | in_force\n{records}",
        "child_records": f"record_id | child_id\nroll | k\n{children}",
    }


def test_death_and_removal_in_the_household_register_explain():
    assert reason(**household("other | 死亡", ("false",))) == "died"
    assert reason(**household("other | 迁出", ("false",))) == "registration_cancelled"
    assert reason(**household("other | 出国", ("false",))) == "abroad"


def test_a_moved_entry_explains_nothing_while_another_one_stands():
    assert reason(**household("other | 迁出\nother1 |", ("false", "true"))) is None


def test_a_still_valid_answer_to_an_absence_explains_and_one_to_another_matter_does_not():
    answer = "child_id | matter | answer_code | answered_on\nk | {} | A3 | 2026-03-20"
    assert reason(carried_answers=answer.format("absence")) == "answered"
    assert reason(carried_answers=answer.format("identity_mismatch")) is None


@pytest.mark.parametrize("reason_now", ["attends_elsewhere", "vocational", "sick_leave"])
def test_what_this_periods_deliveries_show_goes_before_an_earlier_answer(reason_now):
    shown = {
        "attends_elsewhere": {"child_attendance": sheet("k | S2 | 20 | 9 | 0 | P | 2026-09-28")},
        "vocational": {"vocational_pupils": "record_id | status\nother | 在读"},
        "sick_leave": {"child_attendance": sheet("k | S1 | 20 | 0 | 20 | S |")},
    }[reason_now]
    answer = "child_id | matter | answer_code | answered_on\nk | absence | A3 | 2026-03-20"
    assert reason(carried_answers=answer, **shown) == reason_now
