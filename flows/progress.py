"""Progress on the terminal: a bar for every stage, on standard error, nothing when quiet or not a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def stage_bar(title: str, *, quiet: bool, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar titled ``title``; the function it gives is called with the number of units just done."""
    if quiet:
        yield lambda _done: None
        return
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=total)

        def advance(done: int) -> None:
            progress.advance(task, done)

        yield advance
        finished = progress.tasks[0].completed or 1
        progress.update(task, total=finished, completed=finished)
