"""One delivery as rows of text: opened by content, understood by its headings.

Reading never repairs and never raises for a bad file: what cannot be used is a `Reading` that is refused with a
code, what was understood differently is an issue. Per sheet the lines read are the rows given plus the lines
declared no data.
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from expectations.delivered import ROWS
from expectations.errors import Unreachable
from expectations.sources import BY_NAME
from transforms.intake.attendance_book import read_grids
from transforms.intake.cells import blank, text_of
from transforms.intake.contents import is_name, is_number
from transforms.intake.delivery import Delivery, Reading, ReadingIssue, file_name
from transforms.intake.formats import SHEETS_AT_MOST, Book, CannotRead, Sheet, open_book
from transforms.intake.guessing import NEED, other_source
from transforms.intake.inbox import content_of
from transforms.intake.returned import OWN_SHEETS
from transforms.intake.rosters import Roster, read_roster, table_of
from transforms.intake.told import FEWEST_PEOPLE, no_value, remember_people, report_header, report_marks

WORST_FIRST = (
    "wrong_source", "absences_only", "week_without_dates", "no_day_columns", "names_only", "no_rows", "nothing_to_answer",
    "no_header", "no_list",
)  # fmt: skip
"""Which of its sheets' reasons a refused file is told."""
LONGEST_IN_A_LIST = 20
"""Signs in a cell of a list; what is longer is a sentence cut at its commas."""
_LETTER = re.compile(
    r"(?i)(?:说明|函|通知|报告|承诺书|请示|须知|必读|封面|readme)[\W\d_年月日版稿扫描件盖章终副本最新]*$"
)
"""How the name of a covering letter ends: of a PDF, a picture or an old Word document it is all that can be known."""


def read_delivery(
    delivery: Delivery, *, legend: Mapping[str, str], passwords: Mapping[str, str] | None = None
) -> Reading:
    """The rows of one delivery. Never raises for what a file may be: a bad one is refused with a code.

    Raises `Unreachable` where the disk does not give the file at all.
    """
    reading = Reading(delivery)
    try:
        content = content_of(delivery)
    except CannotRead as error:
        return _no_use(reading, error.code, error.detail)
    except MemoryError:
        return replace(_no_use(reading, "unreadable"), fleeting=True)
    except OSError as error:
        raise Unreachable(f"a kept delivery cannot be read ({error.strerror or type(error).__name__})") from None
    try:
        book = open_book(content, _passwords(delivery, passwords or {}))
        reading.format, reading.encoding = book.format, book.encoding
        if book.undecodable:
            reading.issues.append(ReadingIssue(None, None, None, "undecodable", str(book.undecodable)))
        _read_book(reading, book, legend)
    except CannotRead as error:
        letter = error.code == "unknown_format" and _LETTER.search(PurePosixPath(delivery.relative_path).stem)
        return _no_use(reading, "no_list" if letter else error.code, error.detail)
    except MemoryError:
        return replace(_no_use(reading, "unreadable"), fleeting=True)
    except (OSError, RecursionError):
        return _no_use(reading, "unreadable")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a Rust panic is no Exception
        if not isinstance(error, Exception):
            return _no_use(reading, "unreadable")
        return _no_use(reading, "reader_failed", _where(error))
    return reading


def _is_text(roster: Roster) -> bool:
    """Whether the lines of a sheet without a header are sentences: two short cells beside others may be a list."""
    cells = [[text_of(value) or "" for value in row if not blank(value)] for row in roster.head]
    listed = sum(sum(len(text) <= LONGEST_IN_A_LIST for text in row) > 2 for row in cells)
    told = sum(is_name(text) or is_number(text) for row in cells for text in row)
    return not roster.people and listed <= 1 and told <= 1


