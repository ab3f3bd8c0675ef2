"""A bug in a stage, told without a value: an error's own words may quote a child's row, and Prefect keeps what it is told.

The whole traceback goes to a file of the lake that only its owner may read; what is raised on names the kind of error
and the place in our code.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from expectations.errors import UserError
from flows.room import out_of_room
from transforms.lake import write_whole

if TYPE_CHECKING:
    from flows.stages import Run

ROOT = Path(__file__).parent.parent
KEPT = 20
Result = TypeVar("Result")


class StageFailed(Exception):
    """A stage failed through a fault of the program; names kind and place, never a value."""


def without_values(stage: Callable[[Run], Result]) -> Callable[[Run], Result]:
    """``stage`` as Prefect may run it: user errors pass, every other error is raised on as `StageFailed`."""

    @wraps(stage)
    def guarded(run: Run) -> Result:
        try:
            return stage(run)
        except UserError:
            raise
        except Exception as error:
            raise (out_of_room(error) or _failed(run, stage.__name__, error)) from None

    return guarded


def _failed(run: Run, stage: str, error: Exception) -> StageFailed:
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(ROOT)]
    place = f"{Path(ours[-1].filename).relative_to(ROOT).as_posix()}, line {ours[-1].lineno}" if ours else "a library"
    kept = run.lake.folder / "bugs" / f"{run.name}_{stage}.txt"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in sorted(kept.parent.glob("*.txt"))[: -KEPT + 1]:
            old.unlink()
        write_whole(kept, "".join(traceback.format_exception(error)))
    except OSError:
        return StageFailed(f"{type(error).__name__} in {stage} ({place})")
    return StageFailed(
        f"{type(error).__name__} in {stage} ({place}); the traceback, which may hold personal values: {kept}"
    )
