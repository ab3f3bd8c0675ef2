"""The children of the city and their families, whatever the period: births, names, numbers, homes, schools.

A period is a view on these lives (`transforms.demo.city`): grade and age follow from the day, so that consecutive
periods show the same children growing up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo import names, rates
from transforms.demo.numbers import Ints, Texts, citizen_numbers, sequences, within
from transforms.demo.places import JUNIOR, OUTSIDE_REGIONS, PRIMARY, Places, invent_places, places_of, village

ANCHOR = 2026
"""The year whose 31 August the ages below are of."""

AGES = {5: 0.6, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 13: 1, 14: 1, 15: 0.8, 16: 0.3, 17: 0.2}
Days = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lives:
    """Everybody, by position: ``children`` refer to ``families``, both to ``places``."""

    seed: int
    places: Places
    families: pd.DataFrame
    children: pd.DataFrame


def live(children: int, seed: int) -> Lives:
    """Exactly ``children`` invented children with their families; the same for the same seed."""
    rng = np.random.default_rng([seed, 1])
    places = invent_places(children, rng)
    family, place_in_family = _families(children, rng)
    age = rng.choice(list(AGES), children, p=np.array(list(AGES.values())) / sum(AGES.values()))
    birth = _births(age, rng)
    twin = (place_in_family == 1) & (rng.random(children) < rates.TWINS / 0.3)
    birth[twin] = birth[np.flatnonzero(twin) - 1]
    family, twin = _no_impossible_siblings(family, birth, twin)
    eldest = np.full(int(family.max()) + 1, np.datetime64("2100-01-01"))
    np.minimum.at(eldest, family, birth)
    families = _households(eldest, places, rng)
    male = rng.random(children) < 0.53
    twins_alike = twin & (rng.random(children) < 0.7)
    male[twins_alike] = male[np.flatnonzero(twins_alike) - 1]
    frame = pd.DataFrame({"family": family, "male": male, "birth_date": birth, "twin": twin})
    frame["migrant"] = families["migrant"].to_numpy()[family] & (age >= 6) & (age <= 14)
    _name(frame, families, rng)
    _number(frame, families, places, rng)
    _enrol(frame, families, places, rng)
    return Lives(seed, places, families, frame)


def _families(children: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    sizes = rng.choice([1, 2, 3], children, p=[0.55, 0.40, 0.05])
    family = np.repeat(np.arange(children), sizes)[:children]
    return family, within(family)


def _births(age: Ints, rng: np.random.Generator) -> Days:
    """Days of birth of those ``age`` years old on the anchor's 31 August; a few right on the boundary."""
    size = len(age)
    first = np.array([f"{ANCHOR - a - 1}-09-01" for a in range(20)], "M8[D]")[age]
    last = np.array([f"{ANCHOR - a}-08-31" for a in range(20)], "M8[D]")[age]
    birth: Days = first + (rng.random(size) * ((last - first).astype(np.int64) + 1)).astype("m8[D]")
    edge = rng.random(size)
    birth = np.where(edge < 0.002, first, np.where(edge < 0.004, last, birth))
    return birth


def _no_impossible_siblings(family: Ints, birth: Days, twin: Flags) -> tuple[Ints, Flags]:
    """Siblings less than ten months apart who are no twins are given families of their own."""
    too_near = np.zeros(len(family), bool)
    for back in (1, 2):
        same = np.zeros(len(family), bool)
        same[back:] = family[back:] == family[:-back]
        gap = np.zeros(len(family), np.int64)
        gap[back:] = np.abs((birth[back:] - birth[:-back]).astype(np.int64))
        too_near |= same & (gap < 300) & ~(twin & (gap == 0))
    alone = np.flatnonzero(too_near)
    family = family.copy()
    family[alone] = family.max() + 1 + np.arange(len(alone))
    twin = twin & ~too_near
    _, family = np.unique(family, return_inverse=True)
    return family, twin


