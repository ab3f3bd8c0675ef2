"""Which school a text means: never another ordinal, compass word or stage, whatever the likeness."""

import pyarrow as pa
import pytest

from expectations.catalog import TABLES
from transforms.schools import Directory, School, school_tables


def directory(*names):
    schools = []
    for number, name in enumerate(names):
        school = School(f"21{number:08d}")
        school.names[name] = 10
        schools.append(school)
    return Directory(schools)


CITY = (
    "沈阳市和平区第一小学", "沈阳市和平区第二小学", "沈阳市和平区东关小学", "沈阳市和平区西关小学", "沈阳市第三十二中学",
    "沈阳市和平区育才小学", "沈阳市和平区育英小学", "沈阳市和平区大民屯镇中心小学", "沈阳市和平区实验小学", "沈阳市和平区实验中学",
    "沈阳市和平区文化路小学(北校区)", "沈阳市和平区文化路小学(南校区)", "沈阳市和平区朝鲜族九年一贯制学校",
    "沈阳市和平区第三小学(东校区)",
)  # fmt: skip


def resolved(text, names=CITY):
    asked = directory(*names)
    found = asked.resolve(text)
    return asked.by_code[found.code].name if found.code else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("和平区第一小学", "沈阳市和平区第一小学"), ("第一小学", "沈阳市和平区第一小学"), ("一小", "沈阳市和平区第一小学"),
        ("第1小学", "沈阳市和平区第一小学"), ("和平区第一小学校", "沈阳市和平区第一小学"), ("沈阳市 和平区 第二小学", "沈阳市和平区第二小学"),
        ("三十二中", "沈阳市第三十二中学"), ("第32中学", "沈阳市第三十二中学"), ("市三十二中", "沈阳市第三十二中学"), ("和平第二小学", "沈阳市和平区第二小学"),
        ("大民屯镇中心校", "沈阳市和平区大民屯镇中心小学"), ("辽宁省沈阳市和平区实验小学", "沈阳市和平区实验小学"), ("实验中学", "沈阳市和平区实验中学"),
        ("文化路小学（北校区）", "沈阳市和平区文化路小学(北校区)"), ("文化路小学南校区", "沈阳市和平区文化路小学(南校区)"),
        ("和平区三小（东校区）", "沈阳市和平区第三小学(东校区)"), ("和平区三小东校区", "沈阳市和平区第三小学(东校区)"), ("朝鲜族学校", "沈阳市和平区朝鲜族九年一贯制学校"), ("东关小学", "沈阳市和平区东关小学"),
    ],
)  # fmt: skip
def test_a_school_is_known_by_its_shorter_and_longer_names(text, name):
    assert resolved(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "第三小学",
        "南关小学",
        "育红小学",
        "第三十三中学",
        "文化路小学",
        "实验学校二部",
        "第一中学",
        "沈河区",
        "育才初级中学",
        "",
    ],
)
def test_what_may_be_another_school_is_left_unresolved(text):
    assert resolved(text) is None


def test_an_unresolved_name_comes_with_its_nearest_candidates():
    found = directory(*CITY).resolve("第三小学")
    assert found.method == "none" and "第一小学" in (found.candidates or "")


def test_two_schools_equally_near_leave_it_unresolved():
    assert resolved("中心小学", ("甲县东风镇中心小学", "甲县红旗镇中心小学")) is None


def test_a_code_goes_before_every_name():
    assert directory(*CITY).resolve("2100000003").method == "code"


def named(*rows):
    keys = ("district_code", "source", "school_code", "school_name", "rows_naming")
    full = [
        {
            "period": "2026-09",
            "has_primary": True,
            "has_junior": False,
            "has_senior": False,
            **dict(zip(keys, row, strict=True)),
        }
        for row in rows
    ]
    return pa.Table.from_pylist(full, TABLES["named_schools"].schema)


def test_a_school_takes_the_name_most_rows_give_it():
    schools, _ = school_tables(
        named(
            ("990101", "registry", "2100000001", "一小", 2), ("990101", "registry", "2100000001", "和平区第一小学", 90)
        )
    )
    assert [(row["school_code"], row["school_name"]) for row in schools.to_pylist()] == [
        ("2100000001", "和平区第一小学")
    ]


