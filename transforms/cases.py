"""Follows each finding as a case over the periods, and counts what all of it comes to."""

from __future__ import annotations

from transforms.children import declare
from transforms.engine import Engine


def follow_cases(engine: Engine) -> None:
    """Build `case_events`, `cases` and `answer_issues` from this period's findings and answers and the period before.

    A case's state is the fold of its events over the declared transitions.
    """
    declare(engine)
    engine.build("new_answers", "case_findings", "case_answers", "case_events", "case_steps", "cases", "answer_issues")


def report(engine: Engine) -> None:
    """Build the chase list and every figure any output may show: indicators, by group, over time, and 巩固率."""
    declare(engine)
    engine.build(
        "whole_exports", "missing_deliveries", "indicators", "group_indicators", "indicator_history", "indicator_changes",
        "retention",
    )  # fmt: skip
