"""Typing errors and broken numbers of the registry and of the police extract, at the rates declared in `rates`.

Pupils with two roll entries, or whose household entry is cancelled, are left as they are: what should be found about
them would otherwise be open to dispute.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from transforms.demo import rates
from transforms.demo.draws import Draws
from transforms.demo.lives import Flags, Lives
from transforms.demo.names import mistyped
from transforms.demo.numbers import Ints, Texts, citizen_numbers, within
from transforms.demo.numbers import mistyped as mistyped_number

NOBODYS_REGION = 999999


def mistype_registry(
    rolls: pd.DataFrame, household: pd.DataFrame, lives: Lives, schools: pd.DataFrame, draws: Draws
) -> None:
    """Put errors into ``rolls`` and ``household``, and write the registry numbers (学籍号) that go with them."""
    once = ~rolls["child"].duplicated(keep=False).to_numpy() & (rolls["status"] != "毕业").to_numpy()
    cancelled = household["child"][household["left_reason"].notna() | household["second"]]
    once &= ~rolls["child"].isin(cancelled).to_numpy()
    _names(rolls, once, draws)
    child = rolls["child"].to_numpy()
    wrong = once & (draws.uniform("sex")[child] < rates.SEX_WRONG)
    rolls["male"] = rolls["male"].to_numpy() ^ wrong
    wrong = once & (draws.uniform("birth")[child] < rates.BIRTH_WRONG)
    shift = np.array([-365, -30, -10, -1, 1, 10, 30, 365])[child % 8].astype("m8[D]")
    birth = rolls["birth_date"].to_numpy().astype("M8[D]")
    rolls["birth_date"] = np.where(wrong, birth + shift, birth)
    _numbers(rolls, once, lives, schools, draws)
    _registry_numbers(rolls, lives)
    _household(household, set(rolls["child"][once]), draws)


def _names(rolls: pd.DataFrame, able: Flags, draws: Draws) -> None:
    name, former = rolls["name"].to_numpy(object).copy(), rolls["former_name"].to_numpy(object).copy()
    child = rolls["child"].to_numpy()
    draw = draws.uniform("name")[child]
    for at in np.flatnonzero(able & (draw < rates.NAME_HOMOPHONE + rates.NAME_SHAPE)):
        name[at] = mistyped(
            name[at], "sound" if draw[at] < rates.NAME_HOMOPHONE else "shape", draws.one("name", child[at])
        )
    outdated = able & rolls["former_name"].notna().to_numpy()
    outdated &= draws.uniform("outdated")[child] < rates.NAME_IS_FORMER / rates.FORMER_NAME
    name[outdated], former[outdated] = former[outdated], None
    former[draws.uniform("former", 0)[child] < 0.5] = None
    rolls["name"], rolls["former_name"] = name, pd.Series(former, dtype=object)


def _numbers(
    rolls: pd.DataFrame,
    able: Flags,
    lives: Lives,
    schools: pd.DataFrame,
    draws: Draws,
) -> None:
    """The number as it stands in the registry and what kind of thing it is (``number_kind``)."""
    right: Texts = rolls["id_number"].to_numpy(object)
    number, kind = right.copy(), rolls["number_kind"].to_numpy(object).copy()
    sibling = _siblings_numbers(rolls, lives)
    able = able & (kind == "right")
    child = rolls["child"].to_numpy()
    draw, before = draws.uniform("number")[child], 0.0
    for name, share in (
        ("typo", rates.NUMBER_TYPO), ("guardian", rates.NUMBER_OF_GUARDIAN), ("blank", rates.NUMBER_BLANK),
        ("masked", rates.NUMBER_MASKED), ("short", rates.NUMBER_SHORT),
    ):  # fmt: skip
        kind[able & (draw >= before) & (draw < before + share)] = name
        before += share
    has_sibling = sibling != None  # noqa: E711 - elementwise
    kind[able & (kind == "right") & has_sibling & (draws.uniform("sibling")[child] < rates.NUMBER_OF_SIBLING)] = (
        "sibling"
    )
    broken = schools["broken_by_excel"].to_numpy()[rolls["school"].to_numpy()] & (
        draws.uniform("excel")[child] < rates.BROKEN_BY_EXCEL
    )
    with_x = np.array([text[-1] == "X" for text in right], bool)
    kind[able & broken & (kind == "right") & ~with_x] = "truncated"
    for at in np.flatnonzero(kind == "typo"):
        number[at] = mistyped_number(right[at], draws.one("number", child[at]))
    for at in np.flatnonzero(kind == "short"):
        cut = 6 + int(child[at]) % 11
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


def _registry_numbers(rolls: pd.DataFrame, lives: Lives) -> None:
    """学籍号: G and the number; L (temporary) or J (formal, without a number) and a number-like key of the child's own."""
    kind = rolls["number_kind"].to_numpy(object)
    birth = lives.children["birth_date"].to_numpy().astype("M8[D]")
    keys = citizen_numbers(np.full(len(birth), NOBODYS_REGION), birth, within(birth) % 999 + 1)
    own = np.isin(kind, ["right", "typo", "truncated", "masked", "short"])
    number = rolls["true_number"].to_numpy(object).copy()
    number[kind == "typo"] = rolls["id_number"].to_numpy(object)[kind == "typo"]
    letter = np.where(own, "G", np.where(kind == "none", "J", "L")).astype(object)
    rolls["pupil_no"] = letter + np.where(own, number, keys[rolls["child"].to_numpy()])


def _household(household: pd.DataFrame, able: set[int], draws: Draws) -> None:
    """A missing number or a mistyped name in the police extract, of pupils on a roll."""
    once, child = household["child"].isin(able).to_numpy(), household["child"].to_numpy()
    number = household["id_number"].to_numpy(object).copy()
    number[once & (draws.uniform("police number")[child] < rates.HOUSEHOLD_NUMBER_BLANK)] = None
    household["id_number"] = pd.Series(number, dtype=object)
    name = household["name"].to_numpy(object).copy()
    for at in np.flatnonzero(once & (draws.uniform("police name")[child] < rates.HOUSEHOLD_NAME_SHAPE)):
        name[at] = mistyped(name[at], "shape", draws.one("police name", child[at]))
    household["name"] = name
