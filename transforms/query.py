"""Answers for analysts: the tables of one period as views, read-only, closed to everything else on the machine."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from expectations.catalog import TABLES
from expectations.errors import BadQuery
from transforms.engine import parts_as


def query(folder: Path, text: str) -> pa.Table:
    """The rows ``text`` gives over the tables of the run in ``folder``.

    Every table of the catalogue is a view of its name, empty where the run has none. Nothing can be written and no
    other file opened. Raises `BadQuery` with DuckDB's own sentence.
    """
    con = duckdb.connect(":memory:")
    for name, contract in TABLES.items():
        parts = sorted((folder / name).glob("*.parquet"))
        if parts:
            con.register(name, con.sql(parts_as(name, parts)))
        else:
            con.register(name, contract.schema.empty_table())
    con.execute(f"set allowed_directories = ['{str(folder).replace(chr(39), chr(39) * 2)}']")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    try:
        rows = con.sql(text)
        return pa.table({}) if rows is None else rows.to_arrow_table()
    except duckdb.Error as error:
        raise BadQuery(str(error)) from None
    finally:
        con.close()


def without_formulas(rows: pa.Table) -> pa.Table:
    """``rows`` as a spreadsheet may open them: before a text it would take for a formula stands an apostrophe."""
    for at, field in enumerate(rows.schema):
        if pa.types.is_string(field.type):
            column = rows.column(at)
            marked = pc.binary_join_element_wise("'", column, "")
            rows = rows.set_column(
                at, field, pc.if_else(pc.match_substring_regex(column, r"^[=+\-@\t\r]"), marked, column)
            )
    return rows