def _households(eldest: Days, places: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Parents, telephones, homes and household numbers of families whose first child was born on ``eldest``."""
    number = len(eldest)
    township = rng.integers(0, len(places.townships), number)
    district = places.townships["district"].to_numpy()[township]
    codes = places.townships["township_code"].to_numpy(object)[township]
    minority = rng.random(number) < rates.MINORITY
    ethnicity = np.where(minority, np.array(names.ETHNICITIES, object)[rng.integers(0, 6, number)], "汉族")
    surname = names.surnames(rng, number)
    mothers = names.surnames(rng, number)
    father = surname + names.grown_up_names(rng, np.ones(number, bool))
    mother = mothers + names.grown_up_names(rng, np.zeros(number, bool))
    dotted = np.isin(ethnicity, names.ETHNICITIES[:4])
    father[dotted] = names.minority_names(rng, ethnicity[dotted])
    mother[dotted] = names.minority_names(rng, ethnicity[dotted])
    migrant = rng.random(number) < rates.MIGRANT
    outside = np.array(OUTSIDE_REGIONS)[rng.integers(0, len(OUTSIDE_REGIONS), number)]
    local = places.districts["district_code"].astype(np.int64).to_numpy()[district]
    region = np.where(migrant, outside, local)
    villages = rng.integers(1, 9, number)
    spots = np.array([[village(t, n) for n in range(10)] for t in range(len(places.townships))], object)
    where = places.townships["township_name"].to_numpy(object)[township]
    area = places.districts["district_name"].to_numpy(object)[district]
    house = rng.integers(1, 300, number).astype("U3").astype(object)
    return pd.DataFrame(
        {
            "township": township, "ethnicity": ethnicity, "surname": surname, "mothers_surname": mothers,
            "dotted": dotted, "migrant": migrant, "region": region, "father": father, "mother": mother,
            "father_id": _grown_up_numbers(region, True, eldest, rng),
            "mother_id": _grown_up_numbers(region, False, eldest, rng),
            "father_phone": _phones(number, rng), "mother_phone": _phones(number, rng),
            "village": spots[township, villages], "hukou_code": codes + np.char.zfill(
                villages.astype("U3"), 3).astype(object),
            "address": area + where + spots[township, villages] + house + "号",
            "lives_at": area + where + np.array(["锦绣家园", "阳光小区", "幸福里", "和顺苑"], object)[
                rng.integers(0, 4, number)] + house + "号楼" + rng.integers(101, 999, number).astype("U3").astype(object),
            "household_no": codes + np.char.zfill(np.arange(number).astype("U7"), 7).astype(object),
        }
    )  # fmt: skip


def _grown_up_numbers(region: Ints, male: bool, eldest: Days, rng: np.random.Generator) -> Texts:
    """Numbers of parents 21 to 36 years older than their first child."""
    birth = eldest - rng.integers(7700, 13200, len(region)).astype("m8[D]")
    sexes = np.full(len(region), male)
    return citizen_numbers(region, birth, sequences(region, birth, sexes, within(region, birth)))


def _phones(number: int, rng: np.random.Generator) -> Texts:
    """Telephone numbers of a prefix (10x) no mobile network uses."""
    texts: Texts = (10_000_000_000 + rng.integers(0, 999_999_999, number)).astype("U11").astype(object)
    return texts


def _name(frame: pd.DataFrame, families: pd.DataFrame, rng: np.random.Generator) -> None:
    family, male = frame["family"].to_numpy(), frame["male"].to_numpy()
    size = len(frame)
    given = names.given_names(rng, male)
    twin = np.flatnonzero(frame["twin"].to_numpy())
    elder = given[twin - 1]
    shared = np.array([name[:1] for name in elder], object)
    other = names.last_characters(rng, male[twin])
    same = shared + other == elder
    other[same] = np.where(np.array([o != "宁" for o in other[same]], bool), "宁", "乐")
    given[twin] = shared + other
    fathers = families["surname"].to_numpy(object)[family]
    mothers = families["mothers_surname"].to_numpy(object)[family]
    by_mother = rng.random(size) < rates.MOTHERS_SURNAME
    name = np.where(by_mother, mothers, fathers) + given
    dotted = families["dotted"].to_numpy()[family]
    name[dotted] = names.minority_names(rng, families["ethnicity"].to_numpy(object)[family[dotted]])
    for at in np.flatnonzero(dotted & frame["twin"].to_numpy()):
        while name[at] == name[at - 1]:
            name[at] = names.minority_names(rng, families["ethnicity"].to_numpy(object)[family[at : at + 1]])[0]
    former: Texts = mothers + given
    former[(rng.random(size) >= rates.FORMER_NAME) | by_mother | dotted | (former == name)] = None
    frame["name"], frame["former_name"] = name, former


def _number(frame: pd.DataFrame, families: pd.DataFrame, places: Places, rng: np.random.Generator) -> None:
    """Citizen numbers carry the district of the first registration, which for one child in twenty is another."""
    family = frame["family"].to_numpy()
    region = families["region"].to_numpy()[family]
    moved = (rng.random(len(frame)) < 0.05) & ~frame["twin"].to_numpy()
    region = np.where(moved, np.array(OUTSIDE_REGIONS)[rng.integers(0, len(OUTSIDE_REGIONS), len(frame))], region)
    follows = np.flatnonzero(frame["twin"].to_numpy())
    region[follows] = region[follows - 1]
    birth, male = frame["birth_date"].to_numpy().astype("M8[D]"), frame["male"].to_numpy()
    rank = within(region, birth, male)
    frame["id_number"] = citizen_numbers(region, birth, sequences(region, birth, male, rank))
    frame["has_number"] = (rng.random(len(frame)) >= rates.NO_NUMBER_AT_ALL) | frame["twin"].to_numpy()


def _enrol(frame: pd.DataFrame, families: pd.DataFrame, places: Places, rng: np.random.Generator) -> None:
    """Year of entry and the two schools of every life; siblings share them four times in five."""
    birth = frame["birth_date"].to_numpy().astype("M8[D]")
    september = (birth.astype("M8[M]").astype(np.int64) % 12 >= 8).astype(np.int64)
    late = rng.random(len(frame)) < rates.LATE_ENTRY
    frame["entry_year"] = birth.astype("M8[Y]").astype(np.int64) + 1970 + 6 + september + late
    home = families["township"].to_numpy()[frame["family"].to_numpy()]
    for column, stage in (("primary_school", PRIMARY), ("junior_school", JUNIOR)):
        school = places_of(places, stage, rng, home)
        first = np.flatnonzero(within(frame["family"].to_numpy()) == 0)
        of_first = np.zeros(int(frame["family"].max()) + 1, np.int64)
        of_first[frame["family"].to_numpy()[first]] = school[first]
        together = rng.random(len(frame)) < 0.8
        frame[column] = np.where(together, of_first[frame["family"].to_numpy()], school)
    frame["class_draw"] = rng.random(len(frame))
    frame["left_behind"] = rng.random(len(frame)) < 0.04
    frame["boards"] = rng.random(len(frame)) < 0.06
    frame["poor"] = rng.random(len(frame)) < 0.03
    frame["disabled"] = rng.random(len(frame)) < 0.006
