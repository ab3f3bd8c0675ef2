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
