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

from expectations.errors import WrongArgument
from expectations.policy import load_policy
from transforms.engine import Engine
from transforms.reference import reference_file

SURE = ("given_numbers", "sure_pairs", "settled_pairs", "given_records")
"""Only for two tables handed in: what is certain at a glance is not compared further."""
IDENTITY = ("person_fields", "person_names", "person_records")
BY_NUMBER = ("known_numbers", "number_pairs", "number_links", "twins", "open_records")
BY_WEIGHT = (
    "candidate_pairs",
    "pair_levels",
    "link_weights",
    "scored_pairs",
    "judged_pairs",
)
BY_SPELLING = ("spelled_records", "spelled_pairs", "spelled_weights", "spelled_links")
JOINED = ("person_links", "other_links")
BY_CLASS = ("attenders", "roll_places", "attender_numbers", "class_links", "school_links", "city_links")
RESULT = ("link_proposals", "pair_answers", "pair_decisions", "pair_issues", "links", "review_pairs")
STAGES = (*IDENTITY, *BY_NUMBER, *BY_WEIGHT, *BY_SPELLING, *JOINED, *BY_CLASS, *RESULT)


def link(engine: Engine, key: bytes) -> None:
    """Build every table of the stage from the clean tables of the run.

    ``key`` keeps the numbers of pairs left to people from being computed back to what is written about them.
    """
    engine.parameters["pair_secret"] = hmac.digest(key, b"pairs", "sha256").hex()
    engine.build(*STAGES)


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
    table has no record_id, or one twice.
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
        for side, given in (("given_left", left), ("given_right", right)):
            if "record_id" not in engine.open_given(side, given):
                raise WrongArgument("both tables need a column record_id")
            if engine.repeats(side):
                raise WrongArgument("record_id must be there and be unique in each of the two tables")
        engine.build(
            *SURE,
            *IDENTITY,
            *BY_NUMBER,
            *BY_WEIGHT,
            *BY_SPELLING,
            *JOINED,
            "link_proposals",
            "given_pairs",
            only=("given_pairs",),
        )
        return engine.rows("given_pairs")
