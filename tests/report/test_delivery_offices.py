from tests.tables import check


def test_a_file_of_one_school_is_that_schools_any_other_the_office_of_its_source():
    inputs = {
        "deliveries": """
            delivery_id | source
            d1          | attendance
            d2          | registry
            d3          | household
            d4          |
        """,
        "attendance_pupils": """
            record_id | delivery_id | school_code
            r1        | d1          | s1
            r2        | d1          | s1
        """,
        "registry_pupils": """
            record_id | delivery_id | school_code
            r3        | d2          | s1
            r4        | d2          | s2
        """,
        "school_homes": """
            district_code | school_code | school_name
            990101        | s1          | 一小
        """,
    }
    check("delivery_offices", inputs, """
        delivery_id | unit_kind | unit_code | unit_name
        d1          | school    | s1        | 一小
        d2          | registry  | registry  | 学籍数据报送单位
        d3          | household | household | 户籍数据报送单位
        d4          | unknown   | unknown   | 数据报送单位
    """)  # fmt: skip
