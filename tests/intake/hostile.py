"""A reader that dies, hangs or eats memory on files of certain names, as a fault in a library would."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from transforms.intake import cache, reading
from transforms.intake.cache import Batch
from transforms.intake.formats import Book, open_book

READ = cache.read_batch
EATS = b"\neats"


def read_batch(batch: Batch, cache: Path, legend: Mapping[str, str], passwords: Mapping[str, str]) -> Path:
    """Read as always, but for the files whose names say otherwise."""
    names = [delivery.relative_path for _, delivery in batch]
    if any("dies" in name for name in names):
        os._exit(9)
    if any("hangs" in name for name in names):
        time.sleep(600)
    reading.open_book = _opened  # type: ignore[attr-defined]
    return READ(batch, cache, legend, passwords)


def _opened(data: bytes, passwords: Sequence[str] = ()) -> Book:
    if data.endswith(EATS):
        bytearray(64 << 30)
    return open_book(data, passwords)
