"""Days that count: school years, opening days, and deadlines in working days of the State Council's calendar.

Two calendars stand side by side: attendance counts the school days a sheet records, deadlines count working days,
make-up workdays on weekends included. A year whose calendar nobody published yet is refused, never guessed, and
only when a deadline really falls into it.
"""

from __future__ import annotations

import calendar as months
import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar

from expectations.errors import NotReady, WrongArgument
from expectations.policy import Policy
from transforms.reference import reference_file

WORKDAYS_FILE = "workdays.csv"
FIRST_AUTUMN_MONTH = 8
SAME_TERM = 45  # days within which a county's own opening day belongs to the usual one


def run_parameters(period: str, as_of: date, policy: Policy) -> dict[str, object]:
    """Every run parameter of the SQL files, the policy's settings among them, for ``period`` (2026-09) as of a day.

    Raises `WrongArgument` for a malformed period and `NotReady` where a deadline needs an unpublished calendar.
    """
    first = first_day(period)
    opening = opening_day(first, policy)
    counts = bool(policy["opening_counts"])
    check_due, listed, answer_due = _list_days(opening, first, as_of, policy)
    own = [
        (unit, day, *_list_days(day, first, as_of, policy))
        for unit, days in policy["openings"].items()
        for day in map(date.fromisoformat, days)
        if abs((day - opening).days) <= SAME_TERM
    ]
    return {
        **policy.values,
        "openings": own,
        "period": period,
        "month": period,
        "as_of": as_of,
        "previous_period": None,
        "cutoff_on": cutoff_day(first, policy),
        "school_year": school_year(first),
        "opening_on": opening,
        "check_due_on": check_due,
        "report_due_on": after_working_days(opening, policy["school_report_days"], first_counts=counts),
        "township_due_on": months_later(opening, 1, rolls=policy["month_deadline_rolls"]),
        "return_due_on": months_later(opening, 2, rolls=policy["month_deadline_rolls"]),
        "listed_on": listed,
        "answer_due_on": answer_due,
    }


def _list_days(opening: date, first: date, as_of: date, policy: Policy) -> tuple[date, date, date]:
    """When the school's check, the month's sheets and the answers are due, for one opening day.

    Answers are due $answer_days after the sheets were; lists drawn later than that count as handed out at the end of
    the month, so that no list arrives with its deadline past, and every later run of the month names the same day.
    """
    check_due = after_working_days(opening, policy["school_check_days"], first_counts=bool(policy["opening_counts"]))
    month_end = last_day(first)
    listed = check_due if (check_due.year, check_due.month) == (first.year, first.month) else month_end
    handed_out = listed if as_of <= listed else max(listed, month_end)
    return check_due, listed, after_working_days(handed_out, policy["answer_days"], first_counts=False)


def handout_days(period: str, policy: Policy, unit: str | None = None) -> dict[str, date]:
    """The days lists go out in ``period`` (codes of `expectations/handouts.py`), for a county with its own opening day.

    A campaign is the month in which the schools' check ends after the term opened; its later days may lie in the next
    month. Any other month has its last day. Raises `NotReady` where a deadline needs an unpublished calendar.
    """
    first = first_day(period)
    opening = opening_day(first, policy)
    for day in map(date.fromisoformat, policy["openings"].get(unit, ())):
        if abs((day - opening).days) <= SAME_TERM:
            opening = day
    counts = bool(policy["opening_counts"])
    check = after_working_days(opening, policy["school_check_days"], first_counts=counts)
    if (check.year, check.month) != (first.year, first.month):
        return {"monthly": last_day(first)}
    return {
        "check": check,
        "report": after_working_days(opening, policy["school_report_days"], first_counts=counts),
        "month": months_later(opening, 1, rolls=policy["month_deadline_rolls"]),
    }


@dataclass(frozen=True)
class Milestone:
    """One day of a period by which somebody has to have done something."""

    day: date
    who: str
    what: str


