"""Which school a text means: the schools of each district, and every way its deliveries name them.

A school is known by its code, else by its name as the registry writes it. A name is resolved exactly once spaces,
brackets and the words of province, city and county before it are put aside; then by likeness. Ordinals, numerals and
compass words must agree whatever the likeness: 第一小学 is never 第二小学, 东关小学 never 西关小学.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pyarrow as pa
from rapidfuzz.fuzz import ratio

from expectations.catalog import TABLES

LIKENESS = 84.0
OF_A_TOWNSHIP = 88.0
"""第一小学 for 城关镇第一小学: meant where the district has one 第一小学 only."""
MARGIN = 6.0
CANDIDATES = 3
NUMERALS = "一二三四五六七八九十百零"
_PREFIXES = (r"^\S{2,8}?(?:省|自治区)", r"^\S{1,7}?(?:市|自治州|地区|盟)", r"^\S{1,6}?(?:新区|开发区|区|自治县|县|旗)")
_STAGES = (
    ("primary", "小学"), ("junior", "初级中学"), ("senior", "高级中学"), ("junior", "初中"), ("senior", "高中"),
    ("middle", "中学"),
)  # fmt: skip
_SHORT_ENDS = (
    ("中心校", "中心小学"), ("中心小", "中心小学"), ("实验小", "实验小学"), ("实小", "实验小学"), ("附小", "附属小学"), ("完小", "完全小学"),
    ("实验校", "实验学校"), ("实中", "实验中学"), ("附中", "附属中学"), ("初中", "初中"), ("高中", "高中"), ("小", "小学"), ("中", "中学"),
)  # fmt: skip
_NUMBERED = re.compile(rf"第?[{NUMERALS}\d]+[小中]")
_DEPARTMENT = re.compile(r"(?:小学|初中|中学|高中)部$")
_OF_A_TOWNSHIP = re.compile(r"[镇乡村街道]")
_FORMERLY = re.compile(r"[(（](?:原名?|曾用名|旧[名称])[:：为]?([^()（）]{3,})[)）]?")
_WORDS = re.compile(r"义务教育|九年一贯制|九年制|一贯制|学校|中心校|中心|公办|民办|有限公司|\(.*?\)")


@dataclass
class School:
    """One school of a district while its names are gathered."""

    code: str
    names: Counter[str] = field(default_factory=Counter)
    stages: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name most rows give it."""
        return min(self.names, key=lambda name: (-self.names[name], name)) if self.names else self.code


@dataclass(frozen=True)
class Resolved:
    """What a text was resolved to, how, and how alike."""

    code: str | None
    method: str
    score: float
    candidates: str | None = None


@dataclass(frozen=True)
class Name:
    """A school's name taken apart: what is compared and what must agree."""

    whole: str
    bare: str
    core: str
    stage: str | None
    ordinals: tuple[str, ...]
    places: tuple[str, ...]


@cache
def taken_apart(text: str) -> Name:
    """The parts of a name: without brackets and region words, abbreviations written out (三中 → 第三中学)."""
    whole = re.sub(r"[\s·\-—_,.。、]+", "", unicodedata.normalize("NFKC", text))
    whole = whole.replace("[", "(").replace("]", ")").replace("【", "(").replace("】", ")").replace("小学校", "小学")
    whole = re.sub(r"\(((?:小学|初中|中学|高中)部)\)$", r"\1", whole)
    whole = re.sub(r"(?<=学校)(小学|初中|高中)$", r"\1部", whole)
    whole = re.sub(r"(?<=[学校中小])([^()学校中小]{0,6}(?:校区|分校|校部|教学点|分部))$", r"(\1)", whole)
    bare = whole
    for prefix in _PREFIXES:
        shorter = re.sub(prefix, "", bare, count=1)
        if shorter != bare and (len(shorter) >= 3 or _NUMBERED.fullmatch(shorter)):
            bare = shorter
    campus = re.search(r"\([^()]*\)$", bare)
    head = bare[: campus.start()] if campus else bare
    bare = re.sub(r"^市(?=第|实验|直)", "", _written_out(head)) + (campus[0] if campus else "")
    stage = next((stage for stage, word in _STAGES if word in bare), None)
    core = bare
    for _, word in _STAGES:
        core = core.replace(word, "")
    branch = re.findall(r"分校|校区|教学点|分部|校部|[东南西北]校", bare)
    core = _WORDS.sub("", core) or core
    ordinals = tuple(sorted([*re.findall(rf"[{NUMERALS}]+|\d+", core), *re.findall(r"\(([^)]*)\)", bare), *branch]))
    places = tuple(sorted(re.findall(r"[东南西北新老上下前后内外左右]", core)))
    return Name(whole, bare, core, stage, ordinals, places)


