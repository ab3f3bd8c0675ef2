from tests.parameters import parameters
from tests.tables import check


def test_an_answer_to_a_case_of_this_very_period_explains_its_matter():
    check("valid_answers", {
        "finding_kinds": """
            finding            | matter
            absent_from_school | absence
            missing_id_number  | missing_id_number
        """,
        "children": "child_id | name\na | 王一\nb | 王二\nc | 王三",
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
    """, parameters())  # fmt: skip


def test_a_later_answer_of_this_period_ends_one_carried_over():
    check("valid_answers", {
        "finding_kinds": "finding | matter\nabsent_from_school | absence",
        "children": "child_id | name\na | 王一",
        "carried_answers": "child_id | matter | answer_code | answered_on\na | absence | A3 | 2026-03-20",
        "case_numbers": "child_id | finding | case_no\na | absent_from_school | AAAA-AAA2",
        "answers": "record_id | case_no | code | answered_on\nr1 | AAAA-AAA2 | D2 | 2026-09-20",
    }, "child_id | matter", parameters())  # fmt: skip
