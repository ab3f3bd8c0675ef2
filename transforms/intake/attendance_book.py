"""Reads a workbook of attendance: every sheet, one view of the same records, the weeks of a month as one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from expectations.delivered import ROWS
from expectations.sources import BY_NAME
from transforms.intake.attendance import read_grid
from transforms.intake.beside import halves
from transforms.intake.blocks import blocks_of, header_rows
from transforms.intake.cells import blank
from transforms.intake.contents import people_among
from transforms.intake.daily import read_journal
from transforms.intake.delivery import Reading, ReadingIssue, file_name
from transforms.intake.formats import MOST_CELLS, SHEETS_AT_MOST, Book, CannotRead, Row, Sheet
from transforms.intake.grid import Context, Grid
from transforms.intake.guessing import best_labels, best_other
from transforms.intake.headers import labels_of
from transforms.intake.legend import digits_explained, parse_legend
from transforms.intake.parts import NAME, joined, parts_among
from transforms.intake.told import ISSUES_OF_A_KIND, remember_people, report_header, report_marks

DAYS_OF_A_WEEK = 7
VIEWS = tuple(
    map(re.compile, ("月度汇总|月报", "每日统计|日统计|日报", "打卡明细|打卡详情|打卡时间", "原始记录|打卡记录"))
)
SAME_PEOPLE = 0.8
"""The share of a sheet's pupils and months that stand on another view of the same records."""


def read_grids(
    reading: Reading,
    book: Book,
    legend: Mapping[str, str],
    understood: list[dict[str, Any]],
    reasons: list[tuple[str, str]],
) -> None:
    """Every sheet of an attendance workbook; a sheet of notes may hold the legend of all, the first class that of the rest."""
    below = reading.delivery.relative_path.split("/", 2)[-1]
    period = reading.delivery.period
    sheets = []
    for index, sheet in enumerate(book.sheets, 1):
        if index > SHEETS_AT_MOST:
            raise CannotRead("too_large", f"{SHEETS_AT_MOST}+")
        rows = _squared(sheet.all_rows())
        named = header_rows(rows)
        if parts := parts_among(rows[: named[0] + 1] if named else rows, (NAME,)):
            rows = joined(rows, parts)
            named = header_rows(rows)
        beside = halves(rows, named[0], labels_of(rows[named[0]]), "attendance") if named else []
        around = (sheet.name, below)
        if beside:
            sheets.append((index, sheet, rows, [(part, blocks_of(part, period, around)) for part in beside]))
        else:
            sheets.append((index, sheet, rows, [(rows, blocks_of(rows, period, around, named))]))
    book_legend: dict[str, str] = {}
    for _, _, rows, parts_found in sheets:
        if len(rows) <= 60 and not any(blocks for _, (blocks, _) in parts_found):
            book_legend |= parse_legend(
                "  ".join(v.strip() for v in row if type(v) is str and v.strip()) for row in rows
            )
            book_legend |= digits_explained(rows)
    told_before: Mapping[str, str] = {}
    for index, sheet, _, parts_found in sheets:
        report_marks(reading, sheet)
        merged = sheet.merged if len(parts_found) == 1 else ()
        context = Context(sheet.name, below, period, legend, book_legend or told_before, merged=merged)
        for number, (part, found) in enumerate(parts_found):
            blocks, without = found
            grid = read_journal(part, sheet.first_row, context, without) if without and not blocks else None
            grid = grid or read_grid(part, sheet.first_row, context, found)
            told_before = told_before or grid.legend
            _take_grid(reading, grid, sheet, (index, number), part, understood, reasons)
    _one_view(reading)
    _fold_weeks(reading)


def _one_view(reading: Reading) -> None:
    """An application exports one month several times over (月度汇总, 每日统计, 打卡时间, 原始记录): the sheet that tells
    most is taken, another of the same people and month is no further data."""
    schema = ROWS["attendance"].names
    sheet_at, name_at, month_at = (schema.index(name) for name in ("sheet", "name", "month"))
    people: dict[str, set[tuple[str, str]]] = {}
    views = {sheet for sheet in {row[sheet_at] for row in reading.grid_rows} if _view(sheet) is not None}
    for row in reading.grid_rows if len(views) > 1 else ():
        if row[sheet_at] in views:
            people.setdefault(row[sheet_at], set()).add((row[name_at], row[month_at]))
    taken: list[str] = []
    left: set[str] = set()
    for sheet in sorted(people, key=lambda sheet: (_view(sheet), sheet)):
        again = any(len(people[sheet] & people[other]) >= SAME_PEOPLE * len(people[sheet]) for other in taken)
        (left.add if again else taken.append)(sheet)
    if left:
        kept = [row for row in reading.grid_rows if row[sheet_at] not in left]
        reading.rows_not_data += len(reading.grid_rows) - len(kept)
        reading.grid_rows = kept
        reading.issues = [issue for issue in reading.issues if issue.sheet not in left]
        reading.issues.extend(ReadingIssue(sheet, None, None, "same_records", sheet) for sheet in sorted(left))


