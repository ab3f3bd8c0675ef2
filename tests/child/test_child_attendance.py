import pytest

from tests.tables import run


def attended(*sheets: tuple[str, str]) -> dict[str, object]:
    """One child's row from (month, marks) of its school, marks filled up with unrecorded days."""
    rows = "\n".join(f"r{n} | {month} | {marks.ljust(31, '.')}" for n, (month, marks) in enumerate(sheets))
    places = "\n".join(f"r{n} | S1" for n in range(len(sheets)))
    children = "\n".join(f"r{n} | k" for n in range(len(sheets)))
    [row] = run("child_attendance", {
        "attendance_pupils": f"record_id | month | marks\n{rows}",
        "person_records": f"record_id | school_code\n{places}",
        "child_records": f"record_id | child_id\n{children}",
    }, {"month": "2026-09", "period": "2026-09"}).to_pylist()  # fmt: skip
    return row


@pytest.mark.parametrize(
    ("marks", "longest"),
    [("PAAAAP", 4), ("AAAAA", 5), ("AAA--AA", 5), ("AA..AAA", 5), ("AAPAAA", 3), ("AASAA", 2), ("PPP", 0), ("LLLL", 0)],
)
def test_a_run_is_counted_over_recorded_school_days(marks, longest):
    assert attended(("2026-09", marks))["longest_unexcused"] == longest


def test_a_half_day_breaks_a_run_and_counts_as_half_a_day():
    row = attended(("2026-09", "AAaAA"))
    assert (row["longest_unexcused"], row["days_unexcused"], row["days_present"]) == (2, 4.5, 1)


def test_a_run_goes_on_from_the_month_before():
    assert attended(("2026-08", "PPPAA"), ("2026-09", "-AAAP"))["longest_unexcused"] == 5


def test_a_run_of_the_month_before_that_ended_there_does_not_count():
    assert attended(("2026-08", "PAAAAAAA"), ("2026-09", "PAAP"))["longest_unexcused"] == 2


def test_a_run_does_not_jump_over_a_month_without_a_sheet():
    assert attended(("2026-07", "PAAAAAAA"), ("2026-09", "AAP"))["longest_unexcused"] == 2


def test_late_early_and_official_days_are_days_present():
    row = attended(("2026-09", "TEOP-A"))
    assert (row["days_recorded"], row["days_present"]) == (5, 4)


def test_the_last_day_present_and_the_first_of_the_run_are_dated():
    row = attended(("2026-09", "PPPP--PAAA--AA"))
    assert str(row["last_present_on"]) == "2026-09-07"
    assert str(row["run_started_on"]) == "2026-09-08"


def test_of_two_rows_at_one_school_the_one_with_most_days_present_counts():
    assert attended(("2026-09", "PPM"), ("2026-09", "..PPPP"))["days_present"] == 4


def test_the_weeks_of_a_month_in_files_of_their_own_are_put_together():
    row = attended(("2026-09", "PPAA---........"), ("2026-09", ".......AAAPP"))
    assert (row["days_recorded"], row["days_present"], row["longest_unexcused"]) == (9, 4, 5)


def test_rows_that_contradict_each_other_are_not_put_together():
    row = attended(("2026-09", "AAAAA"), ("2026-09", "PPPPPP"))
    assert (row["days_recorded"], row["days_present"], row["longest_unexcused"]) == (6, 6, 0)
