from tests.tables import run


def same(name, rows):
    """Which rows are one pupil entered twice, as groups of record ids."""
    groups: dict[str, list[str]] = {}
    for row in run("record_heads", {name: rows}).to_pylist():
        if row["same_pupil"]:
            groups.setdefault(row["same_pupil"], []).append(row["record_id"])
    return sorted(group for group in groups.values() if len(group) > 1)


def test_one_name_and_number_on_one_roll_is_one_pupil_but_another_school_or_status_is_another_fact():
    assert same("registry_read", """
        record_id | name | id_number          | id_kind | school_code | status
        1         | 甲   | 210102201509010016 | valid   | 2100000001  | 在读
        2         | 甲   | 210102201509010016 | valid   | 2100000001  | 在读
        3         | 甲   | 210102201509010016 | valid   | 2100000002  | 在读
        4         | 甲   | 210102201509010016 | valid   | 2100000001  | 转出
    """) == [["1", "2"]]  # fmt: skip


def test_without_numbers_all_else_must_agree_and_a_bare_name_says_nothing():
    assert same("registry_read", """
        record_id | name | birth_date | phone       | class_name
        1         | 甲   | 2015-09-01 | 13800000000 | 1班
        2         | 甲   | 2015-09-01 | 13800000000 | 1班
        3         | 甲   | 2015-09-01 | 13800000000 | 2班
        4         | 乙   |            |             | 1班
        5         | 乙   |            |             | 1班
    """) == [["1", "2"]]  # fmt: skip


def test_a_moved_household_entry_beside_the_one_in_force_stays():
    assert same("household_read", """
        record_id | name | id_number          | township_name | left_on
        1         | 甲   | 210102201509010016 | 北关镇        | 2026-01-01
        2         | 甲   | 210102201509010016 | 南关镇        |
        3         | 甲   | 210102201509010016 | 南关镇        |
    """) == [["2", "3"]]  # fmt: skip


def test_namesakes_of_a_class_are_two_children_unless_number_or_seat_says_otherwise():
    assert same("attendance_read", f"""
        record_id | name | pupil_no | seat_no | marks      | month
        1         | 甲   |          |         | {'P' * 31} | 2026-09
        2         | 甲   |          |         | {'P' * 31} | 2026-09
        3         | 乙   | G1       |         | {'P' * 31} | 2026-09
        4         | 乙   | G1       |         | {'P' * 31} | 2026-09
        5         | 丙   |          | 7       | {'P' * 31} | 2026-09
        6         | 丙   |          | 8       | {'P' * 31} | 2026-09
    """) == [["3", "4"]]  # fmt: skip


def test_a_child_of_two_priority_groups_has_two_rows():
    assert same("priority_read", """
        record_id | name | id_number          | group_name
        1         | 甲   | 210102201509010016 | 低保
        2         | 甲   | 210102201509010016 | 残疾
        3         | 甲   | 210102201509010016 | 低保
    """) == [["1", "3"]]  # fmt: skip
