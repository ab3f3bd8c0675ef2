from tests.tables import check

PERIOD = {"period": "2026-09"}
A = "210102201509010016"
PARENT = "210102198503070013"


def test_a_township_is_the_first_nine_digits_of_the_division_code_else_its_name():
    check("household_read", {"household_rows": """
        record_id | name | township_name | hukou_code
        1         | 甲   | 北关镇        | 210102101000
        2         | 乙   | 北关镇        | 210102
        3         | 丙   |               | 210102001
    """}, """
        record_id | township_code
        1         | 210102101
        2         | 北关镇
        3         | 210102001
    """, PERIOD)  # fmt: skip


def test_an_extract_without_townships_names_them_in_the_address_or_by_the_police_station_but_never_another_countys():
    check("household_read", {"household_rows": """
        record_id | district_code | name | township_name | hukou_code | address                          | police_station
        1         | 511523        | 甲   |               |            | 四川省宜宾市江安县四面山镇一村3组 |
        2         | 511523        | 乙   |               |            | 红桥镇二村                        |
        3         | 511523        | 丙   |               |            | 浙江省义乌市佛堂镇一村            |
        4         | 511523        | 丁   |               |            | 一村2组                           | 怡乐镇派出所
        5         | 654202        | 戊   |               |            | 新疆塔城地区乌苏市新市区街道5号   | 城北派出所
        6         | 511523        | 己   | 江安镇        |            | 江安县红桥镇                      |
        7         | 511523        | 庚   |               | 511523101  | 江安县红桥镇                      |
    """}, """
        record_id | township_name | township_code
        1         | 四面山镇      | 四面山镇
        2         | 红桥镇        | 红桥镇
        3         |               |
        4         | 怡乐镇        | 怡乐镇
        5         | 新市区街道    | 新市区街道
        6         | 江安镇        | 江安镇
        7         |               | 511523101
    """, PERIOD)  # fmt: skip


def test_an_entry_is_left_by_its_reason_its_date_or_its_remarks_but_not_by_a_relatives_nor_by_an_unknown_word():
    check("household_read", {"household_rows": """
        record_id | name | left_on    | left_reason | remarks
        1         | 甲   | 2026-01-02 | 户口迁往外省 |
        2         | 乙   | 20260102   |             |
        3         | 丙   |            |             | 已死亡
        4         | 丁   |            |             | 父亲已死亡
        5         | 戊   |            | 死亡注销    |
        6         | 己   |            | 正常        |
        7         | 庚   |            |             | 随母迁入
        8         | 辛   |            | 某种原因    |
        9         | 壬   |            |             | 未注销
        A         | 癸   | 2026-01-02 | 某种原因    |
        B         | 子   |            | 2025.03.02因购房迁往外市 |
        C         | 丑   |            |             | 2024.11.05死亡
    """}, """
        record_id | left_on    | left_reason | notes
        1         | 2026-01-02 | 迁出        |
        2         | 2026-01-02 | 迁出        | left_reason:reason_assumed
        3         |            | 死亡        | left_reason:reason_from_remarks
        4         |            |             |
        5         |            | 死亡        |
        6         |            |             |
        7         |            |             |
        8         |            |             | left_reason:not_understood
        9         |            |             |
        A         | 2026-01-02 | 其他        | left_reason:not_understood
        B         |            | 迁出        |
        C         |            | 死亡        | left_reason:reason_from_remarks
    """, PERIOD)  # fmt: skip


def test_a_parents_number_beside_a_child_is_the_guardians_but_an_adults_own_row_is_its_own():
    check("household_read", {"household_rows": f"""
        record_id | name | relation | birth_date | id_number | head_id_number
        1         | 甲   | 子       | 2015-09-01 | {PARENT}  | {PARENT}
        2         | 乙   | 户主     | 1985-03-07 | {PARENT}  | {PARENT}
        3         | 丙   | 子       | 2015-09-01 | {A}       | {PARENT}
    """}, """
        record_id | id_kind
        1         | guardian
        2         | valid
        3         | valid
    """, PERIOD)  # fmt: skip


def test_the_parents_of_a_whole_household_stand_in_rows_of_their_own():
    """A grandchild's parents are others; of two heads or of two married none is known."""
    check("household_read", {"household_rows": f"""
        record_id | delivery_id | household_no | name   | relation | birth_date | id_number
        1         | d           | 7            | 王建国 | 户主     | 1985-03-07 | {PARENT}
        2         | d           | 7            | 李梅   | 妻       | 1986-03-07 |
        3         | d           | 7            | 王一   | 长子     | 2015-09-01 | {A}
        4         | d           | 7            | 王二   | 孙子     | 2015-09-01 |
        5         | d           | 8            | 赵一   | 子       | 2015-09-01 |
        6         | e           | 7            | 钱一   | 女       | 2015-09-01 |
        7         | e           | 7            | 钱大   | 户主     | 1985-03-07 |
        8         | e           | 7            | 钱二   | 户主     | 1985-03-07 |
    """}, f"""
        record_id | head_name | head_id_number | guardian2_name
        1         |           |                |
        2         |           |                |
        3         | 王建国    | {PARENT}       | 李梅
        4         |           |                |
        5         |           |                |
        6         |           |                |
        7         |           |                |
        8         |           |                |
    """, PERIOD)  # fmt: skip
