from tests.parameters import parameters
from tests.tables import check


def test_on_one_roll_and_present_at_another_school():
    check("attends_elsewhere", {
        "children": """
            child_id | on_roll | should_attend | explanation       | school_name | grade | class_no | explanation_text          | class_delivered
            a        | true    | true          | attends_elsewhere | 第一小学    | 3     | 2        | 在第二小学就读（本月到校9天） | true
            b        | false   | true          | attends_elsewhere | 第一小学    | 3     | 2        | x                         | true
            c        | true    | true          | suspended         | 第一小学    | 3     | 2        | x                         | true
        """,
    }, """
        child_id | reason               | explanation
        a        | seen_at_other_school | 学籍在第一小学三年级(2)班，人在第二小学就读（本月到校9天），本月在学籍所在校没有到校记录。
    """, parameters())  # fmt: skip
