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
