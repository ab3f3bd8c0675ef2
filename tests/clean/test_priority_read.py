from tests.tables import check


def test_a_group_comes_from_its_column_the_disability_or_the_title_else_is_other():
    check("priority_read", {"priority_rows": """
        record_id | name | group_name         | disability | sheet_title         | file_name
        1         | 甲   | 建档立卡贫困户     |            |                     | 名单.xlsx
        2         | 乙   | 城市低保           |            | 残疾儿童名单        | 名单.xlsx
        3         | 丙   |                    | 肢体四级   |                     | 名单.xlsx
        4         | 丁   |                    |            | 特困供养儿童花名册  | 名单.xlsx
        5         | 戊   |                    |            |                     | 服刑人员未成年子女.xlsx
        6         | 己   |                    |            |                     | 名单.xlsx
        7         | 庚   | 某某户             |            |                     | 名单.xlsx
    """}, """
        record_id | group_name   | notes
        1         | 脱贫户       |
        2         | 低保         |
        3         | 残疾         |
        4         | 特困         | group_name:group_from_title
        5         | 服刑人员子女 | group_name:group_from_title
        6         | 其他         | group_name:group_unknown
        7         | 其他         | group_name:not_understood
    """, {"period": "2026-09"})  # fmt: skip


def test_a_title_of_several_groups_decides_no_row_unless_the_sheets_name_does():
    check("priority_read", {"priority_rows": """
        record_id | name | sheet  | sheet_title              | file_name
        1         | 甲   | Sheet1 | 低保、特困、残疾儿童名单 | 名单.xlsx
        2         | 乙   | 特困   | 低保、特困、残疾儿童名单 | 名单.xlsx
        3         | 丙   | Sheet1 | 突发严重困难户子女名单   | 名单.xlsx
    """}, """
        record_id | group_name | notes
        1         | 其他       | group_name:group_unknown
        2         | 特困       | group_name:group_from_title
        3         | 脱贫户     | group_name:group_from_title
    """, {"period": "2026-09"})  # fmt: skip


def test_the_office_a_list_comes_from_is_no_group():
    check("priority_read", {"priority_rows": """
        record_id | name | sheet  | sheet_title                        | file_name
        1         | 甲   | Sheet1 | 孤儿名单（民政/乡村振兴部门提供）  | 名单.xlsx
        2         | 乙   | Sheet1 |                                    | 乡村振兴局名单.xlsx
    """}, """
        record_id | group_name
        1         | 孤儿
        2         | 脱贫户
    """, {"period": "2026-09"})  # fmt: skip
