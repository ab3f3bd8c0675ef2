from tests.parameters import parameters
from tests.tables import check


def test_only_runs_and_the_never_seen_are_suspected_not_leave_or_attendance_elsewhere():
    check("suspected_dropout", {
        "children": "child_id\na\nb\nc\nd",
        "absences": """
            child_id | reason
            a        | unexcused_run
            b        | never_seen
            c        | leave_all_month
            d        | attends_elsewhere
        """,
        "absent_from_school": """
            child_id | reason            | explanation
            a        | unexcused_run     | x
            b        | never_seen        | y
            c        | leave_all_month   | z
            d        | attends_elsewhere | w
        """,
    }, """
        child_id | reason        | explanation
        a        | unexcused_run | x
        b        | never_seen    | y
    """, parameters())  # fmt: skip


def test_an_unfinished_pupil_gone_from_the_rolls_is_suspected_unless_seen_or_explained():
    check("suspected_dropout", {
        "children": """
            child_id | left_roll | seen  | explanation
            answered | true      | false | answered
            gone     | true      | false |
            seen     | true      | true  |
            trade    | true      | false | vocational
        """,
    }, """
        child_id | reason
        answered | left_the_roll
        gone     | left_the_roll
    """, parameters())  # fmt: skip
