"""What is asked of a scheduled or requested run, as text from a form, a command line or an interface, made certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from expectations.errors import NotReady, WrongArgument
from transforms.lake import Lake, checked_period


def district_codes(given: str | int | Sequence[str | int]) -> list[str]:
    """The district codes in a text (parted by commas or blanks) or a list; raises `WrongArgument` naming what is none.

    Prefect's command line turns ``-p districts=210106`` into a number: it is the same code.
    """
    parts = [given] if isinstance(given, str | int) else list(given)
    codes = [code for part in parts for code in re.split(r"[\s,，、;；]+", str(part).strip()) if code]
    wrong = [code for code in codes if not re.fullmatch(r"[1-9]\d{5}", code)]
    if wrong or not codes:
        # What was typed is not repeated beyond its length: a pasted citizen number must not reach Prefect's records.
        named = ", ".join(code if len(code) <= 8 else f"a text of {len(code)} characters" for code in wrong)
        raise WrongArgument(f"a district is six digits such as 210106{f', not {named}' if named else ''}")
    return sorted(set(codes))


def period_of(given: str | None, root: Path) -> str:
    """The month asked for, else the latest with results; raises `WrongArgument` or `NotReady`."""
    if given is not None and given.strip():
        if len(given.strip()) > 8:
            raise WrongArgument("a period is a month; write it as 2026-09")
        return checked_period(given.strip())
    latest = max(Lake(root).periods(), default=None)
    if latest is None:
        raise NotReady("no period has results yet: name one, written as 2026-09")
    return latest
