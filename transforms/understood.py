"""Rows as understood on earlier nights, so that those of unchanged files are not interpreted again.

How a row is understood depends on the rows of its own delivery and on nothing else that was delivered. So what a night
made of a delivery stands as long as its reading, the SELECT with its macros and parameters, the tables of words and the
database are the same. Each night adds one file of rows for what is new; the rows lie beside the tables of the period,
as private as they are, and go when its deliveries go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.sources import Source
from transforms.engine import Engine
from transforms.intake.delivery import CachedReading
from transforms.lake import write_whole

MOST_PARTS = 20
"""So many nights of news make a table slower to open than to make in one piece again."""
Part = dict[str, Any]
"""One file of rows: its ``bytes``, and its ``deliveries``, each with the name of the reading it was made from."""


@dataclass(frozen=True)
class RowsOf:
    """The interpreted rows of one delivery: how many, and a name that two nights share only where the rows are the same."""

    name: str
    rows: int


class Understood:
    """The interpreted rows of a period, kept in ``folder``; without a folder everything is interpreted anew."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self.reused = self.rows = 0

    def open(self, engine: Engine, source: Source, readings: Sequence[CachedReading]) -> dict[str, RowsOf]:
        """Open `<source>_rows` and `<source>_read` with the rows of ``readings``; only what is new is interpreted.

        Tells of every delivery with rows which they are.
        """
        wanted = _with_rows(source, readings)
        self.rows += sum(reading.rows_given for reading in wanted.values())
        terms = engine.terms(source.read)
        told = {one: RowsOf(f"{terms} {_reading(of)}", of.rows_given) for one, of in wanted.items()}
        if self._folder is None:
            open_rows(engine, source, wanted.values())
            engine.build(source.read)
            return told
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        parts = self._standing(source, terms, wanted)
        known = {delivery for part in parts.values() for delivery in part["deliveries"]}
        new = {delivery: reading for delivery, reading in wanted.items() if delivery not in known}
        self.reused += sum(reading.rows_given for delivery, reading in wanted.items() if delivery in known)
        if new:
            open_rows(engine, source, new.values())
            name = f"{source.name}.{_told(terms, new)}.parquet"
            engine.write(source.read, self._folder / name)
            size = (self._folder / name).stat().st_size
            parts[name] = {"bytes": size, "deliveries": {one: _reading(of) for one, of in new.items()}}
        write_whole(self._index(source), json.dumps({"terms": terms, "parts": parts}))
        for path in set(self._folder.glob(f"{source.name}.*.parquet")) - {self._folder / name for name in parts}:
            path.unlink()
        open_rows(engine, source, wanted.values())
        engine.open_files(source.read, [self._folder / name for name in parts], sorted(wanted))
        return told

    def _index(self, source: Source) -> Path:
        return Path(self._folder or "") / f"{source.name}.json"

    def _standing(self, source: Source, terms: str, wanted: Mapping[str, CachedReading]) -> dict[str, Part]:
        """The files whose rows stand: whole, made on the same terms, from the same reading of every delivery still wanted."""
        try:
            told = json.loads(self._index(source).read_text(encoding="utf-8"))
            if told["terms"] != terms or len(told["parts"]) >= MOST_PARTS:
                return {}
            return {
                name: part for name, part in told["parts"].items()
                if self._whole(name, part["bytes"])
                and any(delivery in wanted for delivery in part["deliveries"])
                and all(_reading(wanted[one]) == made_from for one, made_from in part["deliveries"].items() if one in wanted)
            }  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def _whole(self, name: str, size: int) -> bool:
        """A power cut may leave a name without what was written under it."""
        path = Path(self._folder or "") / name
        return path.is_file() and path.stat().st_size == size


def open_rows(engine: Engine, source: Source, readings: Iterable[CachedReading]) -> None:
    """Open `<source>_rows` with the rows of ``readings``."""
    wanted = _with_rows(source, readings)
    files = {one.pack.with_suffix(f".{source.name}.parquet") for one in wanted.values() if one.pack is not None}
    engine.open_files(source.rows, sorted(files), sorted(wanted))


def _with_rows(source: Source, readings: Iterable[CachedReading]) -> dict[str, CachedReading]:
    return {
        reading.delivery.delivery_id: reading for reading in readings
        if reading.delivery.source == source.name and reading.rows_given and reading.pack is not None
    }  # fmt: skip


def _reading(reading: CachedReading) -> str:
    """What a reading is known by: its pack is named after reader, legend and contents."""
    return reading.pack.stem if reading.pack is not None else ""


def _told(terms: str, readings: Mapping[str, CachedReading]) -> str:
    told = "\0".join((terms, *(f"{delivery} {_reading(of)}" for delivery, of in sorted(readings.items()))))
    return hashlib.sha256(told.encode()).hexdigest()[:24]
