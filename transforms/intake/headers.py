"""Finds the header of a sheet and says which column is which field of the contract.

By the contract's own headings first, exactly, once line breaks, spaces, stars and hints in brackets are gone; then
by similarity, which is always reported. A heading about another person (父亲, 班主任, 户主 …) is never taken for
the child's by similarity: a mother's number on the child is worse than no number.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import fsum
from typing import Any

from rapidfuzz import fuzz, process

from expectations.delivered import ROWS

SEARCHED_ROWS = 40
SIMILAR_FROM = 75.0
OTHER_PERSON = re.compile(
    r"父|母|爸|妈|家长|监护|户主|成员|班主任|教师|老师|联系人|祖|爷|奶|姥|亲属|兄|姐|弟|妹|配偶|经办|负责|填表|审核|包保|责任|推荐|村|居委|法定"
)
OTHER_STATE = re.compile(r"原|曾|转入|转出|毕业|前|新|拟|迁|应|实|是否|次数|天数|数$|率$")
_EVENT = re.compile("[入休复转退升辍开]学|[在住到离]校")
"""What one character tells apart: 休学时间 is no 入学时间, 是否在校 no 是否住校."""
NEUTRAL_GROUP = re.compile(
    r"^(?:学生|幼儿|儿童|个人|本人|基本|学籍|孩子|人员|身份|证件)*(?:信息|情况|资料|登记|内容)*$"
)
PERSONAL = {
    "name",
    "former_name",
    "sex",
    "birth_date",
    "ethnicity",
    "id_number",
    "id_type",
    "phone",
    "address",
    "school_name",
}
SEAT = ("序号", "编号", "序", "NO", "No")


@dataclass(frozen=True)
class Understood:
    """How one heading was understood: ``method`` is exact, similar, or content where the cells told."""

    column: str
    place: int
    heading: str
    method: str


@dataclass(frozen=True)
class Header:
    """Where a sheet's header stands and which place holds which column."""

    row: int
    levels: int
    understood: tuple[Understood, ...]
    unknown: tuple[str, ...] = ()
    headings: tuple[str, ...] = field(default=(), repr=False)
    rivals: tuple[tuple[str, int], ...] = ()

    @property
    def places(self) -> dict[str, int]:
        """Column name to place."""
        return {u.column: u.place for u in self.understood}


_DECORATION = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad*★☆※●▲:：。.,，、;；'\"“”‘’`]+")
_MUST = re.compile(r"[(\[【]?(?:必填项?|选填项?|非必填|必录|必选|可空)[)\]】]?")
_DIVIDED = re.compile(
    r"(?:日期|星期|时间|项目|考勤|号数|日|[\\/|、-])*(?:学生)?姓名(?:日期|星期|时间|项目|考勤|号数|日|[\\/|、-])+|(?:日期|星期|时间|项目|日|[\\/|、-])+(?:学生)?姓名"
)
"""The corner cell of a grid, divided by a diagonal: 日期＼姓名."""
_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")


@lru_cache(maxsize=50_000)
def normal(heading: str) -> str:
    """A heading without what varies from clerk to clerk."""
    if heading.isascii() and heading.isalnum():  # a number beneath the headings, most often
        return heading.upper()
    plain = _MUST.sub("", _DECORATION.sub("", unicodedata.normalize("NFKC", heading).upper()))
    return "姓名" if "姓名" in plain and _DIVIDED.fullmatch(plain) else plain


@lru_cache(maxsize=50_000)
def bare(heading: str) -> str:
    """A normal heading without its hints in brackets."""
    return re.sub(r"^\d{1,2}(?=[\u4e00-\u9fff])", "", _HINT.sub("", heading))


def _aliases(source: str) -> dict[str, tuple[str, int]]:
    """Normal heading → column and the heading's rank among the column's own (0 is the label)."""
    known: dict[str, tuple[str, int]] = {}
    for column in ROWS[source].delivered:
        for rank, heading in enumerate((column.label, *column.headers)):
            if heading and normal(heading) not in known:
                known[normal(heading)] = (column.name, rank)
    return known


ALIASES: dict[str, dict[str, tuple[str, int]]] = {source: _aliases(source) for source in ROWS}
NAME_HEADINGS: frozenset[str] = frozenset(
    h for aliases in ALIASES.values() for h, (column, _) in aliases.items() if column == "name"
)
HEADINGS = frozenset(heading for aliases in ALIASES.values() for heading in aliases)
MAY_BE_HEADING = frozenset(heading[0] for heading in HEADINGS) | frozenset("必选非可日期星时项考号学")
"""What a heading can begin with, its mark of a required field and a divided corner included."""


