"""The data dictionary and rules reference, written from the contracts and the policy: ``docs/dictionary.md``.

python -m expectations.dictionary > docs/dictionary.md
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from expectations.catalog import TABLES
from expectations.contract import STAGES, Column, Contract
from expectations.findings import FINDINGS
from expectations.issue_codes import ISSUE_CODES

_GENERATED = "<!-- Written by `python -m expectations.dictionary`; change the contracts, not this page. -->"


def dictionary(policy_file: Path) -> str:
    """The whole page: findings, settings, issue codes, then every table by stage."""
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
    yield from ("", "## Issue codes", "", "| code | severity | meaning | sentence |", "|---|---|---|---|")
    for code, issue in sorted(ISSUE_CODES.items()):
        yield f"| `{code}` | {issue.severity} | {issue.meaning} | {issue.sentence} |"
    for stage in STAGES:
        yield from ("", f"## Stage: {stage}")
        for contract in TABLES.values():
            if contract.stage == stage:
                yield from _table(contract)


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
