"""One delivery as rows of text: found in the inbox, opened by content, understood by its headings.

Reading never repairs and never raises for a bad file: what cannot be used is a `Reading` that is refused with a
code, what was understood differently is an issue. Per sheet the lines read are the rows given plus the lines
declared no data.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from expectations.delivered import ROWS
from expectations.errors import Unreachable
from expectations.sources import BY_FOLDER, BY_NAME, SOURCES, Source
from transforms.intake.attendance import read_grid
from transforms.intake.beside import halves
from transforms.intake.blocks import blocks_of, header_rows, looks_like_grid
from transforms.intake.cells import blank, text_of
from transforms.intake.contents import is_name, is_number, people_among
from transforms.intake.daily import read_journal
from transforms.intake.formats import (
    MOST_CELLS,
    Book,
    CannotRead,
    Row,
    Sheet,
    check_sizes,
    decoded_name,
    member_chunks,
    open_book,
    zip_members,
)
from transforms.intake.grid import Context, Grid
from transforms.intake.headers import Header, find_header, labels_of, source_scores
from transforms.intake.legend import parse_legend
from transforms.intake.parts import NAME, joined, parts_among
from transforms.intake.punches import journal_columns
from transforms.intake.returned import OWN_HEADINGS, OWN_SHEETS
from transforms.intake.rosters import Roster, read_roster, table_of

IGNORED = re.compile(r"^(?:~\$.*|\..*|Thumbs\.db|desktop\.ini|__MACOSX|.*\.(?:tmp|part|crdownload|lnk))$", re.I)
SHEETS_AT_MOST = 2_000
JOURNAL_SCORE = 2.0
"""What a journal's date and mark are worth beside the headings of lists."""
ISSUES_OF_A_KIND = 200
FEWEST_PEOPLE = 3
WORST_FIRST = (
    "wrong_source", "absences_only", "week_without_dates", "no_day_columns", "names_only", "no_rows", "nothing_to_answer",
    "no_header", "no_list",
)  # fmt: skip
"""Which of its sheets' reasons a refused file is told."""
DAYS_OF_A_WEEK = 7
LONGEST_IN_A_LIST = 20
"""Signs in a cell of a list; what is longer is a sentence cut at its commas."""
VIEWS = tuple(
    map(re.compile, ("月度汇总|月报", "每日统计|日统计|日报", "打卡明细|打卡详情|打卡时间", "原始记录|打卡记录"))
)
SAME_PEOPLE = 0.8
"""The share of a sheet's pupils and months that stand on another view of the same records."""


@dataclass(frozen=True)
class Delivery:
    """One file an office handed in; ``member`` is its name within the archive at ``path``, if it came in one."""

    path: Path
    relative_path: str
    period: str
    district_code: str
    source: str | None
    delivery_id: str
    content_hash: str
    size_bytes: int
    member: str | None = None


@dataclass(frozen=True)
class ReadingIssue:
    """Something noticed while reading; ``code`` is a key of `ISSUE_CODES`."""

    sheet: str | None
    row_no: int | None
    column_name: str | None
    code: str
    detail: str = ""


@dataclass
class Reading:
    """What became of one delivery; ``rows`` follows the contract `ROWS[source]`.

    A ``fleeting`` refusal is not the file's own fault alone: it is tried again by the next run.
    """

    delivery: Delivery
    format: str | None = None
    encoding: str | None = None
    sheets_read: int = 0
    rows_read: int = 0
    rows_not_data: int = 0
    understood_as: str = "[]"
    refused: str | None = None
    refused_detail: str = ""
    fleeting: bool = False
    issues: list[ReadingIssue] = field(default_factory=list)
    tables: list[pa.Table] = field(default_factory=list, repr=False)
    grid_rows: list[tuple[Any, ...]] = field(default_factory=list, repr=False)
    people: list[tuple[str, int, list[tuple[int, str]]]] = field(default_factory=list, repr=False)

    @property
    def row_count(self) -> int:
        """Data rows given."""
        return sum(int(table.num_rows) for table in self.tables) + len(self.grid_rows)

    @property
    def rows(self) -> pa.Table:
        """Every data row, under the contract of the source's rows."""
        return rows_table(self.delivery.source or "registry", self.tables, self.grid_rows)


