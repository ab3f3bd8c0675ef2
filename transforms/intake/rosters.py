"""Reads lists — registry, household, vocational, exempt, priority, answers — column by column, all as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from expectations.delivered import ROWS
from transforms.intake import titles
from transforms.intake.beside import people_beside
from transforms.intake.cells import (
    FOOTER_LINE,
    LONG_TEXT,
    blank,
    column_of,
    is_footer,
    is_not_data,
    is_persons,
    text_of,
    texts,
)
from transforms.intake.contents import completed, header_by_content, no_header, people_among
from transforms.intake.filling import Filling
from transforms.intake.formats import Row, Sheet
from transforms.intake.headers import HEADINGS, MAY_BE_HEADING, SEARCHED_ROWS, Header, find_header, labels_of, normal
from transforms.intake.parts import Parts, joined, parts_among

MOST_PEOPLE_KEPT = 200_000
FILLED = {"school_name": "school", "school_code": "school_code", "grade": "grade", "class_name": "class_name"}
_SUSPECT_NAME = re.compile(f"^\\s*\\d{{1,4}}\\s*$|^.{{{LONG_TEXT},}}$")


@dataclass
class Roster:
    """What one sheet gave: tables of text with ``row_no``, the header, the lines above it.

    ``beside`` are the headers of further lists right of the first; a line then counts once for each list, and a
    table is kept with the number of its list. ``people`` are rows that look like persons' on a sheet without header.
    """

    header: Header | None = None
    title: str = ""
    beside: tuple[Header, ...] = ()
    tables: list[tuple[int, pa.Table]] = field(default_factory=list)
    people: list[tuple[int, str]] = field(default_factory=list)
    lines: int = 0
    not_data: int = 0
    filled: dict[str, str] = field(default_factory=dict)
    head: list[Row] = field(default_factory=list)
    filled_down: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Data rows found."""
        return sum(table.num_rows for _, table in self.tables)


def read_roster(sheet: Sheet, source: str, path_name: str, period: str) -> Roster:
    """Every data row of a sheet; without a header, none."""
    roster = Roster()
    fillings: list[Filling] = []
    parts: list[Parts] = []
    at = 0
    for chunk in sheet.chunks:
        if roster.header is None:
            parts = parts_among(chunk) if source != "answers" else []
        rows = joined(chunk, parts, at)
        begin = 0
        if roster.header is None:
            roster.head = rows[: SEARCHED_ROWS + 2]
            roster.header = _header(rows, source, period)
            if roster.header is None:
                _not_understood(roster, sheet, rows)
                return roster
            begin = roster.header.row + roster.header.levels
            roster.beside = people_beside(roster.header, source, rows[begin:], period)
            if roster.beside:
                roster.header = replace(roster.header, rivals=())
            roster.title = _title(rows[: roster.header.row])
            roster.filled = _filled(roster, sheet.name, path_name)
            roster.lines += begin
            roster.not_data += begin
            headers = (roster.header, *roster.beside)
            fillings = [Filling(header, source, sheet.merged, roster.filled_down) for header in headers]
        for number, header in enumerate((roster.header, *roster.beside)):
            own = rows[begin:] if not roster.beside else _only(rows[begin:], header, roster)
            roster.lines += len(own)
            own = fillings[number].fill(own, at + begin)
            _read_rows(roster, source, own, sheet.first_row + at + begin, header, number)
        at += len(rows)
    return roster


def _not_understood(roster: Roster, sheet: Sheet, rows: list[Row]) -> None:
    """Count the rows of a sheet without header, and remember those that look like persons'."""
    first = sheet.first_row
    roster.people = people_among(rows, first)
    for piece in (rows, *sheet.chunks):
        if piece is not rows and len(roster.people) >= MOST_PEOPLE_KEPT:
            roster.lines += len(piece)
            continue
        if piece is not rows:
            roster.people.extend(people_among(piece, first))
        roster.lines += len(piece)
        first += len(piece)
    roster.not_data = roster.lines


def _only(rows: list[Row], header: Header, roster: Roster) -> list[Row]:
    """The rows of one of several lists side by side: what belongs to the others is left out."""
    assert roster.header is not None
    others = {u.place for h in (roster.header, *roster.beside) if h is not header for u in h.understood}
    others |= {
        place
        for h in (roster.header, *roster.beside)
        if h is not header
        for place, label in enumerate(h.headings)
        if label
    }
    others -= {u.place for u in header.understood}
    return [["" if place in others else value for place, value in enumerate(row)] for row in rows]


def _header(rows: Sequence[Row], source: str, period: str) -> Header | None:
    header = find_header(rows, source)
    if source == "answers":
        return header
    if header is None:
        return header_by_content(rows, source, period) or no_header(rows, source, period)
    return completed(header, source, rows[header.row + header.levels :], period)


def _title(rows: Sequence[Row]) -> str:
    return " ".join(v.strip() for row in rows for v in row if type(v) is str and v.strip())[:500]


def _filled(roster: Roster, sheet_name: str, path_name: str) -> dict[str, str]:
    """School, grade and class from title, sheet name and file name for columns the sheet does not have."""
    assert roster.header is not None
    told = [
        titles.said(roster.title),
        titles.said(sheet_name),
        titles.said(path_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]),
    ]
    filled = {}
    for column, said_field in FILLED.items():
        if column not in roster.header.places:
            value, _ = titles.first_said(told, said_field)
            if value is not None:
                filled[column] = str(value)
    if "school_name" in roster.header.places:
        filled.pop("school_code", None)
    return filled


