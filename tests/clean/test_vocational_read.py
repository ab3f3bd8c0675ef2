from tests.tables import check


def test_grades_of_a_vocational_school_count_from_ten():
    check("vocational_read", {"vocational_rows": """
        record_id | name | grade  | class_name  | entered_on | status
        1         | 甲   | 一年级 | 2026级汽修1班 | 202609   | 在校
        2         | 乙   | 2025级 | 护理2班     | 2025年9月  |
        3         | 丙   | 高三   |             |            | 退学
        4         | 丁   | 初三   | 普职融合班  |            |
    """}, """
        record_id | grade | entered_on | status
        1         | 10    | 2026-09-01 | 在读
        2         | 11    | 2025-09-01 | 在读
        3         | 12    |            | 退学
        4         | 9     |            | 在读
    """, {"period": "2026-09"})  # fmt: skip


def test_a_pupil_who_did_not_come_is_said_so_by_state_column_or_remark():
    check("vocational_read", {"vocational_rows": """
        record_id | name | status   | arrival    | remarks
        1         | 甲   | 在籍     | 未报到     |
        2         | 乙   | 在籍     | 已报到     |
        3         | 丙   |          | 否         |
        4         | 丁   |          | 是         |
        5         | 戊   | 未来报到 |            |
        6         | 己   | 在校     |            | 开学未报到
        7         | 庚   | 退学     | 没来       |
        8         | 辛   |          | 暂未到校   |
    """}, """
        record_id | status
        1         | 未到校
        2         | 在读
        3         | 未到校
        4         | 在读
        5         | 未到校
        6         | 未到校
        7         | 退学
        8         | 未到校
    """, {"period": "2026-09"})  # fmt: skip
