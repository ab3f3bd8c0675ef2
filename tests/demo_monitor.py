"""The flow's stages one after another, without Prefect, in the shape the demo calls it."""

from datetime import date
from pathlib import Path
from typing import Any

from flows import stages


def run_without_prefect(*, period: str, data: str, as_of: date, quiet: bool) -> dict[str, Any]:
    """One whole run; its counts."""
    prepared = stages.prepared(period, None, Path(data), None, as_of, quiet=True)
    with stages.beginning(prepared) as run:
        for stage in (stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases,
                      stages.deliver_lists):  # fmt: skip
            stage(run)
        return stages.publish(run)
