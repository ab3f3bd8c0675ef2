"""What an attendance application's cell says of a day: whoever punched was there, and a forgotten card accuses nobody."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from transforms.intake.legend import Marks
from transforms.intake.punches import journal_columns
from transforms.reference import reference_file

with reference_file("policy.toml").open("rb") as _handle:
    LEGEND = {sign: letter for letter, signs in tomllib.load(_handle)["legend"]["value"].items() for sign in signs}
CELLS = (
    ("正常", "P"),
    ("迟到12分钟", "T"),
    ("上班迟到12分钟,下班早退5分钟", "T"),
    ("上班缺卡", "P"),
    ("下班缺卡", "P"),
    ("上班缺卡,下班缺卡", "."),
    ("缺卡", "."),
    ("缺卡(1次)", "."),
    ("缺卡（2次）", "."),
    ("旷工", "A"),
    ("旷工半天", "a"),
    ("旷工0.5天", "a"),
    ("旷工迟到30分钟", "T"),
    ("严重迟到40分钟", "T"),
    ("外勤", "P"),
    ("休息", "-"),
    ("休息并打卡", "-"),
    ("事假09-03 08:00到09-03 17:00 1天", "L"),
    ("病假(1天)", "S"),
    ("病假(0.5天)", "s"),
    ("请假(病假)", "S"),
    ("请假", "L"),
    ("未打卡", "."),
    ("正常/07:31", "P"),
    ("07:31 正常 16:40 正常", "P"),
    ("迟到/07:55", "T"),
    ("缺卡/--", "."),
    ("旷课/--", "A"),
    ("正常 07:20-16:40", "P"),
    ("07:45\n16:30", "P"),
    ("07:45(迟到)", "T"),
    ("上班未打卡", "P"),
    ("07:45;--", "P"),
    ("--;16:30", "P"),
    ("--", ""),
    ("正常打卡", "P"),
    ("未排班", "-"),
    ("补卡审批通过", "P"),
    ("管理员改为正常", "P"),
    ("上班迟到,下班缺卡", "T"),
    ("07:40", "P"),
    ("病/√", "s"),
    ("上午事", "l"),
    ("早退16分钟", "E"),
    ("事假2小时", "l"),
    ("事假8小时", "L"),
    ("旷工,07:45", "a"),
    ("外出09-10 09:00到09-10 11:00 2小时", "P"),
    ("出差", "P"),
    ("加班2小时", ""),
    ("旷课1节", "a"),
    ("缺卡1次,迟到1次", "T"),
    ("正常（休息）", "-"),
    ("打卡异常", "."),
    ("异常", "?"),
    ("上班缺卡;下班正常", "P"),
    ("早上未打卡、下午未打卡", "."),
    ("旷工（1.0天）", "A"),
    ("病假 上午", "s"),
    ("病假：8:00-12:00", "s"),
)


@pytest.mark.parametrize(("cell", "letter"), CELLS)
def test_a_cell_an_application_wrote(cell: str, letter: str) -> None:
    assert Marks({}, LEGEND).letter(cell) == letter


def test_a_time_on_the_clock_is_presence() -> None:
    assert Marks({}, LEGEND).letter(dt.time(7, 31)) == "P"


def test_the_policy_says_what_a_missing_punch_means() -> None:
    strict = Marks({}, {**LEGEND, "缺卡": "A"})
    assert (strict.letter("上班缺卡,下班缺卡"), strict.letter("下班缺卡")) == ("A", "P")


def test_a_sheet_s_own_legend_goes_before_the_application_s_words() -> None:
    assert Marks({"缺卡": "A"}, LEGEND).letter("缺卡") == "A"


def test_a_journal_s_header_says_where_results_and_times_stand() -> None:
    assert journal_columns(["日期", "姓名", "最早", "最晚", "状态"]) == (0, [4], [2, 3])
    assert journal_columns(["姓名", "日期", "上班1", ""], ["", "", "打卡时间", "打卡结果"]) == (1, [3], [2])
    assert journal_columns(["姓名", "性别", "状态"]) is None
