"""Takes a file over from the run in force where writing it again would give the same: most files of a night are such.

What decides a file is hashed: everything it holds, its password, the template, the program that writes it. A workbook
whose only news is the day its data are of is taken over with that day changed in its headings. A file somebody has
touched since, or that is no longer there, is written anew.

The hashes lie in the lake, not in the outbox: with a hash of content and password, whoever has the content could try
passwords faster than the file itself lets them.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from transforms.lists.letters import Paper
from transforms.lists.offices import Book
from transforms.lists.workbook import Sheet
from transforms.reference import reference_file

WRITERS = ("XlsxWriter", "docxtpl", "jinja2", "msoffcrypto-tool")
TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/")
"""The parts of a workbook that hold its texts: written row by row, they stand in the sheets."""


@dataclass(frozen=True)
class Earlier:
    """A file of the run in force: where it lies, what decided it, the day of its data, the hash of its bytes."""

    path: Path
    decided_by: str
    as_of: date
    sha256: str


def earlier_files(record: Path, outbox: Path) -> dict[str, Earlier]:
    """The files of the run in force by their place below ``outbox``, from the ``record`` it left; none where it left none."""
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        return {
            place: Earlier(outbox / place, one["decided_by"], date.fromisoformat(one["as_of"]), one["sha256"])
            for place, one in told.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def recorded(files: Mapping[str, Earlier]) -> dict[str, dict[str, str]]:
    """What the next run is told of the files in the outbox, by their place."""
    return {
        place: {"decided_by": one.decided_by, "as_of": one.as_of.isoformat(), "sha256": one.sha256}
        for place, one in sorted(files.items())
    }


def decided_by(holds: Any, said: str, made_on: date, as_of: date, password: str | None) -> str:
    """A hash of everything that decides the bytes of a file, but for the day of the data in a workbook's headings.

    ``said`` is the hash of a workbook's rows.
    """
    digest = hashlib.sha256(f"{writer_version()}\0{password}\0{type(holds).__name__}\0".encode())
    if isinstance(holds, Book):
        open_to_change = password is None
        told: list[Any] = [said, made_on, holds.options, holds.full_numbers]
        told += [_around(sheet, as_of if open_to_change else None) for sheet in holds.sheets]
        digest.update(repr(told).encode())
    else:
        digest.update(stable(holds).encode())
        if isinstance(holds, Paper):
            digest.update(reference_file(f"templates/{holds.template}.docx").read_bytes())
    return digest.hexdigest()


def _around(sheet: Sheet, as_of: date | None) -> str:
    """Everything of a sheet but its rows."""
    subtitle = sheet.subtitle if as_of is None else sheet.subtitle.replace(data_of(as_of), data_of(None))
    return stable(replace(sheet, rows=(), subtitle=subtitle))


def stable(holds: Any) -> str:
    """A dataclass in words that are the same in every process: a set has no order, and another one each time."""
    told = ((field.name, getattr(holds, field.name)) for field in fields(holds))
    return repr([(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in told])


def data_of(as_of: date | None) -> str:
    """How the headings of workbooks say the day their data are of."""
    return f"数据截至：{as_of.isoformat() if as_of else ''}"


def taken_over(path: Path, earlier: Earlier | None, decision: str, sheets: Sequence[Sheet], as_of: date) -> bool:
    """Put the earlier file at ``path`` if ``decision`` decided it too; says whether that could be done."""
    if earlier is None or earlier.decided_by != decision:
        return False
    try:
        held = earlier.path.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(held).hexdigest() != earlier.sha256:
        return False
    told = {sheet.subtitle for sheet in sheets if data_of(as_of) in sheet.subtitle}
    if told and earlier.as_of != as_of:
        changed = _redated(held, {one.replace(data_of(as_of), data_of(earlier.as_of)): one for one in told})
        if changed is None:
            return False
        held = changed
    path.touch(mode=0o600)
    path.write_bytes(held)
    return True


def _redated(book: bytes, texts: Mapping[str, str]) -> bytes | None:
    """The workbook with whole cells' ``texts`` replaced, the rest as it was; nothing where one of them is not found."""
    found: set[str] = set()
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith(TEXTS):
                for before, after in texts.items():
                    cell = f"<t>{escape(before)}</t>".encode()
                    if cell in content:
                        found.add(before)
                        content = content.replace(cell, f"<t>{escape(after)}</t>".encode())
            new.writestr(_entry(part), content)
    return changed.getvalue() if len(found) == len(texts) else None


def _entry(part: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The entry of a part written again: its name, time and rights, its sizes left to the writing."""
    fresh = zipfile.ZipInfo(part.filename, part.date_time)
    fresh.compress_type, fresh.external_attr, fresh.create_system = (
        part.compress_type, part.external_attr, part.create_system,
    )  # fmt: skip
    return fresh


@cache
def writer_version() -> str:
    """A hash of the program that writes lists and of the libraries it writes with: after an upgrade all are written anew."""
    digest = hashlib.sha256("".join(version(name) for name in WRITERS).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
