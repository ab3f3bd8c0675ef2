"""Writes the files of a run, in as many processes as a big city is worth, and says of each what was written.

What is written is made in one process, in order; writing it is most of the work and may be done beside it.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from transforms.lists.dashboard import Page, write_page
from transforms.lists.earlier import Earlier, decided_by, stable, taken_over
from transforms.lists.letters import Paper
from transforms.lists.linkreport import LinkPage, write_link_page
from transforms.lists.offices import Book, end_only
from transforms.lists.papers import write_paper
from transforms.lists.protect import protect
from transforms.lists.workbook import write_workbook

BATCH = 12
DAYS = {"制发日期", "截至"}  # of a letter or bulletin: the day it was made
ALONE_BELOW = 60_000  # children: up to here starting processes takes longer than they save
ALONE_FIRST = 150  # files: so many are written while other processes would start


@dataclass(frozen=True)
class Job:
    """One file to write: what it holds, where it goes, the day of its data, and the password that closes it, if one does.

    ``earlier`` is the file in its place in the run in force: it is taken over where writing would give the same.
    """

    path: Path
    holds: Book | Paper | Page | LinkPage
    as_of: date
    password: str | None = None
    earlier: Earlier | None = None


def processes_for(children: int) -> int:
    """How many processes write the lists of so many children."""
    return 1 if children < ALONE_BELOW else max(os.cpu_count() or 1, 1)


@dataclass(frozen=True)
class Written:
    """One file as it lies there: the SHA-256 of its bytes, and one of what it says.

    The second is the same for a file made again, on another day or closed anew with other random bytes, as long as it
    says nothing new. ``taken_over`` from the run in force, it was not written again; ``decided_by`` tells the next run.
    """

    sha256: str
    content: str
    decided_by: str = ""
    taken_over: bool = False


def write_all(jobs: Iterable[Job], processes: int = 1) -> Iterator[tuple[Job, Written]]:
    """Write each job; gives them back in their order, each with what was written.

    Other processes are started only when there is enough to write: most nights take nearly all files over.
    """
    under_way: deque[tuple[list[Job], Future[list[Written]]]] = deque()
    alone = ALONE_FIRST
    with ExitStack() as processes_end:
        pool: ProcessPoolExecutor | None = None
        for batch in _batches(jobs):
            if pool is None and (processes < 2 or alone > 0):
                under_way.append((batch, _done([write(job) for job in batch])))
                alone -= sum(not written.taken_over for written in under_way[-1][1].result())
            else:
                pool = pool or processes_end.enter_context(
                    ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
                )
                under_way.append((batch, pool.submit(_write_batch, batch)))
            while under_way and (under_way[0][1].done() or len(under_way) > 2 * processes):
                yield from _finished(under_way)
        while under_way:
            yield from _finished(under_way)


def write(job: Job) -> Written:
    """Write one file, closed where it has a password, or take over the one that stands where it would be the same."""
    content, made_on = _content(job.holds), date.fromisoformat(f"{job.holds.period}-01")
    decision = decided_by(job.holds, content, made_on, job.as_of, job.password)
    sheets = job.holds.sheets if isinstance(job.holds, Book) else ()
    taken = taken_over(job.path, job.earlier, decision, sheets, job.as_of)
    if not taken:
        _write_anew(job, made_on)
    return Written(hashlib.sha256(job.path.read_bytes()).hexdigest(), content, decision, taken)


def _write_anew(job: Job, made_on: date) -> None:
    if isinstance(job.holds, Book):
        guard = {} if job.holds.full_numbers else {"guard": end_only}
        # Its period's first day, so that a file that says the same is the same, whichever night it is written.
        write_workbook(job.path, job.holds.sheets, job.holds.options, made_on, **guard)
    elif isinstance(job.holds, Paper):
        write_paper(job.path, job.holds.template, job.holds.values)
    elif isinstance(job.holds, LinkPage):
        write_link_page(job.path, job.holds)
    else:
        write_page(job.path, job.holds)
    if job.password is not None:
        protect(job.path, job.password)


def _content(holds: Book | Paper | Page | LinkPage) -> str:
    """A hash of what a file says, without the day it was made on."""
    said = hashlib.sha256()
    if isinstance(holds, Book):
        for sheet in holds.sheets:
            said.update(repr((sheet.name, [field.label for field in sheet.fields])).encode())
            for row in sheet.rows:
                said.update(repr(tuple(row)).encode())
    elif isinstance(holds, Paper):
        said.update(repr({name: value for name, value in holds.values.items() if name not in DAYS}).encode())
    else:
        said.update(stable(replace(holds, as_of=date.min)).encode())
    return said.hexdigest()


def _write_batch(jobs: Sequence[Job]) -> list[Written]:
    return [write(job) for job in jobs]


def _done(written: list[Written]) -> Future[list[Written]]:
    """What is written already, in the words of what is still being written."""
    future: Future[list[Written]] = Future()
    future.set_result(written)
    return future


def _finished(under_way: deque[tuple[list[Job], Future[list[Written]]]]) -> Iterator[tuple[Job, Written]]:
    batch, future = under_way.popleft()
    yield from zip(batch, future.result(), strict=True)


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    for job in jobs:
        batch.append(job)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
