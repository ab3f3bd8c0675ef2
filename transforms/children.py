"""Forms the children of a period from linked records: one child for every group of records linked to one another."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

import pyarrow as pa

from expectations.case_states import TRANSITIONS
from expectations.findings import FINDINGS
from expectations.judged import (
    CASE_TRANSITIONS,
    CHILD_KEYS,
    FINDING_CHANGED_BY,
    FINDING_KINDS,
    FINDING_NEEDS,
    OPENING_DAYS,
)
from transforms.engine import Engine

ID_LENGTH = 20


def form_children(engine: Engine, key: bytes) -> None:
    """Build `child_records` and `children` from `person_records`, `links`, `review_pairs` and the clean tables.

    A child found in the period before keeps its id; a new one gets a keyed HMAC of its seed, which nobody without
    the key can compute back to a number.
    """
    declare(engine)
    engine.build("record_roots", "root_identities", "recognition_pairs", "plain_recognitions", "likeness_pairs")
    engine.build("known_children", "joined_children", "child_identities", "ids_in_use")
    identities = engine.rows("child_identities")
    known, seeds = identities["known_child_id"].to_pylist(), identities["seed"].to_pylist()
    ids = child_ids(known, seeds, key, taken=engine.rows("ids_in_use")["child_id"].to_pylist())
    columns = [identities["root_record_id"], pa.array(ids, pa.string())]
    engine.put("child_keys", pa.table(columns, schema=CHILD_KEYS.schema))
    engine.build("child_records", "class_deliveries", "child_attendance", "child_rolls", "silent_rolls", "child_groups")
    engine.build("new_answers", "child_names", "carried_answers", "standing_reasons", "child_explanations", "children")


def child_ids(known: list[str | None], seeds: list[str], key: bytes, *, taken: Iterable[str] = ()) -> list[str]:
    """The id of each child: the known one, else a keyed HMAC-SHA256 of its seed, in hexadecimal and shortened.

    An id that already names another child of the period before is never given again: its seed is then numbered.
    """
    used = set(taken)
    ids: list[str | None] = list(known)
    # In the order of the seeds, so that the order of the records cannot matter.
    for seed, at in sorted((seed, at) for at, seed in enumerate(seeds) if ids[at] is None):
        number, child_id = 0, _digest(key, seed)
        while child_id in used:
            number += 1
            child_id = _digest(key, f"{seed}~{number}")
        used.add(child_id)
        ids[at] = child_id
    return [child_id for child_id in ids if child_id is not None]


def _digest(key: bytes, seed: str) -> str:
    return hmac.digest(key, seed.encode(), "sha256").hex()[:ID_LENGTH]


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
