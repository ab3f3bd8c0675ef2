"""Which source a file or a sheet is, by its headings, whatever it was handed in as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from expectations.delivered import ROWS
from transforms.intake.blocks import header_rows, looks_like_grid
from transforms.intake.formats import open_book
from transforms.intake.headers import find_header, labels_of, source_scores
from transforms.intake.parts import joined, parts_among
from transforms.intake.punches import journal_columns
from transforms.intake.rosters import Roster

JOURNAL_SCORE = 2.0
"""What a journal's date and mark are worth beside the headings of lists."""
NEED = re.compile("脱贫|贫困|低保|特困|五保|困[难境]|残疾|孤儿|无人抚养|留守|随迁|建档立卡|监测|低收入|救助|服刑|帮扶")
"""A group of need in a title: its list by households has a household register's headings (户主, 家庭成员) and is none."""


def guess_source(path: Path, passwords: Sequence[str] = ()) -> str | None:
    """The source whose headings a file fits best, or nothing where it cannot be told."""
    try:
        return source_of_content(path.read_bytes(), passwords)
    except OSError:
        return None


def source_of_content(data: bytes, passwords: Sequence[str] = ()) -> str | None:
    """The source whose headings the content of a file fits best; nothing of one that cannot be opened."""
    best: tuple[float, str] | None = None
    try:
        book = open_book(data, passwords)
        for number, sheet in enumerate(book.sheets):
            if number >= 20:
                break
            head = next(sheet.chunks, [])[:60]
            head = joined(head, parts_among(head))
            if looks_like_grid(head):
                return "attendance"
            if any(journal_columns(head[at], head[at + 1]) for at in header_rows(head) if at + 1 < len(head)):
                best = max(best or (0.0, ""), (JOURNAL_SCORE, "attendance"))
            for source in ROWS:
                header = find_header(head, source) if source != "attendance" else None
                if header is not None:
                    score = source_scores(header.headings)[source]
                    if best is None or score > best[0]:
                        best = (score, source)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # whatever a broken file provokes; a Rust panic is no Exception
        return None
    return best[1] if best else None


def other_source(source: str, roster: Roster) -> str | None:
    """The source a sheet clearly is instead of the one it was handed in as."""
    if roster.header is None:
        return "attendance" if looks_like_grid(roster.head) else best_other(source, best_labels(roster.head))
    if looks_like_grid(roster.head):
        return "attendance"
    return best_other(source, roster.header.headings)


def best_labels(head: Sequence[Sequence[Any]]) -> list[str]:
    """The row at the top of a sheet that fits any source best."""
    rows = [labels_of(row) for row in head[:20]]
    return max(rows, key=lambda labels: max(source_scores(labels).values()), default=[])


def best_other(source: str, labels: Sequence[str]) -> str | None:
    """The list that headings fit clearly better than ``source``."""
    scores = source_scores(labels)
    own = scores.pop(source)
    scores.pop("attendance", None)
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= own + 2.0 and scores[best] >= 2.0 * own else None
