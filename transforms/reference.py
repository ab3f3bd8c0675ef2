"""Where the committed reference tables are: ``data/reference`` of the repository, or the copy inside an installation."""

from __future__ import annotations

from pathlib import Path

import expectations

_BESIDE = Path(expectations.__file__).parent


def reference_file(name: str) -> Path:
    """The path of one file of ``data/reference``; raises `FileNotFoundError` where there is none."""
    for folder in (_BESIDE.parent / "data" / "reference", _BESIDE / "reference"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(name)
