"""What the offices' books say in one period: rolls, class sheets, household register and the special lists.

`invent` is the entry point. Every table names the true child of each row in its column ``child`` (a position in
``Lives.children``); what the columns say is what stands in the office's book, typing errors included.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import chinese_calendar
import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo import rates
from transforms.demo.draws import Draws, term_of
from transforms.demo.errors import mistype_registry
from transforms.demo.fates import FATES, Fates, at_the_same_other_school, draw_fates
from transforms.demo.lives import Lives, live
from transforms.demo.marks import draw_marks
from transforms.demo.names import mistyped
from transforms.demo.numbers import within
from transforms.demo.styles import OWN_STYLES, SHEET_STYLES

CLASS_SIZE = 43
LEFT_BY = np.datetime64("2025-02-28")
"""Those who died or moved away had done so before the first period shown."""


@dataclass
class City:
    """One period of the invented city.

    ``children``: one row a life, with its ``fate``, grade, school and class in the period. ``rolls``, ``sheets``
    (with ``marks``, one row each of a letter a day), ``household``, ``vocational``, ``exempt``, ``priority``: the
    offices' books. ``delivered`` is filled by `write_deliveries`: file, sheet and row of every record written.
    """

    period: str
    lives: Lives
    schools: pd.DataFrame
    children: pd.DataFrame
    rolls: pd.DataFrame
    sheets: pd.DataFrame
    marks: npt.NDArray[np.bytes_]
    household: pd.DataFrame
    vocational: pd.DataFrame
    exempt: pd.DataFrame
    priority: pd.DataFrame
    delivered: pd.DataFrame | None = field(default=None, repr=False)

    @property
    def days(self) -> int:
        """Days of the month."""
        return days_of_month(self.period)


def invent(children: int, seed: int, period: str) -> City:
    """A city of exactly ``children`` invented lives as its offices see it in ``period`` (2026-09)."""
    return view(live(children, seed), period)


def view(lives: Lives, period: str, before: City | None = None) -> City:
    """What the offices' books say of ``lives`` in ``period``; the same for the same seed and periods.

    A child with a second school stays there as long as its fate lasts, if ``before`` tells where it was.
    """
    year, month = (int(part) for part in period.split("-"))
    rng = np.random.default_rng([lives.seed, year, month])
    draws = Draws(lives.seed, len(lives.children), term_of(period))
    school_year = year if month >= 8 else year - 1
    schools = _schools(lives, rng)
    children = _children(lives, school_year)
    _classes(children, schools, rng)
    fates = draw_fates(children, schools, draws, rng)
    children["fate"] = np.array(FATES, object)[fates.fate]
    if before is not None:
        fates = at_the_same_other_school(fates, children, before.children)
    children["other_school"] = fates.other_school
    rolls = _rolls(lives, children, fates, school_year)
    household = _household(lives, children, fates, draws)
    mistype_registry(rolls, household, lives, schools, draws)
    sheets = _sheets(lives, children, rolls, fates, schools, rng)
    marks = draw_marks(sheets, schools, school_days(period), days_of_month(period), rng)
    return City(
        period, lives, schools, children, rolls, sheets, marks, household,
        _vocational(lives, children, fates, school_year, draws), _exempt(lives, children, fates, school_year, draws),
        _priority(lives, children),
    )  # fmt: skip


def days_of_month(period: str) -> int:
    """How many days the month of ``period`` has."""
    first = np.datetime64(period, "M")
    return int(((first + 1).astype("M8[D]") - first.astype("M8[D]")).astype(int))


def school_days(period: str) -> list[int]:
    """Days of the month on which there is school: workdays of the State Council's notice."""
    year, month = (int(part) for part in period.split("-"))
    return [
        day
        for day in range(1, days_of_month(period) + 1)
        if chinese_calendar.is_workday(datetime.date(year, month, day))
    ]


