"""The rules reference, written from the SQL files' own words, the contracts and the policy: ``docs/rules.md``.

python -m expectations.rules > docs/rules.md
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from expectations.catalog import TABLES
from expectations.contract import STAGES
from expectations.findings import FINDINGS
from expectations.handouts import HANDOUTS
from expectations.sources import BY_NAME

_GENERATED = (
    "<!-- Written by `python -m expectations.rules`; change the SQL files, contracts or policy, not this page. -->"
)


def rules(sql_folder: Path, policy_file: Path) -> str:
    """The whole page: how each finding is judged and by which settings, what goes out when, then every table's rule."""
    with policy_file.open("rb") as handle:
        settings = tomllib.load(handle)
    return "\n".join(_page(sql_folder, settings)) + "\n"


def _page(sql_folder: Path, settings: Mapping[str, Any]) -> Iterator[str]:
    yield from ("# Rules", "", _GENERATED, "")
    yield ("Every rule is one SQL file whose header says it; what a county may change is a setting of the policy with its "
           "source. Columns and wording: [data dictionary](dictionary.md).")  # fmt: skip
    yield from ("", "## Findings 问题")
    for finding in FINDINGS:
        yield from ("", f"### {finding.chinese} `{finding.code}`", "", _sentence(finding.meaning))
        needs = "、".join(BY_NAME[source].chinese for source in finding.needs)
        yield from ("", f"Judged only where the district delivered: {needs or 'anything'}.", "")
        yield from _rule(sql_folder, "finding", finding.code, settings)
    yield from ("", "## What is handed out when 下发", "")
    yield from ("| code | 节点 | lists 名单 | why then |", "|---|---|---|---|")
    for handout in HANDOUTS:
        yield f"| `{handout.code}` | {handout.chinese} | {'、'.join(handout.kinds)} | {handout.why} |"
    own = {finding.code for finding in FINDINGS}
    for stage in STAGES:
        yield from ("", f"## Stage: {stage}")
        for contract in TABLES.values():
            if (
                contract.stage == stage
                and contract.name not in own
                and (sql_folder / stage / f"{contract.name}.sql").is_file()
            ):
                yield from ("", f"### {contract.title} `{contract.name}`", "", f"One row: {contract.grain}.", "")
                yield from _rule(sql_folder, stage, contract.name, settings)


def _rule(sql_folder: Path, stage: str, table: str, settings: Mapping[str, Any]) -> Iterator[str]:
    """The header of a SQL file as a paragraph, and the settings it hangs on with their values and sources."""
    text = (sql_folder / stage / f"{table}.sql").read_text(encoding="utf-8")
    yield f"[`sql/{stage}/{table}.sql`](../sql/{stage}/{table}.sql): {header(text)}"
    code = "\n".join(_code(sql_folder, stage, table, set()))
    used = [name for name in settings if re.search(rf"\${name}\b", code)]
    if used:
        yield ""
    for name in used:
        entry = settings[name]
        value = entry.get("value", "no default, to be set locally")
        yield f"- `{name}` = {value}: {entry.get('decides', '')}（{entry.get('citation', '')}）"


def _code(sql_folder: Path, stage: str, table: str, seen: set[str]) -> Iterator[str]:
    """The SQL of a table without comments, and of the tables of its own stage it is made from."""
    path = sql_folder / stage / f"{table}.sql"
    if table in seen or not path.is_file():
        return
    seen.add(table)
    code = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    yield code
    for source in re.findall(r"\b(?:from|join)\s+([a-z_]\w*)", code):
        yield from _code(sql_folder, stage, source, seen)


def header(text: str) -> str:
    """The comment a SQL file opens with, as one paragraph."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(filter(None, lines)).replace("<", "&lt;")


def _sentence(text: str) -> str:
    stop = "。" if re.search("[一-鿿]", text) else "."
    return f"{text[0].upper()}{text[1:]}" + ("" if text.endswith((".", "。")) else stop)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(rules(Path("sql"), Path("data/reference/policy.toml")))