def test_registry_rows_without_a_code_belong_to_the_coded_school_of_their_name():
    schools, _ = school_tables(
        named(("990101", "registry", "2100000001", "和平区第一小学", 9), ("990101", "registry", None, "第一小学", 5))
    )
    assert schools.num_rows == 1


def test_where_nobody_names_a_code_the_name_is_the_code():
    schools, aliases = school_tables(
        named(("990101", "registry", None, "第一小学", 9), ("990101", "attendance", None, "一小", 3))
    )
    assert schools.to_pylist()[0]["school_code"] == "第一小学"
    assert {row["school_text"]: row["school_code"] for row in aliases.to_pylist()} == {
        "一小": "第一小学",
        "第一小学": "第一小学",
    }


def test_a_district_without_a_registry_takes_names_as_they_are():
    _, aliases = school_tables(named(("990101", "attendance", None, "一小", 3)))
    assert [(row["school_code"], row["method"]) for row in aliases.to_pylist()] == [("一小", "name")]


def test_a_school_of_another_district_is_no_candidate():
    _, aliases = school_tables(
        named(("990101", "registry", "2100000001", "第一小学", 9), ("990102", "registry", "2100000002", "第二小学", 9),
              ("990102", "attendance", None, "第一小学", 3))
    )  # fmt: skip
    [row] = [
        row for row in aliases.to_pylist() if row["school_text"] == "第一小学" and row["district_code"] == "990102"
    ]
    assert row["school_code"] is None


BY_NUMBER = (
    "临河区第一初级中学",
    "临河区第二小学",
    "临河区青石镇中心小学",
    "临河区柳河学校",
    "城关镇第三小学",
    "师大附属小学",
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一中", "临河区第一初级中学"), ("临河区一中", "临河区第一初级中学"), ("临河一中", "临河区第一初级中学"), ("一中初中部", "临河区第一初级中学"),
        ("二小", "临河区第二小学"), ("区二小", "临河区第二小学"), ("青石中心校", "临河区青石镇中心小学"), ("三小", "城关镇第三小学"), ("附小", "师大附属小学"),
        ("柳河学校小学部", "临河区柳河学校"),
    ],
)  # fmt: skip
def test_a_school_called_by_its_number_is_the_only_one_it_can_be(text, name):
    assert resolved(text, BY_NUMBER) == name


@pytest.mark.parametrize("text", ["二中", "四小", "中心校", "临河区柳河镇中心小学", "育才镇第三小学"])
def test_a_short_name_never_stretches_to_another_school(text):
    assert resolved(text, BY_NUMBER) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [("一中", ("临河区第一初级中学", "临河区第一高级中学")), ("一小", ("城关镇第一小学", "和平镇第一小学"))],
)
def test_a_short_name_two_schools_answer_to_is_refused_with_both(text, names):
    asked = directory(*names)
    found = asked.resolve(text)
    assert found.code is None
    assert set(found.candidates.split("、")) == set(names)


RENAMED = (
    "金州区第三实验小学",
    "金州区第一实验小学",
    "金州区杏树镇初级中学",
    "金州区杏树镇中心小学",
    "红星镇中心小学",
    "明珠小学(原城西小学)",
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("实验三小", "金州区第三实验小学"), ("杏树初中", "金州区杏树镇初级中学"), ("滨海外国语小学（原红星镇中心小学）", "红星镇中心小学"),
        ("滨海外国语小学(原红星镇中心小学", "红星镇中心小学"), ("城西小学", "明珠小学(原城西小学)"), ("明珠小学", "明珠小学(原城西小学)"),
    ],
)  # fmt: skip
def test_a_school_is_known_by_the_name_it_had_and_by_its_words_in_another_order(text, name):
    assert resolved(text, RENAMED) == name


@pytest.mark.parametrize("text", ["实验二小", "杏树小学", "红星初中", "滨海外国语小学", "城东小学"])
def test_another_number_stage_or_village_is_another_school(text):
    assert resolved(text, RENAMED) is None


@pytest.mark.parametrize("text", ["职业技术学校（初中部）", "职业技术学校初中部", "职业技术学校初中"])
def test_the_junior_department_of_a_school_is_itself_where_it_has_a_roll_and_else_its_school(text: str) -> None:
    assert resolved(text, ("县职业技术学校", "县职业技术学校初中部")) == "县职业技术学校初中部"
    assert resolved(text, ("县职业技术学校", "县第三中学")) == "县职业技术学校"
