from tests.tables import check


def test_a_name_has_the_code_most_of_its_rows_in_the_district_have():
    check("household_townships", {"household_read": """
        record_id | district_code | township_name | hukou_code
        1         | 990101        | 北关镇        | 210102101000
        2         | 990101        | 北关镇        | 210102101002
        3         | 990101        | 北关镇        | 210102102000
        4         | 990101        | 北关镇        | 210102
        5         | 990101        | 南关镇        |
        6         | 990102        | 北关镇        | 210103101000
    """}, """
        district_code | township_name | township_code
        990101        | 北关镇        | 210102101
        990102        | 北关镇        | 210103101
    """)  # fmt: skip


def test_a_name_nobody_coded_is_learnt_from_three_of_its_children_in_the_school_registry_but_not_from_two():
    numbers = (
        "210102201509010016",
        "210102201403150010",
        "210102201505050010",
        "210102201505050029",
        "210102201505050037",
    )
    children = "\n".join(f"{i} | {'北关镇' if i < 4 else '南关镇'} | {n} | valid" for i, n in enumerate(numbers, 1))
    pupils = "\n".join(f"p{i} | {n} | valid | {210102101 if i < 4 else 210102102}" for i, n in enumerate(numbers, 1))
    check("household_townships", {
        "household_read": f"record_id | township_name | id_number | id_kind\n{children}",
        "registry_read": f"record_id | id_number | id_kind | township_code\n{pupils}",
    }, """
        township_name | township_code
        北关镇        | 210102101
    """)  # fmt: skip


def test_what_the_household_rows_say_themselves_comes_before_the_registry():
    numbers = ("210102201509010016", "210102201403150010", "210102201505050010")
    children = "\n".join(
        f"{i} | 北关镇 | {n} | valid | {'210102109' if i == 1 else ''}" for i, n in enumerate(numbers, 1)
    )
    pupils = "\n".join(f"p{i} | {n} | valid | 210102101" for i, n in enumerate(numbers, 1))
    check("household_townships", {
        "household_read": f"record_id | township_name | id_number | id_kind | hukou_code\n{children}",
        "registry_read": f"record_id | id_number | id_kind | township_code\n{pupils}",
    }, """
        township_name | township_code
        北关镇        | 210102109
    """)  # fmt: skip
