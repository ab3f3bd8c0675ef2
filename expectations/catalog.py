"""Every table by its one name."""

from __future__ import annotations

from expectations.contract import Contract
from expectations.delivered import ACCEPTED, READ, ROWS
from expectations.derived import DERIVED

TABLES: dict[str, Contract] = {c.name: c for c in (*ROWS.values(), *READ.values(), *ACCEPTED, *DERIVED)}
