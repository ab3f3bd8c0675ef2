"""What titles, sheet names and file names say."""

from __future__ import annotations

import pytest

from transforms.intake.titles import number, said

SAID = """
沈河区文艺学校三年级(2)班2026年9月学生考勤表   | 沈河区文艺学校 | 三年级 | 2 | 2026 | 9
2026年9月育红小学三年级2班考勤表              | 育红小学 | 三年级 | 2 | 2026 | 9
学校：育红小学  班级：三年级2班  班主任：某某 应到：40 | 育红小学 | 三年级 | 2 | |
2026-2027学年第一学期育红小学三（2）班9月份考勤登记表 | 育红小学 | 三年级 | 2 | 2026 | 9
2026-2027学年第二学期育红小学三（2）班3月份考勤 | 育红小学 | 三年级 | 2 | 2027 | 3
育红小学2023级3班二〇二六年九月考勤           | 育红小学 | 2023级 | 3 | 2026 | 9
某某市第七中学初二3班 2026.9                  | 某某市第七中学 | 初二 | 3 | 2026 | 9
沈阳市第一二〇中学八年级（3）班               | 沈阳市第一二〇中学 | 八年级 | 3 | |
某某镇中心小学（东校区）五年级一班            | 某某镇中心小学(东校区) | 五年级 | 1 | |
XX县实验初级中学2026年秋季学期学生名单        | XX县实验初级中学 | | | |
沈河区教育局文艺二校三年级二班                | 文艺二校 | 三年级 | 2 | |
2026年9月三年级（2）班考勤记录                | | 三年级 | 2 | 2026 | 9
2026年9月十一年级1班考勤                      | | 十一年级 | 1 | 2026 | 9
2026年9月三(2)班考勤                          | | 三年级 | 2 | 2026 | 9
文艺小学2026年9月5日三年级点名                | 文艺小学 | 三年级 | | 2026 | 9
九年一贯制学校九年级10班                      | 九年一贯制学校 | 九年级 | 10 | |
实验学校小学部四年级1班                       | 实验学校小学部 | 四年级 | 1 | |
学校（盖章）：第三中学                        | 第三中学 | | | |
学校：第三中学（3123000319）                  | 第三中学 | | | |
单位：第三中学（南校区）                      | 第三中学(南校区) | | | |
单位：第三中学（盖章）                        | 第三中学 | | | |
某某镇中心小学校龙门村小2026年9月考勤         | 某某镇中心小学校龙门村小 | | | 2026 | 9
红桥镇大坝完小三年级                          | 红桥镇大坝完小 | 三年级 | | |
某某镇中心校大坝校点                          | 某某镇中心校大坝校点 | | | |
第一小学校点名册                              | 第一小学校 | | | |
一至六年级学生名册                            | | | | |
一、二年级考勤表                              | | | | |
初一至初三学生                                | | | | |
三(2)班                                       | | 三年级 | 2 | |
3.2班                                         | | 3年级 | 2 | |
3.2                                           | | 3年级 | 2 | |
301                                           | | 3年级 | 1 | |
三2                                           | | 三年级 | 2 | |
初二3                                         | | 初二 | 3 | |
一年二班                                      | | 一年级 | 2 | |
考勤表（9.1-9.30）                            | | | | | 9
202609考勤                                    | | | | 2026 | 9
学生考勤表                                    | | | | |
年级：三年级  班级：2班                       | | 三年级 | 2 | |
附件1：某某小学考勤                           | 某某小学 | | | |
青石区二小考勤表                              | 青石区二小 | | | |
县实小三年级1班考勤                           | 县实小 | 三年级 | 1 | |
区中小学生考勤                                | | | | |
一中9月到校统计                               | 一中 | | | | 9
一中学生名册(最终版2)                         | 一中 | | | |
3中2026                                       | 3中 | | | |
三小三年级2班考勤表                           | 三小 | 三年级 | 2 | |
二小_考勤报表_月度汇总_20260901-20260930      | 二小 | | | 2026 | 9
五年级二中队                                  | | 五年级 | 2 | |
第一小组                                      | | | | |
星期一小结                                    | | | | |
报表生成时间：2026-10-08 09:13                | | | | |
临河区二小-二年级-一班                        | 临河区二小 | 二年级 | 1 | |
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_said(line: str) -> None:
    text, school, grade, class_no, year, month = (cell.strip() or None for cell in line.split("|"))
    told = said(text or "")
    assert (told.school, told.grade, told.class_no) == (school, grade, class_no)
    assert (told.year, told.month) == (int(year) if year else None, int(month) if month else None)


def test_a_range_of_days_tells_where_the_sheet_ends() -> None:
    assert (said("9月1日—9月15日").first_day, said("9月1日—9月15日").last_day) == (1, 15)
    assert said("截至2026年9月15日").last_day == 15


@pytest.mark.parametrize(
    ("written", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("9", 9), ("二〇二六", 2026)]
)
def test_chinese_numbers(written: str, value: int) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    "line",
    [
        "学校：第三中学（3123000319）",
        "学校代码：3123000319 校名：第三中学",
        "3123000319第三中学9月",
        "第三中学(3123000319)9月考勤",
    ],
)
def test_a_school_code_is_read_wherever_it_stands_beside_the_name(line: str) -> None:
    assert (said(line).school, said(line).school_code) == ("第三中学", "3123000319")


@pytest.mark.parametrize(
    ("line", "class_name"),
    [("红旗小学学前班9月考勤表", "学前班"), ("红旗小学附属幼儿园大班考勤", "幼儿园"), ("大班9月考勤", "大班"), ("红旗小学二年级（1）班", "二年级(1)班")],
)  # fmt: skip
def test_a_class_before_the_school_age_is_named_without_a_grade(line: str, class_name: str) -> None:
    told = said(line)
    assert told.class_name == class_name
    assert (told.grade is None) == (class_name != "二年级(1)班")


@pytest.mark.parametrize(
    ("line", "school"),
    [
        ("县职业技术学校初中学生考勤表", "县职业技术学校初中"), ("城关镇初中学籍花名册", "城关镇初中"), ("第五中学学生考勤", "第五中学"),
        ("城关初中学校考勤", "城关初中学校"),
    ],
)  # fmt: skip
def test_the_pupils_behind_a_school_lend_its_name_no_character(line: str, school: str) -> None:
    assert said(line).school == school


@pytest.mark.parametrize(
    "name",
    ["副本城关小学9月考勤", "城关小学 - 副本", "城关小学(1)", "复件 城关小学", "城关小学（修改）", "城关小学（更正）考勤", "城关小学（新）", "新建 城关小学"],
)  # fmt: skip
def test_a_copy_of_a_file_is_no_other_school(name: str) -> None:
    assert said(name).school == "城关小学"
    assert said("城关小学（新区）").school == "城关小学(新区)"
