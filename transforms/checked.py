"""What the checks of a night found, kept by the content they were made of, so that unchanged files are not checked again.

A suite judges each row by itself. So what it found in the rows of one delivery stands as long as those rows, the
columns' contract, the suite's own program and the library that runs it are the same, whatever else was delivered.
Kept are hashes, record numbers, columns and rules; nothing that stands in a cell.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from expectations import suite
from expectations.contract import Contract
from expectations.suite import Failure, checked_columns

LIBRARIES = ("great_expectations", "pandas", "pyarrow")
Found = list[Failure]


class Checked:
    """The checks of earlier nights, and those of this one."""

    def __init__(self, known: dict[str, Found] | None = None) -> None:
        self._known = known or {}
        self._used: dict[str, Found] = {}
        self.reused = self.rows = 0

    @classmethod
    def read(cls, path: Path) -> Checked:
        """What was kept in ``path``; nothing where that cannot be read."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return cls({digest: [Failure(*one) for one in found] for digest, found in told.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return cls()

    def failures(self, contract: Contract, rows: pa.Table, check: Callable[[Contract, pa.Table], Found]) -> Found:
        """The failures of ``rows``, which lie delivery by delivery: those known already, the rest found by ``check``."""
        terms = _terms(contract)
        parts = [(_digest(terms, part), part) for part in _by_delivery(rows)]
        new = {digest: part for digest, part in parts if digest not in self._known}
        found: dict[str, Found] = {digest: [] for digest in new}
        if new:
            of_record = {record: digest for digest, part in new.items() for record in part[suite.KEY].to_pylist()}
            for failure in check(contract, pa.concat_tables(new.values()).drop_columns(["delivery_id"])):
                found[of_record[failure.record_id]].append(failure)
        self.rows += rows.num_rows
        self.reused += rows.num_rows - sum(part.num_rows for part in new.values())
        stands = {digest: found[digest] if digest in found else self._known[digest] for digest, _ in parts}
        self._used |= stands
        return [failure for digest, _ in parts for failure in stands[digest]]

    def as_text(self) -> str:
        """What this night's checks used or found, to be kept for the next: nothing grows."""
        told = {
            digest: [[one.record_id, one.column, one.rule] for one in found]
            for digest, found in sorted(self._used.items())
        }
        return json.dumps(told, ensure_ascii=False)


def _by_delivery(rows: pa.Table) -> Iterator[pa.Table]:
    """The rows cut where the delivery changes."""
    deliveries = rows["delivery_id"].to_pylist()
    starts = [at for at in range(len(deliveries)) if at == 0 or deliveries[at] != deliveries[at - 1]]
    for start, end in zip(starts, [*starts[1:], len(deliveries)], strict=True):
        yield rows.slice(start, end - start)


def _digest(terms: bytes, part: pa.Table) -> str:
    """A hash of the terms and of every value: the columns written out anew, so that where they lay does not show."""
    sink = pa.BufferOutputStream()
    whole = part.take(pa.array(range(part.num_rows), pa.int64())).combine_chunks()
    with pa.ipc.new_stream(sink, whole.schema) as stream:
        stream.write_table(whole)
    return hashlib.sha256(terms + sink.getvalue().to_pybytes()).hexdigest()


def _terms(contract: Contract) -> bytes:
    """A hash of what is demanded of the rows, and of the programs that look."""
    programs = [Path(str(module.__file__)).read_bytes() for module in (suite,)]
    told = repr([contract.name, checked_columns(contract), [version(name) for name in LIBRARIES]]).encode()
    return hashlib.sha256(b"\0".join([told, *programs])).digest()
