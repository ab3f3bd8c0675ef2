"""Hands every office its lists: the tables behind them, the workbooks, and a manifest of what went to whom.

    <outbox>/<district>/<kind of office>_<unit>/<district>_<unit>_<list>_<period>.xlsx
    <outbox>/<district>/manifest.json

Files hold personal data and are 0600 in 0700 folders; no name of a file or folder says anything of a child.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from expectations.findings import BY_CODE as FINDINGS
from expectations.recipients import RECIPIENTS, routes
from transforms.engine import Engine
from transforms.lists.offices import Book, county_books, issue_books, list_books, review_books, school_notices
from transforms.lists.workbook import safe_name, write_workbook

LIST_TABLES = ("list_facts", "list_places", *(recipient.table for recipient in RECIPIENTS), "chase_list",
               "delivery_offices", "issue_list", "review_list", "answer_options", "dashboard_figures")  # fmt: skip


@dataclass(frozen=True)
class Delivered:
    """One file handed out: where, to whom, how many rows, and the hash that shows it unchanged."""

    file: str
    recipient: str
    unit_code: str
    unit_name: str
    kind: str
    rows: int
    findings: int
    sha256: str
    personal: bool


def deliver_lists(
    engine: Engine,
    outbox: Path,
    *,
    period: str,
    as_of: date,
    districts: Sequence[str] | None = None,
    advance: Callable[[int], object] = lambda _done: None,
) -> list[Path]:
    """Build the tables behind the lists and write every office's workbooks below ``outbox``; returns the files.

    ``districts`` limits the workbooks, not the tables. ``advance`` is called for each file written.
    """
    build_lists(engine)
    made: dict[str, list[Delivered]] = {}
    files: list[Path] = []
    for book in _books(engine, period, as_of):
        if districts is not None and book.district not in districts:
            continue
        path = _path(outbox, book)
        _private_folder(path.parent, outbox)
        write_workbook(path, book.sheets, book.options, as_of)
        made.setdefault(book.district, []).append(_delivered(path, outbox / book.district, book))
        files.append(path)
        advance(1)
    for district, delivered in sorted(made.items()):
        files.append(_manifest(outbox / district, period, as_of, delivered))
    return files


def build_lists(engine: Engine) -> None:
    """The tables behind the lists, routed by the declaration of recipients."""
    engine.put("list_routes", routes_table())
    engine.build(*LIST_TABLES)


def routes_table() -> pa.Table:
    """`list_routes` from the declaration."""
    rows = [
        {"recipient": recipient, "finding": finding,
         "finding_text": FINDINGS[finding].chinese, "sheet_no": sheet_no, "rank": rank}
        for recipient, finding, sheet_no, rank in routes()
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


def _books(engine: Engine, period: str, as_of: date) -> Iterator[Book]:
    for recipient in RECIPIENTS:
        books = county_books if recipient.code == "county" else list_books
        yield from books(engine, recipient, period, as_of)
    yield from school_notices(engine, period, as_of)
    yield from issue_books(engine, period, as_of)
    yield from review_books(engine, period, as_of)


def _path(outbox: Path, book: Book) -> Path:
    unit = safe_name(book.unit_name)
    folder = (
        f"{book.kind_of_office}_{safe_name(book.unit_code, 20)}_{unit}"
        if book.unit_code != unit
        else (f"{book.kind_of_office}_{unit}")
    )
    return outbox / book.district / folder / f"{book.district}_{unit}_{book.kind}_{book.period}.xlsx"


def _private_folder(folder: Path, outbox: Path) -> None:
    """Make ``folder`` and what lies between it and ``outbox``, each 0700 (mkdir's mode leaves parents open)."""
    for part in (*reversed([p for p in folder.parents if p == outbox or outbox in p.parents]), folder):
        part.mkdir(mode=0o700, parents=True, exist_ok=True)


def _delivered(path: Path, folder: Path, book: Book) -> Delivered:
    return Delivered(
        path.relative_to(folder).as_posix(), book.recipient, book.unit_code, book.unit_name, book.kind,
        sum(len(sheet.rows) for sheet in book.sheets if sheet.signed), book.findings,
        hashlib.sha256(path.read_bytes()).hexdigest(), book.personal,
    )  # fmt: skip


def _manifest(folder: Path, period: str, as_of: date, delivered: list[Delivered]) -> Path:
    path = folder / "manifest.json"
    content = {
        "period": period, "district": folder.name, "as_of": as_of.isoformat(),
        "files": [asdict(one) for one in sorted(delivered, key=lambda d: d.file)],
    }  # fmt: skip
    path.touch(mode=0o600)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
