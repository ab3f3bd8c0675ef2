from tests.tables import check

PERIOD = {"period": "2026-09"}
A, B = "210102201509010016", "210102201403150010"
PARENT = "210102198503070013"


def test_broken_numbers_are_of_their_kind_and_keep_their_certain_digits():
    check("registry_read", {"registry_rows": f"""
        record_id | name | id_number          | guardian1_id_number | pupil_no
        1         | 甲   | {A}                |                     |
        2         | 乙   | 210102201509010017 |                     |
        3         | 丙   | 210102********0016 |                     |
        4         | 丁   | {PARENT}           | {PARENT}            |
        5         | 戊   |                    |                     | G{B}
        6         | 己   |                    |                     | {B}
        7         | 庚   |                    |                     | J{B}
        8         | 辛   | 2.10102E+17        |                     |
    """}, f"""
        record_id | id_number          | id_kind   | id_prefix       | notes
        1         | {A}                | valid     | {A[:15]}        |
        2         | 210102201509010017 | checksum  |                 | id_number:id_checksum
        3         | 210102********0016 | masked    | 210102          | id_number:id_masked
        4         | {PARENT}           | guardian  |                 | id_number:id_guardian
        5         | {B}                | valid     | {B[:15]}        | id_number:id_from_pupil_no
        6         | {B}                | valid     | {B[:15]}        | id_number:id_from_pupil_no
        7         |                    | blank     |                 |
        8         |                    | truncated | 210102          | id_number:id_truncated
    """, PERIOD)  # fmt: skip


def test_a_valid_number_ending_in_000_is_cut_off_where_the_file_has_others_cut_off():
    check("registry_read", {"registry_rows": """
        record_id | delivery_id | name | id_number
        1         | good        | 甲   | 210102201509010105
        2         | good        | 乙   | 210102201509070000
        3         | cut         | 丙   | 210102201509070000
        4         | cut         | 丁   | 210102201403150000
    """}, """
        record_id | id_kind
        1         | checksum
        2         | valid
        3         | truncated
        4         | truncated
    """, PERIOD)  # fmt: skip


def test_birth_day_and_sex_left_blank_come_from_the_number_and_a_contradiction_is_only_noted():
    check("registry_read", {"registry_rows": f"""
        record_id | name | sex  | birth_date | id_number
        1         | 甲   | 男   | 2015.9.1   | {A}
        2         | 乙   |      |            | {A}
        3         | 丙   | 女   | 2015-09-02 | {A}
        4         | 丁   | 不明 | 九月       |
        5         | 戊   | 1    | 2015-09    |
        6         | 己   | 男   | 201509     | {A}
    """}, """
        record_id | sex | birth_date | birth_month_only | notes
        1         | 男  | 2015-09-01 | false            |
        2         | 男  | 2015-09-01 | false            | birth_date:birth_from_number,sex:sex_from_number
        3         | 女  | 2015-09-02 | false            | birth_date:birth_differs_from_number,sex:sex_differs_from_number
        4         |     |            | false            | birth_date:not_understood,sex:not_understood
        5         | 男  | 2015-09-01 | true             | birth_date:month_only
        6         | 男  | 2015-09-01 | false            | birth_date:month_only
    """, PERIOD)  # fmt: skip


def test_grade_and_class_come_from_either_column_and_a_cohort_from_the_schools_stage_or_the_age():
    check("registry_read", {"registry_rows": """
        record_id | name | school_name | birth_date | grade  | class_name
        1         | 甲   | 第一小学    |            | 三年级 | 三（2）班
        2         | 乙   | 第一小学    |            |        | 三年级2班
        3         | 丙   | 第一小学    |            | 2023级 | 3
        4         | 丁   | 第一中学    |            | 2025级 | 3班
        5         | 戊   | 育才学校    | 2012-10-01 | 2025级 | 3班
        6         | 己   | 育才学校    |            | 2025级 | 3班
        7         | 庚   | 第一中学    | 2013-10-01 | 一年级 | 1班
        8         | 辛   | 第一小学    |            | 3.2    |
        9         | 壬   | 第一小学    |            | 学前班 | 向日葵
    """}, """
        record_id | grade | class_no | notes
        1         | 3     | 2        |
        2         | 3     | 2        |
        3         | 4     | 3        |
        4         | 8     | 3        |
        5         | 8     | 3        |
        6         |       | 3        | grade:not_understood
        7         | 7     | 1        |
        8         | 3     | 2        |
        9         |       |          | grade:not_understood,class_name:class_not_numbered
    """, PERIOD)  # fmt: skip


