from tests.tables import check


def test_a_school_answers_for_the_files_it_handed_in_itself():
    check("school_quality", {
        "school_homes": """
            school_code | school_name
            s1          | 一小
            s2          | 二小
        """,
        "delivery_offices": """
            delivery_id | unit_kind | unit_code
            d1          | school    | s1
            d2          | school    | s1
            d3          | registry  | registry
        """,
        "deliveries": """
            delivery_id | rows_read | rows_set_aside
            d1          | 40        | 2
            d2          | 30        | 0
            d3          | 900       | 9
        """,
        "issue_list": """
            unit_kind | unit_code | delivery_id | issue_no | severity
            school    | s1        | d1          | 1        | warning
            school    | s1        | d1          | 2        | warning
            school    | s1        | d2          | 1        | info
            registry  | registry  | d3          | 1        | critical
        """,
    }, """
        school_code | files | rows_read | rows_set_aside | to_correct | to_check
        s1          | 2     | 70        | 2              | 2          | 1
        s2          | 0     | 0         | 0              | 0          | 0
    """)  # fmt: skip
