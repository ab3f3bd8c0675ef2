"""Which records are one child: from `person_records` to `links` and `review_pairs`.

The stages below are the whole algorithm, in order. An equal valid number with an agreeing name settles nearly all
children; what stays open is blocked, compared field by field and weighed after Fellegi and Sunter with weights learned
in the run itself; class sheets, which mostly carry names only, are matched class by class, then school by school, then
by a name that is the only one in the city. What is not certain goes to people.
"""

from __future__ import annotations

import hmac
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expectations.catalog import TABLES
from expectations.errors import WrongArgument
from expectations.policy import load_policy
from transforms.engine import Engine
from transforms.reference import reference_file
from transforms.standing import taken_over

SURE = ("given_numbers", "sure_pairs", "given_records")
"""Only for two tables handed in: what is certain at a glance is not compared further."""
EVIDENCE = tuple(name for name in TABLES["given_left"].names if name not in ("record_id", "row_no"))
"""The columns two tables handed in are compared by."""
IDENTITY = ("person_fields", "person_names", "person_records")
BY_NUMBER = ("known_numbers", "number_pairs", "number_links", "twins", "open_records")
BY_WEIGHT = (
    "candidate_pairs",
    "pair_levels",
    "link_weights",
    "scored_pairs",
    "judged_pairs",
)
SPELLED = ("spelled_records",)
"""Told early: what it reads of two tables handed in need not be kept for the spelling stages."""
BY_SPELLING = ("spelled_pairs", "spelled_weights", "spelled_links")
JOINED = ("person_links", "other_links")
BY_CLASS = ("attenders", "roll_places", "attender_numbers", "class_links", "school_links", "city_links")
RESULT = ("link_proposals", "pair_answers", "pair_decisions", "pair_issues", "links", "review_pairs")
ANSWERED_FROM = ("sure_pairs", "person_records", "link_proposals")
"""What the answer about two tables handed in is made of."""
RECORD = "linked.sha256"
"""Where a run's folder says what decided its links."""
STAGES = (*IDENTITY, *SPELLED, *BY_NUMBER, *BY_WEIGHT, *BY_SPELLING, *JOINED, *BY_CLASS, *RESULT)


def link(engine: Engine, key: bytes, before: Path | None = None) -> bool:
    """Build every table of the stage from the clean tables of the run, or take over those of the run ``before`` where they stand.

    ``key`` keeps the numbers of pairs left to people from being computed back to what is written about them. Returns
    whether they stood.
    """
    engine.parameters["pair_secret"] = hmac.digest(key, b"pairs", "sha256").hex()
    if taken_over(engine, STAGES, before, RECORD):
        return True
    engine.build(*STAGES)
    return False


def link_tables(
    left: pa.Table | Path,
    right: pa.Table | Path,
    folder: Path,
    *,
    examples: int = 10_000,
    memory_limit: str | None = None,
) -> pa.Table:
    """Pairs of records of any two tables that are one person, or may be.

    ``left`` and ``right``, tables or Parquet files, hold ``record_id`` and some of the columns of the contract
    ``given_left``; a column they lack is no evidence. ``folder`` is working space; the weights are learned from some
    ``examples`` of certain pairs. Returns left_record_id, right_record_id, tier, weight, probability and decision
    (``link`` or ``review``), ordered by the two ids; a record is in one link at most. Raises `WrongArgument` where a
    table cannot be linked as it is: no record_id, one twice, nothing to compare, numbers rounded.
    """
    policy = load_policy(reference_file("policy.toml"))
    parameters = {
        **policy.values,
        "period": "2000-01",
        "cutoff_on": date(2000, 8, 31),
        "examples": examples,
        "pair_secret": "",
    }
    with Engine(folder, parameters, memory_limit=memory_limit, scratch=True) as engine:
        _open(engine, "given_left", left, "the left table")
        _open(engine, "given_right", right, "the right table")
        engine.build(
            *SURE,
            *IDENTITY,
            *SPELLED,
            *BY_NUMBER,
            *BY_WEIGHT,
            *BY_SPELLING,
            *JOINED,
            "link_proposals",
            only=ANSWERED_FROM,
        )
        return engine.result("given_pairs")


def _open(engine: Engine, side: str, given: pa.Table | Path, called: str) -> None:
    """Open one of two tables handed in; raises `WrongArgument` where it cannot be linked as it is."""
    if isinstance(given, Path):
        called = str(given)
        if "file_row_number" in pq.read_schema(given).names:
            raise WrongArgument(f"{called}: no column may be called file_row_number")
    held = engine.open_given(side, given)
    theirs = f"its columns: {', '.join(held) or 'none'}"
    if "record_id" not in held:
        raise WrongArgument(f"{called} has no column record_id; {theirs}")
    if not any(column in held for column in EVIDENCE):
        raise WrongArgument(f"{called} has none of the columns compared ({', '.join(EVIDENCE)}); {theirs}")
    for column in EVIDENCE:
        kind = held.get(column, "")
        if column.endswith("id_number") and kind in ("FLOAT", "DOUBLE"):
            raise WrongArgument(
                f"{called}: {column} is {kind}, which rounds a number of 18 digits; hand it over as text"
            )
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
            raise WrongArgument(f"{called}: {column} holds several values in a cell ({kind}); hand over one, as text")
    if repeated := engine.repeats(side):
        raise WrongArgument(f"{called}: {repeated} of its rows have no record_id of their own: blank, or given before")
