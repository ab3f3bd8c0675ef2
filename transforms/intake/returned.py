"""What our own workbooks hold besides answers, so that a returned one raises no questions about our own columns.

Everything is read from the declarations the lists are written from; only the names of the sheets of figures stand here.
"""

from __future__ import annotations

from functools import lru_cache

from transforms.intake.headers import normal

OWN_SHEETS: frozenset[str] = frozenset({
    "汇总", "选项", "按学校", "按乡镇街道", "同比环比", "分组情况", "巩固率", "未报送考勤", "零报告学校", "问题分类", "问题明细",
})  # fmt: skip
"""Sheets of figures, choices and issues beside the lists to be filled in."""


@lru_cache(maxsize=1)
def own_headings() -> frozenset[str]:
    """Every heading of a list an office gets back to fill in."""
    from expectations.lists import LISTS, REVIEW_LIST  # few deliveries are answers, and every reader would load them
    from expectations.recipients import RECIPIENTS

    shown = (column.label for recipient in RECIPIENTS for sheet in recipient.sheets for column in sheet.columns)
    listed = (column.label for contract in LISTS for column in contract.columns if column.label)
    pairs = (f"{column.label}({side})" for column in REVIEW_LIST.columns if column.label for side in "甲乙")
    return frozenset(map(normal, (*shown, *listed, *pairs, "序号")))
