"""Which source a file or a sheet is, by its headings, whatever it was handed in as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from expectations.delivered import ROWS
from transforms.intake.blocks import header_rows, looks_like_grid
from transforms.intake.cells import texts_above
from transforms.intake.days import day_run
from transforms.intake.formats import open_book
from transforms.intake.headers import find_header, labels_of, source_scores
from transforms.intake.parts import joined, parts_among
from transforms.intake.punches import journal_columns
from transforms.intake.rosters import Roster
from transforms.intake.totals import TOTAL_WORD

WITHOUT_DAYS_SCORE = 2.0
"""What a journal's date and mark, or totals of absences, are worth beside the headings of lists."""
FEWEST_TOTALS = 3
HALF_A_MONTH = 15
"""Days in a row that make a sheet attendance where no heading is known at all."""
NEED = re.compile("脱贫|贫困|低保|特困|五保|困[难境]|残疾|孤儿|无人抚养|留守|随迁|建档立卡|监测|低收入|救助|服刑|帮扶")
"""A group of need in a title: its list by households has a household register's headings (户主, 家庭成员) and is none."""
_OF_LISTS = ("id_number", "sex", "birth_date", "case_no", "status")
"""What a sheet of attendance seldom tells and a list nearly always does."""
_EXCUSED = re.compile("送教|[延暂]缓入学|缓学|免学|免[予于]?入学")
_VOCATIONAL = re.compile("中职|职高|中专|技校|技工学校|职业(?:学校|高中|中学|教育中心)")


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
            if _attendance_without_days(head):
                best = max(best or (0.0, ""), (WITHOUT_DAYS_SCORE, "attendance"))
            for source in ROWS:
                header = find_header(head, source) if source != "attendance" else None
                if header is not None:
                    score = source_scores(header.headings)[source]
                    if best is None or score > best[0]:
                        best = (score, _by_title(source, head[: header.row]))
            if best is None and any(len(day_run(row)) >= HALF_A_MONTH for row in head):
                best = (0.0, "attendance")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # whatever a broken file provokes; a Rust panic is no Exception
        return None
    return best[1] if best else None


def _attendance_without_days(head: Sequence[Sequence[Any]]) -> bool:
    """Whether a sheet is a journal of a day a line, or holds only totals of absences."""
    return any(
        sum(bool(TOTAL_WORD.search(label)) for label in labels_of(head[at])) >= FEWEST_TOTALS
        or journal_columns(head[at], head[at + 1] if at + 1 < len(head) else ()) is not None
        for at in header_rows(head)
    )


def _by_title(source: str, above: Sequence[Sequence[Any]]) -> str:
    """The source of a list whose title names it: the headings of children excused, in need or at a trade are any list's."""
    title = " ".join(texts_above(above, range(len(above))))
    if source in ("registry", "household") and _EXCUSED.search(title):
        return "exempt"
    if source in ("registry", "household") and NEED.search(title):
        return "priority"
    return "vocational" if source == "registry" and _VOCATIONAL.search(title) else source


def other_source(source: str, roster: Roster) -> str | None:
    """The source a sheet clearly is instead of the one it was handed in as."""
    if roster.header is None:
        return "attendance" if looks_like_grid(roster.head) else best_other(source, best_labels(roster.head))
    if looks_like_grid(roster.head) or (
        roster.header.places.keys().isdisjoint(_OF_LISTS) and _attendance_without_days(roster.head)
    ):
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
