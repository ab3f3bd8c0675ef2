"""Typing errors and broken numbers of the registry and of the police extract, at the rates declared in `rates`.

Pupils with two roll entries, or whose household entry is cancelled, are left as they are: what should be found about
them would otherwise be open to dispute.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from transforms.demo import rates
from transforms.demo.lives import Flags, Lives
from transforms.demo.names import mistyped
from transforms.demo.numbers import Ints, Texts, citizen_numbers, within
from transforms.demo.numbers import mistyped as mistyped_number

NOBODYS_REGION = 999999


def mistype_registry(
    rolls: pd.DataFrame, household: pd.DataFrame, lives: Lives, schools: pd.DataFrame, rng: np.random.Generator
) -> None:
    """Put errors into ``rolls`` and ``household``, and write the registry numbers (学籍号) that go with them."""
    once = ~rolls["child"].duplicated(keep=False).to_numpy() & (rolls["status"] != "毕业").to_numpy()
    cancelled = household["child"][household["left_reason"].notna() | household["second"]]
    once &= ~rolls["child"].isin(cancelled).to_numpy()
    _names(rolls, once, rng)
    size = len(rolls)
    wrong = once & (rng.random(size) < rates.SEX_WRONG)
    rolls["male"] = rolls["male"].to_numpy() ^ wrong
    wrong = once & (rng.random(size) < rates.BIRTH_WRONG)
    shift = rng.choice([-365, -30, -10, -1, 1, 10, 30, 365], size).astype("m8[D]")
    birth = rolls["birth_date"].to_numpy().astype("M8[D]")
    rolls["birth_date"] = np.where(wrong, birth + shift, birth)
    _numbers(rolls, once, lives, schools, rng)
    _registry_numbers(rolls, rng)
    _household(household, set(rolls["child"][once]), rng)


def _names(rolls: pd.DataFrame, able: Flags, rng: np.random.Generator) -> None:
    name, former = rolls["name"].to_numpy(object).copy(), rolls["former_name"].to_numpy(object).copy()
    draw = rng.random(len(rolls))
    for at in np.flatnonzero(able & (draw < rates.NAME_HOMOPHONE + rates.NAME_SHAPE)):
        name[at] = mistyped(name[at], "sound" if draw[at] < rates.NAME_HOMOPHONE else "shape", rng)
    outdated = able & rolls["former_name"].notna().to_numpy()
    outdated &= rng.random(len(rolls)) < rates.NAME_IS_FORMER / rates.FORMER_NAME
    name[outdated], former[outdated] = former[outdated], None
    former[rng.random(len(rolls)) < 0.5] = None
    rolls["name"], rolls["former_name"] = name, pd.Series(former, dtype=object)


def _numbers(
    rolls: pd.DataFrame,
    able: Flags,
    lives: Lives,
    schools: pd.DataFrame,
    rng: np.random.Generator,
) -> None:
    """The number as it stands in the registry and what kind of thing it is (``number_kind``)."""
    right: Texts = rolls["id_number"].to_numpy(object)
    number, kind = right.copy(), rolls["number_kind"].to_numpy(object).copy()
    sibling = _siblings_numbers(rolls, lives)
    able = able & (kind == "right")
    draw, before = rng.random(len(rolls)), 0.0
    for name, share in (
        ("typo", rates.NUMBER_TYPO), ("guardian", rates.NUMBER_OF_GUARDIAN), ("blank", rates.NUMBER_BLANK),
        ("masked", rates.NUMBER_MASKED), ("short", rates.NUMBER_SHORT),
    ):  # fmt: skip
        kind[able & (draw >= before) & (draw < before + share)] = name
        before += share
    has_sibling = sibling != None  # noqa: E711 - elementwise
    kind[able & (kind == "right") & has_sibling & (rng.random(len(rolls)) < rates.NUMBER_OF_SIBLING)] = "sibling"
    broken = schools["broken_by_excel"].to_numpy()[rolls["school"].to_numpy()] & (
        rng.random(len(rolls)) < rates.BROKEN_BY_EXCEL
    )
    with_x = np.array([text[-1] == "X" for text in right], bool)
    kind[able & broken & (kind == "right") & ~with_x] = "truncated"
    for at in np.flatnonzero(kind == "typo"):
        number[at] = mistyped_number(right[at], rng)
    for at in np.flatnonzero(kind == "short"):
        cut = int(rng.integers(6, 17))
        number[at] = right[at][:cut] + right[at][cut + 1 :]
    for at in np.flatnonzero(kind == "masked"):
        number[at] = right[at][:6] + "********" + right[at][14:]
    for at in np.flatnonzero(kind == "truncated"):
        number[at] = right[at][:15] + "000"
    number[kind == "sibling"] = sibling[kind == "sibling"]
    number[kind == "guardian"] = rolls["father_id"].to_numpy(object)[kind == "guardian"]
    number[(kind == "blank") | (kind == "none")] = None
    rolls["true_number"], rolls["id_number"] = right, pd.Series(number, dtype=object)
    rolls["number_kind"] = kind
    rolls["id_type"] = np.where(kind == "none", "其他", "居民身份证")


def _siblings_numbers(rolls: pd.DataFrame, lives: Lives) -> Texts:
    """The number of another child of the family that stands in the registry, else None."""
    family: Ints = lives.children["family"].to_numpy()[rolls["child"].to_numpy()]
    order = np.lexsort((rolls["child"].to_numpy(), family))
    found: Texts = np.full(len(rolls), None, object)
    number, child = rolls["id_number"].to_numpy(object), rolls["child"].to_numpy()
    same = (family[order[1:]] == family[order[:-1]]) & (child[order[1:]] != child[order[:-1]])
    found[order[1:][same]] = number[order[:-1][same]]
    return found


def _registry_numbers(rolls: pd.DataFrame, rng: np.random.Generator) -> None:
    """学籍号: G and the number; L (temporary) or J (formal, without a number) and a number-like key."""
    kind = rolls["number_kind"].to_numpy(object)
    birth = rolls["birth_date"].to_numpy().astype("M8[D]")
    key = citizen_numbers(
        np.full(len(rolls), NOBODYS_REGION), birth, within(birth) % 999 + 1
    )  # fmt: skip
    own = np.isin(kind, ["right", "truncated", "masked", "short"])
    with_typo = "G" + np.where(
        kind == "typo", rolls["id_number"].to_numpy(object), rolls["true_number"].to_numpy(object)
    )
    rolls["pupil_no"] = np.where(own | (kind == "typo"), with_typo, np.where(kind == "none", "J", "L") + key)


def _household(household: pd.DataFrame, able: set[int], rng: np.random.Generator) -> None:
    """A missing number or a mistyped name in the police extract, of pupils on a roll."""
    once = household["child"].isin(able).to_numpy()
    number = household["id_number"].to_numpy(object).copy()
    number[once & (rng.random(len(household)) < rates.HOUSEHOLD_NUMBER_BLANK)] = None
    household["id_number"] = pd.Series(number, dtype=object)
    name = household["name"].to_numpy(object).copy()
    for at in np.flatnonzero(once & (rng.random(len(household)) < rates.HOUSEHOLD_NAME_SHAPE)):
        name[at] = mistyped(name[at], "shape", rng)
    household["name"] = name