@dataclass(frozen=True)
class CachedReading:
    """The facts of one delivery as read, now or earlier; its rows lie in ``pack`` under its delivery_id."""

    delivery: Delivery
    format: str | None
    encoding: str | None
    sheets_read: int
    rows_read: int
    rows_not_data: int
    rows_given: int
    understood_as: str
    refused: str | None
    refused_detail: str
    issues: tuple[ReadingIssue, ...]
    pack: Path | None = None
    fresh: bool = True


def rows_table(source: str, tables: Sequence[pa.Table], tuples: Sequence[tuple[Any, ...]]) -> pa.Table:
    """Tables and tuples of one source as one table."""
    schema = ROWS[source].schema
    parts = list(tables)
    if tuples:
        across = zip(*tuples, strict=True)
        parts.append(
            pa.Table.from_arrays(
                [pa.array(values, f.type) for values, f in zip(across, schema, strict=True)], schema=schema
            )
        )
    return pa.concat_tables(parts) if parts else schema.empty_table()


# ------------------------------------------------------------------------------------------------ finding


Keep = Callable[[str, str, bytes], Path]
"""Keeps a file's content and says where: of its path below the period's inbox, its hash and its bytes."""


def find_deliveries(
    inbox: Path, period: str, districts: Sequence[str] | None = None, keep: Keep | None = None
) -> tuple[list[Delivery], list[CachedReading]]:
    """Every file of a period below ``inbox``: those to be read, and those refused for where they lie.

    Files of editors and systems are passed over; zip archives are opened one level. Sorted by path, so that the
    same inbox gives the same order on every machine. With ``keep`` what is read later is what was kept: a file
    exchanged meanwhile cannot be taken for the one that was hashed. Raises `Unreachable` where a folder or the share
    fails: half an inbox must never be taken for a whole one. A single file nobody may read is only refused.
    """
    root = inbox / period
    deliveries: list[Delivery] = []
    refused: list[CachedReading] = []
    wanted = set(districts) if districts else None
    within = root.resolve()
    folders: dict[Path, bool] = {}
    for path in _files_below(root):
        given = path.relative_to(root).as_posix()
        relative = shown_name(given)
        if any(is_ignored(part) for part in relative.split("/")):
            continue
        district = district_of(relative)
        if wanted is not None and district not in wanted:
            continue
        source, problem, detail = _placed(relative, district)
        try:
            if path.parent not in folders:
                folders[path.parent] = path.parent.resolve().is_relative_to(within)
            leads_out = path.is_symlink() and not path.resolve().is_relative_to(within)
            if _UNPRINTABLE.search(given) or leads_out or not folders[path.parent]:
                raise CannotRead("unsafe_name")
            data = path.read_bytes()
        except (OSError, CannotRead) as error:
            if isinstance(error, OSError) and not isinstance(error, _ONE_FILE_ONLY):
                raise _unreachable(root, path, error) from None
            code = error.code if isinstance(error, CannotRead) else "unreadable"
            refused.append(_refused(_delivery(path, relative, period, district, source, b"", given), code))
            continue
        whole = _delivery(path, relative, period, district, source, data)
        if keep is not None:
            whole = replace(whole, path=keep(relative, whole.content_hash, data))
        if problem:
            refused.append(_refused(whole, problem, detail))
        elif _is_archive(data):
            found, bad = _members(whole, data)
            deliveries.extend(found)
            refused.extend(bad)
        else:
            deliveries.append(whole)
    return deliveries, refused


_ONE_FILE_ONLY = (PermissionError, FileNotFoundError, IsADirectoryError)
"""What befalls one file: its rights, or that it was taken away since it was listed. Anything else befalls the share."""