class _Telling(dict[Any, bool]):
    """Whether a cell may head a name or a part of one, remembered: most cells of a register are seen again."""

    def __missing__(self, value: Any) -> bool:
        told = type(value) is str and 0 < len(value) <= 60 and bool(_TELLING.search(value))
        if len(self) >= 50_000:
            self.clear()
        self[value] = told
        return told


_TELLING = re.compile("[名生姓年Xx]")
"""A character of every heading of a name (XM and XSXM are the columns of a database), and of a date in parts."""
_telling = _Telling()


def telling_rows(rows: Iterable[Sequence[Any]]) -> Iterator[int]:
    """The rows a cell of which may head a name or a part of a name or date: all others need no further look."""
    tells = _telling.__getitem__
    for at, row in enumerate(rows):
        try:
            line = "".join(row)
        except TypeError:
            line = "".join([value for value in row if type(value) is str])
        if _TELLING.search(line) and any(map(tells, row)):
            yield at


_SHARED: dict[str, int] = {}
for _known in ALIASES.values():
    for _column in {column for column, _ in _known.values()}:
        _SHARED[_column] = _SHARED.get(_column, 0) + 1


_CHILD = re.compile(r"被监护(?:人|对象)|受监护人|监护对象")


def childs(heading: str) -> str:
    """A heading whose word for the child holds the word for a guardian, made plain."""
    if "监护" not in heading:
        return heading
    plain = _CHILD.sub("学生", heading)
    return "学生姓名" if plain == "学生" else plain


@lru_cache(maxsize=50_000)
def exact(source: str, heading: str) -> tuple[str, int] | None:
    """The column a normal heading names exactly, with its rank."""
    aliases = ALIASES[source]
    heading = childs(heading)
    return aliases.get(heading) or aliases.get(bare(heading))


def labels_of(row: Sequence[Any]) -> list[str]:
    """The normal headings of a row; numbers and long texts are no headings."""
    return list(_labels(tuple(row)))


@lru_cache(maxsize=1_000)
def _labels(row: tuple[Any, ...]) -> list[str]:
    return [normal(value) if type(value) is str and 0 < len(value) <= 60 else "" for value in row]


def is_key(source: str, columns: Mapping[str, Any] | set[str]) -> bool:
    """Whether these columns can tell whom a row is about."""
    if source == "answers":
        return "case_no" in columns or ("name" in columns and "code" in columns)
    return "name" in columns


def find_header(
    rows: Sequence[Sequence[Any]], source: str, start: int = 0, searched: int = SEARCHED_ROWS
) -> Header | None:
    """The best header among the first rows from ``start``, one- or two-level, or nothing."""
    best: tuple[float, int, int, list[str]] | None = None
    labelled = [labels_of(row) for row in rows[start : start + searched + 1]]
    for at, labels in enumerate(labelled[:searched]):
        found = _matched(source, labels) if _may_be_key(source, labels) else set()
        filled = sum(1 for label in labels if label)
        if is_key(source, found):
            score = len(found) + _fill_bonus(found, filled) - _repeated_fields(source, labels)
            if best is None or score > best[0]:
                best = (score, at, 1, labels)
        if (
            at + 1 < len(labelled)
            and filled >= 2
            and not (holds_values(rows[start + at + 1]) or is_note(rows[start + at]))
        ):
            two = two_level(source, labels, labelled[at + 1])
            if two is not None:
                found = _matched(source, two)
                score = len(found) + _fill_bonus(found, sum(1 for label in two if label))
                if is_key(source, found) and (best is None or score > best[0]):
                    best = (score, at, 2, two)
    if best is None:
        return None
    _, at, levels, labels = best
    return understand(source, tuple(labels), start + at, levels)


def _may_be_key(source: str, labels: Sequence[str]) -> bool:
    """Whether a row may name the column that tells whom a row is about; of most rows beneath a header no cell can."""
    return source == "answers" or any(
        (exact(source, label) or ("",))[0] == "name" for label in labels if _TELLING.search(label) or "监护" in label
    )


def _matched(source: str, labels: Sequence[str]) -> set[str]:
    aliases = ALIASES[source]
    return {
        found[0] for label in map(childs, labels) if label and (found := aliases.get(label) or aliases.get(bare(label)))
    }


def _fill_bonus(found: set[str], filled: int) -> float:
    """A row of headings is mostly headings; a data row that happens to hold one is not."""
    return 0.5 * len(found) / filled if filled else 0.0


def _repeated_fields(source: str, labels: Sequence[str]) -> float:
    """A person's field named twice in one row belongs to two people, whom the row above tells apart."""
    named = [found[0] for label in labels if label and (found := exact(source, label))]
    return 1.5 * sum(1 for column in PERSONAL if named.count(column) > 1)


