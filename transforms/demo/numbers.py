"""Citizen numbers that check out and can be nobody's: their region begins with 99, which is not assigned."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Texts = npt.NDArray[np.object_]
Ints = npt.NDArray[np.int64]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def yyyymmdd(days: npt.NDArray[np.datetime64]) -> Ints:
    """Days as the eight digits of a date."""
    years = days.astype("M8[Y]").astype(np.int64) + 1970
    months = days.astype("M8[M]").astype(np.int64) % 12 + 1
    of_month = (days - days.astype("M8[M]").astype("M8[D]")).astype(np.int64) + 1
    digits: Ints = years * 10_000 + months * 100 + of_month
    return digits


def citizen_numbers(region: Ints, birth: npt.NDArray[np.datetime64], sequence: Ints) -> Texts:
    """The 18 characters for region, birth date and sequence (odd male, even female), GB 11643."""
    digits = region * 10**11 + yyyymmdd(birth) * 1000 + sequence
    total = np.zeros(len(digits), np.int64)
    for place, weight in enumerate(WEIGHTS):
        total += digits // 10 ** (16 - place) % 10 * weight
    check: Texts = np.array(list(CHECKS), object)[total % 11]
    body: Texts = digits.astype("U17").astype(object)
    numbers: Texts = body + check
    return numbers


def sequences(region: Ints, birth: npt.NDArray[np.datetime64], male: npt.NDArray[np.bool_], rank: Ints) -> Ints:
    """Sequence numbers no two children of one region, day and sex share.

    ``rank`` counts within that group; twins have neighbouring ranks, so neighbouring numbers, as in life.
    """
    start = (region * 31 + yyyymmdd(birth) * 17) % 499
    if len(rank) and rank.max() >= 499:
        raise ValueError("more births on one day in one region than there are sequence numbers")
    odd: Ints = (start + rank) % 499 * 2 + np.where(male, 1, 2)
    return odd


def valid(number: str) -> bool:
    """Whether the check character is right."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    return CHECKS[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11] == number[17]


def mistyped(number: str, rng: np.random.Generator) -> str:
    """The number with one digit wrong or two neighbours swapped; its check digit then never fits."""
    at = int(rng.integers(6, 16))
    if rng.random() < 0.5 and number[at] != number[at + 1]:
        typed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    else:
        typed = number[:at] + str((int(number[at]) + int(rng.integers(1, 10))) % 10) + number[at + 1 :]
    return typed


def within(*keys: npt.NDArray[Any]) -> Ints:
    """The running number of each row among the rows with equal ``keys``, in row order."""
    if not len(keys[0]):
        return np.zeros(0, np.int64)
    order = np.lexsort(keys[::-1])
    changed = np.zeros(len(order), bool)
    for key in keys:
        ordered = key[order]
        changed[1:] |= ordered[1:] != ordered[:-1]
    starts = np.where(changed, np.arange(len(order)), 0)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order)) - np.maximum.accumulate(starts)
    return ranks
