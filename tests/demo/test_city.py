import numpy as np
import pandas as pd
import pytest

from transforms.demo import rates
from transforms.demo.city import City, invent, school_days, view
from transforms.demo.lives import live
from transforms.demo.numbers import valid
from transforms.demo.styles import SHEET_STYLES


def test_the_same_seed_gives_the_same_city_and_another_seed_another():
    first, again, other = invent(1500, 5, "2026-09"), invent(1500, 5, "2026-09"), invent(1500, 6, "2026-09")
    for table in ("schools", "children", "rolls", "sheets", "household", "vocational", "exempt", "priority"):
        pd.testing.assert_frame_equal(getattr(first, table), getattr(again, table))
    assert (first.marks == again.marks).all()
    assert not first.lives.children["name"].equals(other.lives.children["name"])


@pytest.mark.parametrize("children", [400, 1500, 20_000])
def test_a_city_has_exactly_the_children_asked_for(children: int):
    assert len(invent(children, 2, "2026-09").children) == children


def test_numbers_are_valid_unique_and_of_no_assigned_region(city: City):
    numbers = city.lives.children["id_number"]
    assert numbers.is_unique
    assert numbers.map(valid).all()
    assert numbers.str.startswith("99").all()
    parents = pd.concat([city.lives.families["father_id"], city.lives.families["mother_id"]])
    assert parents.is_unique
    assert parents.map(valid).all()
    assert not set(parents) & set(numbers)
    codes = [*city.schools["school_code"], *city.lives.places.townships["township_code"]]
    assert all("99" in code[:4] for code in codes)


def test_the_number_tells_birth_date_and_sex(city: City):
    lived = city.lives.children
    assert (lived["id_number"].str[6:14] == lived["birth_date"].dt.strftime("%Y%m%d")).all()
    assert ((lived["id_number"].str[16].astype(int) % 2 == 1) == lived["male"]).all()


def test_twins_share_birthday_and_surname_and_have_neighbouring_numbers(city: City):
    lived = city.lives.children
    second = np.flatnonzero(lived["twin"])
    assert 0.006 < len(second) / len(lived) < 0.02
    first = lived.iloc[second - 1].reset_index(drop=True)
    twin = lived.iloc[second].reset_index(drop=True)
    assert (first["birth_date"] == twin["birth_date"]).all()
    assert (first["family"] == twin["family"]).all()
    assert (first["name"] != twin["name"]).all()
    alike = first["male"] == twin["male"]
    gap = (first["id_number"].str[14:17].astype(int) - twin["id_number"].str[14:17].astype(int)).abs()[alike]
    assert (gap == 2).mean() > 0.9


def test_siblings_are_born_ten_months_apart_unless_twins(city: City):
    lived = city.lives.children.sort_values(["family", "birth_date"])
    gap = lived["birth_date"].diff().dt.days[lived["family"].diff() == 0]
    assert ((gap == 0) | (gap >= 300)).all()


def test_fates_come_at_their_declared_rates():
    large = invent(200_000, 4, "2026-09")
    pupils = large.children["pupil"].sum()
    for fate in ("dropped_out", "never_listed", "risk_run", "suspended", "leave_all_month"):
        share = (large.children["fate"] == fate).sum() / pupils
        wanted = rates.PUPIL_FATES[fate] + (rates.PUPIL_FATES["never_blank"] / 8 if fate == "never_listed" else 0)
        assert share == pytest.approx(wanted, rel=0.25), fate
    kinds = large.rolls["number_kind"].value_counts(normalize=True)
    for kind, share in (("typo", rates.NUMBER_TYPO), ("blank", rates.NUMBER_BLANK), ("masked", rates.NUMBER_MASKED)):
        assert kinds[kind] == pytest.approx(share, rel=0.25), kind
    written = (large.sheets["written_name"] != large.sheets["name"]).mean()
    assert 0.6 * rates.SHEET_NAME_ERROR < written < 1.1 * rates.SHEET_NAME_ERROR


