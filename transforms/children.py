"""Forms the children of a period from linked records: one child for every group of records linked to one another."""

from __future__ import annotations

import pyarrow as pa

from expectations.case_states import TRANSITIONS
from expectations.findings import FINDINGS
from expectations.judged import (
    CASE_TRANSITIONS,
    FINDING_CHANGED_BY,
    FINDING_KINDS,
    FINDING_NEEDS,
    OPENING_DAYS,
)
from transforms.engine import Engine

ID_LENGTH = 20
BLOCK = 64
"""Bytes SHA-256 takes in at once; the key is shorter."""


def form_children(engine: Engine, key: bytes) -> None:
    """Build `child_records` and `children` from `person_records`, `links`, `review_pairs` and the clean tables.

    A child found in the period before keeps its id; a new one gets a keyed HMAC of its seed, which nobody without
    the key can compute back to a number.
    """
    declare(engine)
    engine.build("record_roots", "root_identities", "recognition_pairs", "plain_recognitions", "likeness_pairs")
    engine.parameters.update(key_pads(key), id_length=ID_LENGTH)
    engine.build("known_children", "joined_children", "child_identities", "child_keys")
    engine.build("child_records", "class_deliveries", "child_attendance", "child_rolls", "silent_rolls", "child_groups")
    engine.build("new_answers", "child_names", "carried_answers", "standing_reasons", "child_explanations", "children")


def key_pads(key: bytes) -> dict[str, bytes]:
    """``key`` as HMAC-SHA256 mixes it with what is digested, within and without (RFC 2104)."""
    block = key.ljust(BLOCK, b"\0")
    return {"id_key_inner": bytes(one ^ 0x36 for one in block), "id_key_outer": bytes(one ^ 0x5C for one in block)}


def declare(engine: Engine) -> None:
    """Put what is declared about findings and cases into tables, so that SQL reads the one declaration."""
    engine.put("finding_kinds", pa.table(
        [[f.code for f in FINDINGS], [f.chinese for f in FINDINGS], [f.office for f in FINDINGS],
         [f.order for f in FINDINGS], [f.matter for f in FINDINGS]], schema=FINDING_KINDS.schema))  # fmt: skip
    needs = [(f.code, source) for f in FINDINGS for source in f.needs]
    engine.put("finding_needs", _pairs(needs, FINDING_NEEDS.schema))
    engine.put(
        "finding_changed_by", _pairs([(f.code, s) for f in FINDINGS for s in f.changed_by], FINDING_CHANGED_BY.schema)
    )
    engine.put("opening_days", pa.Table.from_pylist(
        [dict(zip(OPENING_DAYS.names, row, strict=True)) for row in engine.parameters.get("openings", ())],  # type: ignore[attr-defined]
        schema=OPENING_DAYS.schema))  # fmt: skip
    engine.put("case_transitions", pa.table(
        [[t.before for t in TRANSITIONS], [t.event for t in TRANSITIONS], [t.after for t in TRANSITIONS]],
        schema=CASE_TRANSITIONS.schema))  # fmt: skip


def _pairs(pairs: list[tuple[str, str]], schema: pa.Schema) -> pa.Table:
    return pa.table([[left for left, _ in pairs], [right for _, right in pairs]], schema=schema)
