"""Which records are one child: from `person_records` to `links` and `review_pairs`.

The stages below are the whole algorithm, in order. An equal valid number with an agreeing name settles nearly all
children; what stays open is blocked, compared field by field and weighed after Fellegi and Sunter with weights learned
in the run itself; class sheets, which mostly carry names only, are matched class by class, then school by school, then
by a name that is the only one in the city. What is not certain goes to people.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from expectations.catalog import TABLES
from expectations.policy import load_policy
from transforms.engine import Engine
from transforms.reference import reference_file

IDENTITY = ("person_fields", "person_names", "person_records")
BY_NUMBER = ("number_pairs", "number_links", "twins", "open_records")
BY_WEIGHT = ("candidate_pairs", "pair_levels", "link_weights", "scored_pairs", "judged_pairs", "person_links", "other_links")
BY_CLASS = ("attenders", "roll_places", "attender_numbers", "class_links", "school_links", "city_links")
RESULT = ("link_proposals", "pair_decisions", "links", "review_pairs")
STAGES = (*IDENTITY, *BY_NUMBER, *BY_WEIGHT, *BY_CLASS, *RESULT)

STANDARD = (
    "record_id", "name", "former_name", "id_number", "birth_date", "sex", "district_code", "township_code", "school_code",
    "grade", "class_no", "guardian_name", "guardian_id_number", "phone", "address",
)  # fmt: skip


def link(engine: Engine) -> None:
    """Build every table of the stage from the clean tables of the run."""
    engine.build(*STAGES)
