"""From rows of text to clean tables: interpret, check, resolve schools, set aside, and account for every row.

Leaves the accepted table of every source, `schools`, `school_aliases`, `deliveries`, `issues` and `quarantine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from expectations.catalog import TABLES
from expectations.issue_codes import ISSUE_CODES
from expectations.sources import SOURCES
from expectations.suite import KEY, checked_columns, failures
from transforms.checked import Checked
from transforms.engine import ContractBroken, Engine, Standing
from transforms.intake.delivery import CachedReading
from transforms.schools import school_tables
from transforms.settled import Settled
from transforms.understood import RowsOf, Understood, open_rows

NO_DISTRICT = "000000"


def clean(
    engine: Engine,
    readings: Sequence[CachedReading],
    checked: Checked | None = None,
    understood: Understood | None = None,
    settled: Settled | None = None,
) -> None:
    """Make the clean tables of one period from everything that was read.

    The same content delivered twice as the same source is read once: the later path is a duplicate. How rows that are the
    same were ``understood`` on an earlier night stands, and so does what was found in them, from ``checked``; what
    became of a delivery stands where all that decides it is the same, from ``settled``. Raises `ContractBroken` where
    the rows of a delivery do not add up.
    """
    twice = duplicates(readings)
    _put_words(engine)
    engine.put("delivery_facts", _delivery_facts(readings, twice))
    engine.put("reading_issues", _reading_issues(readings))
    once = [reading for reading in readings if reading.delivery.delivery_id not in twice and not reading.refused]
    understood, checked, settled = understood or Understood(), checked or Checked(), settled or Settled()
    rows = {source.name: understood.open(engine, source, once) for source in SOURCES}
    engine.put("suite_failures", check_rows(engine, rows, checked))
    engine.build("named_schools")
    schools, aliases = school_tables(engine.rows("named_schools"))
    engine.put("schools", schools)
    engine.put("school_aliases", aliases)
    engine.build("household_townships")
    settled.judge(engine, checked.known_by)
    left = [reading for reading in once if reading.delivery.delivery_id not in settled.deliveries]
    for source in SOURCES:
        open_rows(engine, source, left)
        engine.narrow(source.read, without=settled.deliveries)
    engine.build("grown_ups", "record_heads", "redeliveries", "set_aside")
    kept = (*(source.table for source in SOURCES), "issues", "quarantine", "deliveries")
    engine.build(*kept, standing=Standing(settled.before, settled.deliveries))
    account(
        engine.rows("deliveries"), _lying(engine, *(source.table for source in SOURCES)), _lying(engine, "quarantine")
    )
    engine.forget("record_heads")
    for source in SOURCES:
        engine.forget(source.rows)
        engine.forget(source.read)


def duplicates(readings: Iterable[CachedReading]) -> dict[str, str]:
    """The deliveries whose content came before as the same source, with the path it came under first.

    A path that calls itself a copy comes after one that does not.
    """
    first: dict[tuple[str | None, str], str] = {}
    twice: dict[str, str] = {}
    for reading in sorted(readings, key=_originals_first):
        delivery = reading.delivery
        if reading.refused:
            continue
        content = (delivery.source, delivery.content_hash)
        if content in first:
            twice[delivery.delivery_id] = first[content]
        else:
            first[content] = delivery.relative_path
    return twice


def _originals_first(reading: CachedReading) -> tuple[bool, str]:
    path = reading.delivery.relative_path
    return bool(re.search(r"副本|复件|[Cc]opy|[(（]\d+[)）]\.\w+$", path)), path


def check_rows(engine: Engine, rows: Mapping[str, Mapping[str, RowsOf]], checked: Checked) -> pa.Table:
    """The rows that break their contract (`suite_failures`), found by its suite over the ``rows`` of each source."""
    found: list[dict[str, Any]] = []
    for source in SOURCES:
        contract = TABLES[source.table]
        columns = [KEY, "delivery_id", *(column.name for column in checked_columns(contract))]
        rows_of = partial(engine.of_deliveries, source.read, columns)
        for failure in checked.failures(contract, rows[source.name], rows_of, failures):
            found.append(
                {"source": source.name, "record_id": failure.record_id, "column_name": failure.column,
                 "code": failure.rule, "severity": contract[failure.column].severity}
            )  # fmt: skip
    return pa.Table.from_pylist(found, TABLES["suite_failures"].schema)


def account(deliveries: pa.Table, accepted: Mapping[str, int], set_aside: Mapping[str, int]) -> None:
    """Hold rows read = accepted + set aside + declared no data for every delivery, else raise `ContractBroken`.

    ``accepted`` and ``set_aside`` are the rows that lie in the tables: none of them may be of another delivery.
    """
    told = deliveries.to_pylist()
    for row in told:
        one = row["delivery_id"]
        given = row["rows_accepted"] + row["rows_set_aside"] + row["rows_not_data"]
        if row["rows_read"] != given:
            raise ContractBroken(
                f"deliveries: {one} has {row['rows_read']} rows read but {row['rows_accepted']} accepted, "
                f"{row['rows_set_aside']} set aside and {row['rows_not_data']} declared no data"
            )
    for column, lying in (("rows_accepted", accepted), ("rows_set_aside", set_aside)):
        wrong = lying.items() ^ {(row["delivery_id"], row[column]) for row in told if row[column]}
        if wrong:
            raise ContractBroken(f"deliveries: {column} of {min(wrong)[0]} is not what lies in the tables")


def _lying(engine: Engine, *tables: str) -> dict[str, int]:
    """How many rows of every delivery lie in ``tables``."""
    return {delivery: rows for table in tables for delivery, rows in engine.counts(table, "delivery_id")}


def _district(reading: CachedReading) -> str:
    """The district of a delivery; one that lay outside any district's folder is the city's."""
    return reading.delivery.district_code or NO_DISTRICT


def _delivery_facts(readings: Sequence[CachedReading], twice: dict[str, str]) -> pa.Table:
    facts = []
    for reading in readings:
        delivery = reading.delivery
        doubled = twice.get(delivery.delivery_id)
        facts.append(
            {
                "period": delivery.period, "district_code": _district(reading), "delivery_id": delivery.delivery_id,
                "source": delivery.source, "path": delivery.relative_path, "content_hash": delivery.content_hash,
                "size_bytes": delivery.size_bytes, "format": reading.format, "encoding": reading.encoding,
                "sheets_read": reading.sheets_read, "rows_read": reading.rows_read,
                "rows_not_data": reading.rows_read if doubled or reading.refused else reading.rows_not_data,
                "understood_as": reading.understood_as,
                "refusal": ISSUE_CODES[reading.refused].say(reading.refused_detail) if reading.refused else None,
                "duplicate_of": doubled,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(facts, TABLES["delivery_facts"].schema)


def _reading_issues(readings: Sequence[CachedReading]) -> pa.Table:
    raised = [
        {
            "period": reading.delivery.period, "district_code": _district(reading),
            "delivery_id": reading.delivery.delivery_id, "sheet": issue.sheet, "row_no": issue.row_no,
            "column_name": issue.column_name, "code": issue.code, "severity": ISSUE_CODES[issue.code].severity,
            "sentence": ISSUE_CODES[issue.code].say(issue.detail), "given_no": number,
        }
        for reading in readings
        for number, issue in enumerate(reading.issues)
    ]  # fmt: skip
    return pa.Table.from_pylist(raised, TABLES["reading_issues"].schema)


def _put_words(engine: Engine) -> None:
    """The sentences of codes and columns, so that SQL can say what is wrong."""
    codes = [{"code": code.code, "severity": code.severity, "sentence": code.sentence} for code in ISSUE_CODES.values()]
    columns = [
        {"source": source.name, "column_name": column.name, "label": column.label or column.name,
         "message": column.message or None, "severity": column.severity}
        for source, contract in zip(SOURCES, (TABLES[s.table] for s in SOURCES), strict=True)
        for column in contract.columns
    ]  # fmt: skip
    engine.put("code_words", pa.Table.from_pylist(codes, TABLES["code_words"].schema))
    engine.put("column_words", pa.Table.from_pylist(columns, TABLES["column_words"].schema))
