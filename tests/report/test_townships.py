from tests.tables import check


def test_a_township_is_called_by_the_name_most_rows_write_else_by_the_one_its_addresses_begin_with():
    check("townships", {"children": """
        child_id | township_code | township_name | address
        a        | 990101001     | 小店街道      |
        b        | 990101001     | 小店街道      |
        c        | 990101001     | 小店街        |
        d        | 990101101     |               | 清溪区沙河镇和顺苑239号
        e        | 990101101     |               | 云泽市清溪区沙河镇锦绣家园
        f        | 990101101     |               | 沙河镇东街1号
        g        | 990101102     |               | 幸福里9号
        h        | 990101103     |               | 清溪区石桥乡1号
        i        | 城西镇        |               |
    """}, """
        township_code | township_name
        990101001     | 小店街道
        990101101     | 沙河镇
        990101102     | 乡镇街道990101102
        990101103     | 乡镇街道990101103
        城西镇        | 城西镇
    """)  # fmt: skip


def test_a_townships_station_is_that_of_most_households_without_the_bureau_above_it():
    check("townships", {"children": """
        child_id | township_code | police_station
        a        | 990101001     | 清溪公安分局小店派出所
        b        | 990101001     | 小店派出所
        c        | 990101001     | 沙河镇派出所
        d        | 990101002     |
    """}, """
        township_code | police_station
        990101001     | 小店派出所
        990101002     |
    """)  # fmt: skip
