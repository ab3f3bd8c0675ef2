from tests.tables import check


def test_groups_come_from_flags_lists_and_a_household_outside_the_city():
    check("child_groups", {
        "registry_pupils": """
            record_id | left_behind | migrant | orphan | boarding_aid | disability | hukou_code
            a         | true        | false   | false  | true         | 无         | 990101
            b         | false       | false   | false  | false        | 听力残疾   | 880101001
            c         | false       | false   | false  | false        |            | 990102
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
        ka       | 留守、困难、低保 | 3
        kb       | 随迁、残疾     | 2
    """)  # fmt: skip
