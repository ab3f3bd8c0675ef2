"""Finds what is not as it should be about each child, rule by rule, and holds back what is not certain."""

from __future__ import annotations

from expectations.findings import FINDINGS
from transforms.children import declare
from transforms.engine import Engine


def find(engine: Engine) -> None:
    """Build `findings_off`, `findings` and `waiting_findings` from `children` and the linked records.

    Each rule is the SQL file of its code; `absences` is judged once for the two findings that stand on it.
    """
    declare(engine)
    rest = [finding.code for finding in FINDINGS if finding.code not in {"absent_from_school", "suspected_dropout"}]
    engine.build(
        "new_answers", "carried_answers", "findings_off", "unread_rolls", "unread_attenders", "whole_exports", "namesakes", "absences",
        "absent_from_school", "suspected_dropout", *rest,
    )  # fmt: skip
    engine.build("finding_candidates", "unread_places", "case_numbers", "valid_answers", "waiting_findings", "findings")
