"""Ends a helper process when the one that started it is gone, however it went: a killed program cleans nothing up itself."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable

_WATCHER = """
import os, signal, sys
pid = sys.stdin.readline().strip()
sys.stdin.read()
if pid:
    try:
        os.kill(int(pid), signal.SIGTERM)
    except OSError:
        pass
"""
_LOOK_EVERY = 0.05


def ends_with_us(pid_of: Callable[[], int | None]) -> None:
    """See to it that the process ``pid_of`` names, now or soon, does not outlive this one.

    A watcher holds the end of a pipe whose other end only we hold: the system closes ours with us.
    """
    command = [sys.executable, "-I", "-S", "-c", _WATCHER]
    watcher = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603 - our own
    threading.Thread(target=_tell, args=(watcher, pid_of), daemon=True).start()


def _tell(watcher: subprocess.Popen[str], pid_of: Callable[[], int | None]) -> None:
    while (pid := pid_of()) is None:
        time.sleep(_LOOK_EVERY)
    assert watcher.stdin is not None
    watcher.stdin.write(f"{pid}\n")
    watcher.stdin.flush()
