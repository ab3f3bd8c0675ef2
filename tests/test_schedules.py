"""When runs start by themselves: the next dates of every declared schedule."""

import asyncio
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

ROOT = Path(__file__).parent.parent
BEIJING = ZoneInfo("Asia/Shanghai")
DEPLOYMENTS = {
    one["name"]: one for one in yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
}


def next_dates(name, count, after):
    from prefect.server.schemas.schedules import CronSchedule

    [declared] = DEPLOYMENTS[name]["schedules"]
    schedule = CronSchedule(cron=declared["cron"], timezone=declared["timezone"])
    dates = asyncio.run(schedule.get_dates(n=count, start=after.replace(tzinfo=BEIJING)))
    return [date.astimezone(BEIJING) for date in dates]


@pytest.mark.parametrize(("name", "month", "days"), [("spring-campaign", 3, 31), ("autumn-campaign", 9, 30)])
def test_a_campaign_runs_every_night_of_its_month_and_on_no_other(name, month, days):
    nights = next_dates(name, days + 1, datetime(2026, month, 1))
    assert [(night.month, night.day, night.hour) for night in nights[:-1]] == [
        (month, day, 22) for day in range(1, days + 1)
    ]
    assert (nights[-1].year, nights[-1].month, nights[-1].day) == (2027, month, 1)


def test_outside_the_campaigns_there_is_one_run_on_each_months_last_evening():
    dates = next_dates("monthly", 10, datetime(2026, 10, 1))
    assert [(date.month, date.day) for date in dates] == [
        (10, 31), (11, 30), (12, 31), (1, 31), (2, 28), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31),
    ]  # fmt: skip
    assert {date.hour for date in dates} == {22}


def test_reminders_come_every_morning():
    dates = next_dates("reminders", 3, datetime(2026, 12, 30, 12))
    assert [(date.month, date.day, date.hour) for date in dates] == [(12, 31, 7), (1, 1, 7), (1, 2, 7)]


def test_a_district_is_run_on_request_only():
    assert "schedules" not in DEPLOYMENTS["district"]


def test_every_scheduled_run_of_the_city_hands_out_what_is_due():
    for name in ("spring-campaign", "autumn-campaign", "monthly"):
        assert DEPLOYMENTS[name]["parameters"] == {"hand_out": True}, name
