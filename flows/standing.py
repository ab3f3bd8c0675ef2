"""`baoxue status`: where a period stands, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from expectations.findings import BY_CODE
from expectations.sources import BY_NAME
from flows.summary import print_whole
from transforms.status import Status

SHOWN_SCHOOLS = 20


def show(status: Status, *, every_school: bool = False) -> None:
    """The period's days, the cases that wait for an answer, and who has not delivered: counts and codes, no names of children."""
    console = Console(highlight=False, soft_wrap=True)
    made = f"results as of {status.run_on}" if status.run_on else "not run yet"
    console.print(f"[bold]{status.period}[/bold] on {status.as_of}: {made}")
    table = Table("day", "", "who", "what", box=None, pad_edge=False)
    for one in status.milestones:
        left = (one.day - status.as_of).days
        when = "today" if left == 0 else f"in {left} days" if left > 0 else f"{-left} days ago"
        table.add_row(f"{one.day}", when, one.who, one.what)
    print_whole(table)
    _show_cases(console, status)
    _show_missing(console, status, every_school)


def _show_cases(console: Console, status: Status) -> None:
    if not status.cases:
        if status.run_on:
            console.print("no case waits for an answer")
        return
    waiting, overdue, raised = (sum(row[of] for row in status.cases) for of in ("waiting", "overdue", "escalated"))
    console.print(f"\ncases that wait for an answer: {waiting}, overdue: {overdue}, escalated to the county: {raised}")
    table = Table(
        "district",
        "finding",
        "问题",
        "waiting",
        "overdue",
        "escalated",
        "longest",
        "next due",
        box=None,
        pad_edge=False,
    )
    for row in sorted(status.cases, key=lambda row: (row["district_code"], BY_CODE[row["finding"]].order)):
        longest = f"{row['longest_overdue']} days" if row["longest_overdue"] else ""
        table.add_row(row["district_code"], row["finding"], BY_CODE[row["finding"]].chinese, str(row["waiting"]),
                      str(row["overdue"]), str(row["escalated"]), longest, f"{row['next_due_on'] or ''}")  # fmt: skip
    print_whole(table)


def _show_missing(console: Console, status: Status, every_school: bool) -> None:
    for district, names in status.missing.items():
        said = ", ".join(f"{name} {BY_NAME[name].chinese} ({BY_NAME[name].delivered_by})" for name in names)
        console.print(f"not delivered by {district}: {said}")
    if not status.schools:
        return
    schools = sorted(status.schools, key=lambda row: (-row["days_overdue"], -row["pupils"], row["school_code"]))
    classes, pupils = (sum(row[of] for row in schools) for of in ("classes", "pupils"))
    rolls = sum(row["roll_missing"] for row in schools)
    console.print(
        f"\nschools that owe attendance sheets: {len(schools)} ({classes} classes, {pupils} pupils not judged)"
        + (f", {rolls} of them their roll" if rolls else "")
    )
    table = Table("district", "school", "学校", "classes", "roll", "pupils", "due", "overdue", box=None, pad_edge=False)
    shown = schools if every_school else schools[:SHOWN_SCHOOLS]
    for row in shown:
        late = f"{row['days_overdue']} days" if row["days_overdue"] else ""
        table.add_row(row["district_code"], row["school_code"], row["school_name"] or "", str(row["classes"]),
                      "missing" if row["roll_missing"] else "", str(row["pupils"]), f"{row['due_on']}", late)  # fmt: skip
    print_whole(table)
    if len(shown) < len(schools):
        console.print(f"and {len(schools) - len(shown)} more: `baoxue status --all`")
