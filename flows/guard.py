"""Refuses to work on a data folder that other accounts of the machine can read."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from expectations.errors import TooOpen

ALLOWED = "BAOXUE_OPEN_DATA"
"""Set to 1 in the environment, or --open-data: go on all the same, with a warning."""
ON_WINDOWS = os.name == "nt"
HELD_INSIDE = ("inbox", "lake", "outbox", ".prefect")


def only_ours(root: Path) -> None:
    """Raise `TooOpen` where group or others can reach what lies in ``root``; with the override, warn and go on.

    A closed root closes everything in it; below an open one each of its folders has to be closed. On Windows rights
    are kept in lists, which this does not read: that is said each time, unless the override says it is known.
    """
    if not root.is_dir():
        return
    if ON_WINDOWS:
        if os.environ.get(ALLOWED) != "1":
            print(
                f"baoxue: not checked on Windows: whether other accounts can read {root}. See to it in the folder's "
                f"properties (handbook: 数据放哪里); {ALLOWED}=1 ends this notice",
                file=sys.stderr,
            )
        return
    if not _open(root):
        return
    standing_open = [root / name for name in HELD_INSIDE if (root / name).is_dir() and _open(root / name)]
    if not standing_open:
        return
    shown = ", ".join(f"{folder.name} {stat.filemode(folder.stat().st_mode)}" for folder in standing_open)
    if os.environ.get(ALLOWED) == "1":
        print(f"baoxue: warning: other accounts can read children's data in {root} ({shown})", file=sys.stderr)
        return
    raise TooOpen(
        f"other accounts of this machine can read {root} ({shown}): run `chmod 700 {root}`, or go on all the same with "
        f"--open-data ({ALLOWED}=1)"
    )


def _open(folder: Path) -> bool:
    return bool(folder.stat().st_mode & 0o077)