def _where(error: BaseException) -> str:
    """The kind of an error and its place in our code: enough for a maintainer, and no value of the file."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"


def _no_use(reading: Reading, code: str, detail: str = "") -> Reading:
    kept = [issue for issue in reading.issues if issue.code not in ("no_header", "sheet_not_read")]
    return Reading(
        reading.delivery, reading.format, reading.encoding, refused=code, refused_detail=detail,
        understood_as=reading.understood_as, issues=[*kept, ReadingIssue(None, None, None, code, detail)],
    )  # fmt: skip


def _passwords(delivery: Delivery, passwords: Mapping[str, str]) -> list[str]:
    """The passwords to try: of the office the file's name begins with, the file's own, its district's, then the others.

    Each costs a hundred thousand rounds of hashing, so a list that comes back should open with the first.
    """
    name = PurePosixPath(delivery.relative_path).name
    offices = sorted((office for office in passwords if len(office) > 7 and office in name), key=len, reverse=True)
    near = [office for office in passwords if office.startswith(f"{delivery.district_code}_")]
    own = (*offices, delivery.relative_path, name, delivery.district_code, "*", *near)
    ordered = [passwords[one] for one in own if one in passwords]
    return list(dict.fromkeys([*ordered, *passwords.values()]))


def _read_book(reading: Reading, book: Book, legend: Mapping[str, str]) -> None:
    source = reading.delivery.source
    if source is None:
        raise CannotRead("no_header")
    reasons: list[tuple[str, str]] = []
    understood: list[dict[str, Any]] = []
    if source == "attendance":
        read_grids(reading, book, legend, understood, reasons)
    else:
        for index, sheet in enumerate(book.sheets, 1):
            if index > SHEETS_AT_MOST:
                raise CannotRead("too_large", f"{SHEETS_AT_MOST}+")
            if source != "answers" or sheet.name not in OWN_SHEETS:  # the choices are hidden by us
                report_marks(reading, sheet)
            roster = read_roster(sheet, source, reading.delivery.relative_path, reading.delivery.period)
            _take_roster(reading, roster, sheet, index, understood, reasons)
    _set_people_aside(reading)
    reading.understood_as = json.dumps(understood, ensure_ascii=False)
    assert reading.rows_read == reading.row_count + reading.rows_not_data, "a line was lost"
    if not reading.row_count:
        told = dict(reversed(reasons))
        code = next((code for code in WORST_FIRST if code in told), "empty_file")
        raise CannotRead(code, told.get(code, ""))


def _set_people_aside(reading: Reading) -> None:
    """Rows of persons on sheets that were not understood, beside sheets that were: given without a name, so that the
    rules set them aside and their office is told; names that other sheets of the file hold are known. Where no sheet was understood the file is refused instead."""
    source = reading.delivery.source
    if not reading.people or not reading.row_count or source is None:
        return
    schema = ROWS[source].schema
    facts = _delivery_facts(reading.delivery)
    name_at = schema.get_field_index("name")
    known = {row[name_at] for row in reading.grid_rows}
    for sheet, index, found in reading.people:
        people = [(row_no, text) for row_no, text in found if known.isdisjoint(text.split(" | "))]
        if len(people) < FEWEST_PEOPLE:
            continue
        fixed = {**facts, "sheet": sheet}
        told = {
            "record_id": [f"{reading.delivery.delivery_id}-{index}-{row_no}" for row_no, _ in people],
            "row_no": [row_no for row_no, _ in people],
            "remarks": [text for _, text in people],
        }
        arrays = [pa.array(told.get(f.name, [fixed.get(f.name)] * len(people)), f.type) for f in schema]
        reading.tables.append(pa.Table.from_arrays(arrays, schema=schema))
        reading.rows_not_data -= len(people)
        reading.issues = [i for i in reading.issues if (i.sheet, i.code) != (sheet, "sheet_not_read")]
        reading.issues.append(ReadingIssue(sheet, None, None, "rows_not_understood", f"{sheet}”有{len(people)}"))


def _take_roster(
    reading: Reading,
    roster: Roster,
    sheet: Sheet,
    index: int,
    understood: list[dict[str, Any]],
    reasons: list[tuple[str, str]],
) -> None:
    source = reading.delivery.source
    assert source is not None
    reading.rows_read += roster.lines
    other = other_source(source, roster)
    if (
        source == "priority"
        and other == "household"
        and NEED.search(f"{roster.title} {sheet.name} {file_name(reading.delivery)}")
    ):
        other = None
    if other:
        reasons.append(("wrong_source", f"{BY_NAME[other].chinese}表"))
        reading.rows_not_data += roster.lines
        remember_people(reading, sheet, index, roster.people or _people_read(roster))
        return
    if roster.header is None:
        reading.rows_not_data += roster.lines
        if source == "answers" and sheet.name in OWN_SHEETS:
            reasons.append(("nothing_to_answer", ""))
            return
        remember_people(reading, sheet, index, roster.people)
        if any(not blank(value) for row in roster.head for value in row):
            without = "no_list" if _is_text(roster) else "no_header"
            reasons.append(("nothing_to_answer" if source == "answers" else without, ""))
            reading.issues.append(ReadingIssue(sheet.name, None, None, "sheet_not_read", sheet.name))
        return
    reading.rows_not_data += roster.not_data
    report_header(reading, sheet, roster.header, understood)
    for column, value in ((c, v) for c, v in roster.filled.items() if c in ROWS[source].names):
        understood.append(
            {
                "sheet": sheet.name,
                "header": no_value(value) or ROWS[source][column].label,
                "column": column,
                "method": "title",
            }
        )
    for column, heading in roster.filled_down.items():
        row = sheet.first_row + roster.header.row
        reading.issues.append(ReadingIssue(sheet.name, row, column, "filled_down", heading))
    if not roster.rows:
        reasons.append(("no_rows", ""))
        return
    reading.sheets_read += 1
    reading.tables.extend(table_of(roster, source, _delivery_facts(reading.delivery), index, sheet.name))


def _people_read(roster: Roster) -> list[tuple[int, str]]:
    """The rows of a list that belongs to another source, each as one text."""
    return [
        (row["row_no"], " | ".join(str(value) for name, value in row.items() if value and name != "row_no"))
        for number, table in roster.tables
        if not number
        for row in table.to_pylist()
    ]


def _delivery_facts(delivery: Delivery) -> dict[str, str]:
    return {
        "period": delivery.period,
        "district_code": delivery.district_code,
        "delivery_id": delivery.delivery_id,
        "file_name": file_name(delivery),
    }
