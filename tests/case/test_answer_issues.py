from tests.case.test_cases import STEPS
from tests.parameters import parameters
from tests.tables import check

CASE = "case_no | child_id | finding | state | answered_on\nAAAA-AAA2 | a | absent_from_school | closed | 2026-09-10"


def test_what_is_wrong_with_an_answer_is_said_row_by_row():
    check("answer_issues", {
        "previous_cases": CASE,
        "child_names": "child_id | names\na | 王一",
        "answers": """
            record_id | case_no   | name | code | answered_on
            decision  | P-1       |      | 同一人 |
            fine      | AAAA-AAA2 | 王一 | A3   | 2026-09-20
            future    | AAAA-AAA2 | 王一 | A3   | 2062-09-20
            late      | AAAA-AAA2 | 王一 | D2   | 2026-09-20
            name      | AAAA-AAA2 | 李四 | A3   | 2026-09-20
            number    | AAAA-AA   | 王一 | A3   | 2026-09-20
            old       | AAAA-AAA2 | 王一 | D2   | 2026-09-09
            outcome   | AAAA-AAA2 | 王一 | Z9   | 2026-09-20
        """,
        "case_answers": """
            record_id | case_no   | child_id | answer_code | event   | direct
            late      | AAAA-AAA2 | a        | D2          | dropout | true
        """,
        "case_events": """
            case_no   | event_no | event   | record_id
            AAAA-AAA2 | 1        | opened  |
            AAAA-AAA2 | 2        | gone    |
            AAAA-AAA2 | 3        | dropout | late
        """,
        "case_transitions": STEPS,
    }, """
        record_id | code
        future    | future_answer
        late      | impossible_step
        name      | other_child
        number    | unknown_case
        old       | older_answer
        outcome   | unknown_outcome
    """, parameters(), first=["new_answers", "case_steps"])  # fmt: skip


def test_a_dropout_answered_for_a_case_found_again_is_possible_though_it_was_closed_before():
    check("answer_issues", {
        "previous_cases": CASE.replace("2026-09-10", "2026-03-10"),
        "child_names": "child_id | names\na | 王一",
        "answers": "record_id | case_no | name | code | answered_on\nr | AAAA-AAA2 | 王一 | D2 | 2026-09-20",
        "case_answers": """
            record_id | case_no   | child_id | answer_code | event   | direct
            r         | AAAA-AAA2 | a        | D2          | dropout | true
        """,
        "case_events": """
            case_no   | event_no | event    | record_id
            AAAA-AAA2 | 1        | opened   |
            AAAA-AAA2 | 2        | gone     |
            AAAA-AAA2 | 3        | reopened |
            AAAA-AAA2 | 4        | dropout  | r
        """,
        "case_transitions": STEPS,
    }, "record_id | code", parameters(), first=["new_answers", "case_steps"])  # fmt: skip


def test_who_is_contradicted_by_a_dropout_found_on_the_same_day_is_told():
    check("answer_issues", {
        "previous_cases": CASE.replace("closed | 2026-09-10", "open |"),
        "child_names": "child_id | names\na | 王一",
        "answers": """
            record_id | case_no   | name | code | answered_on
            school    | AAAA-AAA2 | 王一 | A1   | 2026-09-20
            township  | AAAA-AAA2 | 王一 | D2   | 2026-09-20
            earlier   | AAAA-AAA2 | 王一 | A3   | 2026-09-19
        """,
        "case_answers": """
            record_id | case_no   | child_id | answer_code | event   | answered_on | direct
            township  | AAAA-AAA2 | a        | D2          | dropout | 2026-09-20  | true
        """,
        "case_events": """
            case_no   | event_no | event   | record_id
            AAAA-AAA2 | 1        | opened  |
            AAAA-AAA2 | 2        | dropout | township
        """,
        "case_transitions": STEPS,
    }, """
        record_id | code
        school    | contradicted_answer
    """, parameters(), first=["new_answers", "case_steps"])  # fmt: skip
