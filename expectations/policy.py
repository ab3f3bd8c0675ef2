"""Local policy: every number a county may change, with what it decides and where it comes from.

The settings and their citations are data (``data/reference/policy.toml``); here stands only what makes a value
acceptable. A policy handed in with ``--policy`` replaces single settings.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from expectations.errors import BadPolicy

MARKS = "PSLATEOXM-."


@dataclass(frozen=True)
class Setting:
    """The type of a setting's value and its bounds, both inclusive; an ``optional`` one may have no value at all."""

    kind: Any
    low: float | None = None
    high: float | None = None
    pattern: str | None = None
    optional: bool = False


_MONTH_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
SETTINGS: dict[str, Setting] = {
    "entry_age": Setting(int, 5, 8),
    "leaving_age": Setting(int, 14, 19),
    "cutoff_month_day": Setting(str, pattern=_MONTH_DAY),
    "opening_autumn": Setting(str, pattern=_MONTH_DAY),
    "opening_spring": Setting(str, pattern=_MONTH_DAY),
    "opening_counts": Setting(bool),
    "month_deadline_rolls": Setting(bool),
    "openings": Setting(dict),
    "school_check_days": Setting(int, 1, 60),
    "school_report_days": Setting(int, 1, 60),
    "unexcused_days": Setting(int, 1, 60),
    "warning_days": Setting(int, 1, 60),
    "warning_share": Setting(float, 0.0, 1.0),
    "grade_age_gap": Setting(int, 1, 9),
    "sheet_coverage": Setting(float, 0.0, 1.0),
    "follow_up_checks": Setting(int, 1, 12),
    "follow_up_months": Setting(int, 1, 12),
    "attends_elsewhere_is_absent": Setting(bool),
    "answer_days": Setting(int, 1, 60),
    "retention_goal": Setting(float, 0.0, 1.0),
    "remind_days": Setting(int, 0, 60),
    "escalate_days": Setting(int, 1, 366),
    "transfer_days": Setting(int, 1, 366),
    "keep_deliveries_days": Setting(int, 30, 3660),
    "keep_results_days": Setting(int, 200, 3660),
    "keep_closed_cases_days": Setting(int, 30, 5490),
    "small_cell": Setting(int, 1, 50),
    "link_probability": Setting(float, 0.5, 1.0),
    "sole_link_probability": Setting(float, 0.5, 1.0),
    "review_probability": Setting(float, 0.0, 1.0),
    "primary_control_line": Setting(float, 0.0, 1.0, optional=True),
    "junior_control_line": Setting(float, 0.0, 1.0, optional=True),
}


@dataclass(frozen=True)
class Policy:
    """The settings in force; ``values`` become SQL parameters of the same names."""

    values: Mapping[str, Any]
    citations: Mapping[str, str]
    legend: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def load_policy(default: Path, local: Path | None = None) -> Policy:
    """The default policy with ``local`` laid over it; raises `BadPolicy` naming the setting that is wrong."""
    declared = _read(default)
    if local is not None:
        own = _read(local)
        unknown = sorted(set(own) - set(declared))
        if unknown:
            raise BadPolicy(f"{local}: unknown setting {', '.join(unknown)}")
        for name, entry in own.items():
            declared[name] = {**declared[name], **entry}
    values = {name: _checked(name, setting, declared) for name, setting in SETTINGS.items()}
    legend: dict[str, str] = {}
    for letter, signs in declared["legend"]["value"].items():
        if letter not in MARKS or not isinstance(signs, list):
            raise BadPolicy(f"legend: {letter} is not one of {' '.join(MARKS)} with a list of signs")
        legend.update({str(sign): letter for sign in signs})
    return Policy(values, {name: str(entry.get("citation", "")) for name, entry in declared.items()}, legend)


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        with path.open("rb") as handle:
            settings = tomllib.load(handle)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPolicy(f"{path}: cannot be read as a policy ({type(error).__name__}: {error})") from None
    return {
        name: entry if isinstance(entry, dict) and name != "value" else {"value": entry}
        for name, entry in settings.items()
    }


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _checked(name: str, setting: Setting, declared: Mapping[str, Mapping[str, Any]]) -> Any:
    value: Any = declared.get(name, {}).get("value")
    if value is None and setting.optional:
        return None
    if setting.kind is float and type(value) is int:
        value = float(value)
    if not isinstance(value, setting.kind) or (isinstance(value, bool) and setting.kind is not bool):
        raise BadPolicy(f"{name}: must be {setting.kind.__name__}, is {value!r}")
    if setting.low is not None and setting.high is not None and not setting.low <= value <= setting.high:
        raise BadPolicy(f"{name}: must be between {setting.low} and {setting.high}, is {value!r}")
    if setting.kind is dict and not all(
        isinstance(days, list) and days and all(isinstance(day, str) and _is_day(day) for day in days)
        for days in value.values()
    ):
        raise BadPolicy(f'{name}: each county or school needs a list of days such as ["2026-09-07"]')
    if setting.pattern and not re.fullmatch(setting.pattern, str(value)):
        raise BadPolicy(f"{name}: {value!r} has the wrong form")
    return value
