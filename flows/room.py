"""Tells what disk and memory cannot hold from what is a bug, whichever library noticed it."""

from __future__ import annotations

import errno
import re

from expectations.errors import OutOfRoom

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_WORDS = re.compile(r"no space left|disk (?:is )?full|file too large|quota exceeded|failed to offload", re.I)
_MEMORY_WORDS = re.compile(r"out of memory|bad_alloc|could not allocate|cannot allocate|can't start new thread", re.I)


def out_of_room(error: BaseException) -> OutOfRoom | None:
    """The sentence for an error that came of a full disk or too little memory; nothing for any other.

    DuckDB, Arrow, the writers of workbooks and Prefect each have an error of their own for it, some with the system's
    one as their cause.
    """
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        if isinstance(at, OSError) and at.errno in _FULL:
            return _disk()
        text = str(at)
        if isinstance(at, MemoryError) or (not isinstance(at, OutOfRoom) and _MEMORY_WORDS.search(text)):
            return _memory()
        if _DISK_WORDS.search(text):
            return _disk()
        at = at.__cause__ or at.__context__
    return None


def _disk() -> OutOfRoom:
    return OutOfRoom("the disk is full: nothing was published and the earlier results stand; make room and run again")


def _memory() -> OutOfRoom:
    return OutOfRoom(
        "the memory does not suffice: nothing was published and the earlier results stand; end other programs, or run "
        "on a machine with more memory"
    )
