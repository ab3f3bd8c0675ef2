"""What a column holds by its cells, and when it is not taken."""

from __future__ import annotations

import pytest

from transforms.intake.contents import FORMS, completed, has_form, is_name, people_among, share_of
from transforms.intake.headers import understand

NUMBERS = [f"99010120150901{n:03d}6" for n in range(1, 9)]
FORM = {form.column: form for form in FORMS}


def taken(labels: tuple[str, ...], *rows: list[str], source: str = "registry") -> dict[str, int]:
    return completed(understand(source, labels, 0, 1), source, rows, "2026-09").places


@pytest.mark.parametrize("text", ["张三", "何计", "欧阳一", "阿依古丽·买买提", "王小明"])
def test_a_persons_name_looks_like_one(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["王家村", "合计", "三年级", "张三李四王五", "文艺小学", "汉族", "男", "高新区"])
def test_a_place_a_total_or_a_group_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("heading", ["家长", "班主任", "户主", "申请人", "承办人", "帮扶干部", "母亲", "曾用"])
def test_a_column_headed_by_another_person_is_never_the_childs(heading: str) -> None:
    rows = [["张三", number] for number in NUMBERS]
    assert "name" not in taken((heading, "身份证号"), *rows)
    assert "id_number" not in taken(("姓名", f"{heading}号码"), *rows)


@pytest.mark.parametrize("heading", ["原单位", "毕业院校", "转入单位", "录取单位", "划片"])
def test_a_school_of_another_time_is_not_the_childs_school(heading: str) -> None:
    assert "school_name" not in taken(("姓名", heading), *[["张三", "文艺小学"]] * 6)


def test_of_two_columns_of_names_none_is_taken_unless_one_is_headed_as_the_childs() -> None:
    names = [["张三", "李四"], ["王五", "赵六"], ["钱七", "孙八"]]
    assert "name" not in taken(("甲", "乙"), *names)
    assert taken(("甲", "小学员"), *names)["name"] == 1


def test_a_date_that_differs_from_the_number_is_no_birth_date() -> None:
    rows = [[number, "2015-09-01", f"2016-0{n}-11"] for n, number in enumerate(NUMBERS, 1)]
    assert taken(("身份证号", "甲日", "乙日"), *rows).get("birth_date") is None
    rows = [[number, "2015-09-01"] for number in NUMBERS[:4]]
    assert taken(("身份证号", "甲日"), *rows)["birth_date"] == 1


def test_few_cells_must_all_have_the_form_and_many_nearly_all() -> None:
    assert not has_form(FORM["sex"], ["男", "x"], "2026-09")
    assert has_form(FORM["sex"], [*["男", "女"] * 10, "x"], "2026-09")
    assert share_of("sex", ["男", "x"]) == 0.5


def test_what_a_heading_resembles_is_given_up_where_the_cells_contradict() -> None:
    assert "school_code" not in taken(("姓名", "学生标识码"), *[["张三", "红色"]] * 6)


def test_a_sheet_of_counts_has_no_people() -> None:
    assert not people_among(
        [["班级", "人数", "男", "女"], ["一班", 40, 20, 20], ["二班", 41, 20, 21], ["三班", 41, 20, 21]], 1
    )


def test_a_heading_another_source_knows_as_another_field_is_not_given_a_new_meaning() -> None:
    rows = [["张三", f"1391234567{n}"] for n in range(6)]
    assert "phone" not in taken(("姓名", "学籍辅号"), *rows, source="vocational")
    assert "phone" not in taken(("姓名", "户号"), *rows)
    assert taken(("姓名", "打这个"), *rows)["phone"] == 1


def test_those_few_who_left_are_found_far_down_a_column_of_those_who_stay() -> None:
    rows = [["张三", "正常"]] * 200 + [["李四", "死亡"], ["王五", "迁出"]]
    assert taken(("姓名", "现况"), *rows, source="household")["left_reason"] == 1
    assert "left_reason" not in taken(("姓名", "现况"), *[["张三", "正常"]] * 200, source="household")
