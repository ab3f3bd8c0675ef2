"""The pipeline as a Prefect flow, and the flows around it that run by themselves.

Only paths, codes and dates pass through Prefect: it keeps parameters in clear.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import deployment, flow_run
from prefect.states import Failed

from expectations.errors import Unreachable, UserError
from flows import asked, guard, stages
from flows.bugs import without_values
from flows.stages import Run


def share_is_away(_task: Any, _run: Any, state: Any) -> bool:
    """Only a share that cannot be read now is worth another try: everything else fails again in the same way."""
    return isinstance(state.result(raise_on_failure=False), Unreachable)


take_in = task(
    without_values(stages.take_in), name="take in deliveries", cache_policy=NO_CACHE, retries=3,
    retry_delay_seconds=[20, 60, 180], retry_condition_fn=share_is_away,
)  # fmt: skip
link_records = task(without_values(stages.link_records), name="link records", cache_policy=NO_CACHE)
form_children = task(without_values(stages.form_children), name="form children", cache_policy=NO_CACHE)
find = task(without_values(stages.find), name="find", cache_policy=NO_CACHE)
follow_cases = task(without_values(stages.follow_cases), name="follow cases", cache_policy=NO_CACHE)
deliver_lists = task(without_values(stages.deliver_lists), name="deliver lists", cache_policy=NO_CACHE)
publish = task(without_values(stages.publish), name="publish", cache_policy=NO_CACHE)
hand_out = task(without_values(stages.hand_out), name="hand out lists", cache_policy=NO_CACHE)


def told(body: Callable[..., Any]) -> Callable[..., Any]:
    """A flow that, started by a schedule or by request, fails with the sentence of a user error and without our traceback."""

    @wraps(body)
    def with_sentence(*given: Any, **named: Any) -> Any:
        try:
            return body(*given, **named)
        except UserError as error:
            if deployment.id is None:  # the command shows it and ends with its exit code
                raise
            return Failed(message=str(error))

    return with_sentence


@flow(name="monitor")
@told
def monitor(
    period: str | None = None,
    districts: list[str] | None = None,
    data: str | None = None,
    policy: str | None = None,
    as_of: date | None = None,
    quiet: bool = True,
    encrypt: bool = False,
    hand_out: bool = False,
) -> dict[str, Any]:
    """Take in deliveries → link records → form children → find → follow cases → deliver lists.

    ``period`` defaults to the month the run was scheduled for, ``as_of`` to today (both in Beijing time), ``data`` to
    BAOXUE_DATA;
    ``encrypt`` closes every file with personal data with its office's password; ``hand_out`` hands out the lists
    whose day has come. Returns the counts of the run.
    """
    root, local = _places(data, policy)
    wanted = stages.prepared(period or _month_meant(), districts, root, local, as_of, quiet, encrypt, hand_out)
    with stages.beginning(wanted) as run:
        return pipeline(run)


@flow(name="district")
@told
def district(
    districts: str | int | list[str | int],
    period: str | None = None,
    data: str | None = None,
    policy: str | None = None,
    encrypt: bool = False,
) -> dict[str, Any]:
    """Run some districts again: six-digit codes as text, one or several; ``period`` defaults to the latest with results.

    A code or month that does not fit fails the run with a sentence that says what does.
    """
    root, local = _places(data, policy)
    month, codes = asked.period_of(period, root), asked.district_codes(districts)
    wanted = stages.prepared(month, codes, root, local, None, quiet=True, encrypt=encrypt)
    with stages.beginning(wanted) as run:
        return pipeline(run)


@flow(name="reminders")
@told
def reminders(data: str | None = None, policy: str | None = None, encrypt: bool = False) -> dict[str, Any]:
    """Every day: hand out what fell due outside its campaign's nights, then remind offices of due and overdue cases."""
    root, local = _places(data, policy)
    logger = get_run_logger()
    for period in stages.behind_with_handouts(root, local):
        logger.info("lists of %s are due: running it", period)
        wanted = stages.prepared(period, None, root, local, None, quiet=True, encrypt=encrypt, hand_out=True)
        with stages.beginning(wanted) as run:
            pipeline(run)
    told = stages.remind(root, local, encrypt=encrypt)
    logger.info("reminders: %s", told or "no period has results yet")
    return told


def pipeline(run: Run) -> dict[str, Any]:
    """The stages in order, each reading what the ones before it left in the run's folder."""
    take_in(run)
    link_records(run)
    form_children(run)
    find(run)
    follow_cases(run)
    deliver_lists(run)
    counts = publish(run)
    _say(counts, handed := hand_out(run))
    return {**counts, "handed_out": handed}


def _say(counts: dict[str, Any], handed: list[dict[str, Any]]) -> None:
    """Into the run's log: what an operator has to know, in codes and counts."""
    logger = get_run_logger()
    for code, children in counts.get("changes_elsewhere", {}).items():
        logger.warning("the new data would change results of %s (%s children): run it too", code, children)
    for one in handed:
        logger.info(
            "handed out: %s of %s, due %s, %s files", one["handout"], one["district"], one["due_on"], one["files"]
        )


def _month_meant() -> str:
    """The month a scheduled run is for: one that starts late, after midnight or days after a power cut, keeps its own."""
    meant = flow_run.scheduled_start_time
    return f"{meant.astimezone(stages.BEIJING) if meant else stages.today():%Y-%m}"


def _places(data: str | None, policy: str | None) -> tuple[Path, Path | None]:
    """The data folder and the local policy: as asked for, else as the environment of the worker says."""
    local = policy or os.environ.get("BAOXUE_POLICY")
    root = Path(data or os.environ.get("BAOXUE_DATA", "data"))
    guard.only_ours(root)
    return root, Path(local) if local else None
