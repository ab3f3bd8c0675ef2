"""The offices' answers of an invented city: its lists filled in from the truth and handed in with the next period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

OUTCOMES: dict[str, tuple[str, ...]] = {
    "outside": ("A3",), "elsewhere": ("A2",), "leave_all_month": ("C3",), "exemption_expired": ("C1",),
    "dropped_out": ("D2",), "never_marked": ("D1",), "never_blank": ("E1",), "never_listed": ("E1", "E1", "B4"),
    "not_enrolled": ("E2", "E2", "A1"),
}  # fmt: skip
"""What offices find out about a fate; of the others they hand nothing in. One in three is wrong where it can be: a child is
called unknown that comes to school later, or registered when no roll will ever show it."""

EXPLAINING = ("A", "B", "C")
HEAD_ROW = 4


def outcome(child_id: str, fate: str) -> str | None:
    """What the offices answer about a child of ``fate``: all of them the same, and the same in every period."""
    codes = OUTCOMES.get(fate)
    return codes[int(child_id[:8], 16) % len(codes)] if codes else None


def fill_in(outbox: Path, inbox: Path, outcomes: Mapping[str, str | None], on: date) -> dict[str, str]:
    """Answer the 核实名单 of every school and township below ``outbox`` and lay the copies into ``inbox``.

    ``outcomes`` names the answer to each case number, if one is given. Returns the answers given.
    """
    given: dict[str, str] = {}
    for path in sorted(outbox.rglob("*_核实名单_*.xlsx")):
        book = openpyxl.load_workbook(path)
        answered = {case: code for sheet in book.worksheets for case, code in _answered(sheet, outcomes, on)}
        if answered:
            district = path.relative_to(outbox).parts[0]
            target = inbox / district / "answers" / path.parent.name / path.name  # two offices may share a name
            target.parent.mkdir(parents=True, exist_ok=True)
            book.save(target)
            given |= answered
    return given


def _answered(sheet: Any, outcomes: Mapping[str, str | None], on: date) -> list[tuple[str, str]]:
    heads = {cell.value: cell.column for cell in sheet[HEAD_ROW]}
    if not {"案号", "核实结果"} <= set(heads):
        return []
    given = []
    for row in range(HEAD_ROW + 1, sheet.max_row + 1):
        case = sheet.cell(row, heads["案号"]).value
        code = outcomes.get(case)
        if code is None:
            continue
        sheet.cell(row, heads["核实结果"]).value = code
        if "核实日期" in heads:
            sheet.cell(row, heads["核实日期"]).value = on
        given.append((case, code))
    return given