def milestones(parameters: Mapping[str, Any]) -> list[Milestone]:
    """The days that matter in a period, earliest first, from its run parameters.

    A term's timetable (domain: +10 and +15 working days, +1 and +2 months) belongs to the campaign in whose month the
    schools' check ends, be it that the term opened on 31 August; other months have the day their lists are drawn and the day answers are due.
    """
    named = [
        Milestone(parameters["listed_on"], "学校", "报送考勤"),
        Milestone(parameters["answer_due_on"], "核实单位", "答复核查名单"),
    ]
    if f"{parameters['check_due_on']:%Y-%m}" == parameters["month"]:
        named += [
            Milestone(parameters["opening_on"], "学校", "开学"),
            Milestone(parameters["check_due_on"], "学校", "逐人核查"),
            Milestone(parameters["report_due_on"], "学校", "向县和乡镇报告辍学学生"),
            Milestone(parameters["township_due_on"], "乡镇", "复核后报县级政府"),
            Milestone(parameters["return_due_on"], "县、乡镇、学校", "落实劝返复学"),
        ]
    return sorted(named, key=lambda one: one.day)


def first_day(period: str) -> date:
    """The first day of a period; raises `WrongArgument` where it is not a month such as 2026-09."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", period):
        raise WrongArgument(f"a period is a month such as 2026-09, not {period!r}")
    return date(int(period[:4]), int(period[5:]), 1)


def last_day(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=months.monthrange(day.year, day.month)[1])


def school_year(day: date) -> int:
    """The year a school year began in: it runs from August to July."""
    return day.year if day.month >= FIRST_AUTUMN_MONTH else day.year - 1


def cutoff_day(day: date, policy: Policy) -> date:
    """The day ages are counted on: the policy's month and day in the calendar year the school year began in."""
    return _month_day(school_year(day), str(policy["cutoff_month_day"]))


def opening_day(first: date, policy: Policy) -> date:
    """The opening day of the term the month beginning on ``first`` lies in.

    A month counts to the term that has opened by its last day: March to the spring term, September to the autumn
    term, January and a February before the spring opening still to the autumn term of the year before.
    """
    last = last_day(first)
    openings = [
        _month_day(year, str(policy[setting]))
        for year in (first.year - 1, first.year)
        for setting in ("opening_autumn", "opening_spring")
    ]
    return max(day for day in openings if day <= last)


def _month_day(year: int, month_day: str) -> date:
    month, day = int(month_day[:2]), int(month_day[3:])
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def after_working_days(start: date, days: int, *, first_counts: bool) -> date:
    """The day on which ``days`` working days are over, ``start`` itself counting as the first only if asked for.

    2026-09-01 and 10 days give 2026-09-15; with the opening day counted 2026-09-14.
    """
    day = start - timedelta(days=1) if first_counts else start
    while days > 0:
        day += timedelta(days=1)
        days -= is_workday(day)
    return day


def months_later(start: date, count: int, *, rolls: bool) -> date:
    """The same day ``count`` months later (the month's last where it has no such day); if ``rolls``, on to a working day."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    day = date(year, month, min(start.day, months.monthrange(year, month)[1]))
    while rolls and not is_workday(day):
        day += timedelta(days=1)
    return day


def is_workday(day: date) -> bool:
    """Whether offices work on ``day``; raises `NotReady`, saying what to add where, for a year nobody published."""
    named = _named_days()
    if day in named:
        return named[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        if any(known.year == day.year for known in named):
            return day.weekday() < 5
        raise NotReady(
            f"the working days of {day.year} are not known: after the State Council's notice add its holidays and "
            f"make-up workdays to data/reference/{WORKDAYS_FILE}, one line a day, for instance "
            f"“{day.year}-01-01,holiday” and “{day.year}-02-06,workday”"
        ) from None


@cache
def _named_days() -> dict[date, bool]:
    """Holidays (false) and make-up workdays (true) of the reference file, for years the library does not know yet."""
    with reference_file(WORKDAYS_FILE).open(encoding="utf-8", newline="") as handle:
        return {date.fromisoformat(row["date"]): row["kind"] == "workday" for row in csv.DictReader(handle)}
