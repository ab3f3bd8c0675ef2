"""Why a child is listed: every record, link, value and rule behind one child, as sections a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from expectations.catalog import TABLES
from expectations.contract import Contract
from expectations.errors import WrongArgument
from expectations.sources import BY_NAME


@dataclass(frozen=True)
class Section:
    """One part of an explanation: a title and lines of label and text."""

    title: str
    lines: tuple[tuple[str, str], ...]


def explain(folder: Path, wanted: str) -> Iterator[Section]:
    """The sections behind ``wanted``, a child_id or a case_no; raises `WrongArgument` where the run has neither."""
    child_id = _child_of(folder, wanted)
    [child] = _rows(folder, "children", "child_id", [child_id])
    yield Section("child", tuple(_shown(TABLES["children"], child)))
    records = _rows(folder, "child_records", "child_id", [child_id])
    record_ids = [record["record_id"] for record in records]
    deliveries = {row["delivery_id"]: row["path"] for row in _rows(folder, "deliveries")}
    for record in records:
        yield from _record(folder, record, deliveries)
    for table in ("links", "review_pairs"):
        for side, other in (("left", "right"), ("right", "left")):
            for pair in _rows(folder, table, f"{side}_record_id", record_ids):
                if side == "right" and pair["left_record_id"] in record_ids:
                    continue
                about = f"{pair['left_source']} – {pair['right_source']}, {other} record {pair[f'{other}_record_id']}"
                yield Section(f"{table}: {about}", tuple(_shown(TABLES[table], pair)))
    for table in ("findings", "waiting_findings", "cases"):
        for row in _rows(folder, table, "child_id", [child_id]):
            yield Section(f"{table}: {row['finding']}", tuple(_shown(TABLES[table], row)))
    case_numbers = [row["case_no"] for row in _rows(folder, "cases", "child_id", [child_id])]
    for event in _rows(folder, "case_events", "case_no", case_numbers):
        yield Section(f"case_events: {event['case_no']} {event['event_no']}", tuple(_shown(TABLES["case_events"], event)))


def _child_of(folder: Path, wanted: str) -> str:
    if _rows(folder, "children", "child_id", [wanted]):
        return wanted
    cases = _rows(folder, "cases", "case_no", [wanted.strip().upper()])
    if not cases:
        raise WrongArgument("no child and no case of this run has that number")
    return str(cases[0]["child_id"])


def _record(folder: Path, record: dict[str, Any], deliveries: dict[str, str]) -> Iterator[Section]:
    source = BY_NAME[record["source"]]
    for row in _rows(folder, source.read, "record_id", [record["record_id"]]):
        where = f"{deliveries.get(row['delivery_id'], row['delivery_id'])}, {row['sheet']}, row {row['row_no']}"
        yield Section(f"record: {source.name} {source.chinese}, {where}", tuple(_written(TABLES[source.read], row)))


def _written(contract: Contract, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each value that is there, with the raw text beside it where it was understood differently."""
    for column in contract.columns:
        value, written = row[column.name], row.get(f"{column.name}_raw")
        if column.name.endswith("_raw") or column.name in {"period", "delivery_id", "sheet", "row_no"}:
            continue
        if value is None and not written:
            continue
        text = "—" if value is None else str(value)
        yield column.label or column.name, text if written in (None, text) else f"{text}   (written: {written})"


def _shown(contract: Contract, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for column in contract.columns:
        if row[column.name] is not None:
            yield column.label or column.name, str(row[column.name])


def _rows(folder: Path, table: str, column: str | None = None, among: Sequence[str] = ()) -> list[dict[str, Any]]:
    parts = sorted((folder / table).glob("*.parquet"))
    if not parts:
        return []
    wanted = None if column is None else ds.field(column).isin(pa.array(list(among), pa.string()))
    rows = ds.dataset(parts, schema=TABLES[table].schema).to_table(filter=wanted)
    return list(rows.sort_by([(name, "ascending") for name in TABLES[table].key]).to_pylist())
