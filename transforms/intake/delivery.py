"""One delivery, and what became of it when it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from expectations.delivered import ROWS


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


def file_name(delivery: Delivery) -> str:
    """The name of the file itself, without the folders it lies in."""
    return delivery.relative_path.rpartition("/")[2]