def _written_out(name: str) -> str:
    """Abbreviated and differently numbered names in one form."""
    name = re.sub(r"第?(\d{1,2})(?=小|中|初|高|实验)", lambda m: "第" + _chinese(int(m[1])), name)
    name = re.sub(
        rf"(?<![第{NUMERALS}])([{NUMERALS}]+)(?=(?:小|中|初中|高中|小学|中学|初级中学|高级中学)$)", r"第\1", name
    )
    name = re.sub(rf"(第[{NUMERALS}]+)小$", r"\1小学", name)
    name = re.sub(rf"(第[{NUMERALS}]+)中$", r"\1中学", name)
    return next(
        (name.removesuffix(short) + whole for short, whole in _SHORT_ENDS if name.endswith(short) and len(name) >= 2),
        name,
    )


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def _agree(one: Name, other: Name) -> bool:
    """Whether two names may be one school: ordinals, compass words and stage do not speak against it."""
    stages = {one.stage, other.stage}
    stage = len(stages) == 1 or None in stages or stages <= {"junior", "middle"} or stages <= {"senior", "middle"}
    return stage and one.ordinals == other.ordinals and one.places == other.places


def _former_and_new(text: str) -> list[str]:
    """Both names of a renamed school, where one text writes them: 新名小学（原旧名小学）."""
    former = _FORMERLY.search(text)
    return [former[1].strip(), _FORMERLY.sub("", text).strip()] if former else []


class Directory:
    """The schools of one district, to be asked by code or name."""

    def __init__(self, schools: Iterable[School]) -> None:
        self.schools = sorted(schools, key=lambda school: school.code)
        self.by_code = {school.code: school for school in self.schools}
        self.by_whole: dict[str, set[str]] = defaultdict(set)
        self.by_bare: dict[str, set[str]] = defaultdict(set)
        self.names: list[tuple[Name, School]] = []
        for school in self.schools:
            for name in sorted({each for one in school.names for each in (one, *_former_and_new(one))}):
                parts = taken_apart(name)
                self.by_whole[parts.whole].add(school.code)
                self.by_bare[parts.bare].add(school.code)
                self.names.append((parts, school))
        self.stems = {
            stem
            for parts, _ in self.names
            if parts.whole.endswith(parts.bare)
            for stem in re.findall(
                r"(\S{2,40}?)(?:省|自治区|市|自治州|地区|盟|新区|开发区|区|自治县|县|旗)",
                parts.whole[: -len(parts.bare)],
            )
        }
        """The names of the places before the schools' own: 临河 of 临河区第一中学, which many leave the 区 out of."""

    def exactly(self, text: str) -> Resolved | None:
        """The school of this code or exactly this name; none where two share it."""
        if text in self.by_code:
            return Resolved(text, "code", 100.0)
        parts = taken_apart(text)
        for found in (self.by_whole.get(parts.whole), self.by_bare.get(parts.bare)):
            if found and len(found) == 1:
                return Resolved(next(iter(found)), "name", 100.0)
        return None

    def resolve(self, text: str) -> Resolved:
        """The school a text means, or the nearest candidates."""
        found = self._resolved(text)
        if found.code or not self.schools:
            return found
        shorter = {_DEPARTMENT.sub("", taken_apart(text).whole), *self._without_place(text), *_former_and_new(text)} - {
            text,
            "",
        }
        others = [other for other in map(self._resolved, sorted(shorter)) if other.code]
        return others[0] if len({other.code for other in others}) == 1 else found

    def _without_place(self, text: str) -> list[str]:
        """The name without the place the district's schools stand in: 临河一中 is the 一中 of 临河区."""
        whole = taken_apart(text).whole
        rests = [whole.removeprefix(stem) for stem in self.stems if whole.startswith(stem)]
        return [rest for rest in rests if len(rest) >= 4 or taken_apart(rest).ordinals]

    def _resolved(self, text: str) -> Resolved:
        exact = self.exactly(text)
        if exact or not self.schools:
            return exact or Resolved(None, "none", 0.0)
        asked = taken_apart(text)
        best: dict[str, float] = {}
        seen: dict[str, float] = {}
        for parts, school in self.names:
            seen[school.code] = max(seen.get(school.code, 0.0), ratio(asked.bare, parts.bare))
            if _agree(asked, parts):
                best[school.code] = max(best.get(school.code, 0.0), _likeness(asked, parts))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        if ranked and ranked[0][1] >= LIKENESS and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= MARGIN):
            return Resolved(ranked[0][0], "similar", round(ranked[0][1], 1))
        nearest = sorted(seen, key=lambda code: (-max(seen[code], best.get(code, 0.0)), code))[:CANDIDATES]
        score = max([ranked[0][1] if ranked else 0.0, *seen.values()])
        return Resolved(None, "none", round(score, 1), "、".join(self.by_code[code].name for code in nearest))