def _schools(lives: Lives, rng: np.random.Generator) -> pd.DataFrame:
    """The schools with how they write and whether they hand in class sheets this time."""
    schools = lives.places.schools.copy()
    own = np.random.default_rng([lives.seed, 2])
    size = len(schools)
    schools["sheet_style"] = own.permutation(size) % len(SHEET_STYLES)
    schools["broken_by_excel"] = own.random(size) < rates.BROKEN_BY_EXCEL_SCHOOLS
    schools["own_export"] = own.permutation(size) < rates.OWN_EXPORT * size
    schools["registry_style"] = np.array(OWN_STYLES)[(schools["own_export"].cumsum() - 1) % len(OWN_STYLES)]
    schools["sends_twice"] = own.random(size) < rates.SENDS_TWICE
    silent = rng.permutation(size)[: max(1, round(size * rates.SCHOOLS_WITHOUT_SHEETS))]
    schools["delivers"] = ~np.isin(np.arange(size), silent)
    return schools


def _children(lives: Lives, school_year: int) -> pd.DataFrame:
    """Age on 31 August, grade and own school of every life in the school year."""
    children = lives.children[["migrant", "has_number", "class_draw"]].copy()
    birth = lives.children["birth_date"].to_numpy().astype("M8[D]")
    months = birth.astype("M8[M]").astype(np.int64)
    september = (months % 12 >= 8).astype(np.int64)
    children["age"] = school_year - (birth.astype("M8[Y]").astype(np.int64) + 1970) - september
    grade = school_year - lives.children["entry_year"].to_numpy() + 1
    children["grade"] = grade
    children["pupil"] = (grade >= 1) & (grade <= 9)
    primary = lives.children["primary_school"].to_numpy()
    children["school"] = np.where(grade <= 6, primary, lives.children["junior_school"].to_numpy())
    children["local"] = ~children["migrant"] & children["has_number"]
    return children


