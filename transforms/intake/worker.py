"""Prepares a process that reads files: it ends with the run, holds bounded memory and loads no more than it needs.

Imports nothing heavy itself, because it must have run before anything else is loaded.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
import threading
from multiprocessing.context import BaseContext

NEEDED_BY_NO_READER = frozenset(
    ("numpy", "pandas", "cloudpickle", "pyarrow._s3fs", "pyarrow._gcsfs", "pyarrow._azurefs", "pyarrow._hdfs")
)
"""PyArrow loads the first two when the first list becomes an array: half a second of each process, for nothing. The
others, stores on other machines among them, it loads at once.

Loading them in the midst of the work is a fault besides: PyArrow takes a pandas that is half loaded for a whole one and
fails on its missing version.
"""


class Absent:
    """Finds nothing where modules of some names are looked for, so that what can do without them does."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Raise `ModuleNotFoundError` for a module no reader needs."""
        if name in NEEDED_BY_NO_READER:
            raise ModuleNotFoundError(name=name)


def readers() -> BaseContext:
    """How readers are started: forked off one process that has loaded all they need, where there are such; else anew.

    Loading takes each process a third of a second, as long as reading two hundred class sheets. That one process does
    nothing but load and fork, so no lock of another thread's is ever copied.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["transforms.intake.loaded"])
    return context


def begin_loading() -> None:
    """Begin to load what readers are forked off, where they are, and do not wait for it."""
    if readers().get_start_method() == "forkserver":
        from multiprocessing import forkserver  # there is none on Windows

        forkserver.ensure_running()


def prepare(memory: int) -> None:
    """Make this process a reader: to be run before anything else in it."""
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    _cap(memory)
    sys.meta_path.insert(0, Absent)
    gc.disable()  # rows are made and dropped whole; the little that goes in circles is looked for between batches
    importlib.import_module("transforms.intake.cache")
    gc.freeze()


def tidy() -> None:
    """Free what went in circles while a batch was read; nothing that was loaded before is looked through."""
    if not gc.isenabled():
        gc.collect(0)


def _end_with_the_run() -> None:
    """End when the run ends, even one that was killed."""
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)


def _cap(memory: int) -> None:
    """Cap the memory where the system can: one hostile file cannot take the machine then."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        return
