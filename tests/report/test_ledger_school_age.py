from tests.report.test_list_places import ROUTES
from tests.tables import check


def test_the_ledger_says_where_every_child_of_school_age_stands():
    inputs = {
        "children": """
            child_id | name | of_school_age | on_roll | seen  | class_delivered | explanation | explanation_text       | school_name
            a        | 甲   | true          | true    | true  | true            |             |                        | 一小
            b        | 乙   | true          | true    | false | true            | suspended   | 休学至2027年2月        | 一小
            c        | 丙   | true          | true    | false | false           |             |                        | 一小
            d        | 丁   | true          | false   | false |                 |             |                        |
            e        | 戊   | false         | true    | true  | true            |             |                        | 一小
            f        | 己   | true          | true    | true  | true            | exempt      | 号码990101201509010016 | 二小
        """,
        "findings": """
            child_id | finding
            d        | not_enrolled
            d        | missing_id_number
            a        | missing_id_number
        """,
        "list_routes": ROUTES,
    }
    check("ledger_school_age", inputs, """
        row_no | child_id | on_roll | standing
        1      | c        | 是      | 未报考勤，未判断
        2      | b        | 是      | 休学至2027年2月
        3      | a        | 是      | 在校
        4      | f        | 是      | 号码尾号0016
        5      | d        | 否      | 适龄未入学
    """)  # fmt: skip


def test_over_age_pupils_not_yet_finished_and_those_gone_from_the_roll_stand_in_it_too():
    children = """
        child_id | name | of_school_age | on_roll | should_attend | left_roll | seen
        a        | 甲   | false         | true    | true          | false     | true
        b        | 乙   | false         | false   | false         | true      | false
        c        | 丙   | false         | true    | false         | false     | true
    """
    check(
        "ledger_school_age", {"children": children, "list_routes": ROUTES}, "child_id | standing\nb | 待核对\na | 在校"
    )
