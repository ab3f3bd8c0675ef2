"""Which records are one child: from `person_records` to `links` and `review_pairs`.

The stages below are the whole algorithm, in order. An equal valid number with an agreeing name settles nearly all
children; what stays open is blocked, compared field by field and weighed after Fellegi and Sunter with weights learned
in the run itself; class sheets, which mostly carry names only, are matched class by class, then school by school, then
by a name that is the only one in the city. What is not certain goes to people.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from expectations.catalog import TABLES
from expectations.errors import WrongArgument
from expectations.policy import load_policy
from transforms.engine import Engine
from transforms.reference import reference_file

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
RESULT = ("link_proposals", "pair_decisions", "links", "review_pairs")
STAGES = (*IDENTITY, *BY_NUMBER, *BY_WEIGHT, *BY_SPELLING, *JOINED, *BY_CLASS, *RESULT)

STANDARD = (
    "record_id", "name", "former_name", "id_number", "birth_date", "sex", "district_code", "township_code", "school_code",
    "grade", "class_no", "guardian_name", "guardian_id_number", "phone", "address",
)  # fmt: skip


def link(engine: Engine) -> None:
    """Build every table of the stage from the clean tables of the run."""
    engine.build(*STAGES)


def link_tables(left: pa.Table, right: pa.Table, folder: Path) -> pa.Table:
    """Pairs of records of any two tables that are one person, or may be.

    ``left`` and ``right`` hold ``record_id`` and some of the `STANDARD` columns; a column they lack is no evidence.
    ``folder`` is working space. Returns left_record_id, right_record_id, tier, weight, probability and decision
    (``link`` or ``review``), ordered by the two ids; a record is in one link at most. Raises `WrongArgument` where a
    table has no record_id, or one twice.
    """
    policy = load_policy(reference_file("policy.toml"))
    parameters = {**policy.values, "period": "2000-01", "cutoff_on": date(2000, 8, 31)}
    with Engine(folder, parameters) as engine:
        engine.put("given_records", pa.concat_tables([_given(left, "registry"), _given(right, "household")]))
        engine.build(
            *IDENTITY, *BY_NUMBER, *BY_WEIGHT, *BY_SPELLING, *JOINED, *BY_CLASS, "link_proposals", "given_pairs"
        )
        pairs = engine.rows("given_pairs")
    for name in ("left_record_id", "right_record_id"):
        pairs = pairs.set_column(pairs.schema.get_field_index(name), name, pc.utf8_slice_codeunits(pairs[name], 2))
    return pairs


def _given(rows: pa.Table, side: str) -> pa.Table:
    """``rows`` under the standard columns as text; ids get a letter of their side, so that the two tables' never meet."""
    if "record_id" not in rows.column_names:
        raise WrongArgument("both tables need a column record_id")
    if rows["record_id"].null_count or len(pc.unique(rows["record_id"])) < rows.num_rows:
        raise WrongArgument("record_id must be there and be unique in each of the two tables")
    columns = {"side": pa.array([side] * rows.num_rows, pa.string())}
    for name in STANDARD:
        held = rows.column(name) if name in rows.column_names else pa.nulls(rows.num_rows)
        columns[name] = pc.cast(held, pa.string())
    mark = "l:" if side == "registry" else "r:"
    columns["record_id"] = pc.binary_join_element_wise(mark, columns["record_id"], "")
    return pa.table(columns, schema=TABLES["given_records"].schema)
