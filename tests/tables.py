"""Text tables: tests draw a SQL file's input and the rows it must give, as a person would on paper.

    check("not_enrolled", {"children": '''
        child_id | on_roll | of_school_age
        a        | false   | true
    '''}, '''
        child_id | finding
        a        | not_enrolled
    ''')

An empty cell is null. Columns an input leaves out are null, except that required ones get a value of their type
(`DEFAULTS`), so that a test shows only what matters to its rule. Only the columns of the expected table are compared,
in the order of the contract's key.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from expectations.catalog import TABLES
from expectations.contract import Contract
from transforms.engine import Engine, conform

DEFAULTS: dict[str, str] = {"period": "2026-09", "district_code": "990101"}
_BY_TYPE = {"text": "-", "int": "0", "bigint": "0", "float": "0", "bool": "false", "date": "2026-09-01"}


def cells(text: str) -> tuple[list[str], list[list[str | None]]]:
    """The heading and the rows of a text table."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    split = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    head = [cell or "" for cell in split[0]]
    assert all(len(row) == len(head) for row in split), "a row of the text table has another number of cells"
    return head, split[1:]


def table(contract: Contract, text: str) -> pa.Table:
    """A text table as rows of ``contract``."""
    head, body = cells(text)
    assert set(head) <= set(contract.names), f"{contract.name} has no {set(head) - set(contract.names)}"
    columns = {}
    for number, column in enumerate(contract.columns):
        if column.name in head:
            at = head.index(column.name)
            values = [row[at] for row in body]
        else:
            default = DEFAULTS.get(column.name, _BY_TYPE.get(column.type)) if column.required else None
            values = [default if column.name not in contract.key else f"{default}{i}" for i in range(len(body))]
        columns[column.name] = _typed(values, contract.schema.field(number).type)
    return conform(pa.table(columns), contract)


def _typed(values: list[str | None], kind: pa.DataType) -> pa.Array:
    text = pa.array(values, pa.string())
    if pa.types.is_list(kind):
        return pa.array([None if v is None else v.split(",") for v in values], kind)
    if pa.types.is_integer(kind):
        return pc.cast(pc.cast(text, pa.float64()), kind)
    return pc.cast(text, kind)


def run(
    name: str, inputs: Mapping[str, str], parameters: Mapping[str, object] | None = None, first: Sequence[str] = ()
) -> pa.Table:
    """The rows the SQL file of ``name`` gives for text tables as ``inputs``; the tables ``first`` are built from them before."""
    with tempfile.TemporaryDirectory() as folder:
        now, before = Path(folder) / "now", Path(folder) / "before"
        if any(n.startswith("previous_") for n in inputs):
            with Engine(before) as earlier:
                for own in (n.removeprefix("previous_") for n in inputs if n.startswith("previous_")):
                    earlier.put(own, table(TABLES[own], inputs[f"previous_{own}"]))
        with Engine(now, parameters, previous=before) as engine:
            drawn = {n: text for n, text in inputs.items() if not n.startswith("previous_")}
            return _built(engine, [*first, name], drawn)


def _built(engine: Engine, names: Sequence[str], inputs: Mapping[str, str]) -> pa.Table:
    for input_name, text in inputs.items():
        engine.put(input_name, table(TABLES[input_name], text))
    engine.build(*names)
    name = names[-1]
    return engine.rows(name)


def check(
    name: str,
    inputs: Mapping[str, str],
    expected: str,
    parameters: Mapping[str, object] | None = None,
    first: Sequence[str] = (),
) -> None:
    """Assert that the SQL file of ``name`` gives exactly the ``expected`` rows, in the columns drawn."""
    head, body = cells(expected)
    got = run(name, inputs, parameters, first).select(head).to_pylist()
    shown = [[_text(row[column]) for column in head] for row in got]
    wanted = [list(row) for row in body]
    assert shown == wanted, f"\n{name} gave\n{_drawn(head, shown)}\ninstead of\n{_drawn(head, wanted)}"


def _text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(str(part) for part in value) or None
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _drawn(head: list[str], rows: list[list[str | None]]) -> str:
    return "\n".join(" | ".join(cell or "" for cell in row) for row in [list(head), *rows])
