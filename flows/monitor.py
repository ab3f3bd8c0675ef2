"""The pipeline as a Prefect flow.

Only paths, codes and dates pass through Prefect: it keeps parameters in clear.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import stages
from flows.stages import Run

take_in = task(stages.take_in, name="take in deliveries", cache_policy=NO_CACHE)
link_records = task(stages.link_records, name="link records", cache_policy=NO_CACHE)
form_children = task(stages.form_children, name="form children", cache_policy=NO_CACHE)
find = task(stages.find, name="find", cache_policy=NO_CACHE)
follow_cases = task(stages.follow_cases, name="follow cases", cache_policy=NO_CACHE)
deliver_lists = task(stages.deliver_lists, name="deliver lists", cache_policy=NO_CACHE)
publish = task(stages.publish, name="publish", cache_policy=NO_CACHE)


@flow(name="monitor")
def monitor(
    period: str | None = None,
    districts: list[str] | None = None,
    data: str = "data",
    policy: str | None = None,
    as_of: date | None = None,
    quiet: bool = True,
    encrypt: bool = False,
) -> dict[str, Any]:
    """Take in deliveries → link records → form children → find → follow cases → deliver lists.

    ``period`` defaults to the present month, ``as_of`` to today (both in Beijing time);
    ``encrypt`` closes every file with personal data with its office's password. Returns the counts of the run.
    """
    wanted = stages.prepared(period, districts, Path(data), Path(policy) if policy else None, as_of, quiet, encrypt)
    with stages.beginning(wanted) as run:
        return pipeline(run)


def pipeline(run: Run) -> dict[str, Any]:
    """The stages in order, each reading what the ones before it left in the run's folder."""
    take_in(run)
    link_records(run)
    form_children(run)
    find(run)
    follow_cases(run)
    deliver_lists(run)
    return publish(run)
