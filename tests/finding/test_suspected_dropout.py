from tests.parameters import parameters
from tests.tables import check, run


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


def test_the_sentence_names_the_last_period_and_a_namesake_that_may_be_the_child():
    children = "child_id | left_roll | seen | school_name | grade | class_no | known_period\ng | true | false | 第一小学 | 3 | 1 | 2025-09"
    [row] = run("suspected_dropout", {"children": children, "namesakes": "child_id | other_child_id | place\ng | x | 第二小学四年级(2)班"},
                parameters()).to_pylist()  # fmt: skip
    assert row["explanation"].startswith("2025年9月在第一小学三年级(1)班就读，未完成义务教育")
    assert "第二小学四年级(2)班有同名学生" in row["explanation"]


def test_a_pupil_of_two_rolls_is_not_suspected_while_the_other_school_has_sent_no_sheet_unless_marked_unexcused_here():
    check("suspected_dropout", {
        "children": "child_id | school_code\nheard | s\nrun | s\nunheard | s\nleft | s",
        "child_rolls": """
            child_id | school_code | grade | class_no | in_force
            heard    | s           | 3     | 1        | true
            heard    | t           | 3     | 1        | true
            run      | s           | 3     | 1        | true
            run      | u           | 3     | 1        | true
            unheard  | s           | 3     | 1        | true
            unheard  | t           | 3     | 2        | true
            left     | s           | 3     | 1        | true
            left     | u           | 3     | 1        | false
        """,
        "class_deliveries": """
            school_code | grade | class_no
            s           | 3     | 1
            t           | 3     | 1
        """,
        "absences": """
            child_id | reason
            heard    | never_seen
            run      | unexcused_run
            unheard  | never_seen
            left     | never_seen
        """,
        "absent_from_school": """
            child_id | reason        | explanation
            heard    | never_seen    | x
            run      | unexcused_run | x
            unheard  | never_seen    | x
            left     | never_seen    | x
        """,
    }, """
        child_id | reason
        heard    | never_seen
        left     | never_seen
        run      | unexcused_run
    """, parameters())  # fmt: skip
