"""On which days of a month schools usually teach, by the State Council's calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache

import chinese_calendar


@lru_cache(maxsize=600)
def school_days(month: str) -> tuple[bool, ...]:
    """For each day of a month whether schools usually teach: Monday to Friday and no public holiday."""
    return tuple(works and date.weekday() < 5 for date, works in _days_of(month))


@lru_cache(maxsize=600)
def make_up_days(month: str) -> tuple[int, ...]:
    """The weekend days of a month that the State Council made workdays; whether a school teaches, its sheet tells."""
    return tuple(date.day for date, works in _days_of(month) if works and date.weekday() >= 5)


def _days_of(month: str) -> list[tuple[dt.date, bool]]:
    """Each day and whether it is a workday; beyond the years published, Monday to Friday."""
    year, number = int(month[:4]), int(month[5:7])
    days = []
    for day in range(1, calendar.monthrange(year, number)[1] + 1):
        date = dt.date(year, number, day)
        try:
            works = bool(chinese_calendar.is_workday(date))
        except NotImplementedError:
            works = date.weekday() < 5
        days.append((date, works))
    return days
