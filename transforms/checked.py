"""What the checks of a night found, kept by the rows they were made of, so that unchanged files are not checked again.

A suite judges each row by itself. So what it found in the rows of one delivery stands as long as those rows (known by
what decided how they were understood), the columns' contract, the suite's own program and the library that runs it are
the same, whatever else was delivered. Kept are hashes, record numbers, columns and rules; nothing that stands in a cell.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from expectations import suite
from expectations.contract import Contract
from expectations.suite import Failure, checked_columns
from transforms.engine import batches
from transforms.understood import RowsOf

LIBRARIES = ("great_expectations", "pandas", "pyarrow")
BATCH_ROWS = 150_000
Found = list[Failure]


class Checked:
    """The checks of earlier nights, and those of this one."""

    def __init__(self, known: dict[str, Found] | None = None) -> None:
        self._known = known or {}
        self._used: dict[str, Found] = {}
        self.known_by: dict[str, str] = {}
        """Of every delivery checked, what is the same only where its rows and what was found in them are."""
        self.reused = self.rows = 0

    @classmethod
    def read(cls, path: Path) -> Checked:
        """What was kept in ``path``; nothing where that cannot be read."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return cls({digest: [Failure(*one) for one in found] for digest, found in told.items()})
        except (OSError, ValueError, TypeError, AttributeError):
            return cls()

    def failures(
        self,
        contract: Contract,
        deliveries: Mapping[str, RowsOf],
        rows_of: Callable[[Sequence[str]], pa.Table],
        check: Callable[[Contract, pa.Table], Found],
    ) -> Found:
        """The failures of ``deliveries``: those known already, the rest found by ``check``.

        ``rows_of`` gives the rows of some of them. They go through together up to `BATCH_ROWS`: a suite costs the same
        seconds for ten rows as for ten thousand.
        """
        terms = _terms(contract)
        digests = {delivery: _digest(terms, delivery, of) for delivery, of in deliveries.items()}
        new = {delivery: of.rows for delivery, of in deliveries.items() if digests[delivery] not in self._known}
        found: dict[str, Found] = {digests[delivery]: [] for delivery in new}
        for together in batches(new, BATCH_ROWS):
            rows = rows_of(together)
            of_record = dict(zip(rows[suite.KEY].to_pylist(), rows["delivery_id"].to_pylist(), strict=True))
            for failure in check(contract, rows.drop_columns(["delivery_id"])):
                found[digests[of_record[failure.record_id]]].append(failure)
        self.rows += sum(of.rows for of in deliveries.values())
        self.reused += sum(of.rows for of in deliveries.values()) - sum(new.values())
        stands = {digest: found[digest] if digest in found else self._known[digest] for digest in digests.values()}
        self._used |= stands
        self.known_by |= digests
        return [failure for digest in digests.values() for failure in stands[digest]]

    def as_text(self) -> str:
        """What this night's checks used or found, to be kept for the next: nothing grows."""
        told = {
            digest: [[one.record_id, one.column, one.rule] for one in found]
            for digest, found in sorted(self._used.items())
        }
        return json.dumps(told, ensure_ascii=False)


def _digest(terms: bytes, delivery: str, of: RowsOf) -> str:
    """A hash of the terms and of what the rows are known by."""
    return hashlib.sha256(terms + f"{delivery} {of.name}".encode()).hexdigest()


def _terms(contract: Contract) -> bytes:
    """A hash of what is demanded of the rows, and of the programs that look."""
    programs = [Path(str(module.__file__)).read_bytes() for module in (suite,)]
    told = repr([contract.name, checked_columns(contract), [version(name) for name in LIBRARIES]]).encode()
    return hashlib.sha256(b"\0".join([told, *programs])).digest()
