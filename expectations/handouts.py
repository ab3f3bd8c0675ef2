"""What is handed out on which day of a period: the one declaration of the notice's timetable for lists.

A run of any night brings every table up to date; lists go out to offices once, on the night their day has come
(domain.md, Timetable): what schools and townships verify when the schools' own check ends, the dropouts by name when
schools report, the verified numbers when townships report to the county. A month outside the campaigns has one day.
"""

from __future__ import annotations

from dataclasses import dataclass

FAMILY_LETTERS = ("入学通知书", "劝返复学通知书")
VERIFIED = ("核实名单", "核查台账", "未报送考勤", "文件问题清单", "疑似同一人核对")
LEDGERS = ("工作台账", "控辍保学台账")


@dataclass(frozen=True)
class Handout:
    """One day on which lists go out: its code, its name in folders, the kinds of list, and why then.

    When it is: `transforms.calendar.handout_days`.
    """

    code: str
    chinese: str
    kinds: tuple[str, ...]
    why: str


HANDOUTS: tuple[Handout, ...] = (
    Handout("check", "十日核查", (*VERIFIED, "控辍保学台账", "入学通知书", "看板", "关联质量"),
          "the schools' check of every pupil is over: who is still unseen can be judged, and is verified by name"),
    Handout("report", "十五日报告", ("十五日报告表", "核查台账", "工作台账", "劝返复学通知书", "看板", "关联质量"),
          "schools report dropouts to county and township; what is confirmed is called back by letter"),
    Handout("month", "一个月报告", ("一个月报告表", "核查台账", *LEDGERS, "疑似辍学学生情况通报", "约谈区县名单", "看板", "关联质量"),
          "townships report the verified number, where the children are and what help they need"),
    Handout("monthly", "月度核查", (*VERIFIED, *LEDGERS, *FAMILY_LETTERS, "疑似辍学学生情况通报", "约谈区县名单", "看板", "关联质量"),
          "schools report monthly outside the campaigns"),
)  # fmt: skip
BY_CODE: dict[str, Handout] = {handout.code: handout for handout in HANDOUTS}
