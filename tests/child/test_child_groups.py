from tests.tables import check


def test_groups_come_from_flags_lists_and_a_household_outside_the_city():
    check("child_groups", {
        "registry_pupils": """
            record_id | left_behind | migrant | orphan | boarding_aid | disability | hukou_code | hukou_type
            a         | true        | false   | false  | true         | 无         | 990101     | 农业家庭户
            b         | false       | false   | false  | false        | 听力残疾   | 880101001  | 非农业
            c         | false       | false   | false  | false        |            | 990102     |
        """,
        "priority_children": """
            record_id | group_name
            list_a    | 低保
            list_a2   | 留守
        """,
        "child_records": """
            record_id | child_id
            a         | ka
            b         | kb
            c         | kc
            list_a    | ka
            list_a2   | ka
        """,
    }, """
        child_id | groups       | priority
        ka       | 留守、困难、低保、农村 | 3
        kb       | 随迁、残疾     | 2
    """)  # fmt: skip


def test_rural_and_junior_high_are_groups_without_being_need():
    check("child_groups", {
        "household_children": "record_id | community\nh | 李家村\ni | 村东社区",
        "child_records": "record_id | child_id\nh | k\ni | m",
        "child_rolls": "record_id | child_id | grade | place | in_force\nr | k | 7 | 1 | true\ns | n | 6 | 1 | true\nt | o | 9 | 1 | true",
    }, """
        child_id | groups     | priority
        k        | 农村、初中 | 0
        o        | 初中       | 0
    """)  # fmt: skip
