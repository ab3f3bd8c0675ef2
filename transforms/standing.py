"""A stage that stands whole: all that decides its tables is what it was in the run in force, whose files lie there still.

One hash over the SELECTs of the stage with their macros, parameters, words and database (`Engine.terms`) and over every
file they read. A night on which nothing comes in that the stage reads has nothing to do but compute it: its tables are
taken over as hard links. The hash lies in the folder of the run it was computed for, so that it comes into force with
the run's tables and goes with them. A run published for some districts has none: its tables are those of several runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from expectations.catalog import TABLES
from transforms.engine import Engine


def decided_by(engine: Engine, tables: Sequence[str]) -> str:
    """The hash of everything that decides what the SELECTs of ``tables``, built in this order, come to."""
    told = hashlib.sha256(pa.__version__.encode())
    for table in tables:
        told.update(engine.terms(table).encode())
    for table, parts in engine.files_read(tables).items():
        for part in parts:
            told.update(f"{table}/{part.name}\0".encode())
            with part.open("rb") as file:
                told.update(hashlib.file_digest(file, "sha256").digest())
    return told.hexdigest()


def taken_over(engine: Engine, tables: Sequence[str], before: Path | None, record: str) -> bool:
    """Whether what ``tables`` keep is what the run ``before`` kept, and lies in this run too now.

    What decided them is noted under the name ``record`` in the run's folder.
    """
    decided = decided_by(engine, tables)
    (engine.folder / record).write_text(decided, encoding="ascii")
    kept = [table for table in tables if not TABLES[table].temporary]
    if before is None or not all((before / table).is_dir() for table in kept):
        return False
    try:
        if (before / record).read_text(encoding="ascii") != decided:
            return False
    except (OSError, ValueError):
        return False
    for table in kept:
        engine.take_over(table, before)
    return True
