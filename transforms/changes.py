"""What a run for some districts would change in the others, whose results it leaves as they are."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from expectations.catalog import TABLES
from transforms.engine import Engine


def changed_elsewhere(engine: Engine, districts: Sequence[str]) -> dict[str, int]:
    """The other districts with children whose results would change, and how many; ``engine.previous`` is the run in force."""
    engine.put("rerun_districts", pa.table([list(districts)], schema=TABLES["rerun_districts"].schema))
    engine.build("changed_elsewhere")
    return {row["district_code"]: row["children"] for row in engine.rows("changed_elsewhere").to_pylist()}
