"""Which columns of a sheet are days, however they are written."""

from __future__ import annotations

import datetime as dt

import pytest

from transforms.intake.days import day_named, day_run, find_days, week_days


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (1.0, (None, None, 1)),
        ("01", (None, None, 1)),
        ("１", (None, None, 1)),
        ("1日", (None, None, 1)),
        ("1日（周二）", (None, None, 1)),
        ("9月1日", (None, 9, 1)),
        ("9-1", (None, 9, 1)),
        (9.3, (None, 9, 3)),
        ("2026/9/1", (2026, 9, 1)),
        ("20260901", (2026, 9, 1)),
        (46266.0, (2026, 9, 1)),
        (dt.date(2026, 9, 1), (2026, 9, 1)),
        (True, None),
        (32.0, None),
        ("13-1", None),
        ("三年级1班", None),
    ],
)
def test_a_day_is_known_however_it_is_written(written: object, day: object) -> None:
    assert day_named(written) == day


def test_nine_point_one_after_nine_point_nine_is_the_tenth() -> None:
    assert [day for _, (_, _, day) in day_run([9.8, 9.9, 9.1, 9.11])] == [8, 9, 10, 11]


def test_a_running_number_is_no_day_beside_the_days() -> None:
    assert [place for place, _ in day_run([7, "姓名", 1, 2, 3, 4, "合计"])] == [2, 3, 4, 5]


def test_a_ticked_box_on_another_sheet_takes_no_sheet_its_first_day() -> None:
    assert day_named(True) is None
    assert day_named(1.0) == (None, None, 1)
    assert [day for _, (_, _, day) in day_run([True, 2.0, 3.0, 4.0])] == [2, 3, 4]
    assert [day for _, (_, _, day) in day_run([1.0, 2.0, 3.0, 4.0])] == [1, 2, 3, 4]


def test_the_halves_of_a_day_are_two_places_of_it() -> None:
    days = find_days([["姓名", 1, "", 2, "", 3, ""], ["", *("上午", "下午") * 3]], 0, 1, 0)
    assert days is not None
    assert list(days.slots.values()) == [(1, 2), (3, 4), (5, 6)]
    assert days.last_row == 1


def test_a_row_of_weekdays_under_the_days_is_part_of_the_header() -> None:
    days = find_days([["姓名", 1, 2, 3], ["", "二", "三", "四"], ["张三", "√", "√", "√"]], 0, 1, 0)
    assert days is not None
    assert days.last_row == 1


def test_the_days_of_a_week_are_dated_by_the_title() -> None:
    rows = [["三年级考勤（9月7日—9月11日）"], ["姓名", "周一", "周二", "周三", "周四", "周五"]]
    days = week_days(rows, 1, 0, "2026-09", ())
    assert days is not None
    assert list(days.slots) == [(2026, 9, day) for day in range(7, 12)]
    assert week_days([["三年级考勤"], rows[1]], 1, 0, "2026-09", ()) is None
