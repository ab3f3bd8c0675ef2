"""Invented identity numbers of a region that is assigned to nobody, and the ways they arrive broken."""

from datetime import date
from random import Random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def check(first17: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def valid(number: str) -> bool:
    return len(number) == 18 and number[:17].isdigit() and check(number[:17]) == number[17]


class Numbers:
    """Gives every person a valid number of its own."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.given = rng, set[str]()

    def new(self, region: str, birth: date, sex: int, near: str = "") -> str:
        """A number; `near` is a twin's, whose sequence the new one follows."""
        at = int(near[14:17]) if near else self.rng.randrange(1, 990)
        for step in range(1000):
            sequence = (at + step) % 1000
            first = f"{region}{birth:%Y%m%d}{sequence:03d}"
            number = first + check(first)
            if sequence % 2 == sex % 2 and number not in self.given:
                self.given.add(number)
                return number
        raise ValueError("no number left for this region and day")


def one_digit_wrong(rng: Random, number: str) -> str:
    """A digit changed in the sequence or the region, or two neighbours swapped: the check fails."""
    while True:
        at = rng.choice([3, 4, 5, 12, 13, 14, 15, 16])
        if rng.random() < 0.4 and number[at] != number[at - 1]:
            wrong = number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :]
        else:
            wrong = number[:at] + str((int(number[at]) + rng.randrange(1, 10)) % 10) + number[at + 1 :]
        if not valid(wrong) and wrong != number:
            return wrong


def truncated(number: str) -> str:
    return number[:15] + "000"


def masked(number: str) -> str:
    return number[:6] + "********" + number[14:]


def one_lost(rng: Random, number: str) -> str:
    at = rng.randrange(7, 17)
    return number[:at] + number[at + 1 :]


def full_width(number: str) -> str:
    return number.translate(FULL_WIDTH)