def test_where_no_grade_is_written_the_cohort_or_year_of_entering_tells_it_unless_the_child_entered_later():
    check("registry_read", {"registry_rows": """
        record_id | name | school_name | birth_date | grade  | class_name | entered_on
        1         | 甲   | 第一小学    | 2017-03-01 |        | 2班        | 2023级
        2         | 乙   | 第一中学    | 2013-03-01 |        | 2班        | 2025
        3         | 丙   | 第一小学    | 2017-03-01 |        | 2班        | 2023-09
        4         | 丁   | 第一小学    | 2017-03-01 |        | 2班        | 2025-09
        5         | 戊   | 第一小学    | 2017-03-01 |        | 2班        | 2023-11
        6         | 己   | 第一小学    | 2017-03-01 | 三年级 | 2班        | 2023级
    """}, """
        record_id | grade | entered_on | notes
        1         | 4     |            |
        2         | 8     |            |
        3         | 4     | 2023-09-01 |
        4         |       | 2025-09-01 |
        5         |       | 2023-11-01 |
        6         | 3     |            |
    """, PERIOD)  # fmt: skip


def test_the_place_of_the_household_written_in_words_is_the_address_where_none_is_written():
    check("registry_read", {"registry_rows": """
        record_id | name | hukou_code   | address
        1         | 甲   | 大沟村3号    |
        2         | 乙   | 大沟村3号    | 学府路9号
        3         | 丙   | 210102001001 |
    """}, """
        record_id | hukou_code   | address
        1         |              | 大沟村3号
        2         |              | 学府路9号
        3         | 210102001001 |
    """, PERIOD)  # fmt: skip


def test_a_status_is_the_longest_known_word_in_the_vendors_word_and_blank_is_on_the_roll():
    check("registry_read", {"registry_rows": """
        record_id | name | status
        1         | 甲   |
        2         | 乙   | 在籍在读
        3         | 丙   | 已办理转学离校手续
        4         | 丁   | 未毕业
        5         | 戊   | 待审核
        6         | 己   | 出国（境）
        7         | 庚   | 辍学
    """}, """
        record_id | status | notes
        1         | 在读   |
        2         | 在读   |
        3         | 转出   |
        4         | 其他   |
        5         | 其他   | status:not_understood
        6         | 出国   |
        7         | 退学   |
    """, PERIOD)  # fmt: skip


def test_what_was_understood_differently_in_a_name_is_noted_and_the_text_is_kept():
    check("registry_read", {"registry_rows": """
        record_id | name            | hukou_code
        1         | 张 伟           | 210102001000
        2         | 张伟（转）      | 21x2
        3         | 阿依．买买提    | 沈阳市沈河区
        4         | 张?             |
    """}, """
        record_id | name        | name_raw     | remarks | township_code | notes
        1         | 张伟        | 张 伟        |         | 210102001     | name:name_spaced
        2         | 张伟        | 张伟（转）   | 转      |               | name:name_decorated,hukou_code:not_understood
        3         | 阿依·买买提 | 阿依．买买提 |         |               | name:name_dot
        4         | 张?         | 张?          |         |               | name:name_unreadable
    """, PERIOD)  # fmt: skip


def test_home_teaching_may_be_told_by_the_state_or_a_remark():
    check("registry_read", {"registry_rows": """
        record_id | name | attend_mode | status               | remarks
        1         | 甲   |             | 送教上门             |
        2         | 乙   | 走读        | 在籍在读（送教上门） |
        3         | 丙   | 住校        | 在读                 | 送教上门，每月四次
        4         | 丁   | 走读        | 在读                 | 已停止送教
    """}, """
        record_id | attend_mode | status
        1         | 送教上门    | 在读
        2         | 送教上门    | 在读
        3         | 送教上门    | 在读
        4         | 走读        | 在读
    """, PERIOD)  # fmt: skip
