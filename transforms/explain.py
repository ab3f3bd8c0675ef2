"""Why a child is listed: every record, link, value and rule behind one child, as sections a person can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from expectations.case_states import EVENTS, STATES
from expectations.catalog import TABLES
from expectations.contract import Column, Contract
from expectations.errors import WrongArgument
from expectations.findings import BY_CODE as FINDINGS
from expectations.linkage import PROBABILITY
from expectations.sources import BY_NAME
from transforms.engine import inputs, sql_file
from transforms.lake import Lake
from transforms.lists.linkreport import FIELDS, TIERS, level_label

_SOURCES = {name: source.chinese for name, source in BY_NAME.items()}
WORDS: dict[str, dict[str, str]] = {
    "finding": {code: finding.chinese for code, finding in FINDINGS.items()},
    "state": STATES,
    "event": EVENTS,
    "tier": {code: words for code, (words, _) in TIERS.items()},
    "source": _SOURCES,
    "left_source": _SOURCES,
    "right_source": _SOURCES,
}
"""What a code means, by the column it stands in."""
COMPARED = {**FIELDS, "pupil_no": "学籍号", "class": "班级", "phone": "联系电话", "address": "住址"}
"""What a pair may have been compared by, beside the fields that are weighed."""


@dataclass(frozen=True)
class Section:
    """One part of an explanation: a title and lines of label and text."""

    title: str
    lines: tuple[tuple[str, str], ...]


def explain(lake: Lake, folder: Path, wanted: str) -> Iterator[Section]:
    """The sections behind ``wanted``, a child_id or a case_no, of the run in ``folder``.

    Beside each value stands what was written, where that was something else. Raises `WrongArgument` where the run has
    neither such a child nor such a case.
    """
    child_id = _child_of(folder, wanted)
    [child] = _rows(folder, "children", "child_id", [child_id])
    yield Section("child", tuple(_shown(TABLES["children"], child)))
    records = _rows(folder, "child_records", "child_id", [child_id])
    record_ids = [record["record_id"] for record in records]
    deliveries = {row["delivery_id"]: row["path"] for row in _rows(folder, "deliveries")}
    for record in records:
        yield from _record(lake, folder, record, deliveries)
    for table in ("links", "review_pairs"):
        for side, other in (("left", "right"), ("right", "left")):
            for pair in _rows(folder, table, f"{side}_record_id", record_ids):
                if side == "right" and pair["left_record_id"] in record_ids:
                    continue
                about = f"{pair['left_source']} – {pair['right_source']}, {other} record {pair[f'{other}_record_id']}"
                yield Section(f"{table}: {about}", (*_shown(TABLES[table], pair), *_weights(folder, pair)))
                if pair[f"{other}_record_id"] not in record_ids:
                    beside = {"source": pair[f"{other}_source"], "record_id": pair[f"{other}_record_id"]}
                    yield from _record(lake, folder, beside, deliveries)
    settings = json.loads((folder / "run.json").read_text(encoding="utf-8"))["settings"]
    for table in ("findings", "waiting_findings"):
        for row in _rows(folder, table, "child_id", [child_id]):
            lines = (*_shown(TABLES[table], row), *_rule(row["finding"], settings))
            yield Section(f"{table}: {row['finding']}", lines)
    for case in _rows(folder, "cases", "child_id", [child_id]):
        yield Section(f"case: {case['case_no']}", tuple(_shown(TABLES["cases"], case)))
        for event in _rows(folder, "case_events", "case_no", [case["case_no"]]):
            yield Section(
                f"event {event['event_no']} of {case['case_no']}", tuple(_shown(TABLES["case_events"], event))
            )


def _child_of(folder: Path, wanted: str) -> str:
    if _rows(folder, "children", "child_id", [wanted]):
        return wanted
    cases = _rows(folder, "cases", "case_no", [wanted.strip().upper()])
    if not cases:
        raise WrongArgument("no child and no case of this run has that number")
    return str(cases[0]["child_id"])


def _record(lake: Lake, folder: Path, record: dict[str, Any], deliveries: dict[str, str]) -> Iterator[Section]:
    source = BY_NAME[record["source"]]
    record_id = record["record_id"]
    packs = sorted(lake.intake_cache.glob(f"*.{source.name}.parquet"))
    written: dict[str, Any] = next(iter(_filtered(packs, TABLES[source.rows], "record_id", [record_id])), {})
    for row in _rows(folder, source.table, "record_id", [record_id]):
        where = f"{deliveries.get(row['delivery_id'], row['delivery_id'])}, {row['sheet']}, row {row['row_no']}"
        title = f"record: {source.name} {source.chinese}, {where}"
        yield Section(title, tuple(_beside(TABLES[source.table], row, written)))


def _weights(folder: Path, pair: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What each field adds to the weight of a pair that was weighed field by field, in bits."""
    levels = _levels(pair["evidence"])
    if not {"name", "birth_date", "family"} <= set(levels):
        return
    levels.setdefault("id_number", "blank")
    weights = {(row["field"], row["level"]): row["weight"] for row in _rows(folder, "link_weights")}
    told = {field: (level, weights[field, level]) for field, level in levels.items() if (field, level) in weights}
    for field in (field for field in FIELDS if field in told):
        level, weight = told[field]
        yield f"weight of {FIELDS[field]}", f"{weight:+.1f} ({level_label(field, level)})"
    rest = pair["weight"] - sum(weight for _, weight in told.values())
    yield "weight of the rest", f"{rest:+.1f} (how rare the name is; caps on what a family shares and a number repeats)"


