from tests.parameters import parameters
from tests.tables import check

CHILDREN = """
    child_id | school_name | grade | class_no | class_days | days_recorded | days_present | days_leave | longest_unexcused | run_started_on | last_present_on | explanation_text
    back     | 第一小学    | 3     | 2        | 20         | 20            | 5            | 0          | 12                | 2026-09-08     | 2026-09-07      |
    elsewhere| 第一小学    | 3     | 2        | 20         |               |              |            |                   |                |                 | 在第二小学就读（本月到校9天）
    leave    | 第一小学    | 3     | 2        | 20         | 20            | 0            | 20         | 0                 |                |                 |
    nobody   | 第一小学    | 3     | 2        | 20         |               |              |            |                   |                |                 |
    nothing  | 第一小学    | 3     |          | 20         | 20            | 0            | 0          | 4                 | 2026-09-08     |                 |
"""


def test_the_sentence_says_where_since_when_and_what_was_looked_for():
    check("absent_from_school", {
        "children": CHILDREN,
        "absences": """
            child_id  | reason
            back      | unexcused_run
            elsewhere | attends_elsewhere
            leave     | leave_all_month
            nobody    | never_seen
            nothing   | never_seen
        """,
    }, """
        child_id  | reason            | explanation
        back      | unexcused_run     | 在第一小学三年级(2)班在籍；9月考勤记录20天，9月8日起连续无故缺课12天，最后到校9月7日；未发现在其他学校就读。
        elsewhere | attends_elsewhere | 在第一小学三年级(2)班在籍；在第二小学就读（本月到校9天）。
        leave     | leave_all_month   | 在第一小学三年级(2)班在籍；9月考勤记录20天，未到校，其中事假20天；未发现在其他学校就读。
        nobody    | never_seen        | 在第一小学三年级(2)班在籍；本班9月考勤表已报送（上课20天），没有该生的到校记录；未发现在其他学校就读。
        nothing   | never_seen        | 在第一小学三年级在籍；9月考勤记录20天，没有一天到校；未发现在其他学校就读。
    """, parameters())  # fmt: skip
