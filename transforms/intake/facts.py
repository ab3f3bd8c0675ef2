"""School, grade, class and month of a block: its title first, then the sheet's and the file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from transforms.intake import titles
from transforms.intake.blocks import Block
from transforms.intake.grid import FIELD_AT, Context, Grid
from transforms.intake.headers import Header

WHERE = _SCHOOL, _CODE, _GRADE, _CLASS = tuple(
    FIELD_AT[name] for name in ("school_name", "school_code", "grade", "class_name")
)
_NOTHING_SAID = titles.Said()


def facts_of(
    grid: Grid, title: Sequence[str], context: Context, known: dict[str, Any], block: Block, first_row: int
) -> dict[str, Any]:
    """School, grade, class and month of a block: its title first, then the sheet's and the file's name."""
    told = [titles.said(line) for line in title]
    around = [titles.said(context.sheet_name), *(titles.said(part) for part in _path_parts(context.path_name))]
    facts: dict[str, Any] = {}
    for name, code in (("school", "school"), ("school_code", "school"), ("grade", "grade"), ("class_no", "class"), ("class_name", ""), ("year", ""),
                       ("month", "month"), ("first_day", ""), ("last_day", "")):  # fmt: skip
        own, _ = titles.first_said(told, name)
        if own is None and name in known and name not in ("year", "month", "first_day", "last_day"):
            facts[name] = known[name]
            continue
        value, others = titles.first_said([*told, *around], name)
        if value is None:
            value = known.get(name)
        facts[name] = known[name] = value
        others = [other for other in others if not _same(name, str(value), other)]
        if others and code:
            detail = "、".join([str(value), *others])
            grid.issues.append((first_row + block.header.row, None, f"{code}_contradiction", detail))
    if facts["month"] is None:
        facts["year"], facts["month"] = next((t.made for t in [*told, *around] if t.made), (None, None))
    facts["year"] = titles.year_of(facts["year"], facts["month"], context.period)
    return facts


def _same(name: str, value: str, other: str) -> bool:
    """Whether two words mean the same school or grade: one school's name may be the other's shortened."""
    if name == "school":
        short, long = sorted((value, other), key=len)
        letters = iter(long)
        return all(letter in letters for letter in short)
    if name == "grade":
        return (
            _grade_number(value) == _grade_number(other)
            or ("级" in other and "年级" not in other)
            or "年级" not in value
        )
    return value == other


def _grade_number(text: str) -> int | None:
    if found := re.fullmatch(r"(.+)年级", text):
        return titles.number(found[1])
    if found := re.fullmatch(r"初([一二三123])", text):
        return 6 + titles.number(found[1])
    if found := re.fullmatch(r"高([一二三123])", text):
        return 9 + titles.number(found[1])
    return None


def _path_parts(path: str) -> list[str]:
    """The file's name and then its folders, nearest first, without the file's ending."""
    parts = path.split("/")
    parts[-1] = re.sub(r"\.[A-Za-z]{2,5}$", "", parts[-1])
    return parts[::-1]


def is_department(header: Header) -> bool:
    """Whether the class stands in an application's column of departments, which may name anything."""
    place = header.places.get("class_name")
    return place is not None and place < len(header.headings) and "部门" in header.headings[place]


def placed(values: list[str | None], facts: Mapping[str, Any], of_department: bool = False) -> list[str | None]:
    """A pupil's fields with school, grade and class from its class or department (二小-二年级-一班), then from around."""
    written = values[_CLASS]
    told = titles.said(_class_words(written)) if written else _NOTHING_SAID
    if of_department and told.grade is None and told.class_no is None:
        values[_CLASS] = None  # 学生部, or the school's name: no class
    if values[_CLASS]:
        values[_GRADE] = values[_GRADE] or told.grade or facts["grade"]
    else:
        values[_CLASS] = facts["class_name"]
        values[_GRADE] = values[_GRADE] or facts["grade"]
    if values[_SCHOOL] is None and told.school is None:
        values[_CODE] = values[_CODE] or facts["school_code"]
    values[_SCHOOL] = values[_SCHOOL] or told.school or facts["school"]
    return values


@lru_cache(maxsize=20_000)
def _class_words(written: str) -> str:
    """A class column's bare number read as a class."""
    return f"{written}班" if re.fullmatch(r"[(（]?\d{1,3}[)）]?", written) else written