_VALUE = re.compile(r"\d{6}|(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}")


def holds_values(row: Sequence[Any]) -> bool:
    """Whether a row holds a long number or a date, as a person's does and a header's never."""
    return any(
        isinstance(value, dt.date)
        or (isinstance(value, int | float) and abs(value) >= 100_000)
        or (type(value) is str and _VALUE.search(value) is not None)
        for value in row
    )


_NOTE = re.compile(r"[^()（）\[【]{2,10}[:：]\s*\S")


def is_note(row: Sequence[Any]) -> bool:
    """Whether a row tells things about the whole sheet (填报单位：教育股), as no row of groups over headings does."""
    return any(type(value) is str and _NOTE.match(value.strip()) is not None for value in row)


def two_level(source: str, top: Sequence[str], below: Sequence[str]) -> list[str] | None:
    """The headings of two rows joined, group over field; nothing where the second row is no header."""
    width = max(len(top), len(below))
    upper = list(top) + [""] * (width - len(top))
    lower = list(below) + [""] * (width - len(below))
    grouped = [place for place in range(width) if lower[place]]
    if len(grouped) < 2 or not any(not upper[place] for place in grouped):
        return None
    joined = []
    group = ""
    for place in range(width):
        if upper[place]:
            group = upper[place]
        elif not lower[place]:
            group = ""
        joined.append(_joined(source, group if lower[place] else upper[place], lower[place]))
    return joined


def _joined(source: str, group: str, field_: str) -> str:
    if not group or not field_:
        return group or field_
    short = re.sub(r"(?:基本)?(?:信息|情况|资料)$", "", bare(group))
    for candidate in (group + field_, short + field_):
        if exact(source, candidate):
            return candidate
    if NEUTRAL_GROUP.match(bare(group)):
        return field_
    own = exact(source, field_)
    if own and (own[0] not in PERSONAL or not OTHER_PERSON.search(group)) and not OTHER_STATE.search(group):
        return field_
    return short + field_


@lru_cache(maxsize=5_000)
def understand(source: str, labels: tuple[str, ...], row: int, levels: int) -> Header:
    """Which place holds which column: exact headings first, then similar ones for what is left."""
    chosen: dict[str, tuple[int, int]] = {}
    rivals: list[tuple[str, int]] = []
    left: list[int] = []
    for place, label in enumerate(labels):
        if not label:
            continue
        found = exact(source, label)
        if found is None:
            left.append(place)
            continue
        column, rank = found
        if column in chosen:
            rivals.append((column, place))
            if rank < chosen[column][0]:
                rivals[-1] = (column, chosen[column][1])
                chosen[column] = (rank, place)
            continue
        chosen[column] = (rank, place)
    understood = [Understood(column, place, labels[place], "exact") for column, (_, place) in chosen.items()]
    unknown: list[str] = []
    for place in left:
        similar = _similar(source, labels[place], set(chosen))
        if similar is None:
            if labels[place] not in SEAT:
                unknown.append(labels[place])
        else:
            chosen[similar] = (99, place)
            understood.append(Understood(similar, place, labels[place], "similar"))
    understood.sort(key=lambda u: u.place)
    return Header(row, levels, tuple(understood), tuple(unknown), labels, tuple(rivals))


def _similar(source: str, label: str, taken: set[str]) -> str | None:
    """The column whose heading is nearest to ``label``, if near enough and about the same person."""
    label = bare(childs(label))
    if len(label) < 2 or len(label) > 20 or label in SEAT:
        return None
    persons = set(OTHER_PERSON.findall(label))
    states = set(OTHER_STATE.findall(label))
    events = set(_EVENT.findall(label))
    open_aliases = [
        alias
        for alias, (column, _) in ALIASES[source].items()
        if column not in taken
        and len(alias) >= 2
        and set(OTHER_PERSON.findall(alias)) == persons
        and set(OTHER_STATE.findall(alias)) >= states
        and (not events or set(_EVENT.findall(alias)) in (events, set()))
    ]
    found = process.extractOne(label, open_aliases, scorer=fuzz.ratio, score_cutoff=SIMILAR_FROM)
    return ALIASES[source][found[0]][0] if found else None


def source_scores(labels: Sequence[str]) -> dict[str, float]:
    """How well headings fit each source: a column few sources have says more than one all have.

    The sums are exact, so that no order of adding decides between two sources.
    """
    return {source: fsum(1.0 / _SHARED[column] for column in _matched(source, labels)) for source in ALIASES}
