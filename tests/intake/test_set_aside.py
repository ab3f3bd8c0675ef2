from tests.tables import check, run


def test_a_row_is_set_aside_for_what_the_suite_warns_of_but_not_for_what_it_reports():
    check("set_aside", {
        "record_heads": """
            record_id | source   | delivery_id
            1         | registry | d
            2         | registry | d
        """,
        "suite_failures": """
            source   | record_id | column_name | code          | severity
            registry | 1         | name        | missing_value | warning
            registry | 2         | grade       | out_of_range  | info
        """,
    }, """
        record_id | code
        1         | missing_value
    """)  # fmt: skip


def test_an_unknown_mark_is_named_once_and_not_again_as_missing_marks():
    check("set_aside", {
        "record_heads": """
            record_id | source     | delivery_id | sheet | row_no
            1         | attendance | d           | 三2   | 5
        """,
        "suite_failures": """
            source     | record_id | column_name | code          | severity
            attendance | 1         | marks       | missing_value | warning
        """,
        "reading_issues": """
            delivery_id | sheet | row_no | code         | severity
            d           | 三2   | 5      | unknown_mark | warning
        """,
    }, """
        record_id | code
        1         | unknown_mark
    """)  # fmt: skip


def test_the_second_of_one_pupil_in_a_file_is_set_aside_but_not_in_another_file():
    check("set_aside", {
        "record_heads": """
            record_id | source   | delivery_id | same_pupil
            1-9       | registry | d           | 甲
            1-10      | registry | d           | 甲
            2-1       | registry | e           | 甲
            3-1       | registry | e           |
            3-2       | registry | e           |
        """,
    }, """
        record_id | code
        1-10      | repeated_row
    """)  # fmt: skip


def test_an_attendance_sheet_of_a_school_on_no_roll_is_set_aside_unless_the_district_has_no_roll():
    rows = run("set_aside", {
        "record_heads": """
            record_id | district_code | source     | delivery_id | school_code | school_name | marks
            1         | 990101        | attendance | d           |             | 一小        | P
            2         | 990101        | attendance | d           |             | 九小        | P
            3         | 990101        | attendance | d           |             |             | P
            4         | 990102        | attendance | e           |             | 九小        | P
            5         | 990101        | attendance | d           | 2199999999  | 一小        | P
            6         | 990101        | attendance | d           |             |             |
        """,
        "schools": """
            district_code | school_code | school_name | kind
            990101        | 2100000001  | 第一小学    | registry
        """,
        "school_aliases": """
            district_code | school_text | school_code
            990101        | 一小        | 2100000001
            990101        | 九小        |
            990101        | 2199999999  |
        """,
    }).to_pylist()  # fmt: skip
    assert [(row["record_id"], row["code"]) for row in rows] == [("2", "school_unknown"), ("3", "school_unknown")]


def test_a_replaced_row_is_set_aside_as_superseded():
    check("set_aside", {
        "redeliveries": """
            record_id | source   | delivery_id | later_delivery_id
            1         | registry | d           | e
        """,
    }, """
        record_id | code
        1         | superseded
    """)  # fmt: skip
