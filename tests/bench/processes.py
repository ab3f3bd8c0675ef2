"""What this process and all it has started take of the machine: memory while it is watched, processor seconds so far."""

from __future__ import annotations

import os
import threading
from pathlib import Path


def processor_seconds() -> float:
    """Of this process and of everything below it, whether it has ended or still waits for work.

    A process that has ended counts with the one that waited for it, which need not be this one.
    """
    spent = os.times()
    return (
        spent.user + spent.system + spent.children_user + spent.children_system
        + sum(_seconds(pid) for pid in _below(os.getpid()))
    )  # fmt: skip


class Peak(threading.Thread):
    """Watches the memory of this process and of everything below it, twice a second: ``highest`` is in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.highest, self._ended = 0, threading.Event()

    def __enter__(self) -> Peak:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        while not self._ended.wait(0.5):
            self.highest = max(self.highest, sum(_resident(pid) for pid in (os.getpid(), *_below(os.getpid()))))


def _below(pid: int) -> list[int]:
    try:
        found = [int(one) for task in Path(f"/proc/{pid}/task").glob("*/children") for one in task.read_text().split()]
    except OSError:  # it has ended meanwhile
        return []
    return [*found, *(below for one in found for below in _below(one))]


def _seconds(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(ticks) for ticks in told[11:15]) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> int:
    """Bytes in memory; what several processes share is shared out among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
