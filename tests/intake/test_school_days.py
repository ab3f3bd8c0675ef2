"""On which days schools usually teach."""

from __future__ import annotations

from transforms.intake.school_days import make_up_days, school_days


def test_schools_teach_on_weekdays_that_are_no_public_holiday() -> None:
    october = school_days("2026-10")
    assert len(october) == 31
    assert not any(october[:7])
    assert october[7]


def test_a_weekend_day_made_a_workday_is_told_apart() -> None:
    assert make_up_days("2026-10") == (10,)
    assert not school_days("2026-10")[9]


def test_beyond_the_published_years_every_weekday_counts() -> None:
    assert sum(school_days("2031-10")) == 23
    assert make_up_days("2031-10") == ()
