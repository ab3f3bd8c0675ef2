"""The day a list bears: 制表日期, on a letter 制发日期. It is the day its contents last changed, not that of the last run.

What a list holds names that day by a sign of its own, and only writing puts the day in: so what is held is the same
every night nothing changes, and a list that stands keeps the day it was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from transforms.lists.workbook import Sheet

DAY = "\ue000"
MADE_ON = f"制表日期：{DAY}"
"""How a heading says since when its list stands."""


def dated_sheets(sheets: Sequence[Sheet], day: date) -> list[Sheet]:
    """``sheets`` with the day in their headings."""
    return [replace(sheet, subtitle=sheet.subtitle.replace(DAY, day.isoformat())) for sheet in sheets]


def dated_values(values: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What fills a letter or bulletin, with the day in words where one is wanted."""
    return {name: day_in_words(day) if value == DAY else value for name, value in values.items()}


def day_in_words(day: date) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"
