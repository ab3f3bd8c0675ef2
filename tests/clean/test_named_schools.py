from tests.tables import check


def test_every_way_a_source_names_a_school_is_listed_once_with_the_grades_it_has():
    check("named_schools", {
        "registry_read": """
            record_id | school_code | school_name | grade
            1         | 2100000001  | 一小        | 1
            2         | 2100000001  | 一小        | 7
            3         |             |             | 7
        """,
        "attendance_read": """
            record_id | school_name | grade
            4         | 一小        |
        """,
        "priority_read": """
            record_id | school_name
            5         | 职教中心
        """,
    }, """
        source     | school_code | school_name | rows_naming | has_primary | has_junior | has_senior
        attendance |             | 一小        | 1           | false       | false      | false
        priority   |             | 职教中心    | 1           | false       | false      | false
        registry   | 2100000001  | 一小        | 2           | true        | true       | false
    """)  # fmt: skip