def _classes(children: pd.DataFrame, schools: pd.DataFrame, rng: np.random.Generator) -> None:
    """Classes of about 43 in each school and grade, and whether each hands in its sheet."""
    pupil = children["pupil"].to_numpy()
    children["class_no"] = 0
    children["class_delivered"] = False
    school, grade = children["school"].to_numpy()[pupil], children["grade"].to_numpy()[pupil]
    draw = children["class_draw"].to_numpy()[pupil]
    order = np.lexsort((draw, grade, school))
    rank = np.empty(len(order), np.int64)
    rank[order] = within(school[order], grade[order])
    cell = school * 10 + grade
    size = np.bincount(cell, minlength=len(schools) * 10 + 10)
    number = -(-size // CLASS_SIZE)
    class_no = rank % np.maximum(number, 1)[cell] + 1
    missing = rng.random(len(size) * 60) < rates.CLASSES_WITHOUT_SHEET
    children.loc[pupil, "class_no"] = class_no
    delivered = schools["delivers"].to_numpy()[school] & ~missing[cell * 60 + class_no % 60]
    children.loc[pupil, "class_delivered"] = delivered


_ENROLLED = (
    "regular", "dropped_out", "away_and_back", "never_marked", "never_blank", "never_listed", "elsewhere", "two_rolls",
    "transferred", "leave_all_month", "sick_all_month", "suspended", "home_taught", "abroad_on_roll", "risk_run",
    "risk_share", "vocational_on_roll",
)  # fmt: skip


def _rolls(lives: Lives, children: pd.DataFrame, fates: Fates, school_year: int) -> pd.DataFrame:
    """Roll entries: of every enrolled pupil, the second ones, and graduates whose entry was left in the export."""
    base = np.flatnonzero(children["pupil"].to_numpy() & fates.any_of(*_ENROLLED))
    second = np.flatnonzero(fates.any_of("two_rolls", "transferred"))
    graduated = np.flatnonzero(fates.any_of("graduate_left_in"))
    rows = pd.concat(
        [
            _entries(children, base, children["school"], children["class_no"], children["grade"]),
            _entries(children, second, fates.other_school, fates.other_class, children["grade"]),
            _entries(
                children, graduated, lives.children["junior_school"], children["class_no"] * 0 + 1, children["grade"]
            ),
        ],
        ignore_index=True,
    )
    fate = fates.fate[rows["child"].to_numpy()]
    first = np.arange(len(rows)) < len(base)
    status = np.full(len(rows), "在读", object)
    status[fate == FATES.index("suspended")] = "休学"
    status[first & (fate == FATES.index("transferred"))] = "转出"
    status[len(base) + len(second) :] = "毕业"
    rows["status"] = status
    rows.loc[rows["status"] == "毕业", "grade"] = 9
    rows["second"] = ~first
    lived = lives.children.iloc[rows["child"].to_numpy()].reset_index(drop=True)
    family = lives.families.iloc[lived["family"].to_numpy()].reset_index(drop=True)
    mode = np.where(lived["boards"].to_numpy(), "住校", "走读").astype(object)
    mode[fate == FATES.index("home_taught")] = "送教上门"
    rows["attend_mode"] = mode
    rows["name"], rows["former_name"] = lived["name"], lived["former_name"]
    rows["male"], rows["birth_date"] = lived["male"], lived["birth_date"]
    rows["id_number"] = lived["id_number"]
    rows["number_kind"] = np.where(lived["has_number"], "right", "none")
    rows["entered"] = np.where(rows["grade"] <= 6, lived["entry_year"], lived["entry_year"] + 6)
    rows["cohort"] = lived["entry_year"]
    rows["ethnicity"] = family["ethnicity"]
    rows["migrant"] = lived["migrant"]
    rows["left_behind"], rows["poor"] = lived["left_behind"] & ~lived["migrant"], lived["poor"]
    outside = family["region"].to_numpy().astype("U6").astype(object) + "101003"
    rows["hukou_code"] = np.where(lived["migrant"], outside, family["hukou_code"])
    rows["lives_at"] = np.where(within(lived["family"].to_numpy()) % 3 == 0, family["lives_at"], family["address"])
    rows["father"], rows["mother"] = family["father"], family["mother"]
    rows["father_id"], rows["mother_id"] = family["father_id"], family["mother_id"]
    rows["father_phone"], rows["mother_phone"] = family["father_phone"], family["mother_phone"]
    rows["school_year"] = school_year
    return rows


def _entries(
    children: pd.DataFrame, child: npt.NDArray[np.int64], school: Any, class_no: Any, grade: Any
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "child": child, "school": np.asarray(school)[child], "grade": np.asarray(grade)[child],
            "class_no": np.asarray(class_no)[child],
        }
    )  # fmt: skip


