"""Every table by its one name."""

from __future__ import annotations

from expectations.contract import Contract
from expectations.delivered import ACCEPTED, READ, ROWS
from expectations.derived import DERIVED
from expectations.judged import JUDGED
from expectations.linkage import LINKAGE
from expectations.lists import LISTS
from expectations.taken_in import TAKEN_IN

TABLES: dict[str, Contract] = {
    c.name: c for c in (*ROWS.values(), *READ.values(), *ACCEPTED, *DERIVED, *LINKAGE, *JUDGED, *LISTS, *TAKEN_IN)
}
