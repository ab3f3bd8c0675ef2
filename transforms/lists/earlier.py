"""Lets a list of the run in force stand where making it again would say the same: most lists of a night are such.

What decides a file is hashed: everything it holds but the day it bears, its password, the template, the program that
writes it. A file somebody has touched since, or that is no longer there, is written again with the day it bore.

The hashes lie in the lake, not in the outbox: with a hash of content and password, whoever has the content could try
passwords faster than the file itself lets them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from transforms.lake import linked
from transforms.lists.letters import Paper
from transforms.lists.offices import Book
from transforms.lists.workbook import Field
from transforms.reference import reference_file

WRITERS = ("XlsxWriter", "docxtpl", "jinja2", "msoffcrypto-tool")


@dataclass(frozen=True)
class Earlier:
    """A file of the run in force: where it lies, what decided it, the day it bears, the hash of its bytes."""

    path: Path
    decided_by: str
    made_on: date
    sha256: str


def earlier_files(record: Path, outbox: Path) -> dict[str, Earlier]:
    """The files of the run in force by their place below ``outbox``, from the ``record`` it left; none where it left none."""
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        return {
            place: Earlier(outbox / place, one["decided_by"], date.fromisoformat(one["made_on"]), one["sha256"])
            for place, one in told.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def recorded(files: Mapping[str, Earlier]) -> dict[str, dict[str, str]]:
    """What the next run is told of the files in the outbox, by their place."""
    return {
        place: {"decided_by": one.decided_by, "made_on": one.made_on.isoformat(), "sha256": one.sha256}
        for place, one in sorted(files.items())
    }


def decided_by(holds: Any, said: str, password: str | None) -> str:
    """A hash of everything that decides the bytes of a file but the day it bears; ``said`` is that of its contents."""
    told: list[Any] = [writer_version(), password, type(holds).__name__, said]
    if isinstance(holds, Book):
        told += [holds.period, holds.options, holds.full_numbers]
        for sheet in holds.sheets:
            told += [stable(replace(sheet, rows=(), fields=())), _columns(sheet.fields)]
    elif isinstance(holds, Paper):
        path = reference_file(f"templates/{holds.template}.docx")
        told += [holds.template, _template(path, path.stat().st_mtime_ns)]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def stable(holds: Any) -> str:
    """A dataclass in words that are the same in every process: a set has no order, and another one each time."""
    told = ((field.name, getattr(holds, field.name)) for field in fields(holds))
    return repr([(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in told])


@cache
def _columns(columns: Sequence[Field]) -> str:
    """The columns of a sheet in words: most sheets of a kind have the same."""
    return repr(columns)


@cache
def _template(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def left_standing(path: Path, earlier: Earlier) -> bool:
    """Put the earlier file at ``path`` as it is; not one that is gone, or that somebody has touched since."""
    try:
        linked(earlier.path, path)
    except OSError:
        return False
    with path.open("rb") as held:
        untouched = hashlib.file_digest(held, "sha256").hexdigest() == earlier.sha256
    if not untouched:
        path.unlink()
    return untouched


@cache
def writer_version() -> str:
    """A hash of the program that writes lists and of the libraries it writes with: after an upgrade all are written anew."""
    digest = hashlib.sha256("".join(version(name) for name in WRITERS).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
