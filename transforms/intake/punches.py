"""Reads what the attendance applications of offices write into a day's cell: 上班迟到12分钟,下班缺卡 or 07:31 16:40.

A time on the clock shows the child was there. A missing punch (缺卡, 未打卡) beside another sign of presence is a
forgotten card; alone it shows neither presence nor absence, so the day counts as unrecorded (the policy's legend may say
otherwise) and nobody is accused on it. Only 旷课 and 旷工, which somebody decided, are an absence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from transforms.intake.headers import bare, labels_of, normal

MISSING = "缺卡"
"""The sign of the policy's legend for a day without a punch."""
CLOCK = r"(?<![\d:：.])(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?(?!\d)"
_SPAN = r"(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}[:：]\d\d\s*[到至~～—-]+\s*(?:(?:\d{2,4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}[:：]\d\d"
"""From when to when a leave was granted: no punch."""
_TELLS = rf"{CLOCK}|卡|旷工|外勤|排班|加班|出差|请假|考勤组|迟到|早退|改为|小时|\d节|-{{2,}}"
_NOTHING = r"[-—－\s]*|加班.*|(?:上|下)班|[\d.]+(?:分钟?|小时|天|次|h)?|第?\d次|次日|当日|无"
_HALF = r"半|0\.5|上午|下午|(?<![\d.])[1-4](?:\.\d+)?小时|(?<!\d)[1-3]节"
_SIDE = "上班|下班|上午|下午|签到|签退|到校|离校|早|晚"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("-", re.compile("休息|[未不]排班|无需打卡|不用打卡|节假日|放假|周末|非工作日|未加入考勤组|不在考勤组")),
    ("?card", re.compile("缺卡|[未漏没无忘]打卡|未签到|未签退|缺少打卡|缺打卡|打卡(?:缺失|异常)")),
    ("T", re.compile("迟到")),
    ("E", re.compile("早退")),
    ("A", re.compile("旷[工课学]?|缺勤|缺课")),
    ("S", re.compile("病")),
    ("L", re.compile("假|调休")),
    ("P", re.compile("正常|改为|补卡|外勤|打卡|出勤|签到|签退|到校|进校|入校|离校|外出|出差|范围[内外]")),
)  # fmt: skip
DATE_HEADINGS = frozenset(
    map(normal, ("日期", "考勤日期", "考勤时间", "出勤日期", "打卡日期", "年月日", "点名日期", "记录日期", "缺勤日期", "上课日期", "统计日期", "签到日期", "时间"))
)  # fmt: skip
MARK_HEADINGS = frozenset(
    map(normal, ("考勤", "考勤状态", "状态", "出勤情况", "考勤情况", "考勤结果", "出缺勤", "出勤状态", "到校情况", "出勤", "考勤记录", "出缺勤情况", "考勤类型",
                 "出勤类型", "到校状态", "签到状态", "签到情况", "点名结果", "打卡结果", "打卡状态", "校准状态", "当日状态", "打卡情况", "缺勤类别",
                 "缺勤类型", "缺勤情况", "缺课类别", "缺课类型", "请假类别", "请假类型", "缺勤原因", "缺课原因", "缺席原因", "未到原因", "未到校原因",
                 "请假原因", "请假事由"))
)  # fmt: skip
_MARKED = r"(?:上班|下班|签到|签退|上午|下午)\d?(?:打卡)?(?:结果|状态)"
_CLOCKED = r"(?:(?:上班|下班|签到|签退|上午|下午|首次|末次|最早|最晚|第[一二]次|早|晚)\d?)?(?:打卡|签到|签退|到校|离校|入校|出校|进校|刷卡|刷脸)时间\d?|最早|最晚|签到|签退|(?:上|下)班\d?(?:打卡)?"


def journal_columns(row: Sequence[Any], below: Sequence[Any] = ()) -> tuple[int, list[int], list[int]] | None:
    """The places of the date, of the marks and of the times of a journal's header, its second row among them."""
    labels, under = _labels(row), _labels(below)
    date = next((place for place, label in enumerate(labels) if label in DATE_HEADINGS), None)
    if date is None:
        return None
    marks, clocks = [], []
    for place in range(max(len(labels), len(under))):
        for label in {at[place] for at in (labels, under) if place < len(at)} - {""}:
            if place == date:
                continue
            if label in MARK_HEADINGS or re.fullmatch(_MARKED, label):
                marks.append(place)
            elif re.fullmatch(_CLOCKED, label) and not (place < len(under) and (under[place] in MARK_HEADINGS)):
                clocks.append(place)
    return (date, sorted(set(marks)), sorted(set(clocks) - set(marks))) if marks or clocks else None


def _labels(row: Sequence[Any]) -> list[str]:
    return [bare(label) for label in labels_of(row)]


def punch_letter(text: str, word: Callable[[str], str | None]) -> str | None:
    """The letter of a cell an application wrote, ``""`` where it holds no sign, nothing where it is none of theirs.

    ``word`` gives the letter of a plain sign, as the legends have it.
    """
    if not re.search(_TELLS, text):
        return None
    rest = re.sub(_SPAN, " ", text)
    clocks = len(re.findall(CLOCK, rest))
    rest = re.sub(CLOCK, " ", rest)
    halved = False
    found: list[str] = []
    one_sided = True
    for piece in re.split(r"[,，;；、/|()（）【】\[\]\s]+", rest):
        if not piece or re.fullmatch(_NOTHING, piece):
            halved = halved or (bool(re.search(_HALF, piece)) and not re.fullmatch(r"(?:上|下)午", piece))
            continue
        kind = _kind(piece)
        if kind is None:
            own = word(piece)
            if own is None:
                return "?"
            found.append(own)
            continue
        if kind == "?card":
            one_sided = one_sided and bool(re.search(_SIDE, piece)) and "?card" not in found
        elif kind in "ASL":
            halved = halved or bool(re.search(_HALF, piece))
        found.append(kind)
    return _day(found, clocks, halved, one_sided, word(MISSING) or ".")


@lru_cache(maxsize=5_000)
def _kind(piece: str) -> str | None:
    if "旷工迟到" in piece:
        return "T"
    return next((letter for letter, words in _KINDS if words.search(piece)), None)


def _day(found: Sequence[str], clocks: int, halved: bool, one_sided: bool, missing: str) -> str:
    """One letter from all that a cell says: a leave excuses, whoever punched was there, and doubt is no absence."""
    if "-" in found and not set(found) & set("SLATE"):
        return "-"
    there = clocks > 0 or bool(set(found) & set("PTEO"))
    for letter in "SLA":
        if letter in found:
            return letter.lower() if halved or there else letter
    for letter in "XMTEOsla":
        if letter in found:
            return letter
    if there:
        return "P"
    if "?card" in found:
        return "P" if one_sided else missing
    return next(iter(found), "")