def _levels(evidence: str) -> dict[str, str]:
    """How far a pair agrees, by field."""
    levels = dict(part.split("=") for part in evidence.split("; "))
    return {"id_number" if field == "id" else field: level for field, level in levels.items()}


def _beside(contract: Contract, row: dict[str, Any], written: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each value that is there, with what was written where it was understood differently."""
    for column in contract.columns:
        if column.name in {"period", "delivery_id", "sheet", "row_no"}:
            continue
        value, text = row[column.name], written.get(column.name)
        if value is None and not text:
            continue
        shown = "—" if value is None else _said(column, value)
        yield column.label or column.name, shown if text in (None, shown) else f"{shown}   (written: {text})"


def _rule(finding: str, settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The rule of a finding as its SQL file states it, and the settings it used with where they come from."""
    text = sql_file(finding).read_text(encoding="utf-8")
    head = re.match(r"(?:--[^\n]*\n)+", text)
    yield "rule", " ".join(line.removeprefix("--").strip() for line in head[0].splitlines()) if head else ""
    behind = [sql_file(name) for name in inputs(text) if name in TABLES and TABLES[name].stage == "finding"]
    used = {name for path in (sql_file(finding), *behind) for name in re.findall(r"\$(\w+)", path.read_text("utf-8"))}
    for name in sorted(used & set(settings)):
        value, citation = settings[name]
        yield f"setting {name}", f"{value} ({citation})"


def _shown(contract: Contract, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for column in contract.columns:
        if row[column.name] is not None:
            yield column.label or column.name, _said(column, row[column.name])


def _said(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.name == PROBABILITY.name:
        return "> 99.99%" if 0.9999 < value < 1 else f"{value:.2%}"
    if column.name == "evidence" and "=" in str(value):
        return "; ".join(f"{COMPARED.get(of, of)} {level_label(of, level)}" for of, level in _levels(value).items())
    if words := WORDS.get(column.name, {}).get(str(value)):
        return f"{words} ({value})"
    return str(round(value, 2)) if isinstance(value, float) else str(value)


def _rows(folder: Path, table: str, column: str | None = None, among: Sequence[str] = ()) -> list[dict[str, Any]]:
    return _filtered(sorted((folder / table).glob("*.parquet")), TABLES[table], column, among)


def _filtered(
    parts: Sequence[Path], contract: Contract, column: str | None, among: Sequence[str]
) -> list[dict[str, Any]]:
    if not parts:
        return []
    wanted = None if column is None else ds.field(column).isin(pa.array(list(among), pa.string()))
    rows = ds.dataset(list(parts), schema=contract.schema).to_table(filter=wanted)
    return list(rows.sort_by([(name, "ascending") for name in contract.key]).to_pylist())
