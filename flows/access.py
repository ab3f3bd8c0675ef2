"""Who did what, and when: the one place that knows the account and the clock behind a line of the access log."""

from __future__ import annotations

import getpass
import os
import re
import socket
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from filelock import Timeout

from expectations.catalog import TABLES
from expectations.errors import NotLogged
from transforms.access_log import AccessLog, Act
from transforms.lake import Lake

BEIJING = ZoneInfo("Asia/Shanghai")
NAMED_CHILDREN = ("child_id", "case_no")
_KNOWN = {name for table in TABLES.values() for name in (table.name, *table.names)}
_TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\$\w*\$|\w+|[^\w\s]", re.S)


def log_of(lake: Lake) -> AccessLog:
    """The access log of a data folder."""
    return AccessLog(lake.access_folder)


def noted(lake: Lake, act: str, *, children: Sequence[str] = (), **facts: Any) -> None:
    """Add one line: ``act`` is one of `transforms.access_log.ACTS`, ``children`` child_ids or case numbers.

    Raises `NotLogged` where the line cannot be written: what is not logged is not done.
    """
    noted_all(lake, act, [(children, facts)])


def noted_all(lake: Lake, act: str, each: Iterable[tuple[Sequence[str], dict[str, Any]]]) -> None:
    """Add one line for each of ``each``, its children and its facts: for instance for every file handed out."""
    now, person = datetime.now(tz=BEIJING), who()
    acts = [Act(now, person, act, children, facts) for children, facts in each]
    try:
        log_of(lake).note(*acts)
    except (OSError, ValueError, Timeout) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NotLogged(f"the access log {lake.access_folder} cannot be written ({reason}); nothing was done") from None


def who() -> str:
    """The account at the machine; behind sudo, the person's own."""
    try:
        account = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as in some containers
        account = str(os.getuid()) if hasattr(os, "getuid") else "unknown"
    return f"{account}@{socket.gethostname()}"


def shape_of(text: str) -> str:
    """An analyst's SQL without what could be a child's name or number: words of the contracts and of SQL stay.

    Quoted texts, numbers of four digits and more, comments and words in other letters become ``?``.
    """
    return " ".join(_shown(token) for token in _TOKEN.findall(text))


def _shown(token: str) -> str:
    if token in _KNOWN or re.fullmatch(r"[^\w\s'\"$]|\d{1,3}", token):
        return token
    return token.lower() if token.lower() in _SQL_WORDS else "?"


_SQL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """all and any as asc avg between by case cast count cross desc distinct else end except exists false filter first
    from full group having in inner intersect is join last left like limit lower max min not null on or order outer
    over partition right select sum then true union upper using when where with""",
    )
)


def children_in(rows: pa.Table) -> list[str]:
    """The child_ids, else the case numbers, that stand in the rows of an answer."""
    for name in NAMED_CHILDREN:
        if name in rows.column_names and pa.types.is_string(rows.schema.field(name).type):
            return sorted({str(value) for value in rows.column(name).to_pylist() if value})
    return []
