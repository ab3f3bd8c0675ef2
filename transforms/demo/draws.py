"""Chance that lasts: draws of each life that stay the same from one period to the next until they are renewed.

What befalls a child, and the typing errors in its entries, outlast a month: a period drawn afresh would let dropouts
return and errors wander from child to child. Within a term every month draws the same; from term to term a share of
the lives draws anew, so every term has the declared rates.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Uniform = npt.NDArray[np.float64]
FIRST_TERM = 2 * 2024
"""Spring 2024; autumn terms are odd."""


def term_of(period: str) -> int:
    """The term a month belongs to; January is still autumn's."""
    year, month = (int(part) for part in period.split("-"))
    return 2 * year + (1 if month >= 8 else 0) - (1 if month == 1 else 0)


@dataclass(frozen=True)
class Draws:
    """The draws of ``size`` lives in ``term``."""

    seed: int
    size: int
    term: int

    def uniform(self, purpose: str, renewed: float = 0.5) -> Uniform:
        """A number between 0 and 1 for each life; a share ``renewed`` of them is drawn anew every term."""
        name = zlib.crc32(purpose.encode())
        drawn = np.random.default_rng([self.seed, name, 0]).random(self.size)
        for term in range(FIRST_TERM + 1, self.term + 1) if renewed else ():
            rng = np.random.default_rng([self.seed, name, term])
            again = rng.random(self.size) < renewed
            drawn[again] = rng.random(self.size)[again]
        return drawn

    def one(self, purpose: str, life: int) -> np.random.Generator:
        """A generator of one life's own, for details of few; the same in every period."""
        return np.random.default_rng([self.seed, zlib.crc32(purpose.encode()), int(life)])
