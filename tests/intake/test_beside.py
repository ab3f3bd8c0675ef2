"""Lists side by side are all read; two people of one list are not two children."""

from __future__ import annotations

from transforms.intake.beside import halves, people_beside, repeats
from transforms.intake.headers import understand

LABELS = ("序号", "姓名", "性别", "", "序号", "姓名", "性别")


def test_the_same_headings_again_without_a_gap_begin_a_second_list() -> None:
    assert repeats(LABELS, "registry") == [4]
    assert repeats((*LABELS, "", *LABELS[:3]), "registry") == [4, 8]


def test_another_column_between_means_one_list() -> None:
    assert repeats(("序号", "姓名", "性别", "关系", "序号", "姓名", "性别"), "registry") == []
    assert repeats(("姓名", "性别", "姓名", "性别"), "registry") == []


def test_a_column_left_of_the_lists_belongs_to_all() -> None:
    header = understand("registry", ("班级", *LABELS), 0, 1)
    [second] = people_beside(header, "registry", [["2班", 1, "张三", "男", "", 2, "李四", "女"]], "2026-09")
    assert second.places == {"class_name": 0, "name": 6, "sex": 7}


def test_the_title_over_all_is_every_lists() -> None:
    rows = [["文艺小学三年级(2)班", "", "", ""], ["姓名", 1, "姓名", 1], ["张三", "√", "李四", "×"]]
    labels = ["序号", "姓名", "序号", "姓名"]
    rows = [["文艺小学三年级(2)班", "", "", ""], labels, [1, "张三", 2, "李四"]]
    first, second = halves(rows, 1, labels, "attendance")
    assert (first[0][0], second[0][0], second[2]) == ("文艺小学三年级(2)班", "文艺小学三年级(2)班", [2, "李四"])
