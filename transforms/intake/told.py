"""What an office is told of a sheet: how its columns were understood, and what on it is hidden or struck out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from expectations.delivered import ROWS
from transforms.intake.delivery import Reading, ReadingIssue
from transforms.intake.formats import Sheet
from transforms.intake.headers import Header
from transforms.intake.returned import own_headings

ISSUES_OF_A_KIND = 200
FEWEST_PEOPLE = 3


def report_marks(reading: Reading, sheet: Sheet) -> None:
    """A hidden sheet, hidden rows, rows struck out."""
    if sheet.hidden:
        reading.issues.append(ReadingIssue(sheet.name, None, None, "hidden_sheet", sheet.name))
    if sheet.hidden_rows:
        reading.issues.append(
            ReadingIssue(sheet.name, sheet.hidden_rows[0], None, "hidden_rows", str(len(sheet.hidden_rows)))
        )
    for row in sheet.struck_rows[:ISSUES_OF_A_KIND]:
        reading.issues.append(ReadingIssue(sheet.name, row, None, "struck_out"))


def report_header(reading: Reading, sheet: Sheet, header: Header, understood: list[dict[str, Any]]) -> None:
    """How each column was understood, and what a clerk should look at."""
    source = reading.delivery.source or ""
    row = sheet.first_row + header.row
    by_content = []
    for u in header.understood:
        letter = sheet.letter(u.place)
        heading = no_value(u.heading) or f"{letter}列"
        understood.append(
            {"sheet": sheet.name, "header": heading, "column": u.column, "method": u.method, "letter": letter}
        )
        if u.method == "exact":
            continue
        told = f"“{heading}”按“{ROWS[source][u.column].label}”"
        if u.method == "similar":
            reading.issues.append(ReadingIssue(sheet.name, row, u.column, "header_by_similarity", told))
        elif u.method == "content" and header.levels:
            reading.issues.append(ReadingIssue(sheet.name, row, u.column, "column_by_content", told))
        elif u.method == "content":
            by_content.append(f"{letter}列“{ROWS[source][u.column].label}”")
    if by_content:
        reading.issues.append(ReadingIssue(sheet.name, row, None, "no_header_by_content", "、".join(by_content)))
    taken = {u.column: no_value(u.heading) for u in header.understood}
    own = own_headings() if source == "answers" else ()
    for column in dict.fromkeys(column for column, place in header.rivals if header.headings[place] not in own):
        if taken.get(column):
            told = f"“{ROWS[source][column].label}”，只取了“{taken[column]}”"
            reading.issues.append(ReadingIssue(sheet.name, row, None, "column_twice", told))
    unknown = [h for h in header.unknown if len(h) <= 30 and no_value(h) and h not in own]
    if unknown and source != "attendance":
        reading.issues.append(ReadingIssue(sheet.name, row, None, "column_not_understood", "、".join(unknown[:20])))


@lru_cache(maxsize=5_000)
def no_value(heading: str) -> str:
    """A heading, unless it holds a number that may be a person's: then nothing, for it is no heading."""
    return "" if re.search(r"\d{6}", heading) else heading


def remember_people(reading: Reading, sheet: Sheet, index: int, people: list[tuple[int, str]]) -> None:
    """Keep the rows of persons found on a sheet that was not understood: see `reading._set_people_aside`."""
    if len(people) >= FEWEST_PEOPLE and reading.delivery.source != "answers":
        reading.people.append((sheet.name, index, people))
