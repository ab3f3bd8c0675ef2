from tests.tables import check


def test_every_name_set_aside_unread_counts_and_tells_its_grade_where_the_school_is_on_no_roll():
    check("unread_attenders", {"quarantine": """
        record_id | district_code | source     | codes                | row_text
        r         | 990101        | attendance | school_unknown       | {"name":"张 三","grade":"七年级"}
        s         | 990101        | attendance | marks_not_understood | {"name":"李四","grade":"七年级"}
        t         | 990101        | attendance | superseded           | {"name":"王五","grade":"七年级"}
        u         | 990101        | vocational | missing_value        | {"name":"赵六"}
        v         | 990101        | registry   | missing_value        | {"name":"钱七"}
    """}, """
        source     | district_code | name | grade_without_roll
        attendance | 990101        | 张三 | 7
        attendance | 990101        | 李四 |
        vocational | 990101        | 赵六 |
    """)  # fmt: skip