def _files_below(root: Path) -> list[Path]:
    """Every file below ``root`` by path. `Path.rglob` passes over folders it may not read, as if nothing lay in them."""

    def fail(error: OSError) -> None:
        raise _unreachable(root, Path(error.filename or root), error)

    found = [Path(folder) / name for folder, _, names in os.walk(root, onerror=fail) for name in names]
    return sorted(path for path in found if path.is_file())


def _unreachable(root: Path, path: Path, error: OSError) -> Unreachable:
    """The sentence names district and source only: the names of files are the offices' own and may tell anything."""
    below = path.relative_to(root).parts[:2] if path.is_relative_to(root) else ()
    reason = error.strerror or type(error).__name__
    return Unreachable(f"{root.joinpath(*below)} cannot be read ({reason}); the earlier results stand")


def district_of(relative: str) -> str:
    """The six digits a district folder begins with; no digits, no district."""
    found = re.match(r"(\d{6})(?!\d)", relative)
    return found[1] if found and "/" in relative else ""


def _placed(relative: str, district: str) -> tuple[str | None, str | None, str]:
    """The source of a path, or the code and detail of what is wrong with where it lies."""
    parts = relative.split("/")
    if not district or len(parts) < 3:
        return None, "wrong_place", ""
    source = source_of_folder(parts[1])
    return (source.name, None, "") if source else (None, "unknown_source", parts[1])


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor or turns the direction of what is shown: no office names its files so."""


def shown_name(name: str) -> str:
    """The name of a file as text anyone may show and store.

    Names unpacked from an archive of Chinese Windows are bytes in GBK, which Python holds as half characters.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        name = "/".join(decoded_name(os.fsencode(part)) for part in name.split("/"))
    return _UNPRINTABLE.sub("\ufffd", name)


def is_ignored(name: str) -> bool:
    """Whether editors and systems leave files of this name behind."""
    return bool(IGNORED.match(name))


def source_of_folder(name: str) -> Source | None:
    """The source a folder is named after, by its English or Chinese name: 学籍, 1学籍数据, Registry."""
    known = BY_FOLDER.get(name.strip()) or BY_FOLDER.get(name.strip().lower())
    if known:
        return known
    named = {source.name: source for source in SOURCES if source.chinese in name}
    return next(iter(named.values())) if len(named) == 1 else None


def _delivery(
    path: Path, relative: str, period: str, district: str, source: str | None, data: bytes, given: str | None = None
) -> Delivery:
    """The delivery at ``relative``; ``given`` tells apart those whose names had to be altered to be shown."""
    content = hashlib.sha256(data).hexdigest()
    told = f"{given or relative}\0{content}".encode("utf-8", "surrogatepass")
    return Delivery(path, relative, period, district, source, hashlib.sha256(told).hexdigest()[:16], content, len(data))


def deliveries_of_file(path: Path, name: str, period: str, district: str) -> tuple[list[Delivery], list[CachedReading]]:
    """A file outside any inbox under ``name``, or the files of an archive: those to be read and those refused."""
    try:
        data = path.read_bytes()
    except OSError:
        return [], [_refused(_delivery(path, name, period, district, None, b""), "unreadable")]
    whole = _delivery(path, name, period, district, None, data)
    return _members(whole, data) if _is_archive(data) else ([whole], [])


def delivery_of_file(path: Path, period: str, source: str | None, district: str = "000000") -> Delivery:
    """A single file outside any inbox, for `baoxue check`."""
    return _delivery(path, path.name, period, district, source, path.read_bytes())


def _refused(delivery: Delivery, code: str, detail: str = "") -> CachedReading:
    issue = ReadingIssue(None, None, None, code, detail)
    return CachedReading(delivery, None, None, 0, 0, 0, 0, "[]", code, detail, (issue,))