def _likeness(asked: Name, known: Name) -> float:
    """How alike two names are whose ordinals and places agree, 0–100, on what is left of them."""
    longer, shorter = sorted((asked.bare, known.bare), key=len, reverse=True)
    if len(shorter) >= 4 and longer.endswith(shorter):
        if not _OF_A_TOWNSHIP.search(longer[: -len(shorter)]):
            return 95.0
        if asked.bare is shorter and asked.bare.startswith("第"):
            return OF_A_TOWNSHIP
    if asked.core == known.core and len(asked.core) >= 2:
        return 96.0
    if asked.core != known.core and sorted(asked.core) == sorted(known.core) and asked.ordinals:
        return 95.0  # 实验三小 is the 第三实验小学: the same words, the number in another place
    if (
        len(asked.core) >= 2
        and asked.core == re.sub("[镇乡]$", "", known.core)
        and "中心" not in asked.bare + known.bare
    ):
        return OF_A_TOWNSHIP  # 杏树初中 for 杏树镇初级中学
    if "中心" in asked.bare and "中心" in known.bare and asked.core.rstrip("镇乡") == known.core.rstrip("镇乡") != "":
        return 96.0
    return min(ratio(asked.core, known.core), ratio(asked.bare, known.bare) + 5)


def known_schools(named: Sequence[dict[str, Any]]) -> list[School]:
    """The schools of one district as its registry and its vocational rosters name them.

    Rows without a code belong to the coded school of exactly that name, else to a school whose code is its name.
    """
    coded: dict[str, School] = {}
    for row in named:
        if _is_code(row["school_code"]):
            _add(coded.setdefault(row["school_code"], School(row["school_code"])), row)
    directory = Directory(coded.values())
    uncoded: dict[str, School] = {}
    for row in sorted(named, key=lambda row: (-row["rows_naming"], row["school_name"] or "")):
        if _is_code(row["school_code"]):
            continue
        text = row["school_name"] or row["school_code"]
        found = directory.exactly(text)
        if found and found.code in coded:
            _add(coded[found.code], row)
        else:
            _add(uncoded.setdefault(taken_apart(text).whole, School(text)), row)
    return [*coded.values(), *uncoded.values()]


def _is_code(code: str | None) -> bool:
    return bool(code and re.fullmatch(r"\d{10}", code))


def _add(school: School, row: dict[str, Any]) -> None:
    if row["school_name"]:
        school.names[row["school_name"]] += row["rows_naming"]
    elif not school.names and not _is_code(row["school_code"]):
        school.names[row["school_code"]] += row["rows_naming"]
    school.stages |= {stage for stage in ("primary", "junior", "senior") if row[f"has_{stage}"]}
    school.kinds.add(row["source"])


def school_tables(named: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The tables `schools` and `school_aliases` from `named_schools`.

    A district that delivered no registry has nobody to resolve a name against: there a school is its name, so that
    everything else still works.
    """
    schools: list[dict[str, Any]] = []
    aliases: list[dict[str, Any]] = []
    by_district: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in named.to_pylist():
        by_district[row["period"], row["district_code"]].append(row)
    for (period, district), rows in sorted(by_district.items()):
        here = {"period": period, "district_code": district}
        known = known_schools([row for row in rows if row["source"] in ("registry", "vocational")])
        directory = Directory(known)
        schools += [here | _school_row(school) for school in directory.schools]
        has_roll = any("registry" in school.kinds for school in known)
        for text in sorted({text for row in rows for text in (row["school_code"], row["school_name"]) if text}):
            found = directory.resolve(text)
            if found.code is None and not has_roll:
                found = Resolved(text, "name", 100.0)
            aliases.append(
                here | {"school_text": text, "school_code": found.code, "method": found.method, "score": found.score,
                        "candidates": found.candidates}
            )  # fmt: skip
    return (
        pa.Table.from_pylist(schools, TABLES["schools"].schema),
        pa.Table.from_pylist(aliases, TABLES["school_aliases"].schema),
    )


def _school_row(school: School) -> dict[str, Any]:
    stages = [stage for stage in ("primary", "junior", "senior") if stage in school.stages]
    kind = "registry" if "registry" in school.kinds else "vocational"
    return {"school_code": school.code, "school_name": school.name, "stages": "+".join(stages) or None, "kind": kind}
