"""The marks of a class sheet: a letter a day for each pupil.

P present, T late, E early, O official, S sick, L leave, A unexcused, X suspended; s and l the same for half a day;
- no school, . nothing written.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo import rates
from transforms.demo.fates import FATES
from transforms.demo.styles import SHEET_STYLES

Marks = npt.NDArray[np.bytes_]


def draw_marks(
    sheets: pd.DataFrame, schools: pd.DataFrame, days: list[int], in_month: int, rng: np.random.Generator
) -> Marks:
    """One row of ``in_month`` letters for each line of ``sheets``."""
    marks = np.full((len(sheets), in_month), b"-", "S1")
    style = schools["sheet_style"].to_numpy()[sheets["school"].to_numpy()]
    school = _usual(len(sheets), len(days), style, rng)
    fate = sheets["fate"].to_numpy()
    for name in np.unique(fate):
        rows = np.flatnonzero(fate == name)
        shown = _of_fate(FATES[name], len(rows), len(days), rng)
        if shown is not None:
            school[rows] = shown
    marks[:, np.array(days) - 1] = school
    return marks


def _usual(size: int, days: int, style: npt.NDArray[np.int64], rng: np.random.Generator) -> Marks:
    """A month of a pupil with nothing the matter: some absences, all of them below every threshold."""
    marks = np.full((size, days), b"P", "S1")
    draw = rng.random((size, days), dtype=np.float32)
    low = 0.0
    for letter, share in (("T", rates.LATE_DAY), ("E", rates.EARLY_DAY), ("O", rates.OFFICIAL_DAY)):
        knows = np.array([letter in s.legend for s in SHEET_STYLES])[style]
        marks[(draw >= low) & (draw < low + share) & knows[:, None]] = letter.encode()
        low += share
    halves = np.array([s.halves for s in SHEET_STYLES])[style]
    marks[(draw >= low) & (draw < low + rates.HALF_DAY) & halves[:, None]] = b"s"
    low += rates.HALF_DAY
    marks[(draw >= low) & (draw < low + rates.LEAVE_DAY)] = b"L"
    low += rates.LEAVE_DAY
    stray = (draw >= low) & (draw < low + rates.STRAY_DAY)
    stray &= stray.cumsum(axis=1) <= max(0, min(2, -(-days // 10) - 1))
    marks[stray] = b"A"
    low += rates.STRAY_DAY
    row, day = np.nonzero((draw >= low) & (draw < low + rates.SICK_SPELL))
    length = rng.integers(1, 6, len(row))
    for further in range(5):
        goes = (further < length) & (day + further < days)
        marks[row[goes], day[goes] + further] = b"S"
    return marks


def _of_fate(fate: str, size: int, days: int, rng: np.random.Generator) -> Marks | None:
    """The month of pupils of ``fate``; None where it is like everybody's."""
    at = np.arange(days)[None, :]
    marks = np.full((size, days), b"P", "S1")
    whole = {
        "never_marked": b"A",
        "never_blank": b".",
        "leave_all_month": b"L",
        "sick_all_month": b"S",
        "suspended": b"X",
    }
    if fate in whole:
        marks[:] = whole[fate]
    elif fate == "dropped_out":
        since = rng.integers(1, max(2, days - 5), size)[:, None]
        marks[at >= since] = b"A"
    elif fate == "away_and_back":
        since = rng.integers(1, max(2, days - 8), size)[:, None]
        marks[(at >= since) & (at < since + rng.integers(5, 8, size)[:, None])] = b"A"
    elif fate == "risk_run":
        since = rng.integers(1, max(2, days - 5), size)[:, None]
        marks[(at >= since) & (at < since + rng.integers(3, 5, size)[:, None])] = b"A"
    elif fate == "risk_share":
        needed = -(-days // 10)
        since = rng.integers(0, 3, size)[:, None]
        step = rng.integers(2, max(3, (days - 3) // (needed + 1)), size)[:, None]
        count = needed + rng.integers(0, 2, size)[:, None]
        marks[(at >= since) & ((at - since) % step == 0) & ((at - since) // step < count)] = b"A"
    else:
        return None
    return marks
