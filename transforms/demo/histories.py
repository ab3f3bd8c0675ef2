"""The state every case must be in, worked out a second time from the lives and the answers alone.

The product folds events; here each case of a child is followed by hand from period to period: what is true of the child,
what was handed in, and what the offices answered. Nothing of the product is imported, so that a mistake cannot be made
twice in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pandas as pd

from transforms.demo.city import City

ABSENCE = ("absent_from_school", "suspected_dropout", "not_enrolled")
"""Findings one answer settles together; every other finding is a matter of its own."""
VALID_DAYS = {"A1": 180, "A2": 180, "A3": 180, "B4": 365, "C1": 365, "C3": 365}
TRANSFER_DAYS = 60
AFTER_ANSWER = {"A": "explained", "B": "explained", "C": "explained", "D": "dropout", "E": "unresolved"}
ON_ROLL = ("在读", "休学")
LAWFUL_ON_ROLL = ("suspended", "home_taught", "abroad_on_roll", "vocational_on_roll")

Case = tuple[int, str]


@dataclass(frozen=True)
class Answer:
    """What an office answered about a child in one matter."""

    code: str
    on: date


@dataclass(frozen=True)
class Facts:
    """What is true of the children in one period."""

    found: frozenset[Case]
    seen: frozenset[int]
    on_roll: frozenset[int]
    studying: frozenset[int]
    delivered: frozenset[int]
    lawful: frozenset[int]
    taught: frozenset[int]


def facts(city: City, expected: pd.DataFrame) -> Facts:
    """The facts of ``city``'s period, ``expected`` being its true findings."""
    fate = city.children["fate"].to_numpy(object)
    present = np.isin(city.marks, [letter.encode() for letter in "PTEOsla"])
    rolls = city.rolls
    full = np.isin(fate, ["sick_all_month"]) & city.children["class_delivered"].to_numpy(bool)
    return Facts(
        frozenset(expected[["child", "finding"]].itertuples(index=False, name=None)),
        frozenset(city.sheets["child"].to_numpy()[present.any(axis=1)].tolist()),
        frozenset(rolls["child"][rolls["status"].isin(ON_ROLL)].tolist()),
        frozenset(rolls["child"][rolls["status"] == "在读"].tolist()),
        frozenset(np.flatnonzero(city.children["class_delivered"].to_numpy(bool)).tolist()),
        frozenset(np.flatnonzero(np.isin(fate, LAWFUL_ON_ROLL) | full).tolist()),
        frozenset(city.vocational["child"].tolist()),
    )


def matter(finding: str) -> str:
    """What an answer to ``finding`` settles."""
    return "absence" if finding in ABSENCE else finding


@dataclass
class Histories:
    """The true state of every case so far, and the answer that stands for it."""

    states: dict[Case, str] = field(default_factory=dict)
    standing: dict[Case, Answer] = field(default_factory=dict)

    def go_on(self, now: Facts, answers: Mapping[Case, Answer], as_of: date) -> None:
        """Live through one more period, in which ``answers`` (by child and matter) came in, as of a day."""
        for case, state in self.states.items():
            answer = answers.get((case[0], matter(case[1])))
            if answer and not (state == "closed" and answer.code[0] in "DE"):
                self.standing[case] = answer
        held = {
            (child, matter(finding))
            for (child, finding), answer in self.standing.items() if self._holds(child, answer, now, as_of)
        }  # fmt: skip
        held |= {key for key, answer in answers.items() if self._holds(key[0], answer, now, as_of)}
        for case in sorted({*self.states, *now.found}):
            of_matter = case[0], matter(case[1])
            answer = answers.get(of_matter)
            listed = case in now.found and of_matter not in held
            state = self.states.get(case, "")
            if not state and case in now.found and (listed or answer):
                state = "open"
            if state:
                self.states[case] = self._after(case, state, answer, now, listed=listed, as_of=as_of)
                if answer:
                    self.standing.setdefault(case, answer)
                if self.states[case] == "closed" and case not in now.found:
                    self.standing.pop(case, None)

    def _holds(self, child: int, answer: Answer, now: Facts, as_of: date) -> bool:
        valid = VALID_DAYS.get(answer.code)
        if valid is None or answer.on + timedelta(days=valid) < as_of:
            return False
        if answer.code == "A1" and child not in now.on_roll and answer.on + timedelta(days=TRANSFER_DAYS) < as_of:
            return False
        return not (answer.code == "B4" and child in now.seen)

    def _after(self, case: Case, state: str, answer: Answer | None, now: Facts, *, listed: bool, as_of: date) -> str:
        child, finding = case
        if listed and (state == "closed" or (state == "explained" and answer is None)):
            state = "open"
        if answer is not None and state != "closed":
            state = self._answered(state, answer.code[0])
        said = self.standing.get(case)
        if state == "explained" and said is not None and said.code == "B4" and child in now.seen:
            self.standing.pop(case)
            return "open"
        if case in now.found:
            return "open" if listed and state in ("returned", "explained") else state
        if self._unjudged(case, now):
            return state
        if finding in ABSENCE:
            back = child in now.seen or child in now.taught or (finding == "not_enrolled" and child in now.on_roll)
            return "returned" if back and state in ("dropout", "returned") else "closed"
        return "closed"

    @staticmethod
    def _answered(state: str, kind: str) -> str:
        """Who was 辍学 has returned once at school, and is no less 辍学 for not having been found (E)."""
        if state in ("dropout", "returned") and kind in "AE":
            return "returned" if kind == "A" else state
        return AFTER_ANSWER[kind]

    @staticmethod
    def _unjudged(case: Case, now: Facts) -> bool:
        child, finding = case
        away = child in now.studying and child not in now.seen
        if finding in ("absent_from_school", "suspected_dropout"):
            return away and child not in now.lawful
        if finding == "dropout_risk":
            return away and child not in now.delivered
        return finding == "attends_elsewhere" and away


def compared(true: Mapping[Case, str], cases: Iterable[Mapping[str, str]], known: Mapping[str, int]) -> dict[str, int]:
    """How many cases there should be, are, and are in their true state; ``known`` names the child behind a child_id."""
    rows = list(cases)
    right = sum(true.get((known.get(row["child_id"], -1), row["finding"])) == row["state"] for row in rows)
    return {"expected": len(true), "found": len(rows), "right": right}
