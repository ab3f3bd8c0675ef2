"""Hands every office its lists: the tables behind them, the workbooks, and a manifest of what went to whom.

    <outbox>/<district>/<kind of office>_<unit>/<district>_<unit>_<list>_<period>.xlsx
    <outbox>/<district>/看板_<district>_<period>.html
    <outbox>/全市_<city>/看板_<city>_<period>.html
    <outbox>/<either>/关联质量_<district or city>_<period>.html
    <outbox>/<either>/疑似辍学学生情况通报_<district or city>_<period>.docx
    <outbox>/<either>/manifest.json

Files hold personal data and are 0600 in 0700 folders; no name of a file or folder says anything of a child.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pyarrow as pa

from expectations.findings import BY_CODE as FINDINGS
from expectations.recipients import RECIPIENTS, letter_routes, routes
from transforms.engine import Engine
from transforms.lists.bulletin import bulletins
from transforms.lists.dashboard import Page
from transforms.lists.earlier import Earlier
from transforms.lists.forms import called_in_books, report_books
from transforms.lists.ledgers import ledger_books
from transforms.lists.letters import Paper, letter_papers
from transforms.lists.linkreport import LinkPage, link_pages
from transforms.lists.offices import (
    Book,
    Edition,
    county_books,
    edition_of,
    issue_books,
    list_books,
    review_books,
    school_notices,
)
from transforms.lists.pages import Desk, dashboards
from transforms.lists.protect import PasswordOf
from transforms.lists.workbook import safe_name
from transforms.lists.writing import Job, Written, processes_for, write_all

LIST_TABLES = ("school_homes", "townships", "division_names", "list_facts", "list_places",
               *(recipient.table for recipient in RECIPIENTS), "letters", "letters_sent", "chase_list", "zero_reports",
               "delivery_offices", "issue_list", "review_list", "link_report", "answer_options", "dashboard_figures",
               "dashboard_history", "dashboard_groups", "school_quality",
               "report_lines", "ledger_school_age", "ledger_dropouts", "ledger_watched")  # fmt: skip
WRITTEN_FROM = ("school_homes", "townships", "division_names", "answer_options")
"""Of the tables that are not kept, those the files are written from: the others are dropped once the lists are made."""
MEMORY, MEMORY_A_CHILD = 800_000_000, 800
"""Bytes the database may hold on two cores while lists are made, and of a city of more than a million per child (500 did):
Python and the processes that write need room of their own."""
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Delivered:
    """One file handed out: where, to whom, how many rows, the hash that shows it unchanged, and that of what it says."""

    file: str
    recipient: str
    unit_code: str
    unit_name: str
    kind: str
    rows: int
    findings: int
    sha256: str
    content: str
    made_on: str
    personal: bool
    encrypted: bool = False


Standing = Callable[[str, Written], object]
"""Told of every file: its place below the outbox, and what was written or stands."""
HandedOut = Callable[[str, str], bool]
"""Whether the lists of a kind are handed out today: of a folder of the outbox and a kind."""


def deliver_lists(
    engine: Engine,
    outbox: Path,
    *,
    period: str,
    as_of: date,
    districts: Sequence[str] | None = None,
    password_of: PasswordOf | None = None,
    advance: Callable[[int], object] = lambda _done: None,
    processes: int | None = None,
    noted: Callable[[str, Delivered, Sequence[str]], object] = lambda _folder, _file, _children: None,
    earlier: Mapping[str, Earlier] | None = None,
    stands: Standing = lambda _place, _written: None,
    handed_out: HandedOut = lambda _folder, _kind: False,
    made_on: Mapping[str, date] | None = None,
) -> list[Path]:
    """Build the tables behind the lists and write every office's workbooks below ``outbox``; returns the files.

    ``districts`` limits the workbooks, not the tables. ``advance`` is called for each file written.
    With ``password_of`` every file with personal data is encrypted with its office's password. ``processes`` write
    (default: one for a county, all of the machine's for a big city). ``noted`` is told of each file that is made, with
    its folder and the child_ids on it, for the access log. ``earlier`` are the files of the run in force by their place:
    one that would only bear another day stands, unless it is ``handed_out`` today. ``stands`` is told what the next run
    needs to know for that. Files made anew bear the day they bore then: ``made_on``, by their place.
    """
    build_lists(engine)
    desk = Outbox(
        engine,
        outbox,
        edition_of(engine, period, as_of),
        districts,
        password_of,
        earlier or {},
        handed_out,
        made_on or {},
    )
    made: dict[str, list[Delivered]] = {}
    files: list[Path] = []
    processes = processes_for(engine.count("children")) if processes is None else processes
    for job, written in write_all(desk.jobs(), processes):
        line = _delivered(job, outbox, written)
        folder = job.path.relative_to(outbox).parts[0]
        made.setdefault(folder, []).append(line)
        stands(job.path.relative_to(outbox).as_posix(), written)
        if not written.taken_over:
            noted(folder, line, () if isinstance(job.holds, Page | LinkPage) else job.holds.children)
        files.append(job.path)
        advance(1)
    return [*files, *(_manifest(outbox / folder, period, as_of, lines) for folder, lines in sorted(made.items()))]


class Outbox:
    """What is to be written for one run, each thing with its place below ``folder``."""

    def __init__(
        self, engine: Engine, folder: Path, edition: Edition, districts: Sequence[str] | None,
        password_of: PasswordOf | None, earlier: Mapping[str, Earlier], handed_out: HandedOut,
        made_on: Mapping[str, date],
    ) -> None:  # fmt: skip
        self._engine, self._folder, self._edition = engine, folder, edition
        self._districts, self._password_of, self._earlier = districts, password_of, earlier
        self._handed_out, self._made_on = handed_out, made_on
        self._taken: set[Path] = set()
        self._folders: set[Path] = set()

    def jobs(self) -> Iterator[Job]:
        """Every file of the run: workbooks, then papers, then pages."""
        edition, desk = self._edition, Desk(self._engine, self._edition.period)
        for book in chain(_books(self._engine, edition), called_in_books(desk, edition)):
            yield from self._job(book, book.district, _path(self._folder, book))
        for paper in chain(letter_papers(self._engine, edition), bulletins(self._engine, desk, edition)):
            yield from self._job(paper, paper.district, _path(self._folder, paper, ".docx"))
        for page in dashboards(desk):
            yield from self._job(page, page.folder, self._folder / page.folder / f"看板_{page.code}_{page.period}.html")
        for report in link_pages(self._engine, edition.period):
            place = self._folder / report.folder / f"关联质量_{report.code}_{report.period}.html"
            yield from self._job(report, report.folder, place)

    def _job(self, holds: Book | Paper | Page | LinkPage, district: str, wanted: Path) -> Iterator[Job]:
        if self._districts is not None and district not in self._districts:
            return
        path = _free(wanted, self._taken)
        self._taken.add(path)
        if path.parent not in self._folders:
            _private_folder(path.parent, self._folder)
            self._folders.add(path.parent)
        password = None
        if self._password_of is not None and not isinstance(holds, Page | LinkPage) and holds.personal:
            password = self._password_of(holds.district, holds.recipient, holds.unit_code, holds.unit_name)
        place = path.relative_to(self._folder).as_posix()
        yield Job(
            path, holds, self._made_on.get(place, self._edition.as_of), password, self._earlier.get(place),
            self._handed_out(district, _kind(holds)),
        )  # fmt: skip


def build_lists(engine: Engine) -> None:
    """The tables behind the lists, routed by the declaration of recipients."""
    engine.put("list_routes", routes_table())
    engine.put("letter_routes", letter_routes_table())
    engine.hold(memory_for(engine.count("children"), os.cpu_count() or 1))
    engine.build(*LIST_TABLES, only=WRITTEN_FROM)


def memory_for(children: int, cores: int) -> int:
    """The bytes the database may hold: each thread that works beside others needs its own."""
    return max(MEMORY, MEMORY_A_CHILD * children) * max(cores, 2) // 2


def routes_table() -> pa.Table:
    """`list_routes` from the declaration."""
    rows = [
        {"recipient": recipient, "finding": finding,
         "finding_text": FINDINGS[finding].chinese, "sheet_no": sheet_no, "rank": rank}
        for recipient, finding, sheet_no, rank in routes()
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def letter_routes_table() -> pa.Table:
    """`letter_routes` from the declaration."""
    names = ("letter", "finding", "recipient", "turn")
    return pa.Table.from_pylist([dict(zip(names, route, strict=True)) for route in letter_routes()])


def _books(engine: Engine, edition: Edition) -> Iterator[Book]:
    for recipient in RECIPIENTS:
        books = county_books if recipient.code == "county" else list_books
        yield from books(engine, recipient, edition)
    yield from school_notices(engine, edition)
    yield from issue_books(engine, edition)
    yield from review_books(engine, edition)
    yield from ledger_books(engine, edition)
    yield from report_books(engine, edition)


def _path(outbox: Path, book: Book | Paper, suffix: str = ".xlsx") -> Path:
    unit = safe_name(book.unit_name)
    if not book.kind_of_office:
        return outbox / book.district / f"{book.kind}_{book.unit_code}_{book.period}{suffix}"
    folder = (
        f"{book.kind_of_office}_{safe_name(book.unit_code, 20)}_{unit}"
        if book.unit_code != unit
        else (f"{book.kind_of_office}_{unit}")
    )
    return outbox / book.district / folder / f"{book.district}_{unit}_{book.kind}_{book.period}{suffix}"


def _free(path: Path, taken: Container[Path]) -> Path:
    """``path``, or a numbered sibling where two offices' shortened names fall together: neither overwrites the other."""
    number, free = 1, path
    while free in taken:
        number += 1
        free = path.with_stem(f"{path.stem}_{number}")
    return free


def _private_folder(folder: Path, outbox: Path) -> None:
    """Make ``folder`` and what lies between it and ``outbox``, each 0700 (mkdir's mode leaves parents open)."""
    for part in (*reversed([p for p in folder.parents if p == outbox or outbox in p.parents]), folder):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)


def _kind(holds: Book | Paper | Page | LinkPage) -> str:
    if isinstance(holds, Page):
        return "看板"
    return "关联质量" if isinstance(holds, LinkPage) else holds.kind


def _delivered(job: Job, outbox: Path, written: Written) -> Delivered:
    holds, file = job.holds, Path(*job.path.relative_to(outbox).parts[1:]).as_posix()
    if isinstance(holds, Page | LinkPage):
        return Delivered(
            file, "dashboard", holds.code, holds.title, _kind(holds), 0, 0, written.sha256, written.content,
            written.made_on.isoformat(), personal=False,
        )  # fmt: skip
    return Delivered(
        file, holds.recipient, holds.unit_code, holds.unit_name, _kind(holds), holds.rows, holds.findings, written.sha256,
        written.content, written.made_on.isoformat(), holds.personal, job.password is not None,
    )  # fmt: skip


def _manifest(folder: Path, period: str, as_of: date, delivered: list[Delivered]) -> Path:
    path = folder / MANIFEST
    content = {
        "period": period, "district": folder.name, "as_of": as_of.isoformat(),
        "files": [asdict(one) for one in sorted(delivered, key=lambda d: d.file)],
    }  # fmt: skip
    path.touch(mode=0o600)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
