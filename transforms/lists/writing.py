"""Writes the files of a run, in as many processes as a big city is worth, and says of each what was written.

What is written is made in one process, in order; writing it is most of the work and may be done beside it.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from transforms.lists.dashboard import Page, write_page
from transforms.lists.dated import dated_sheets, dated_values
from transforms.lists.earlier import Earlier, decided_by, left_standing, stable
from transforms.lists.letters import Paper
from transforms.lists.linkreport import LinkPage, write_link_page
from transforms.lists.offices import Book, end_only
from transforms.lists.papers import write_paper
from transforms.lists.protect import protect
from transforms.lists.workbook import ArrowRows, write_workbook

BATCH, BATCH_ROWS = 12, 6_000  # files and rows to write that go to another process together
ALONE_BELOW = 60_000  # children: up to here starting processes takes longer than they save
ALONE_FIRST = 600  # files: so many are written while other processes would start
ROWS_A_FILE = 300  # what a file costs beside its rows


@dataclass(frozen=True)
class Job:
    """One file of a run: what it holds, where it goes, the day it bears if it is made, and the password that closes it.

    ``earlier`` is the file in its place in the run in force: it stands where it would only bear another day. One that is
    ``handed_out`` today bears this day in any case.
    """

    path: Path
    holds: Book | Paper | Page | LinkPage
    made_on: date
    password: str | None = None
    earlier: Earlier | None = None
    handed_out: bool = False


def processes_for(children: int) -> int:
    """How many processes write the lists of so many children."""
    return 1 if children < ALONE_BELOW else max(os.cpu_count() or 1, 1)


@dataclass(frozen=True)
class Written:
    """One file as it lies there: the SHA-256 of its bytes (none while it is still to be written), and one of what it says.

    The second is the same for a file made again, on another day or closed anew with other random bytes, as long as it
    says nothing new. ``taken_over`` from the run in force, it stands as it was; ``decided_by`` tells the next run.
    """

    sha256: str
    content: str
    decided_by: str
    made_on: date
    taken_over: bool = False


Judged = tuple[Job, Written]


def write_all(jobs: Iterable[Job], processes: int = 1) -> Iterator[Judged]:
    """Write each job that does not stand; gives all back in their order, each with what lies there now.

    A thread writes while the next files are made. Other processes are started only when there is enough to write: most
    nights nearly all files stand.
    """
    under_way: deque[tuple[list[Judged], Future[list[Written]]]] = deque()
    alone = ALONE_FIRST * ROWS_A_FILE
    with ThreadPoolExecutor(1) as beside, ExitStack() as processes_end:
        pool: ProcessPoolExecutor | None = None
        for batch in _batches((job, judged(job)) for job in jobs):
            anew = [one for one in batch if not one[1].taken_over]
            if pool is None and (processes < 2 or alone > 0):
                under_way.append((batch, beside.submit(_write_batch, anew)))
                alone -= sum(_rows(one) for one in anew)
            else:
                pool = pool or processes_end.enter_context(
                    ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
                )
                under_way.append((batch, pool.submit(_write_batch, anew)))
            while under_way and (under_way[0][1].done() or len(under_way) > 2 * processes):
                yield from _finished(under_way)
        while under_way:
            yield from _finished(under_way)


def judged(job: Job) -> Written:
    """The file of the run in force put in its place where it stands; else what there is to say before it is written."""
    content = _content(job.holds)
    decision = decided_by(job.holds, content, job.password)
    earlier = job.earlier
    if earlier is None or earlier.decided_by != decision or (job.handed_out and earlier.made_on != job.made_on):
        return Written("", content, decision, job.made_on)
    if left_standing(job.path, earlier):
        return Written(earlier.sha256, content, decision, earlier.made_on, taken_over=True)
    return Written("", content, decision, earlier.made_on)  # lost or touched: the same again


def _write_batch(batch: Sequence[Judged]) -> list[Written]:
    return [_write(job, said) for job, said in batch]


def _write(job: Job, said: Written) -> Written:
    if isinstance(job.holds, Book):
        guard = {} if job.holds.full_numbers else {"guard": end_only}
        # Its period's first day, so that a file that says the same is the same, whichever night it is written.
        created = date.fromisoformat(f"{job.holds.period}-01")
        write_workbook(job.path, dated_sheets(job.holds.sheets, said.made_on), job.holds.options, created, **guard)
    elif isinstance(job.holds, Paper):
        write_paper(job.path, job.holds.template, dated_values(job.holds.values, said.made_on))
    elif isinstance(job.holds, LinkPage):
        write_link_page(job.path, job.holds, said.made_on)
    else:
        write_page(job.path, job.holds, said.made_on)
    if job.password is not None:
        protect(job.path, job.password)
    return replace(said, sha256=hashlib.sha256(job.path.read_bytes()).hexdigest())


def _content(holds: Book | Paper | Page | LinkPage) -> str:
    """A hash of what a file says."""
    said = hashlib.sha256()
    if isinstance(holds, Book):
        for sheet in holds.sheets:
            said.update(repr((sheet.name, [field.label for field in sheet.fields])).encode())
            if isinstance(sheet.rows, ArrowRows):
                for part in sheet.rows.said():
                    said.update(part)
            else:
                said.update("".join(map(repr, sheet.rows)).encode())
    elif isinstance(holds, Paper):
        said.update(repr(holds.values).encode())
    else:
        said.update(stable(holds).encode())
    return said.hexdigest()


def _finished(under_way: deque[tuple[list[Judged], Future[list[Written]]]]) -> Iterator[Judged]:
    batch, future = under_way.popleft()
    written = iter(future.result())
    for job, said in batch:
        yield job, said if said.taken_over else next(written)


def _batches(judged_jobs: Iterable[Judged]) -> Iterator[list[Judged]]:
    batch: list[Judged] = []
    rows = 0
    for one in judged_jobs:
        batch.append(one)
        rows += 0 if one[1].taken_over else _rows(one)
        if rows >= BATCH_ROWS or len(batch) >= BATCH:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _rows(one: Judged) -> int:
    """How much there is to write, in rows of a workbook."""
    holds = one[0].holds
    return ROWS_A_FILE + (sum(len(sheet.rows) for sheet in holds.sheets) if isinstance(holds, Book) else 0)
