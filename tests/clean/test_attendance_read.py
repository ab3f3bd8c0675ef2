from tests.tables import check

PERIOD = {"period": "2026-09"}


def test_class_month_and_number_are_read_whatever_the_sheet_writes():
    check("attendance_read", {"attendance_rows": """
        record_id | school_name | grade  | class_name | month     | name       | pupil_no            | marks
        1         | 第一小学    | 三年级 | (2)班      | 2026年9月 | 张 伟      |                     | P
        2         | 第一小学    |        | 三（2）班  | 2026-09   | 李娜（转） | G210102201509010016 | P
        3         | 第一中学    | 2025级 | 3班        | 九月      | 王五       | 12                  | P
    """}, """
        record_id | grade | class_no | month   | name | id_kind | remarks | notes
        1         | 3     | 2        | 2026-09 | 张伟 | blank   |         | name:name_spaced
        2         | 3     | 2        | 2026-09 | 李娜 | valid   | 转      | name:name_decorated
        3         | 8     | 3        |         | 王五 | blank   |         | month:not_understood
    """, PERIOD)  # fmt: skip


def test_a_number_taken_from_the_registry_number_is_told_where_the_sheet_has_a_column_of_numbers():
    check("attendance_read", {"attendance_rows": """
        record_id | delivery_id | name | pupil_no            | id_number          | marks
        1         | a           | 李娜 | G210102201509010016 |                    | P
        2         | a           | 王五 |                     | 210102201510010015 | P
        3         | b           | 李娜 | G210102201509010016 |                    | P
    """}, """
        record_id | id_number          | notes
        1         | 210102201509010016 | id_number:id_from_pupil_no
        2         | 210102201510010015 | id_number:id_checksum
        3         | 210102201509010016 |
    """, PERIOD)  # fmt: skip


def test_a_mark_behind_two_of_a_name_is_no_part_of_it_and_may_tell_the_sex():
    check("attendance_read", {"attendance_rows": """
        record_id | delivery_id | sheet | name       | marks
        1         | a           | 一1   | 张伟大     | P
        2         | a           | 一1   | 张伟小     | P
        3         | a           | 一1   | 李丽（男） | P
        4         | a           | 一1   | 李丽（女） | P
        5         | a           | 一1   | 王思乙     | P
        6         | a           | 一2   | 王思甲     | P
        7         | a           | 一2   | 赵大       | P
        8         | a           | 一2   | 赵小       | P
    """}, """
        record_id | name   | sex | remarks | notes
        1         | 张伟   |     | 大      | name:name_decorated
        2         | 张伟   |     | 小      | name:name_decorated
        3         | 李丽   | 男  | 男      | name:name_decorated
        4         | 李丽   | 女  | 女      | name:name_decorated
        5         | 王思乙 |     |         |
        6         | 王思甲 |     |         |
        7         | 赵大   |     |         |
        8         | 赵小   |     |         |
    """, PERIOD)  # fmt: skip
