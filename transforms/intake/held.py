"""A run for some districts takes everything else as the run in force took it, whatever was handed in since.

So what changes is the effect of the fresh data of those districts alone. What the run in force read was kept by its
content; a district of which something is kept no longer is taken as the inbox has it now.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from transforms.intake.delivery import CachedReading, Delivery
from transforms.intake.inbox import Keep, district_of, find_deliveries
from transforms.lake import linked


def find_with_others_held(
    inbox: Path,
    period: str,
    fresh: Collection[str],
    *,
    read_before: Sequence[Mapping[str, Any]],
    kept_at: Path,
    room: Path,
    keep: Keep,
) -> tuple[list[Delivery], list[CachedReading]]:
    """The deliveries of ``fresh`` districts from the inbox, all others as they were ``read_before``.

    ``read_before`` are path and hash of every file of the run in force, ``kept_at`` the folder of their contents;
    ``room`` is a folder that may be used meanwhile. What comes back is sorted as `find_deliveries` sorts.
    """
    before = [one for one in read_before if district_of(one["path"]) not in fresh]
    lost = {district_of(one["path"]) for one in before if not (kept_at / one["sha256"]).is_file()}
    known = {district_of(one["path"]) for one in before}
    now = {path.name[:6] for path in (inbox / period).iterdir() if path.is_dir()}
    held = [one for one in before if district_of(one["path"]) not in lost]
    for one in held:
        _laid(kept_at / one["sha256"], room / period / one["path"])
    found, refused = find_deliveries(inbox, period, [*fresh, *lost, *(now - known)], keep=keep)
    if held:
        as_before, refused_before = find_deliveries(room, period, keep=keep)
        found, refused = [*found, *as_before], [*refused, *refused_before]
    shutil.rmtree(room, ignore_errors=True)
    return sorted(found, key=lambda one: one.relative_path), refused


def _laid(content: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    linked(content, place)
