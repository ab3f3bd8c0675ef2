from datetime import date

from tests.tables import check

SCHOOL = """
    district_code | unit_code  | unit_name | sheet_no | row_no | part_no | case_no | finding            | name   | class_text
    990101 | 2199100001 | 甲小学    | 1        | 1      | 1       | c1      | suspected_dropout  | 张小明 | 三年级1班
    990101 | 2199100001 | 甲小学    | 1        | 1      | 2       | c2      | absent_from_school | 张小明 | 三年级1班
    990101 | 2199100001 | 甲小学    | 1        | 2      | 1       | c3      | absent_from_school | 李四   |
    990101 | 2199100001 | 甲小学    | 1        | 3      | 1       | c4      | absent_from_school | 王五   |
    990101 | 2199100001 | 甲小学    | 1        | 4      | 1       | c5      | absent_from_school | 赵六   |
"""
CASES = """
    case_no | finding            | state      | due_on
    c1      | suspected_dropout  | open       | 2026-09-29
    c2      | absent_from_school | open       | 2026-10-01
    c3      | absent_from_school | open       | 2026-10-04
    c4      | absent_from_school | open       | 2026-10-05
    c5      | absent_from_school | unresolved | 2026-09-20
"""
KINDS = "finding | chinese\nsuspected_dropout | 疑似辍学\nabsent_from_school | 在籍不在校"


def test_an_office_is_reminded_of_what_is_overdue_or_due_within_the_policys_days():
    check("reminders", {"school_list": SCHOOL, "cases": CASES, "finding_kinds": KINDS}, """
        recipient | unit_code  | case_no | problem    | name_masked | place     | days_overdue
        school    | 2199100001 | c1      | 疑似辍学   | 张*明       | 三年级1班 | 2
        school    | 2199100001 | c2      | 在籍不在校 | 张*明       | 三年级1班 |
        school    | 2199100001 | c3      | 在籍不在校 | 李*         |           |
    """, {"as_of": date(2026, 10, 1), "remind_days": 3})  # fmt: skip


def test_each_office_that_was_asked_is_reminded():
    township = """
        district_code | unit_code | unit_name | sheet_no | row_no | part_no | case_no | finding           | name   | school_name
        990101 | 990101101 | 沙河镇    | 1        | 1      | 1       | c1      | suspected_dropout | 张小明 | 甲小学
    """
    check("reminders", {"school_list": SCHOOL, "township_list": township, "cases": CASES, "finding_kinds": KINDS}, """
        recipient | unit_name | case_no
        school    | 甲小学    | c1
        township  | 沙河镇    | c1
    """, {"as_of": date(2026, 9, 26), "remind_days": 3})  # fmt: skip
