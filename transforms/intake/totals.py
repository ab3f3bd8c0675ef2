"""The totals beside a grid, which must fit its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from transforms.intake.legend import UNKNOWN

TOTALS = {
    "病假": "Ss", "病": "Ss", "事假": "Ll", "事": "Ll", "旷课": "Aa", "旷": "Aa", "缺勤": "A", "迟到": "T", "迟": "T", "早退": "E", "早": "E",
    "出勤": "P", "实出勤": "P", "出勤天数": "P", "实际出勤": "P", "出勤日数": "P", "病假天数": "Ss", "事假天数": "Ll", "旷课天数": "Aa",
}  # fmt: skip
TOTAL_WORD = re.compile(r"出勤|缺勤|病假|事假|旷课|迟到|早退|合计|天数|总计|考勤|应到|实到")
Total = tuple[int, str, str]
"""The place of a column of totals, its heading, and the letters it counts."""


def total_columns(headings: Sequence[str], after: int) -> list[Total]:
    """The columns of totals from the place ``after`` on, right of the days."""
    return [
        (place, heading, TOTALS[heading]) for place, heading in enumerate(headings[after:], after) if heading in TOTALS
    ]


def wrong_totals(columns: Sequence[Total], marks: str, totals: Sequence[Any]) -> list[str]:
    """The headings of the totals that do not fit, counted in days or in half days."""
    if UNKNOWN in marks:
        return []
    wrong = []
    for (_, heading, letters), value in zip(columns, totals, strict=True):
        whole = marks.count(letters[0])
        if value == whole:
            continue
        if type(value) is str:
            if not re.fullmatch(r"\d+(?:\.5|\.0)?", value):
                continue
            value = float(value)
        if not isinstance(value, int | float) or value == whole:
            continue
        half = marks.count(letters[1]) * 0.5 if len(letters) > 1 else 0.0
        counts = {whole + half, whole + 2 * half, 2 * (whole + half)}
        if letters == "P":
            away = sum(marks.count(m) for m in "sla")
            late = marks.count("T") + marks.count("E") + marks.count("O")
            counts = {whole + late + away * share for share in (0, 0.5, 1)} | {
                whole,
                whole + late - marks.count("O"),
            }
        elif letters == "A" and heading == "缺勤":
            counts |= {sum(marks.count(m) for m in "SLA") + 0.5 * sum(marks.count(m) for m in "sla")}
        if value not in counts:
            wrong.append(heading)
    return wrong