def _view(sheet: str) -> int | None:
    """How near the first a sheet of an application's export is to be taken; nothing for another sheet."""
    return next((place for place, words in enumerate(VIEWS) if words.search(sheet)), None)


def _fold_weeks(reading: Reading) -> None:
    """The weeks of one pupil's month on several sheets of a workbook as one row; a day told twice differently, or two
    of a name on a sheet, and they stay apart."""
    schema = ROWS["attendance"].names
    at = {name: schema.index(name) for name in ("sheet", "marks", "month", "name")}
    who = [
        schema.index(name) for name in ("school_name", "grade", "class_name", "month", "name", "pupil_no", "id_number")
    ]
    weeks: dict[tuple[Any, ...], list[int]] = {}
    for number, row in enumerate(reading.grid_rows):
        marks = row[at["marks"]]
        if row[at["month"]] and marks.count("-") + marks.count(".") >= len(marks) - DAYS_OF_A_WEEK:
            weeks.setdefault(tuple(row[place] for place in who), []).append(number)
    folded: dict[int, tuple[Any, ...]] = {}
    gone: set[int] = set()
    for numbers in weeks.values():
        rows = [reading.grid_rows[number] for number in numbers]
        if len(rows) < 2 or len({row[at["sheet"]] for row in rows}) < len(rows):
            continue
        days = [
            "".join(sorted({mark for mark in marks if mark not in "-."}))
            for marks in zip(*(row[at["marks"]] for row in rows), strict=True)
        ]
        if any(len(day) > 1 for day in days):
            continue
        marks = "".join(
            day or ("." if "." in told else "-")
            for day, told in zip(days, zip(*(row[at["marks"]] for row in rows), strict=True), strict=True)
        )
        folded[numbers[0]] = (*rows[0][: at["marks"]], marks, *rows[0][at["marks"] + 1 :])
        gone.update(numbers[1:])
    if gone:
        reading.grid_rows = [folded.get(n, row) for n, row in enumerate(reading.grid_rows) if n not in gone]
        reading.rows_not_data += len(gone)


def _squared(rows: list[Row]) -> list[Row]:
    """Rows of text, which may differ in length, made as long as the longest."""
    widths = set(map(len, rows))
    if len(widths) < 2:
        return rows
    width = max(widths)
    if width * len(rows) > MOST_CELLS:
        raise CannotRead("too_large", f"{len(rows)}×{width}")
    return [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]


def _take_grid(
    reading: Reading, grid: Grid, sheet: Sheet, place: tuple[int, int], rows: Sequence[Sequence[Any]],
    understood: list[dict[str, Any]], reasons: list[tuple[str, str]],
) -> None:  # fmt: skip
    """What one grid gave; ``place`` is the sheet's number and the grid's among those side by side on it."""
    index, part = place
    reading.rows_read += len(grid.rows) + grid.not_data
    reading.rows_not_data += grid.not_data
    for header in grid.headers[: 0 if part else 1]:
        report_header(reading, sheet, header, understood)
    counts: dict[str, int] = {}
    for row_no, column, code, detail in grid.issues:
        counts[code] = counts.get(code, 0) + 1
        if counts[code] <= ISSUES_OF_A_KIND or code == "unknown_mark":
            reading.issues.append(ReadingIssue(sheet.name, row_no, column, code, detail))
    if grid.reason:
        other = best_other("attendance", best_labels(rows)) if grid.reason in ("no_header", "names_only") else None
        if other:
            reasons.append(("wrong_source", f"{BY_NAME[other].chinese}表"))
        elif any(not blank(value) for row in rows for value in row):
            reasons.append((grid.reason, ""))
        if rows:
            reading.issues.append(ReadingIssue(sheet.name, None, None, "sheet_not_read", sheet.name))
        remember_people(reading, sheet, index, people_among(rows, sheet.first_row))
        return
    if not grid.rows:
        reasons.append(("no_rows", ""))
        return
    reading.sheets_read += 1
    delivery, name, title = reading.delivery, file_name(reading.delivery), grid.title or None
    prefix, suffix = f"{delivery.delivery_id}-{index}-", f"-{part + 1}" if part else ""
    seen: set[int] = set()
    for row_no, month, values in grid.rows:
        record = f"{prefix}{row_no}{suffix}-{month}" if row_no in seen else f"{prefix}{row_no}{suffix}"
        seen.add(row_no)
        reading.grid_rows.append(
            (delivery.period, delivery.district_code, record, delivery.delivery_id, sheet.name, row_no, title, name,
             *values)
        )  # fmt: skip
