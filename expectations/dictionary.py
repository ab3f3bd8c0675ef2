"""The data dictionary and rules reference, written from the contracts and the policy: ``docs/dictionary.md``.

python -m expectations.dictionary > docs/dictionary.md
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from expectations.case_states import EVENTS, NONE, STATES, TRANSITIONS
from expectations.catalog import TABLES
from expectations.contract import STAGES, Column, Contract
from expectations.findings import FINDINGS
from expectations.issue_codes import ISSUE_CODES

_GENERATED = "<!-- Written by `python -m expectations.dictionary`; change the contracts, not this page. -->"


def dictionary(policy_file: Path) -> str:
    """The whole page: findings, settings, the life of a case, answers, issue codes, then every table by stage."""
    return "\n".join(_page(policy_file)) + "\n"


def _page(policy_file: Path) -> Iterator[str]:
    yield from ("# Data dictionary and rules", "", _GENERATED, "")
    yield from ("## Findings", "", "| code | 中文 | meaning |", "|---|---|---|")
    for finding in FINDINGS:
        yield f"| `{finding.code}` | {finding.chinese} | {finding.meaning} |"
    yield from ("", "## Settings", "", "| setting | value | decides | source |", "|---|---|---|---|")
    with policy_file.open("rb") as handle:
        settings = tomllib.load(handle)
    for name, entry in settings.items():
        value = "see the file" if isinstance(entry.get("value"), dict) else entry.get("value", "required, no default")
        yield f"| `{name}` | {value} | {entry.get('decides', '')} | {entry.get('citation', '')} |"
    yield from _cases()
    yield from _answers(policy_file.with_name("outcomes.csv"))
    yield from ("", "## Issue codes", "", "| code | severity | meaning | sentence |", "|---|---|---|---|")
    for code, issue in sorted(ISSUE_CODES.items()):
        yield f"| `{code}` | {issue.severity} | {issue.meaning} | {issue.sentence} |"
    for stage in STAGES:
        yield from ("", f"## Stage: {stage}")
        for contract in TABLES.values():
            if contract.stage == stage:
                yield from _table(contract)


def _cases() -> Iterator[str]:
    """The states of a case and the only steps between them, as a picture and as a table."""
    yield from ("", "## The life of a case", "")
    yield from ("A case's state is the fold of its events; a step that is not drawn here changes nothing.", "")
    yield from ("```mermaid", "stateDiagram-v2")
    for state, chinese in STATES.items():
        if state != NONE:
            yield f'    state "{chinese} {state}" as {state}'
    steps: dict[tuple[str, str], list[str]] = {}
    for step in TRANSITIONS:
        steps.setdefault((step.before, step.after), []).append(step.event)
    for (before, after), events in steps.items():
        if before != after:
            yield f"    {'[*]' if before == NONE else before} --> {after} : {', '.join(events)}"
    yield from ("```", "", "| event | 中文 | leads |", "|---|---|---|")
    for event, chinese in EVENTS.items():
        leads = [f"{step.before} → {step.after}" for step in TRANSITIONS if step.event == event]
        yield f"| `{event}` | {chinese} | {', '.join(leads)} |"


def _answers(outcomes_file: Path) -> Iterator[str]:
    """What each verification answer does to its case, and for how long."""
    yield from ("", "## Answers", "")
    yield from (
        "| code | 核实结果 | asked of | evidence | event | explains | days valid | contradicted by |",
        "|---" * 8 + "|",
    )
    with outcomes_file.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            days = row["valid_days"] or ("for good" if row["explains"] == "yes" else "")
            cells = (
                row["wording"],
                row["answered_by"],
                row["evidence"],
                row["event"],
                row["explains"],
                days,
                row["contradicted_by"],
            )
            yield f"| `{row['code']}` | {' | '.join(cells)} |"


def _table(contract: Contract) -> Iterator[str]:
    kept = " Not kept: made on the way to another table." if contract.temporary else ""
    yield from ("", f"### {contract.name}", "", f"{contract.title}. One row: {contract.grain}.{kept}", "")
    yield from (f"Key: {', '.join(f'`{name}`' for name in contract.key)}", "")
    yield from ("| column | type | 中文 | description |", "|---|---|---|---|")
    for column in contract.columns:
        yield f"| `{column.name}` | {column.type} | {column.label} | {_described(column)} |"


def _described(column: Column) -> str:
    parts = [column.description]
    if column.required:
        parts.append("never empty")
    if column.allowed:
        parts.append(f"one of {', '.join(column.allowed)}")
    if column.at_least is not None or column.at_most is not None:
        parts.append(f"from {column.at_least} to {column.at_most}")
    if column.delivered:
        parts.append(f"arrives as {', '.join(dict.fromkeys((column.label, *column.headers)))}")
    if column.personal:
        parts.append("personal")
    return "; ".join(parts).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(dictionary(Path("data/reference/policy.toml")))
