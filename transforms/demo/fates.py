"""What becomes of each child in the period: drawn at the rates declared in `transforms.demo.rates`.

A fate decides in which offices' books a child stands and what its marks look like; what a campaign must find follows
from it (`transforms.demo.truth`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo import rates
from transforms.demo.draws import Draws
from transforms.demo.styles import SHEET_STYLES

FATES: tuple[str, ...] = (
    "regular", *rates.PUPIL_FATES, *rates.JUNIOR_FATES, *rates.RESIDENT_FATES, *rates.GONE_FATES, "postponed", "vocational_only",
    "graduate_left_in",
)  # fmt: skip


@dataclass(frozen=True)
class Fates:
    """One row a life: its fate (position in `FATES`) and, where it has one, the other school's class."""

    fate: npt.NDArray[np.int8]
    other_school: npt.NDArray[np.int64]
    other_class: npt.NDArray[np.int64]
    other_delivered: npt.NDArray[np.bool_]
    no_household: npt.NDArray[np.bool_]

    def any_of(self, *names: str) -> npt.NDArray[np.bool_]:
        """Which lives have one of the fates ``names``."""
        wanted = np.zeros(len(FATES), bool)
        wanted[[FATES.index(name) for name in names]] = True
        chosen: npt.NDArray[np.bool_] = wanted[self.fate]
        return chosen


def draw_fates(children: pd.DataFrame, schools: pd.DataFrame, draws: Draws, rng: np.random.Generator) -> Fates:
    """Fates of all ``children`` in the period, each drawn among those that can befall it."""
    size = len(children)
    fate = np.zeros(size, np.int8)
    draw = draws.uniform("fate")
    pupil, local = children["pupil"].to_numpy(), children["local"].to_numpy()
    age, grade = children["age"].to_numpy(), children["grade"].to_numpy()
    before = np.zeros(size)
    for table, able in (
        (rates.PUPIL_FATES, pupil),
        (rates.JUNIOR_FATES, pupil & (grade >= 8)),
        (rates.RESIDENT_FATES, pupil & local & (age >= 6) & (age < 15)),
        ({"vocational_only": rates.VOCATIONAL_ONLY}, pupil & local & (age >= 13) & (age < 15)),
        ({"postponed": rates.POSTPONED}, pupil & local & (age == 6)),
    ):
        for name, share in table.items():
            hit = able & (draw >= before) & (draw < before + share)
            fate[hit] = FATES.index(name)
            before = before + np.where(able, share, 0.0)
    fate[local & (age == 6) & (grade < 1)] = FATES.index("postponed")
    left = (grade > 9) & (age >= 15) & (age <= 16) & local & (draws.uniform("graduate", 0) < rates.LEFT_GRADUATES)
    fate[left] = FATES.index("graduate_left_in")
    gone, before = draws.uniform("gone", 0), np.zeros(size)
    for name, share in rates.GONE_FATES.items():
        fate[local & (gone >= before) & (gone < before + share)] = FATES.index(name)
        before += share
    _only_where_it_shows(fate, children, schools)
    other, found = _other_classes(fate, children, schools, rng)
    fate[np.isin(fate, _with_another_class()) & ~found] = 0
    no_household = (fate == FATES.index("unregistered")) & (draws.uniform("no household") < 0.4)
    return Fates(
        fate, children["school"].to_numpy()[other], children["class_no"].to_numpy()[other],
        children["class_delivered"].to_numpy()[other], no_household,
    )  # fmt: skip


def _with_another_class() -> list[int]:
    return [FATES.index(name) for name in ("elsewhere", "two_rolls", "transferred", "unregistered")]


def _only_where_it_shows(fate: npt.NDArray[np.int8], children: pd.DataFrame, schools: pd.DataFrame) -> None:
    """Two schools' books can be compared only where the own class hands in its sheet; a blank line says nothing
    where blank means present."""
    delivered = children["class_delivered"].to_numpy()
    for name in ("elsewhere", "two_rolls"):
        fate[(fate == FATES.index(name)) & ~delivered] = 0
    blank = np.array([style.blank_is_present for style in SHEET_STYLES])
    means_present = blank[schools["sheet_style"].to_numpy()][children["school"].to_numpy()]
    fate[(fate == FATES.index("never_blank")) & means_present] = FATES.index("never_listed")


def _other_classes(
    fate: npt.NDArray[np.int8], children: pd.DataFrame, schools: pd.DataFrame, rng: np.random.Generator
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """For a child with two schools, a pupil of its grade elsewhere whose class it joins.

    Schools write down the number of a guest more often than of their own pupils, so six in seven guests go to
    schools whose sheets have a number column.
    """
    size = len(children)
    other, found = np.arange(size), np.zeros(size, bool)
    wants = np.isin(fate, _with_another_class())
    grade, school = children["grade"].to_numpy(), children["school"].to_numpy()
    host = children["pupil"].to_numpy() & children["class_delivered"].to_numpy() & (fate == 0)
    numbered = np.array([style.number in ("学籍号", "身份证号") for style in SHEET_STYLES])
    numbered = numbered[schools["sheet_style"].to_numpy()][school]
    for of_grade in range(1, 10):
        guests = np.flatnonzero(wants & (grade == of_grade))
        hosts = np.flatnonzero(host & (grade == of_grade))
        better = hosts[numbered[hosts]]
        for _ in range(6):
            open_ = guests[~found[guests]]
            if not len(open_) or not len(hosts):
                break
            picked = hosts[rng.integers(0, len(hosts), len(open_))]
            if len(better):
                preferred = better[rng.integers(0, len(better), len(open_))]
                picked = np.where(rng.random(len(open_)) < 0.85, preferred, picked)
            fits = school[picked] != school[open_]
            other[open_[fits]] = picked[fits]
            found[open_[fits]] = True
    return other, found


def at_the_same_other_school(fates: Fates, children: pd.DataFrame, before: pd.DataFrame) -> Fates:
    """``fates`` with every child whose fate has lasted since ``before`` at the same second school as then.

    Not where that school has no class of the child's grade that hands in its sheet, or the child grew out of it.
    """
    fate = children["fate"].to_numpy(object)
    lasting = np.isin(fates.fate, _with_another_class()) & (fate == before["fate"].to_numpy(object))
    host = children["pupil"].to_numpy() & children["class_delivered"].to_numpy() & (fates.fate == 0)
    school, grade = children["school"].to_numpy(), children["grade"].to_numpy()
    school_then = before["other_school"].to_numpy()
    other_school, other_class = fates.other_school.copy(), fates.other_class.copy()
    for guest in np.flatnonzero(lasting & (school_then != school)):
        hosts = np.flatnonzero(host & (school == school_then[guest]) & (grade == grade[guest]))
        if len(hosts):
            chosen = hosts[guest % len(hosts)]
            other_school[guest], other_class[guest] = school[chosen], children["class_no"].to_numpy()[chosen]
    return replace(fates, other_school=other_school, other_class=other_class)
