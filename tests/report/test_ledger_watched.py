from tests.tables import check

INPUTS = {
    "cases": """
        case_no | child_id | finding            | state     | opened_period | answer_code | answered_on | due_on     | school_code
        K1      | a        | suspected_dropout  | open      | 2026-09       |             |             | 2026-09-29 | s1
        K2      | a        | absent_from_school | open      | 2026-09       |             |             | 2026-09-29 | s1
        K3      | b        | suspected_dropout  | explained | 2026-03       | A3          | 2026-04-01  | 2026-03-29 | s1
        K4      | c        | suspected_dropout  | closed    | 2026-03       |             |             | 2026-03-29 | s1
        K5      | d        | suspected_dropout  | closed    | 2025-09       |             |             | 2025-09-29 | s1
        K6      | e        | suspected_dropout  | dropout   | 2026-03       | D2          | 2026-04-01  | 2026-03-29 | s1
        K7      | f        | dropout_risk       | open      | 2026-09       |             |             | 2026-09-29 | s1
    """,
    "previous_cases": """
        case_no | child_id | finding           | state
        K3      | b        | suspected_dropout | explained
        K4      | c        | suspected_dropout | open
        K5      | d        | suspected_dropout | closed
        K6      | e        | suspected_dropout | dropout
    """,
    "case_events": """
        case_no | event_no | event  | note
        K1      | 1        | opened | 学籍210102201503070017在一小，连续缺课8天。
        K1      | 2        | waits  | 另一句
    """,
    "children": """
        child_id | name | school_code | school_name | priority
        a        | 甲   | s1          | 一小        | 0
        b        | 乙   | s1          | 一小        | 1
        c        | 丙   | s1          | 一小        | 1
    """,
}


def test_who_is_explained_stays_and_who_was_closed_is_shown_once_more():
    check("ledger_watched", INPUTS, """
        finding           | row_no | case_no | school_name | priority_mark | state     | answer      | due_on
        dropout_risk      | 1      | K7      | s1          |               | open      |             | 2026-09-29
        suspected_dropout | 1      | K3      | 一小        | ★             | explained | A3 省外就读 |
        suspected_dropout | 2      | K1      | 一小        |               | open      |             | 2026-09-29
        suspected_dropout | 3      | K4      | 一小        | ★             | closed    |             |
    """)  # fmt: skip


def test_the_ledger_says_what_was_found_and_shows_no_whole_number():
    check("ledger_watched", {**INPUTS, "cases": "\n".join(INPUTS["cases"].strip().splitlines()[:2])}, """
        case_no | explanation
        K1      | 学籍尾号0017在一小，连续缺课8天。
    """)  # fmt: skip


def test_a_contradicted_answer_is_what_the_ledger_says_last():
    events = INPUTS["case_events"] + "    K1      | 3        | contradicted | 曾答复“死亡”，本期考勤显示在一小到校\n"
    inputs = {**INPUTS, "cases": "\n".join(INPUTS["cases"].strip().splitlines()[:2]), "case_events": events}
    check("ledger_watched", inputs, "case_no | explanation\nK1 | 曾答复“死亡”，本期考勤显示在一小到校")
