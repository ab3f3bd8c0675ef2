"""Room for a command's passing tables in the system's folder of temporary files, swept when its command was killed."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "baoxue-scratch-"
HELD, WORK = "held", "work"


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A folder of our own (0700), gone at the end; what killed commands left behind goes first.

    Whoever works in one holds its lock, which the system lets go of with the process.
    """
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{name}-"))
    try:
        with FileLock(folder / HELD):
            (folder / WORK).mkdir(mode=0o700)
            yield folder / WORK
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the folders whose commands are gone; those at work, links and other accounts' are left alone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            told = folder.lstat()
            if not stat.S_ISDIR(told.st_mode) or (hasattr(os, "getuid") and told.st_uid != os.getuid()):
                continue
            if (folder / HELD).is_file() and (
                folder / WORK
            ).is_dir():  # made after the lock was taken: without it somebody is just beginning
                with FileLock(folder / HELD, blocking=False):
                    shutil.rmtree(folder / WORK, ignore_errors=True)
                shutil.rmtree(folder, ignore_errors=True)
        except (OSError, Timeout):
            continue
