from datetime import date

import pytest

from tests.parameters import parameters
from tests.tables import check, run


def test_an_answer_to_a_case_of_this_very_period_explains_its_matter():
    check("valid_answers", {
        "finding_kinds": """
            finding            | matter
            absent_from_school | absence
            missing_id_number  | missing_id_number
        """,
        "children": "child_id | name\na | 王一\nb | 王二\nc | 王三",
        "child_names": "child_id | names\na | 王一\nb | 王二\nc | 王三",
        "case_numbers": """
            child_id | finding            | case_no
            a        | absent_from_school | AAAA-AAA2
            b        | absent_from_school | BBBB-BBB2
            c        | missing_id_number  | CCCC-CCC2
        """,
        "answers": """
            record_id | case_no   | name | code   | answered_on
            r1        | AAAA-AAA2 | 王一 | 休学   | 2026-09-20
            r2        | BBBB-BBB2 | 王二 | D2     | 2026-09-20
            r3        | CCCC-CCC2 | 李四 | B1     | 2026-09-20
        """,
    }, """
        child_id | matter  | answer_code | valid_until
        a        | absence | C2          | 2027-09-20
    """, parameters(), first=["new_answers"])  # fmt: skip


def test_a_later_answer_of_this_period_ends_one_carried_over():
    check("valid_answers", {
        "finding_kinds": "finding | matter\nabsent_from_school | absence",
        "children": "child_id | name\na | 王一",
        "carried_answers": "child_id | matter | answer_code | answered_on\na | absence | A3 | 2026-03-20",
        "case_numbers": "child_id | finding | case_no\na | absent_from_school | AAAA-AAA2",
        "answers": "record_id | case_no | code | answered_on\nr1 | AAAA-AAA2 | D2 | 2026-09-20",
    }, "child_id | matter", parameters(), first=["new_answers"])  # fmt: skip


def answered(code: str, as_of: date, child: str) -> int:
    inputs = {
        "finding_kinds": "finding | matter\nnot_enrolled | absence",
        "children": f"child_id | name | on_roll | seen\na | 王一 | {child}",
        "case_numbers": "child_id | finding | case_no\na | not_enrolled | AAAA-AAA2",
        "answers": f"record_id | case_no | code | answered_on\nr1 | AAAA-AAA2 | {code} | 2026-09-20",
    }
    return run("valid_answers", inputs, parameters(as_of=as_of), first=["new_answers"]).num_rows


@pytest.mark.parametrize(("as_of", "child", "rows"), [
    (date(2026, 11, 19), "false | false", 1), (date(2026, 11, 20), "false | false", 0), (date(2026, 11, 20), "true | false", 1),
])  # fmt: skip
def test_the_transfers_term_holds_for_answers_of_this_very_period_too(as_of, child, rows):
    assert answered("A1", as_of, child) == rows


@pytest.mark.parametrize(("as_of", "rows"), [(date(2027, 3, 19), 1), (date(2027, 3, 20), 0)])
def test_an_answer_of_this_period_explains_to_its_last_day(as_of, rows):
    assert answered("A3", as_of, "false | false") == rows


def test_an_answer_of_this_period_does_not_hold_against_a_class_sheet():
    assert answered("B5", date(2026, 9, 28), "false | false") == 1
    assert answered("B5", date(2026, 9, 28), "false | true") == 0