def _is_archive(data: bytes) -> bool:
    """A zip file that is no workbook."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        names = {member.name.lower() for member in zip_members(data)}
    except CannotRead:
        return False
    return not names & {"xl/workbook.xml", "[content_types].xml", "mimetype"}


_DRIVE = re.compile(r"[A-Za-z]:")


def _members(whole: Delivery, data: bytes) -> tuple[list[Delivery], list[CachedReading]]:
    """The files of an archive as deliveries of their own; sizes and names are checked before anything is opened."""
    try:
        members = zip_members(data)
        check_sizes(members, len(data))
    except CannotRead as error:
        return [], [_refused(whole, error.code, error.detail)]
    found: list[Delivery] = []
    bad: list[CachedReading] = []
    for member in members:
        name = member.name.replace("\\", "/")
        parts = [part for part in name.split("/") if part not in ("", ".")]
        unsafe = name.startswith("/") or ".." in parts or bool(_DRIVE.match(name) or _UNPRINTABLE.search(name))
        if not unsafe and (name.endswith("/") or any(is_ignored(part) for part in parts)):
            continue
        relative = "/".join((whole.relative_path, *parts))
        try:
            if unsafe:
                raise CannotRead("unsafe_name")
            content = b"".join(member_chunks(data, member))
            if _is_archive(content):
                raise CannotRead("nested_archive")
        except CannotRead as error:
            safe = f"{whole.relative_path}/{shown_name(parts[-1] if parts and parts[-1] != '..' else '')}"
            given = f"{whole.relative_path}/{member.name}"
            one = _delivery(whole.path, safe, whole.period, whole.district_code, whole.source, b"", given)
            bad.append(_refused(replace(one, member=shown_name(name)), error.code, error.detail))
            continue
        one = _delivery(whole.path, relative, whole.period, whole.district_code, whole.source, content)
        if one.delivery_id not in {other.delivery_id for other in found}:  # the same file twice in one archive
            found.append(replace(one, member=member.name))
    return sorted(found, key=lambda d: d.relative_path), bad


def content_of(delivery: Delivery) -> bytes:
    """The bytes of a delivery, out of its archive if it came in one."""
    data = delivery.path.read_bytes()
    if delivery.member is None:
        return data
    for member in zip_members(data):
        if member.name == delivery.member:
            content = b"".join(member_chunks(data, member))
            if hashlib.sha256(content).hexdigest() == delivery.content_hash:  # an archive may hold two of one name
                return content
    raise CannotRead("unreadable")


# ------------------------------------------------------------------------------------------------ reading


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


_LETTER = re.compile(
    r"(?i)(?:说明|函|通知|报告|承诺书|请示|须知|必读|封面|readme)[\W\d_年月日版稿扫描件盖章终副本最新]*$"
)
"""How the name of a covering letter ends: of a PDF, a picture or an old Word document it is all that can be known."""


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
        _read_grids(reading, book, legend, understood, reasons)
    else:
        for index, sheet in enumerate(book.sheets, 1):
            if index > SHEETS_AT_MOST:
                raise CannotRead("too_large", f"{SHEETS_AT_MOST}+")
            if source != "answers" or sheet.name not in OWN_SHEETS:  # the choices are hidden by us
                _marks_of_sheet(reading, sheet)
            roster = read_roster(sheet, source, reading.delivery.relative_path, reading.delivery.period)
            _take_roster(reading, roster, sheet, index, understood, reasons)
    _set_people_aside(reading)
    reading.understood_as = json.dumps(understood, ensure_ascii=False)
    assert reading.rows_read == reading.row_count + reading.rows_not_data, "a line was lost"
    if not reading.row_count:
        told = dict(reversed(reasons))
        code = next((code for code in WORST_FIRST if code in told), "empty_file")
        raise CannotRead(code, told.get(code, ""))


def _file_name(delivery: Delivery) -> str:
    return delivery.relative_path.rpartition("/")[2]


def _marks_of_sheet(reading: Reading, sheet: Sheet) -> None:
    if sheet.hidden:
        reading.issues.append(ReadingIssue(sheet.name, None, None, "hidden_sheet", sheet.name))
    if sheet.hidden_rows:
        reading.issues.append(
            ReadingIssue(sheet.name, sheet.hidden_rows[0], None, "hidden_rows", str(len(sheet.hidden_rows)))
        )
    for row in sheet.struck_rows[:ISSUES_OF_A_KIND]:
        reading.issues.append(ReadingIssue(sheet.name, row, None, "struck_out"))


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
    other = _other_source(source, roster)
    if (
        source == "priority"
        and other == "household"
        and _NEED.search(f"{roster.title} {sheet.name} {_file_name(reading.delivery)}")
    ):
        other = None
    if other:
        reasons.append(("wrong_source", f"{BY_NAME[other].chinese}表"))
        reading.rows_not_data += roster.lines
        _remember_people(reading, sheet, index, roster.people or _people_read(roster))
        return
    if roster.header is None:
        reading.rows_not_data += roster.lines
        if source == "answers" and sheet.name in OWN_SHEETS:
            reasons.append(("nothing_to_answer", ""))
            return
        _remember_people(reading, sheet, index, roster.people)
        if any(not blank(value) for row in roster.head for value in row):
            without = "no_list" if _is_text(roster) else "no_header"
            reasons.append(("nothing_to_answer" if source == "answers" else without, ""))
            reading.issues.append(ReadingIssue(sheet.name, None, None, "sheet_not_read", sheet.name))
        return
    reading.rows_not_data += roster.not_data
    _report_header(reading, sheet, roster.header, understood)
    for column, value in ((c, v) for c, v in roster.filled.items() if c in ROWS[source].names):
        understood.append(
            {
                "sheet": sheet.name,
                "header": _no_value(value) or ROWS[source][column].label,
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


def _remember_people(reading: Reading, sheet: Sheet, index: int, people: list[tuple[int, str]]) -> None:
    if len(people) >= FEWEST_PEOPLE and reading.delivery.source != "answers":
        reading.people.append((sheet.name, index, people))


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
        "file_name": _file_name(delivery),
    }


def _other_source(source: str, roster: Roster) -> str | None:
    """The source a sheet clearly is instead of the one it was handed in as."""
    if roster.header is None:
        return "attendance" if looks_like_grid(roster.head) else _best_other(source, _best_labels(roster.head))
    if looks_like_grid(roster.head):
        return "attendance"
    return _best_other(source, roster.header.headings)


_NEED = re.compile("脱贫|贫困|低保|特困|五保|困[难境]|残疾|孤儿|无人抚养|留守|随迁|建档立卡|监测|低收入|救助|服刑|帮扶")
"""A group of need in a title: its list by households has a household register's headings (户主, 家庭成员) and is none."""


