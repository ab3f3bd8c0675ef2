"""Hands lists out once, on the day their day has come: a dated copy that no later run changes.

    <outbox>/下发/<due day>_<handout>/<district>/…        the files and a manifest of them
    <lake>/<period>/handed_out.json                       what was handed out when, by which run

The lists beside ``下发`` are those of the latest run and change with every run; an office works from what was handed
out to it. A night without a run, a power cut or a district that delivered late loses nothing: the next run hands out
whatever is due and not yet on record. A copy is made under a hidden name and takes its place in one step, before it is
put on record: a copy found in place without a record was whole, and only the record is written again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from expectations.handouts import BY_CODE, HANDOUTS
from expectations.policy import Policy
from transforms.calendar import handout_days
from transforms.lake import as_json, write_whole
from transforms.lists.deliver import MANIFEST

FOLDER = "下发"


@dataclass(frozen=True)
class HandedOut:
    """One handout of one district (or of the city): when it was due, when and from which run it was made, how many files."""

    handout: str
    district: str
    due_on: str
    handed_out_on: str
    run: str
    files: int


def due(period: str, as_of: date, policy: Policy, districts: Iterable[str]) -> list[tuple[str, str, date]]:
    """The handouts whose day has come by ``as_of``: (handout, folder of district or city, due day), in their order."""
    rank = {handout.code: at for at, handout in enumerate(HANDOUTS)}
    come = [
        (code, district, day)
        for district in districts
        for code, day in handout_days(period, policy, district).items()
        if day <= as_of
    ]
    return sorted(come, key=lambda one: (one[2], rank[one[0]], one[1]))


def hand_out(outbox: Path, record: Path, *, period: str, as_of: date, policy: Policy, run: str) -> list[HandedOut]:
    """Copy the lists in ``outbox`` that are due and were not handed out before; returns what was, now, in order."""
    before = handed_out(record)
    known = {(one.handout, one.district) for one in before}
    districts = listed_districts(outbox)
    made: list[HandedOut] = []
    for code, district, day in due(period, as_of, policy, districts):
        if (code, district) in known:
            continue
        files = _copied(outbox, code, district, day)
        if files:
            made.append(HandedOut(code, district, day.isoformat(), as_of.isoformat(), run, files))
            _write(record, [*before, *made])
    return made


def listed_districts(outbox: Path) -> list[str]:
    """The folders of districts and city that hold lists of the latest run."""
    return sorted(path.parent.name for path in outbox.glob(f"*/{MANIFEST}"))


def handed_out(record: Path) -> list[HandedOut]:
    """Everything on record, oldest first."""
    if not record.is_file():
        return []
    return [HandedOut(**one) for one in json.loads(record.read_text(encoding="utf-8"))]


def outstanding(record: Path, period: str, as_of: date, policy: Policy, districts: Iterable[str]) -> set[str]:
    """The districts with a handout that is due and not on record."""
    known = {(one.handout, one.district) for one in handed_out(record)}
    return {district for code, district, _ in due(period, as_of, policy, districts) if (code, district) not in known}


def kinds_due(record: Path, period: str, as_of: date, policy: Policy, district: str) -> set[str]:
    """The kinds of list a district (or the city) is handed out by ``as_of`` and was not yet."""
    known = {(one.handout, one.district) for one in handed_out(record)}
    come = due(period, as_of, policy, [district])
    return {kind for code, _, _ in come if (code, district) not in known for kind in BY_CODE[code].kinds}


def place_of(outbox: Path, one: HandedOut) -> Path:
    """Where the copy of a handout lies."""
    return outbox / FOLDER / f"{one.due_on}_{BY_CODE[one.handout].chinese}" / one.district


def _copied(outbox: Path, code: str, district: str, day: date) -> int:
    """The number of files of a handout, copied unless the whole copy is in place already."""
    handout = BY_CODE[code]
    place = outbox / FOLDER / f"{day.isoformat()}_{handout.chinese}" / district
    if (place / MANIFEST).is_file():
        return len(json.loads((place / MANIFEST).read_text(encoding="utf-8"))["files"])
    manifest = json.loads((outbox / district / MANIFEST).read_text(encoding="utf-8"))
    wanted = [one for one in manifest["files"] if one["kind"] in handout.kinds]
    if not wanted:
        return 0
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    making = place.with_name(f".{district}.new")
    shutil.rmtree(making, ignore_errors=True)
    for one in wanted:
        target = making / one["file"]
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(outbox / district / one["file"], target)
        target.chmod(0o600)
    manifest |= {"handout": code, "due_on": day.isoformat(), "files": wanted}
    content = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (making / MANIFEST).write_text(content, encoding="utf-8")
    (making / MANIFEST).chmod(0o600)
    making.rename(place)
    return len(wanted)


def _write(record: Path, all_of_it: list[HandedOut]) -> None:
    write_whole(record, as_json([asdict(one) for one in all_of_it]))
