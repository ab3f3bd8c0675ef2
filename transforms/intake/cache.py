"""Takes in many deliveries at once, each parsed once for its content, path, reader version and legend.

What was read is kept in packs: one Parquet file of rows and one JSON file of facts for a handful of deliveries, so
that thousands of class sheets are loaded again from a few files. A pack is written whole or not at all; an
unchanged delivery costs its hash and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from expectations import delivered, issue_codes
from expectations.delivered import ROWS
from transforms.intake import worker
from transforms.intake.delivery import CachedReading, Delivery, Reading, ReadingIssue, rows_table
from transforms.intake.reading import read_delivery
from transforms.reference import reference_file

PACK_FILES = 60
PACK_BYTES = 8_000_000
FEWEST_BYTES = 200_000
BATCHES_OF_A_PROCESS = 5
"""Of a small inbox, too, every process has several batches, so that none waits for the other's last."""
LONGEST_SECONDS = 300
"""A batch is read in seconds; a worker that gives nothing back for so long follows a file in circles."""
MEMORY_OF_A_WORKER = 6 << 30


def _reader_version() -> str:
    """A hash of everything that decides how a file is read: the reader's source, declared columns, tables of words.

    Whoever changes one of them need not remember to raise a number, and no stale reading survives an upgrade.
    """
    reader = Path(__file__).parent
    declared = [Path(str(module.__file__)) for module in (delivered, issue_codes)]
    words = [
        reference_file(f"{table}.csv") for table in ("statuses", "leave_reasons", "exempt_kinds", "priority_groups")
    ]
    digest = hashlib.sha256()
    for path in (*sorted(reader.glob("*.py")), *declared, *words):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


READER_VERSION = _reader_version()
NEVER_KEPT = {"password_needed", "wrong_password"}


def reading_key(delivery: Delivery, legend_hash: str) -> str:
    """What must be equal for an earlier reading to stand."""
    told = "\0".join(
        (
            READER_VERSION,
            legend_hash,
            delivery.period,
            str(delivery.source),
            delivery.delivery_id,
            delivery.content_hash,
        )
    )
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def expect_deliveries(cache: Path) -> None:
    """Begin to load what readers need while the deliveries are still looked for; where some were read before, they may
    all be unchanged, and nothing is loaded for nothing."""
    if next(cache.glob("*.json"), None) is None:
        worker.begin_loading()


def take_in(
    deliveries: Sequence[Delivery],
    cache: Path,
    *,
    legend: Mapping[str, str],
    passwords: Mapping[str, str] | None = None,
    processes: int = 2,
    advance: Callable[[int], None] = lambda done: None,
    begins: Callable[[], object] = lambda: None,
) -> list[CachedReading]:
    """Every delivery's reading, in the order given; ``advance`` is told how many more are done.

    Where some are to be read, ``begins`` is called first.
    """
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    legend_hash = hashlib.sha256(json.dumps(sorted(legend.items())).encode()).hexdigest()[:16]
    known = _known(cache)
    keys = [reading_key(delivery, legend_hash) for delivery in deliveries]
    done: dict[str, CachedReading] = {}
    missing: dict[str, Delivery] = {}
    for key, delivery in zip(keys, deliveries, strict=True):
        if key in known:
            done[key] = _restored(delivery, *known[key], fresh=False)
        else:
            missing[key] = delivery
    advance(len(deliveries) - len(missing))
    if missing:
        begins()
    for batch, pack in _packed(list(missing.items()), cache, dict(legend), dict(passwords or {}), processes):
        facts = json.loads(pack.read_text(encoding="utf-8"))["readings"]
        for key, delivery in batch:
            done[key] = _restored(delivery, facts[key], pack, fresh=True)
        advance(len(batch))
    return [done[key] for key in keys]


def keep(folder: Path, content_hash: str, data: bytes) -> Path:
    """Keep the content of a file under its hash, once; gives back where."""
    path = folder / content_hash
    if not path.is_file() or path.stat().st_size != len(data):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _whole(path) as partial:
            partial.write_bytes(data)
    return path


def rows_of(readings: Sequence[CachedReading], source: str) -> pa.Table:
    """The rows of every reading of one source, in bulk."""
    import pyarrow.compute as pc  # no reader needs it, and every worker would load it

    wanted: dict[Path, list[str]] = {}
    for reading in readings:
        if reading.delivery.source == source and reading.rows_given and reading.pack is not None:
            wanted.setdefault(reading.pack, []).append(reading.delivery.delivery_id)
    schema = ROWS[source].schema
    parts = []
    for pack, identities in wanted.items():
        rows = pq.read_table(pack.with_suffix(f".{source}.parquet"), schema=schema)
        parts.append(rows.filter(pc.is_in(rows["delivery_id"], value_set=pa.array(identities))))
    return pa.concat_tables(parts) if parts else schema.empty_table()


