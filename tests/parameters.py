"""Run parameters of the autumn campaign 2026 as the committed policy gives them, single ones changed for a test."""

from datetime import date

from expectations.policy import load_policy
from transforms.calendar import run_parameters
from transforms.reference import reference_file


def parameters(period: str = "2026-09", as_of: date = date(2026, 9, 28), **changes: object) -> dict[str, object]:
    policy = load_policy(reference_file("policy.toml"))
    return {**run_parameters(period, as_of, policy), **changes}