def test_every_fate_happens_in_the_demo_city(city: City):
    from transforms.demo.fates import FATES

    assert set(city.children["fate"]) == set(FATES)


def test_classes_have_at_most_forty_three_pupils_and_schools_one_name_each(city: City):
    pupils = city.children[city.children["pupil"]]
    assert pupils.groupby(["school", "grade", "class_no"]).size().max() <= 43
    assert city.schools["school_code"].is_unique
    assert city.schools["school_name"].is_unique
    assert invent(200_000, 1, "2026-09").schools["school_name"].is_unique


def test_school_days_follow_the_holiday_notice():
    days = school_days("2026-09")
    assert 25 not in days  # 中秋
    assert 20 in days  # a Sunday worked for it
    assert len(days) == 22


def test_absences_of_regular_pupils_stay_below_every_threshold(city: City):
    regular = city.children["fate"].to_numpy()[city.sheets["child"]] == "regular"
    days = [day - 1 for day in school_days(city.period)]
    for row in city.marks[regular][:, days]:
        text = b"".join(row).decode()
        assert text.count("A") < 0.1 * len(days)
        assert "AAA" not in text


def test_a_sheet_uses_only_marks_its_school_has_a_sign_for(city: City):
    style = city.schools["sheet_style"].to_numpy()[city.sheets["school"]]
    for number, layout in enumerate(SHEET_STYLES):
        used = {letter.decode().upper() for letter in np.unique(city.marks[style == number])}
        assert used - {"-", "."} <= set(layout.legend), layout.name


def test_a_period_is_a_view_on_a_life():
    lives = live(3000, 8)
    september, march, before = (view(lives, period) for period in ("2026-09", "2026-03", "2025-09"))
    assert (september.children["grade"] == march.children["grade"] + 1).all()
    assert (before.children["grade"] == march.children["grade"]).all()
    assert (september.lives.children is march.lives.children) and len(march.rolls) > 1500
    same = before.children["pupil"] & (before.children["grade"] < 6) & (before.children["grade"] > 0)
    assert (before.children["school"] == september.children["school"])[same].all()


def test_what_befalls_a_child_lasts_and_the_dead_stay_dead():
    lives = live(60_000, 9)
    before, march, september = (view(lives, period) for period in ("2025-09", "2026-03", "2026-09"))
    out = (before.children["fate"] == "dropped_out") & march.children["pupil"]
    assert 0.35 < (march.children["fate"] == "dropped_out")[out].mean() < 0.75
    dead = before.children["fate"] == "died"
    assert dead.sum() > 5
    assert (september.children["fate"] == "died")[dead].all()


def test_a_child_at_a_second_school_stays_there_while_its_fate_lasts():
    lives = live(20_000, 9)
    before = view(lives, "2025-09")
    march, alone = view(lives, "2026-03", before), view(lives, "2026-03")
    lasting = before.children["fate"].isin(["unregistered", "elsewhere"])
    lasting &= before.children["fate"] == march.children["fate"]
    stayed = (before.children["other_school"] == march.children["other_school"])[lasting]
    assert lasting.sum() > 40 and stayed.mean() > 0.9
    assert (before.children["other_school"] == alone.children["other_school"])[lasting].mean() < 0.2
    assert (march.children["fate"] == alone.children["fate"]).all()


def test_an_error_in_the_registry_stays_with_its_child_within_a_term():
    lives = live(20_000, 9)
    september, october = (view(lives, period).rolls for period in ("2026-09", "2026-10"))
    both = september[~september["second"]].merge(october[~october["second"]], on="child", suffixes=("", "_later"))
    both = both[both["status"] == both["status_later"]]
    changed = (both["name"] != both["name_later"]).sum() + (both["number_kind"] != both["number_kind_later"]).sum()
    wrong = (both["number_kind"] != "right").sum()
    assert wrong > 100
    assert changed < 0.05 * wrong
