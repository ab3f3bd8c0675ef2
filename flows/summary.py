"""What a run or a query says on the terminal."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.table import Table

from expectations.findings import FINDINGS
from expectations.sources import BY_NAME
from transforms.intake.checking import Checked
from transforms.lake import Lake
from transforms.query import query


def show(lake: Lake, counts: dict[str, Any]) -> None:
    """The counts of a run, the deliveries that could not be used and why, and where the outputs are."""
    console = Console(highlight=False, soft_wrap=True)
    period = counts["period"]
    console.print(f"\n[bold]{period}[/bold] as of {counts['as_of']}: {_joined(counts['deliveries'])} deliveries; "
                  f"{sum(counts['records'].values())} records, {counts['set_aside']} rows set aside, "
                  f"{counts['children']} children")  # fmt: skip
    _, folder = lake.opened(period)
    for path, reason in _refused(folder):
        console.print(f"  not used: {path}: {reason}", markup=False)
    for line in _switched_off(folder):
        console.print(f"  {line}", markup=False)
    table = Table("finding", "问题", "children", "waiting for review, answer or roll", box=None, pad_edge=False)
    for finding in FINDINGS:
        found, waiting = (str(counts[of].get(finding.code, 0)) for of in ("findings", "waiting"))
        table.add_row(finding.code, finding.chinese, found, waiting)
    print_whole(table)
    console.print(f"pairs left to people: {counts['review_pairs']}; cases: {_joined(counts['cases']) or 'none'}")
    missing = query(folder, "from missing_deliveries").to_pylist()
    sheets, rolls = ([row["pupils"] for row in missing if row["source"] == of] for of in ("attendance", "registry"))
    if sheets:
        console.print(
            f"classes without a sheet: {len(sheets)}, their {sum(sheets)} pupils are not judged by attendance"
        )
    if rolls:
        console.print(
            f"schools whose roll was there last period and is missing: {len(rolls)}, their {sum(rolls)} pupils are not judged"
        )
    if counts["districts"]:
        console.print(f"published: {', '.join(counts['districts'])} only; other districts and the city's figures stand "
                      "as the last run of the whole city left them")  # fmt: skip
    for one in counts.get("handed_out", ()):
        console.print(f"handed out: {one['handout']} of {one['district']}, due {one['due_on']}: {one['files']} files")
    console.print(f"tables: {folder}\nlists:  {lake.outbox(period)}", markup=False)


def say_elsewhere(counts: dict[str, Any]) -> None:
    """The districts whose results a district run's data would change: said even by a quiet run, there is something to do."""
    changed = counts.get("changes_elsewhere")
    if not changed:
        return
    told = ", ".join(f"{code} ({children} children)" for code, children in changed.items())
    print(f"its new data would change results of other districts: {told}\n"
          f"run them too: baoxue run {counts['period']} --district {' '.join(changed)}")  # fmt: skip


def say_checked(checked: list[Checked]) -> None:
    """The verdict of every file, how its columns were understood where that was not by their own name, what to correct."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    words = {"accepted": "可以报送", "accepted_with_issues": "可以报送，但有需要核对的地方", "refused": "不能使用"}
    for one in checked:
        source = BY_NAME[one.source].chinese if one.source else "来源不明"
        console.print(f"{one.file}（{source}）：{words[one.verdict]}{f'：{one.reason}' if one.reason else ''}")
        console.print(f"  读到 {one.rows_read} 行，采用 {one.accepted} 行，搁置 {one.set_aside} 行")
        alike = sorted(one.issues, key=_place)
        for place, issues in groupby(alike, key=_place):
            rows = [issue["row_no"] for issue in issues if issue["row_no"]]
            where = f"工作表“{place[0]}”" if place[0] else "整个文件"
            shown = "、".join(map(str, rows[:10])) + (
                f" 等 {len(rows)} 行" if len(rows) > 10 else " 行" if rows else ""
            )
            console.print(f"  {where}{f' 第 {shown}' if shown else ''}：{place[2]}")


def _place(issue: dict[str, Any]) -> tuple[str, str, str]:
    return issue["sheet"] or "", issue["code"], issue["sentence"]


def as_table(rows: pa.Table) -> None:
    """An Arrow table as lines and columns; every row, nothing shortened or wrapped."""
    table = Table(*rows.column_names, box=None, pad_edge=False)
    for row in rows.to_pylist():
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    print_whole(table)


def print_whole(table: Table) -> None:
    """A table as wide as it is, whatever the terminal: nothing shortened, nothing taken for markup."""
    console = Console(highlight=False, markup=False)
    wide = Console(
        width=console.measure(table, options=console.options.update(max_width=1_000_000)).maximum + 1, markup=False
    )
    with wide.capture() as captured:
        wide.print(table)
    for line in captured.get().splitlines():
        print(line.rstrip())


def _joined(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _refused(folder: Any) -> list[tuple[str, str]]:
    rows = query(folder, "from deliveries where verdict = 'refused' order by path")
    return [(row["path"], row["reason"] or "") for row in rows.to_pylist()]


def _switched_off(folder: Any) -> list[str]:
    """One line for each district and source that was not handed in: the findings that need it."""
    rows = query(folder, "from findings_off order by district_code, missing_source, finding").to_pylist()
    unread = Counter(row["district_code"] for row in query(folder, "from unread_rolls order by path").to_pylist())
    waits = [
        f"{files} registry files of {district} could not be read, so who is on no roll there waits"
        for district, files in sorted(unread.items())
    ]
    return [
        *waits,
        *(
            f"no {source} delivered in {district}, so off there: {', '.join(row['finding'] for row in off)}"
            for (district, source), off in groupby(rows, key=lambda row: (row["district_code"], row["missing_source"]))
        ),
    ]
