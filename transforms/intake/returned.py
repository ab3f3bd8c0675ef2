"""What our own workbooks hold besides answers, so that a returned one raises no questions about our own columns.

Everything is read from the declarations the lists are written from; only the names of the sheets of figures stand here.
"""

from __future__ import annotations

from expectations.lists import LISTS, REVIEW_LIST
from expectations.recipients import RECIPIENTS
from transforms.intake.headers import normal

OWN_SHEETS: frozenset[str] = frozenset({
    "汇总", "选项", "按学校", "按乡镇街道", "同比环比", "分组情况", "巩固率", "未报送考勤", "零报告学校", "问题分类", "问题明细",
})  # fmt: skip
"""Sheets of figures, choices and issues beside the lists to be filled in."""
OWN_HEADINGS: frozenset[str] = frozenset(
    normal(heading)
    for heading in (
        *(shown.label for recipient in RECIPIENTS for sheet in recipient.sheets for shown in sheet.columns),
        *(column.label for contract in LISTS for column in contract.columns if column.label),
        *(f"{column.label}({side})" for column in REVIEW_LIST.columns if column.label for side in "甲乙"),
        "序号",
    )
)
"""Every heading of a list an office gets back to fill in."""