def forget(cache: Path, period: str, keep: Sequence[CachedReading]) -> int:
    """Remove the packs of ``period`` none of whose deliveries are in ``keep``; gives back how many.

    ``keep`` is everything the inbox of the period holds now; packs of other periods are left alone, but for those an
    earlier reader made.
    """
    kept = {reading.pack for reading in keep}
    removed = 0
    for pack in cache.glob("*.json"):
        if pack not in kept and _of_no_use(pack, period):
            for part in cache.glob(f"{pack.stem}.*"):
                part.unlink(missing_ok=True)
            removed += 1
    return removed


def _of_no_use(pack: Path, period: str) -> bool:
    """Whether a pack is of ``period`` or of an earlier reader, whose packs are never taken up again."""
    try:
        content = json.loads(pack.read_text(encoding="utf-8"))
        return bool(content["version"] != READER_VERSION or content["period"] == period)
    except (OSError, ValueError, KeyError, TypeError):
        return True


def _known(cache: Path) -> dict[str, tuple[dict[str, Any], Path]]:
    known: dict[str, tuple[dict[str, Any], Path]] = {}
    for pack in sorted(cache.glob("*.json")):
        try:
            content = json.loads(pack.read_text(encoding="utf-8"))
            if content["version"] != READER_VERSION:
                continue
            # A power cut may leave a name without what was written under it.
            whole = all(
                pack.with_suffix(f".{source}.parquet").stat().st_size == size
                for source, size in content["sources"].items()
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if whole:
            known.update(
                {
                    key: (facts, pack)
                    for key, facts in content["readings"].items()
                    if facts["refused"] not in NEVER_KEPT and not facts["fleeting"]
                }
            )
    return known


def _restored(delivery: Delivery, facts: Mapping[str, Any], pack: Path, *, fresh: bool) -> CachedReading:
    issues = tuple(ReadingIssue(*issue) for issue in facts["issues"])
    plain = {name: facts[name] for name in _FACTS}
    return CachedReading(delivery, issues=issues, pack=pack, fresh=fresh, **plain)


_FACTS = (
    "format",
    "encoding",
    "sheets_read",
    "rows_read",
    "rows_not_data",
    "rows_given",
    "understood_as",
    "refused",
    "refused_detail",
)

Batch = list[tuple[str, Delivery]]


def _packed(
    missing: Batch, cache: Path, legend: dict[str, str], passwords: dict[str, str], processes: int
) -> Iterator[tuple[Batch, Path]]:
    """Read in batches and give back each with the pack it went into.

    A file that kills its process (memory, a fault in a library) or never ends takes the batches under way with it:
    those are read again file by file, and only the culprit is refused; all others go on with new processes.
    """
    batches = _batches(missing, processes)
    if processes < 2:
        for batch in batches:
            yield batch, read_batch(batch, cache, legend, passwords)
        return
    suspects: Batch = []
    while batches:
        with _pool(min(processes, len(batches))) as pool:
            batches, broken = yield from _on_pool(pool, (cache, legend, passwords), batches, processes * 2)
        suspects.extend(one for batch in broken for one in batch)
    while suspects:
        with _pool(1) as pool:
            left, culprit = yield from _on_pool(pool, (cache, legend, passwords), [[one] for one in suspects], 1)
        for [one] in culprit:
            yield [one], _refused(one, cache)
        suspects = [one for [one] in left]


def _on_pool(
    pool: ProcessPoolExecutor,
    around: tuple[Path, dict[str, str], dict[str, str]],
    batches: Sequence[Batch],
    at_once: int,
) -> Generator[tuple[Batch, Path], None, tuple[list[Batch], list[Batch]]]:
    """Read batches while the pool lasts; tells which it did not come to, and which were under way when it broke.

    ``around`` is what every batch is read with: the cache, the legend, the passwords.
    """
    rest = list(batches)[::-1]
    waiting: dict[Future[Path], Batch] = {}
    broken: list[Batch] = []
    while (rest or waiting) and not broken:
        while rest and len(waiting) < at_once:
            try:
                waiting[pool.submit(read_batch, rest[-1], *around)] = rest[-1]
            except BrokenProcessPool:
                break
            rest.pop()
        finished, _ = wait(waiting, timeout=LONGEST_SECONDS, return_when=FIRST_COMPLETED)
        if not finished:
            _stop(pool)
        for future in finished:
            batch = waiting.pop(future)
            try:
                yield batch, future.result()
            except BrokenProcessPool:
                broken.append(batch)
    for future, batch in waiting.items():
        try:
            yield batch, future.result()
        except BrokenProcessPool:
            broken.append(batch)
    return rest[::-1], broken


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, worker.readers(), worker.prepare, initargs=(MEMORY_OF_A_WORKER,))


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers of a pool that no longer answers; their futures then break, which is dealt with."""
    for process in list((pool._processes or {}).values()):
        process.kill()


def _refused(one: tuple[str, Delivery], cache: Path) -> Path:
    """The pack of a delivery that no process could read to its end."""
    key, delivery = one
    issue = ReadingIssue(None, None, None, "unreadable")
    return _write([(key, Reading(delivery, refused="unreadable", fleeting=True, issues=[issue]))], cache)


def _batches(missing: Batch, processes: int) -> list[Batch]:
    """Deliveries of one source together, small ones many to a batch, large ones first so that none is left to the end."""
    share = sum(delivery.size_bytes for _, delivery in missing) // (max(1, processes) * BATCHES_OF_A_PROCESS)
    most_bytes = min(PACK_BYTES, max(FEWEST_BYTES, share))
    batches: list[Batch] = []
    by_source: dict[str | None, Batch] = {}
    for key, delivery in missing:
        by_source.setdefault(delivery.source, []).append((key, delivery))
    for entries in by_source.values():
        batch: Batch = []
        size = 0
        for entry in sorted(entries, key=lambda e: -e[1].size_bytes):
            if batch and (len(batch) >= PACK_FILES or size + entry[1].size_bytes > most_bytes):
                batches.append(batch)
                batch, size = [], 0
            batch.append(entry)
            size += entry[1].size_bytes
        if batch:
            batches.append(batch)
    return sorted(batches, key=lambda b: -sum(delivery.size_bytes for _, delivery in b))


def read_batch(batch: Batch, cache: Path, legend: Mapping[str, str], passwords: Mapping[str, str]) -> Path:
    """Read the deliveries of ``batch`` and keep them as one pack; runs in a worker."""
    pack = _write(
        [(key, read_delivery(delivery, legend=legend, passwords=passwords)) for key, delivery in batch], cache
    )
    worker.tidy()
    return pack


def _write(readings: Sequence[tuple[str, Reading]], cache: Path) -> Path:
    """The pack: rows first, facts last, each moved into place whole; without its facts a pack does not exist."""
    name = hashlib.sha256("".join(sorted(key for key, _ in readings)).encode()).hexdigest()[:24]
    pack = cache / f"{name}.json"
    facts: dict[str, dict[str, Any]] = {}
    by_source: dict[str, tuple[list[pa.Table], list[tuple[Any, ...]]]] = {}
    for key, reading in readings:
        facts[key] = {
            "format": reading.format, "encoding": reading.encoding, "sheets_read": reading.sheets_read,
            "rows_read": reading.rows_read, "rows_not_data": reading.rows_not_data, "rows_given": reading.row_count,
            "understood_as": reading.understood_as, "refused": reading.refused, "refused_detail": reading.refused_detail,
            "fleeting": reading.fleeting, "issues": [list(asdict(issue).values()) for issue in reading.issues],
        }  # fmt: skip
        if reading.row_count and reading.delivery.source:
            tables, tuples = by_source.setdefault(reading.delivery.source, ([], []))
            tables.extend(reading.tables)
            tuples.extend(reading.grid_rows)
    sizes: dict[str, int] = {}
    for source, (tables, tuples) in sorted(by_source.items()):
        rows = rows_table(source, tables, tuples)
        with _whole(pack.with_suffix(f".{source}.parquet")) as partial:
            # A pack is read whole and seldom twice: what is quickly written counts for more than its size.
            pq.write_table(rows, partial, compression="lz4", use_dictionary=False, write_statistics=False)
            sizes[source] = partial.stat().st_size
    with _whole(pack) as partial:
        period = readings[0][1].delivery.period
        content = {"version": READER_VERSION, "period": period, "sources": sizes, "readings": facts}
        partial.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return pack


class _whole:  # noqa: N801 - reads as a word in a with statement
    """A path to write to that becomes ``target`` only when the writing went well; readable by its owner only."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Path:
        handle, name = tempfile.mkstemp(dir=self.target.parent, prefix=".part-")
        os.close(handle)
        self.partial = Path(name)
        return self.partial

    def __exit__(self, kind: object, error: object, at: object) -> None:
        if kind is None:
            self.partial.replace(self.target)
        else:
            self.partial.unlink(missing_ok=True)
