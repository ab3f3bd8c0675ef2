"""Follows each finding as a case over the periods, and counts what all of it comes to."""

from __future__ import annotations

from transforms.engine import Engine


def follow_cases(engine: Engine) -> None:
    """Build `case_events`, `cases` and `answer_issues` from this period's findings and answers and the period before.

    Needs the tables `find` leaves open on the same engine. A case's state is the fold of its events.
    """
    engine.build("case_answers", "case_events", "cases", "answer_issues")


def report(engine: Engine) -> None:
    """Build `missing_deliveries` and `indicators`: the chase list, and every figure any output may show."""
    engine.build("missing_deliveries", "indicators")