def _household(lives: Lives, children: pd.DataFrame, fates: Fates, draws: Draws) -> pd.DataFrame:
    """The police extract of five- to seventeen-year-olds; left-over rows and double registrations included."""
    there = children["local"].to_numpy() & ~fates.no_household & children["age"].between(5, 17).to_numpy()
    child = np.flatnonzero(there)
    twice = child[(draws.uniform("double", 0)[child] < rates.DOUBLE_HUKOU) & fates.any_of("regular")[child]]
    rows = pd.DataFrame({"child": np.concatenate([child, twice])})
    rows["second"] = np.arange(len(rows)) >= len(child)
    lived = lives.children.iloc[rows["child"].to_numpy()].reset_index(drop=True)
    family = lives.families.iloc[lived["family"].to_numpy()].reset_index(drop=True)
    townships = lives.places.townships
    township = family["township"].to_numpy().copy()
    moved_to = rows["child"].to_numpy() * 7 % len(townships)
    second = rows["second"].to_numpy()
    township[second] = moved_to[second]
    rows["township"], rows["family"] = township, lived["family"]
    code = townships["township_code"].to_numpy(object)[township]
    rows["hukou_code"] = np.where(second, code + "003", family["hukou_code"])
    rows["township_name"] = townships["township_name"].to_numpy(object)[township]
    rows["household_no"] = np.where(second, code + "9" + family["household_no"].str[-6:], family["household_no"])
    rows["name"], rows["former_name"] = lived["name"], lived["former_name"]
    rows["male"], rows["birth_date"] = lived["male"], lived["birth_date"]
    rows["ethnicity"], rows["id_number"] = family["ethnicity"], lived["id_number"]
    where = lives.places.districts["district_name"].to_numpy(object)[townships["district"].to_numpy()[township]]
    elsewhere = where + townships["township_name"].to_numpy(object)[township] + "三号院" + family["village"]
    rows["address"], rows["village"] = np.where(second, elsewhere, family["address"]), family["village"]
    for column in ("father", "mother", "father_id", "mother_id", "father_phone", "mother_phone"):
        rows[column] = family[column]
    reason = np.full(len(rows), None, object)
    fate = fates.fate[rows["child"].to_numpy()]
    for name, written in (("died", "死亡"), ("moved_away", "迁出"), ("emigrated", "出国")):
        reason[fate == FATES.index(name)] = written
    yet = (draws.uniform("moved", 0)[rows["child"].to_numpy()] < rates.MOVED_YET_PUPIL) & fates.any_of("regular")[
        rows["child"].to_numpy()
    ]
    reason[yet & children["pupil"].to_numpy()[rows["child"].to_numpy()] & ~rows["child"].isin(twice).to_numpy()] = (
        "迁出"
    )
    rows["left_reason"] = pd.Series(reason, dtype=object)
    left = LEFT_BY - (draws.uniform("left", 0)[rows["child"].to_numpy()] * 900).astype("m8[D]")
    rows["left_on"] = np.where(rows["left_reason"].isna(), np.datetime64("NaT"), left)
    return rows


