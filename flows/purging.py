"""`baoxue purge`: what is past its term, shown or removed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from rich.table import Table

from expectations.policy import load_policy
from flows import access
from flows.stages import today
from flows.summary import print_whole
from transforms.lake import Lake
from transforms.purge import Removal, carry_out, planned, remember
from transforms.reference import reference_file

WORDS = {
    "deliveries": "deliveries in the inbox", "copies": "kept copies of deliveries", "readings": "what was read of them",
    "results": "tables of all its runs", "lists": "lists in the outbox", "cases": "closed cases",
}  # fmt: skip


def purge(root: Path, policy_file: Path | None, as_of: date | None, *, dry_run: bool) -> int:
    """Show what is past the policy's terms and, unless ``dry_run``, remove it and say so in the access log."""
    lake = Lake(root)
    policy = load_policy(reference_file("policy.toml"), policy_file)
    lake.check_schema()
    if dry_run:
        _show(planned(lake, as_of or today(), policy))
        print("dry run: nothing was removed")
        return 0
    if not lake.folder.is_dir() and not (lake.root / "inbox").is_dir():
        _show([])
        return 0
    with lake.held():
        lake.settle()
        removals = planned(lake, today(), policy)
        _show(removals)
        if removals:
            now = datetime.now(tz=UTC)
            # Said before it is done: a purge a power cut interrupts was begun by somebody.
            entry = remember(lake, removals, now, policy)
            cases = [case for removal in removals for case in removal.cases]
            access.noted(lake, "purge", children=cases, removed=entry["removed"])
            carry_out(lake, removals, now)
    return 0


def _show(removals: list[Removal]) -> None:
    if not removals:
        print("nothing is past its term")
        return
    table = Table("period", "what", "files or cases", "MB", box=None, pad_edge=False)
    for removal in removals:
        size = f"{removal.size / 1e6:.1f}" if removal.paths else ""
        table.add_row(removal.period or "—", WORDS[removal.what], str(removal.count), size)
    print_whole(table)