def _read_rows(roster: Roster, source: str, rows: list[Row], first_row: int, header: Header, number: int) -> None:
    """One piece of a list as a table; rows that are no data are counted and left out."""
    if not rows:
        return
    dropped = _no_data_rows(rows, header, source)
    roster.not_data += len(dropped)
    numbers: Sequence[int] = range(first_row, first_row + len(rows))
    if dropped:
        numbers = [row_no for at, row_no in enumerate(numbers) if at not in dropped]
        rows = [row for at, row in enumerate(rows) if at not in dropped]
    if rows:
        row_no = pa.array(numbers, pa.int32())
        roster.tables.append((number, pa.table({"row_no": row_no, **_columns(rows, header)})))


def _columns(rows: list[Row], header: Header) -> dict[str, pa.Array]:
    width = len(rows[0])
    if all(len(row) == width for row in rows):
        across: Sequence[Sequence[Any]] = list(zip(*rows, strict=True))
    else:
        width = min(max(len(row) for row in rows), 1 + max(u.place for u in header.understood))
        rows = [row[:width] for row in rows]
        across = list(
            zip(*(row if len(row) == width else [*row, *([""] * (width - len(row)))] for row in rows), strict=True)
        )
    return {
        u.column: texts(across[u.place]) if u.place < width else pa.nulls(len(rows), pa.string())
        for u in header.understood
    }


def _no_data_rows(rows: list[Row], header: Header, source: str) -> set[int]:
    """Which rows are no data; only those of suspicious shape are looked at one by one."""
    key_at = header.places.get("name", header.places.get("case_no"))
    first = next((place for place, heading in enumerate(header.headings) if heading), 0)
    keys = column_of(rows, key_at) if key_at is not None else [""] * len(rows)
    return {
        at
        for at, (key, beginning) in enumerate(zip(keys, column_of(rows, first), strict=True))
        if not (is_persons(key, beginning) and key[0] not in MAY_BE_HEADING and "名" not in key)
        and _suspect(text_of(key), text_of(beginning))
        and (
            _repeated(rows[at], header)
            or _of_a_form(rows[at], key_at)
            or _empty_form(rows[at], source)
            or is_not_data(rows[at], key_at)
        )
    }


def _suspect(key: str | None, beginning: str | None) -> bool:
    """Whether a row's name and first cell have the shape of no data."""
    return (
        key is None
        or "名" in key
        or "号" in key
        or key in HEADINGS
        or is_footer(key)
        or _SUSPECT_NAME.search(key) is not None
        or (beginning is not None and FOOTER_LINE.search(beginning) is not None)
    )


def _repeated(row: Row, header: Header) -> bool:
    """A header printed again on the next page."""
    labels = labels_of(row)
    hits = sum(
        1 for u in header.understood if u.place < len(labels) and labels[u.place] and labels[u.place] in u.heading
    )
    return hits >= max(2, (len(header.understood) + 1) // 2)


def _of_a_form(row: Row, key_at: int | None) -> bool:
    """A line of a form about one child, a heading and its value: no child is called 性别."""
    name = row[key_at] if key_at is not None and key_at < len(row) else None
    return type(name) is str and normal(name) in HEADINGS and sum(1 for v in row if not blank(v)) <= 2


def _empty_form(row: Row, source: str) -> bool:
    """A numbered but empty line of a form."""
    return sum(1 for v in row if not blank(v)) <= 1 and source != "answers"


def table_of(
    roster: Roster, source: str, facts: Mapping[str, str], sheet_index: int, sheet_name: str
) -> list[pa.Table]:
    """The rows of a sheet under the contract of the source's rows."""
    schema = ROWS[source].schema
    fixed = {**facts, "sheet": sheet_name, "sheet_title": roster.title or None, **roster.filled}
    made = []
    for number, table in roster.tables:
        count = table.num_rows
        begin, end = f"{facts['delivery_id']}-{sheet_index}-", f"-{number + 1}" if number else ""
        record = pa.array([f"{begin}{row_no}{end}" for row_no in table["row_no"].to_pylist()], pa.string())
        columns = dict(zip(table.column_names, table.columns, strict=True))
        arrays = []
        for field_ in schema:
            if field_.name == "record_id":
                arrays.append(record)
            elif field_.name in columns:
                arrays.append(columns[field_.name])
            elif field_.name == "grade" and (grade := fixed.get("grade")) and "class_name" in columns:
                arrays.append(_grade_beside(columns["class_name"], grade))
            elif fixed.get(field_.name) is not None:
                arrays.append(pa.repeat(pa.scalar(fixed[field_.name], pa.string()), count))
            else:
                arrays.append(pa.nulls(count, field_.type))
        made.append(pa.Table.from_arrays(arrays, schema=schema))
    return made


_BARE_CLASS = r"\s*(?:[(（第]\s*)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[)）]\s*)?(?:班\s*)?"


def _grade_beside(class_names: pa.Array, grade: str) -> pa.Array:
    """The grade of the title or sheet name for rows whose class is a bare number: 三年级2班 tells its own, 301 too."""
    written = class_names.to_pylist()
    told = {text: grade if re.fullmatch(_BARE_CLASS, text or "") else None for text in set(written)}
    return pa.array([told[text] for text in written], pa.string())
