"""The life of a case, declared once: its states, the events that befall it, and the only steps there are.

The fold in ``sql/case/cases.sql``, the check of answers, the wording of lists and the picture in the docs are read
from here. A step that is not declared changes nothing and, where it came from an answer, is an issue. Only an answer
makes a child a dropout (辍学): the batch never does.
"""

from __future__ import annotations

from dataclasses import dataclass

NONE = "none"

STATES: dict[str, str] = {
    NONE: "未立案",
    "open": "待核实",
    "explained": "已查明",
    "unresolved": "待续查",
    "dropout": "辍学",
    "returned": "已劝返",
    "closed": "已销号",
}

EVENTS: dict[str, str] = {
    "opened": "立案",
    "seen_again": "本期仍在",
    "carried": "沿用有效答复",
    "expired": "答复已过有效期",
    "gone": "本期未再发现",
    "cleared": "本期数据已说明原因",
    "ended": "不再属于核查范围",
    "contradicted": "答复与考勤或学籍矛盾",
    "followed_up": "劝返后跟踪，未再发现",
    "settled": "跟踪期满",
    "overdue": "逾期未答复",
    "escalated": "逾期未答复，报县级督办",
    "waits": "关联待核对",
    "unjudged": "本期缺少数据，未能判定",
    "reopened": "重新立案",
    "at_school": "答复：在校就读",
    "explained": "答复：已查明",
    "closed": "答复：销号",
    "dropout": "答复：认定辍学",
    "persuaded": "劝返未果，仍为辍学",
    "unresolved": "答复：待续查",
}


@dataclass(frozen=True)
class Transition:
    """In ``before``, ``event`` leads to ``after``."""

    before: str
    event: str
    after: str


def _all(event: str, *steps: tuple[str, str]) -> tuple[Transition, ...]:
    return tuple(Transition(before, event, after) for before, after in steps)


_STAND = ("open", "explained", "unresolved", "dropout", "returned", "closed")

TRANSITIONS: tuple[Transition, ...] = (
    *_all("opened", (NONE, "open")),
    # What the new data say.
    *_all("seen_again", ("open", "open"), ("unresolved", "unresolved"), ("dropout", "dropout"), ("returned", "open")),
    *_all("carried", ("explained", "explained"), ("closed", "closed"), ("returned", "returned")),
    *_all("expired", ("explained", "open")),
    *_all("reopened", ("closed", "open")),
    *_all("gone", ("open", "closed"), ("explained", "closed"), ("unresolved", "closed"), ("dropout", "returned")),
    *_all("cleared", *((state, "closed") for state in _STAND if state != "closed")),
    *_all("ended", *((state, "closed") for state in _STAND if state != "closed")),
    # A child answered dead, abroad or unknown who stands on a class sheet: somebody has to look again.
    *_all("contradicted", ("explained", "open"), ("closed", "open")),
    # Who came back is looked at for some periods before its case is closed.
    *_all("followed_up", ("returned", "returned")),
    *_all("settled", ("returned", "closed")),
    *_all("overdue", ("open", "open")),
    *_all("escalated", ("open", "open")),
    *_all("waits", *((state, state) for state in _STAND if state != "closed")),
    *_all("unjudged", *((state, state) for state in _STAND if state != "closed")),
    # What an office found out.
    *_all("at_school", ("open", "explained"), ("unresolved", "explained"), ("explained", "explained"),
          ("dropout", "returned"), ("returned", "returned"), ("closed", "closed")),
    *_all("explained", ("open", "explained"), ("unresolved", "explained"), ("explained", "explained"),
          ("dropout", "explained"), ("returned", "explained"), ("closed", "closed")),
    *_all("closed", ("open", "closed"), ("unresolved", "closed"), ("explained", "closed"), ("dropout", "closed"),
          ("returned", "closed"), ("closed", "closed")),
    *_all("dropout", ("open", "dropout"), ("unresolved", "dropout"), ("explained", "dropout"), ("returned", "dropout")),
    # Answered 辍学 once more: somebody went to bring the child back, and it did not come.
    *_all("persuaded", ("dropout", "dropout")),
    *_all("unresolved", ("open", "unresolved"), ("unresolved", "unresolved"), ("explained", "unresolved"),
          ("dropout", "dropout"), ("closed", "closed")),
)  # fmt: skip