def _best_labels(head: Sequence[Sequence[Any]]) -> list[str]:
    rows = [labels_of(row) for row in head[:20]]
    return max(rows, key=lambda labels: max(source_scores(labels).values()), default=[])


def _best_other(source: str, labels: Sequence[str]) -> str | None:
    scores = source_scores(labels)
    own = scores.pop(source)
    scores.pop("attendance", None)
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= own + 2.0 and scores[best] >= 2.0 * own else None


@lru_cache(maxsize=5_000)
def _no_value(heading: str) -> str:
    """A heading, unless it holds a number that may be a person's: then nothing, for it is no heading."""
    return "" if re.search(r"\d{6}", heading) else heading


def _report_header(reading: Reading, sheet: Sheet, header: Header, understood: list[dict[str, Any]]) -> None:
    """How each column was understood, and what a clerk should look at."""
    source = reading.delivery.source or ""
    row = sheet.first_row + header.row
    by_content = []
    for u in header.understood:
        letter = sheet.letter(u.place)
        heading = _no_value(u.heading) or f"{letter}列"
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
    for heading in filter(_no_value, header.twice):
        if heading not in OWN_HEADINGS or source != "answers":
            reading.issues.append(ReadingIssue(sheet.name, row, None, "column_twice", heading))
    unknown = [
        h for h in header.unknown if len(h) <= 30 and _no_value(h) and not (source == "answers" and h in OWN_HEADINGS)
    ]
    if unknown and source != "attendance":
        reading.issues.append(ReadingIssue(sheet.name, row, None, "column_not_understood", "、".join(unknown[:20])))