def _sheets(
    lives: Lives,
    children: pd.DataFrame,
    rolls: pd.DataFrame,
    fates: Fates,
    schools: pd.DataFrame,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """The lines of every class sheet handed in, by class; a name is mistyped now and then."""
    pupil = children["pupil"].to_numpy()
    styles = schools["sheet_style"].to_numpy()[children["school"].to_numpy()]
    crosses = np.array([bool(style.legend.get("X")) for style in SHEET_STYLES])[styles]
    listed = fates.any_of(
        "regular", "dropped_out", "away_and_back", "never_marked", "never_blank", "two_rolls", "leave_all_month",
        "sick_all_month", "risk_run", "risk_share",
    ) | (fates.any_of("suspended") & crosses & (children["class_draw"].to_numpy() < 0.5))  # fmt: skip
    at_home = np.flatnonzero(pupil & listed & children["class_delivered"].to_numpy())
    guests = np.flatnonzero(fates.any_of("elsewhere", "unregistered", "transferred") & fates.other_delivered)
    sheets = pd.concat(
        [
            _entries(children, at_home, children["school"], children["class_no"], children["grade"]),
            _entries(children, guests, fates.other_school, fates.other_class, children["grade"]),
        ],
        ignore_index=True,
    )
    sheets["guest"] = np.arange(len(sheets)) >= len(at_home)
    sheets["fate"] = fates.fate[sheets["child"].to_numpy()]
    kept = rolls.drop_duplicates("child", keep="last").set_index("child")
    sheets["pupil_no"] = kept["pupil_no"].reindex(sheets["child"]).to_numpy(object)
    lived = lives.children.iloc[sheets["child"].to_numpy()].reset_index(drop=True)
    number = lived["id_number"].to_numpy(object).copy()
    number[~lived["has_number"].to_numpy()] = None
    sheets["id_number"] = number
    sheets["name"], sheets["male"] = lived["name"], lived["male"]
    draw = rng.random(len(sheets))
    order = np.lexsort((draw, sheets["class_no"], sheets["grade"], sheets["school"]))
    sheets = sheets.iloc[order].reset_index(drop=True)
    written = sheets["name"].to_numpy(object).copy()
    for at in np.flatnonzero(rng.random(len(sheets)) < rates.SHEET_NAME_ERROR):
        written[at] = mistyped(written[at], "sound" if rng.random() < 0.7 else "shape", rng)
    sheets["written_name"] = written
    return sheets


def _vocational(lives: Lives, children: pd.DataFrame, fates: Fates, school_year: int, draws: Draws) -> pd.DataFrame:
    """Rosters of the vocational schools: mostly those past grade 9, and juniors taught there."""
    older = (children["age"] >= 15).to_numpy() & (children["grade"] > 9).to_numpy()
    older &= draws.uniform("trade", 0) < rates.AT_VOCATIONAL
    child = np.flatnonzero(fates.any_of("vocational_on_roll", "vocational_only") | (older & fates.any_of("regular")))
    rows = _person(lives, child)
    family = lives.families.iloc[lives.children["family"].to_numpy()[child]]
    rows["school"] = lives.places.townships["district"].to_numpy()[family["township"].to_numpy()]
    rows["entered"] = np.clip(lives.children["entry_year"].to_numpy()[child] + 9, None, school_year)
    rows["programme"] = np.array(["电子商务", "汽车运用与维修", "幼儿保育", "数控技术应用", "中餐烹饪"], object)[
        child % 5
    ]
    return rows


def _exempt(lives: Lives, children: pd.DataFrame, fates: Fates, school_year: int, draws: Draws) -> pd.DataFrame:
    """Approvals: postponed entry, suspension, home teaching, abroad; some no longer valid."""
    kinds = (
        ("postponed", "延缓入学", "身体状况", 1.0), ("exemption_expired", "延缓入学", "身体状况", 1.0),
        ("abroad", "出国", "随父母出国（境）", 1.0), ("abroad_on_roll", "出国", "随父母出国（境）", 1.0),
        ("suspended", "休学", "因病休学", 0.6), ("home_taught", "送教上门", "重度残疾", 0.7),
    )  # fmt: skip
    parts = []
    for name, kind, reason, share in kinds:
        child = np.flatnonzero(fates.any_of(name) & (draws.uniform(name) < share))
        part = _person(lives, child)
        part["kind"], part["reason"] = kind, reason
        end = f"{school_year}-07-31" if name == "exemption_expired" else f"{school_year + 1}-08-31"
        start = np.datetime64(f"{school_year - (name == 'exemption_expired')}-08-20")
        part["valid_until"] = np.datetime64(end)
        part["approved_on"] = start - (child % 30).astype("m8[D]")
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _priority(lives: Lives, children: pd.DataFrame) -> pd.DataFrame:
    """Lists of the offices that help families: 脱贫户, 低保, 残疾."""
    lived = lives.children
    age = children["age"].between(6, 15).to_numpy() & children["local"].to_numpy()
    poor = np.flatnonzero(age & lived["poor"].to_numpy())
    disabled = np.flatnonzero(age & lived["disabled"].to_numpy())
    rows = _person(lives, np.concatenate([poor, disabled]))
    kind = np.array(["脱贫户", "低保", "特困"], object)[poor % 3]
    rows["group"] = np.concatenate([kind, np.full(len(disabled), "残疾", object)])
    return rows


def _person(lives: Lives, child: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Name, sex, birth, number and family of ``child`` as any office would write them."""
    lived = lives.children.iloc[child].reset_index(drop=True)
    family = lives.families.iloc[lived["family"].to_numpy()].reset_index(drop=True)
    rows = lived[["name", "male", "birth_date", "id_number"]].copy()
    rows.insert(0, "child", child)
    rows["township"], rows["address"] = family["township"], family["address"]
    rows["father"], rows["father_id"], rows["father_phone"] = (
        family["father"], family["father_id"], family["father_phone"],
    )  # fmt: skip
    return rows
