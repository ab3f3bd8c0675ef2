from expectations.case_states import TRANSITIONS
from tests.parameters import parameters
from tests.tables import check

STEPS = "from_state | event | to_state\n" + "\n".join(f"{t.before} | {t.event} | {t.after}" for t in TRANSITIONS)


def test_what_is_wrong_with_an_answer_is_said_row_by_row():
    check("answer_issues", {
        "previous_cases": "case_no | child_id | finding | state\nAAAA-AAA2 | a | absent_from_school | closed",
        "children": "child_id | name\na | 王一",
        "case_transitions": STEPS,
        "case_answers": """
            record_id | case_no   | child_id | answer_code | event   | direct
            late      | AAAA-AAA2 | a        | D2          | dropout | true
        """,
        "answers": """
            record_id | case_no   | name | code
            decision  | P-1       |      | 同一人
            fine      | AAAA-AAA2 | 王一 | A3
            late      | AAAA-AAA2 | 王一 | D2
            name      | AAAA-AAA2 | 李四 | A3
            number    | AAAA-AA   | 王一 | A3
            outcome   | AAAA-AAA2 | 王一 | Z9
        """,
    }, """
        record_id | code
        late      | impossible_step
        name      | other_child
        number    | unknown_case
        outcome   | unknown_outcome
    """, parameters())  # fmt: skip
