from tests.tables import check


def test_a_kind_left_out_is_taken_from_the_lists_title_or_file_name():
    check("exempt_read", {"exempt_rows": """
        record_id | name | kind | sheet_title          | file_name    | approved_on | valid_until
        1         | 甲   | 休学 | 2026年延缓入学名单   | 名单.xlsx    | 2026.8.1    | 2027-07-31
        2         | 乙   |      | 2026年延缓入学名单   | 名单.xlsx    |             | 长期
        3         | 丙   |      |                      | 送教上门.xls |             | 明年
        4         | 丁   |      |                      | 名单.xlsx    |             |
    """}, """
        record_id | kind     | approved_on | valid_until | notes
        1         | 休学     | 2026-08-01  | 2027-07-31  |
        2         | 延缓入学 |             |             | kind:kind_from_title
        3         | 送教上门 |             |             | valid_until:not_understood,kind:kind_from_title
        4         |          |             |             |
    """, {"period": "2026-09"})  # fmt: skip


def test_a_title_of_several_kinds_decides_no_row_unless_the_sheets_name_does():
    check("exempt_read", {"exempt_rows": """
        record_id | name | sheet    | sheet_title                    | file_name
        1         | 甲   | Sheet1   | 延缓入学、休学、送教上门名单   | 名单.xlsx
        2         | 乙   | 休学     | 延缓入学、休学、送教上门名单   | 名单.xlsx
        3         | 丙   | Sheet1   | 免缓学儿童名单                 | 名单.xlsx
        4         | 丁   | Sheet1   | 因病休学学生名单               | 休学.xlsx
    """}, """
        record_id | kind | notes
        1         |      |
        2         | 休学 | kind:kind_from_title
        3         |      |
        4         | 休学 | kind:kind_from_title
    """, {"period": "2026-09"})  # fmt: skip
