from tests.tables import check


def test_only_answered_dropouts_and_those_who_came_back_stand_in_the_ledgers():
    inputs = {
        "cases": """
            case_no | child_id | finding            | state    | answer_code | answered_on | school_code
            K1      | a        | suspected_dropout  | dropout  | D2          | 2026-09-20  | s1
            K2      | a        | absent_from_school | dropout  | D2          | 2026-09-19  | s1
            K3      | b        | suspected_dropout  | returned | D1          | 2026-03-20  |
            K4      | c        | suspected_dropout  | open     |             |             | s1
        """,
        "case_events": """
            case_no | event_no | event       | happened_on
            K1      | 1        | persuaded   | 2026-09-21
            K1      | 2        | persuaded   | 2026-09-25
            K3      | 1        | gone        | 2026-06-30
            K3      | 2        | followed_up | 2026-09-15
        """,
        "children": """
            child_id | name | school_code | school_name
            a        | 甲   | s1          | 一小
            b        | 乙   | s2          | 二小
            c        | 丙   | s1          | 一小
        """,
    }
    check("ledger_dropouts", inputs, """
        row_no | state    | case_no | school_code | school_name | answer              | answered_on
        1      | dropout  | K1      | s1          | 一小        | D2 务工             | 2026-09-20
        1      | returned | K3      | s2          | 二小        | D1 厌学或学习困难   | 2026-03-20
    """)  # fmt: skip
    check("ledger_dropouts", inputs, """
        case_no | attempts | last_attempt_on | returned_on | checks
        K1      | 2        | 2026-09-25      |             |
        K3      | 0        |                 | 2026-06-30  | 1
    """)  # fmt: skip


def test_children_of_priority_groups_stand_first():
    cases = "case_no | child_id | finding | state\nK1 | a | suspected_dropout | dropout\nK2 | b | suspected_dropout | dropout"
    children = "child_id | school_name | priority\na | 一小 | 0\nb | 二小 | 1"
    check("ledger_dropouts", {"cases": cases, "children": children}, "row_no | case_no\n1 | K2\n2 | K1")