# --------------------------------------------------------------------------------------------- attendance


def _read_grids(
    reading: Reading,
    book: Book,
    legend: Mapping[str, str],
    understood: list[dict[str, Any]],
    reasons: list[tuple[str, str]],
) -> None:
    """Every sheet of an attendance workbook; a sheet of notes may hold the legend of all."""
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
    for index, sheet, _, parts_found in sheets:
        _marks_of_sheet(reading, sheet)
        merged = sheet.merged if len(parts_found) == 1 else ()
        context = Context(sheet.name, below, period, legend, book_legend, merged=merged)
        for number, (part, found) in enumerate(parts_found):
            blocks, without = found
            grid = read_journal(part, sheet.first_row, context, without) if without and not blocks else None
            grid = grid or read_grid(part, sheet.first_row, context, found)
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
        _report_header(reading, sheet, header, understood)
    counts: dict[str, int] = {}
    for row_no, column, code, detail in grid.issues:
        counts[code] = counts.get(code, 0) + 1
        if counts[code] <= ISSUES_OF_A_KIND or code == "unknown_mark":
            reading.issues.append(ReadingIssue(sheet.name, row_no, column, code, detail))
    if grid.reason:
        other = _best_other("attendance", _best_labels(rows)) if grid.reason in ("no_header", "names_only") else None
        if other:
            reasons.append(("wrong_source", f"{BY_NAME[other].chinese}表"))
        elif any(not blank(value) for row in rows for value in row):
            reasons.append((grid.reason, ""))
        if rows:
            reading.issues.append(ReadingIssue(sheet.name, None, None, "sheet_not_read", sheet.name))
        _remember_people(reading, sheet, index, people_among(rows, sheet.first_row))
        return
    if not grid.rows:
        reasons.append(("no_rows", ""))
        return
    reading.sheets_read += 1
    delivery, name, title = reading.delivery, _file_name(reading.delivery), grid.title or None
    prefix, suffix = f"{delivery.delivery_id}-{index}-", f"-{part + 1}" if part else ""
    seen: set[int] = set()
    for row_no, month, values in grid.rows:
        record = f"{prefix}{row_no}{suffix}-{month}" if row_no in seen else f"{prefix}{row_no}{suffix}"
        seen.add(row_no)
        reading.grid_rows.append(
            (delivery.period, delivery.district_code, record, delivery.delivery_id, sheet.name, row_no, title, name,
             *values)
        )  # fmt: skip


# ----------------------------------------------------------------------------------------------- guessing


def guess_source(path: Path, passwords: Sequence[str] = ()) -> str | None:
    """The source whose headings a file fits best, or nothing where it cannot be told."""
    try:
        return source_of_content(path.read_bytes(), passwords)
    except OSError:
        return None


def source_of_content(data: bytes, passwords: Sequence[str] = ()) -> str | None:
    """The source whose headings the content of a file fits best; nothing of one that cannot be opened."""
    best: tuple[float, str] | None = None
    try:
        book = open_book(data, passwords)
        for number, sheet in enumerate(book.sheets):
            if number >= 20:
                break
            head = next(sheet.chunks, [])[:60]
            head = joined(head, parts_among(head))
            if looks_like_grid(head):
                return "attendance"
            if any(journal_columns(head[at], head[at + 1]) for at in header_rows(head) if at + 1 < len(head)):
                best = max(best or (0.0, ""), (JOURNAL_SCORE, "attendance"))
            for source in ROWS:
                header = find_header(head, source) if source != "attendance" else None
                if header is not None:
                    score = source_scores(header.headings)[source]
                    if best is None or score > best[0]:
                        best = (score, source)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # whatever a broken file provokes; a Rust panic is no Exception
        return None
    return best[1] if best else None
