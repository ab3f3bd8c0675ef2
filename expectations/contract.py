"""What a contract is: one declaration of a table, from which everything else about the table derives.

Header recognition, the typed projection, the Great Expectations suite, the Arrow schema (the only door to
Parquet), workbook headings and the data dictionary are all read from these dataclasses. There is no second schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pyarrow as pa

Severity = Literal["critical", "warning", "info"]
Stage = Literal["intake", "clean", "link", "child", "finding", "case", "report"]
STAGES: tuple[Stage, ...] = ("intake", "clean", "link", "child", "finding", "case", "report")

ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "int": pa.int32(),
    "bigint": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``type`` is a key of `ARROW_TYPES`. ``label`` is its Chinese heading wherever people read it. ``headers`` are
    the headings it may arrive under in a delivery (the label counts as one); a column without headers never comes
    from a delivery. ``allowed``, ``pattern``, ``at_least`` and ``at_most`` hold for every value that is not null;
    ``required`` means never null. A delivered row that breaks one of these is dealt with by ``severity`` and
    reported with ``message``, a Chinese sentence a school clerk can act on. ``personal`` marks values that may
    never leave lake and outbox.
    """

    name: str
    type: str
    description: str
    label: str = ""
    headers: tuple[str, ...] = ()
    required: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    at_least: str | int | None = None
    at_most: str | int | None = None
    personal: bool = False
    severity: Severity = "warning"
    message: str = ""

    @property
    def delivered(self) -> bool:
        """Whether the column comes from what an office handed in."""
        return bool(self.headers)

    @property
    def checked(self) -> bool:
        """Whether a delivered value can break this declaration."""
        return bool(
            self.required or self.allowed or self.pattern or self.at_least is not None or self.at_most is not None
        )


@dataclass(frozen=True)
class Contract:
    """What must be true of one table: its grain in words, its columns, and the key that is unique and orders it.

    A ``temporary`` table is made on the way to another within one stage and is not kept.
    """

    name: str
    stage: Stage
    title: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    temporary: bool = False

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert len(names) == len(set(names)), f"{self.name}: a column is declared twice"
        assert set(self.key) <= set(names), f"{self.name}: its key names a column it does not have"
        assert all(column.type in ARROW_TYPES for column in self.columns), f"{self.name}: unknown type"

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def delivered(self) -> tuple[Column, ...]:
        """The columns that come from a delivery."""
        return tuple(column for column in self.columns if column.delivered)

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema every write of this table is cast to."""
        return pa.schema([pa.field(c.name, ARROW_TYPES[c.type], nullable=not c.required) for c in self.columns])


def raw(column: Column) -> Column:
    """The text of ``column`` exactly as delivered, kept beside the interpreted value."""
    return replace(
        column, name=f"{column.name}_raw", type="text", description=f"{column.name} as it was written",
        required=False, allowed=(), pattern=None, at_least=None, at_most=None, message="",
    )  # fmt: skip


def relaxed(column: Column) -> Column:
    """``column`` before its rules were applied: the same name and type, nothing demanded."""
    return replace(column, required=False, allowed=(), pattern=None, at_least=None, at_most=None, message="")


def with_raw(columns: tuple[Column, ...]) -> Iterator[Column]:
    """Every column relaxed, delivered ones followed by their raw text."""
    for column in columns:
        yield relaxed(column)
        if column.delivered:
            yield raw(column)
