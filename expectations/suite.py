"""The Great Expectations suite of a table, derived from its contract: the only place that knows the library.

A suite runs over one batch, all rows of one source and district, so that a thousand class sheets cost seconds. Its
results hold the failing rows' values; they are turned into keys and rules here and never kept.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from typing import Any, Literal

import pyarrow as pa

from expectations.contract import Column, Contract

Rule = Literal["missing_value", "not_allowed", "wrong_form", "out_of_range"]
KEY = "record_id"
SELDOM_USED = {"altair", "scipy.stats"}
"""What the library imports for charts and tests of distributions, none of ours: two fifths of the seconds its import takes."""


class SuiteBroken(Exception):
    """The suite could not be run over the rows it was made for: a bug, named by expectation, never by value."""


@dataclass(frozen=True)
class Failure:
    """One row that breaks one rule of one column."""

    record_id: str
    column: str
    rule: Rule


def checked_columns(contract: Contract) -> list[Column]:
    """The columns a row can fail on: what an office delivers, or what is read from it, and the contract demands."""
    given = {"period", "district_code", "record_id", "delivery_id", "sheet", "row_no"}
    return [column for column in contract.columns if column.checked and column.name not in given]


def failures(contract: Contract, rows: pa.Table) -> list[Failure]:
    """The rows of ``rows`` that break a rule of ``contract``, with the column and the rule.

    ``rows`` holds ``record_id`` and the columns of `checked_columns`. Raises `SuiteBroken` where an expectation
    could not be evaluated (Great Expectations itself reports that as an ordinary failure).
    """
    if not rows.num_rows or not checked_columns(contract):
        return []
    batch = _batches().get_batch(batch_parameters={"dataframe": rows.to_pandas(date_as_object=False)})
    result = batch.validate(
        _suite(contract),
        result_format={
            "result_format": "COMPLETE", "unexpected_index_column_names": [KEY], "return_unexpected_index_query": False,
            "partial_unexpected_count": 0,
        },
    )  # fmt: skip
    return [failure for checked in result.results for failure in _failed(contract, checked)]


def _failed(contract: Contract, checked: Any) -> Iterator[Failure]:
    if checked.success:
        return
    config = checked.expectation_config
    column, rule = config.kwargs["column"], config.meta["rule"]
    if checked.exception_info.get("raised_exception", True) or "unexpected_index_list" not in checked.result:
        raise SuiteBroken(f"{contract.name}.{column}: {config.type} could not be evaluated")
    for row in checked.result["unexpected_index_list"]:
        yield Failure(str(row[KEY]), column, rule)


class _PutOff(MetaPathFinder):
    """Has the packages of `SELDOM_USED` loaded when something of them is first used."""

    def find_spec(self, name: str, path: Any, _target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in SELDOM_USED else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def load_beside() -> threading.Thread:
    """Begin to import the library while others read and interpret what is to be checked; who needs it first waits."""
    loading = threading.Thread(target=_load, name="load the suite's library", daemon=True)
    loading.start()
    return loading


def _load() -> None:
    """Import the library, letting others have their turn more often than is usual: they are waited for."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 10)
    try:
        _batches()
    finally:
        sys.setswitchinterval(usual)


_one_at_a_time = threading.RLock()


@cache
def _great_expectations() -> Any:
    """The library, imported when first needed (it takes seconds) and forbidden to call home."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    put_off = _PutOff()
    sys.meta_path.insert(0, put_off)
    try:
        import great_expectations
    finally:
        sys.meta_path.remove(put_off)

    # What matters it raises; what it logs (at a level of its own, wherever logging is on) is of no use to anybody here.
    logging.getLogger("great_expectations").addHandler(logging.NullHandler())
    logging.getLogger("great_expectations").propagate = False

    return great_expectations


def _batches() -> Any:
    """A batch definition of an ephemeral context, made once: nothing is written anywhere."""
    with _one_at_a_time:
        return _made()


@cache
def _made() -> Any:
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return (
        context.data_sources.add_pandas("rows").add_dataframe_asset("batch").add_batch_definition_whole_dataframe("all")
    )


@cache
def _suite(contract: Contract) -> Any:
    return _great_expectations().ExpectationSuite(
        contract.name, expectations=[made for column in checked_columns(contract) for made in _expectations(column)]
    )


def _expectations(column: Column) -> Iterator[Any]:
    expect = _great_expectations().expectations
    name = column.name
    if column.required:
        yield expect.ExpectColumnValuesToNotBeNull(column=name, meta={"rule": "missing_value"})
    if column.allowed:
        yield expect.ExpectColumnValuesToBeInSet(
            column=name, value_set=list(column.allowed), meta={"rule": "not_allowed"}
        )
    if column.pattern:
        yield expect.ExpectColumnValuesToMatchRegex(
            column=name, regex=f"^(?:{column.pattern})$", meta={"rule": "wrong_form"}
        )
    if column.at_least is not None or column.at_most is not None:
        yield expect.ExpectColumnValuesToBeBetween(
            column=name, min_value=_bound(column, column.at_least), max_value=_bound(column, column.at_most),
            meta={"rule": "out_of_range"},
        )  # fmt: skip


def _bound(column: Column, bound: str | int | None) -> Any:
    if column.type != "date" or bound is None:
        return bound
    import pandas as pd

    return pd.Timestamp(bound)
