from tests.parameters import parameters
from tests.tables import check, run

INPUTS = {
    "finding_kinds": """
        finding            | matter
        absent_from_school | absence
        suspected_dropout  | absence
        missing_id_number  | missing_id_number
    """,
    "case_findings": """
        case_no   | child_id | finding
        AAAA-AAA2 | a        | absent_from_school
        SSSS-SSS2 | a        | suspected_dropout
        NNNN-NNN2 | a        | missing_id_number
    """,
    "child_names": "child_id | names\na | 王一、王二",
}


def test_one_answer_settles_all_cases_of_its_matter():
    check("case_answers", {**INPUTS, "answers": """
        record_id | case_no   | name | code      | answered_on
        r1        | aaaa aaa2 | 王*  | A3 省外就读 | 2026-09-20
    """}, """
        record_id | case_no   | answer_code | event     | explains | valid_until | direct
        r1        | AAAA-AAA2 | A3          | at_school | true     | 2027-03-19  | true
        r1        | SSSS-SSS2 | A3          | at_school | true     | 2027-03-19  | false
    """, parameters(), first=["new_answers"])  # fmt: skip


def test_an_answer_beside_another_name_or_to_no_case_or_without_a_code_changes_nothing():
    check("case_answers", {**INPUTS, "answers": """
        record_id | case_no   | name | code | answered_on
        r1        | AAAA-AAA2 | 李四 | A3   | 2026-09-20
        r2        | ZZZZ-ZZZ2 | 王一 | A3   | 2026-09-20
        r3        | NNNN-NNN2 | 王一 | 不详 | 2026-09-20
    """}, "record_id | case_no", parameters(), first=["new_answers"])  # fmt: skip


def test_an_answer_beside_a_name_put_right_since_the_list_was_printed_is_the_childs():
    check("case_answers", {**INPUTS, "answers": """
        record_id | case_no   | name | code | answered_on
        r1        | NNNN-NNN2 | 王二 | B1   | 2026-09-20
    """}, "record_id | case_no\nr1 | NNNN-NNN2", parameters(), first=["new_answers"])  # fmt: skip


def test_the_same_answer_handed_in_twice_counts_once():
    check("case_answers", {**INPUTS, "answers": """
        record_id | case_no   | code | answered_on
        r1        | NNNN-NNN2 | B1   | 2026-09-20
        r2        | NNNN-NNN2 | B1   | 2026-09-20
    """}, """
        record_id | case_no
        r1        | NNNN-NNN2
    """, parameters(), first=["new_answers"])  # fmt: skip


def test_the_same_answer_of_two_offices_counts_once_for_each_case_it_settles():
    check("case_answers", {**INPUTS, "answers": """
        record_id | case_no   | code | answered_on
        r1        | AAAA-AAA2 | A3   | 2026-09-20
        r2        | SSSS-SSS2 | A3   | 2026-09-20
    """}, """
        record_id | case_no   | direct
        r1        | AAAA-AAA2 | true
        r2        | SSSS-SSS2 | true
    """, parameters(), first=["new_answers"])  # fmt: skip


def test_an_answer_older_than_the_one_the_case_has_changes_nothing():
    before = (
        "case_no | child_id | finding | answer_code | answered_on\nAAAA-AAA2 | a | absent_from_school | A3 | 2026-04-20"
    )
    answers = "record_id | case_no | code | answered_on\nr1 | AAAA-AAA2 | D2 | {}"
    for day, rows in (("2026-04-19", 0), ("2026-04-20", 1)):
        drawn = {
            **INPUTS,
            "case_findings": "case_no | child_id | finding",
            "previous_cases": before,
            "answers": answers.format(day),
        }
        assert run("case_answers", drawn, parameters(), first=["new_answers"]).num_rows == rows, day


def test_of_two_offices_that_say_otherwise_on_one_day_the_one_that_found_a_dropout_counts_and_who_knows_before_who_does_not():
    def counted(*codes, days=("2026-09-20", "2026-09-20")):
        rows = "\n".join(
            f"r{n} | NNNN-NNN2 | {code} | {day}" for n, (code, day) in enumerate(zip(codes, days, strict=True))
        )
        answers = f"record_id | case_no | code | answered_on\n{rows}"
        made = run("case_answers", {**INPUTS, "answers": answers}, parameters(), first=["new_answers"])
        return made["answer_code"].to_pylist()

    assert counted("A1", "D2") == counted("D2", "A1") == ["D2"]
    assert counted("A3", "E1") == counted("E1", "A3") == ["A3"]
    assert counted("D2", "E1") == ["D2"]
    assert counted("A1", "D2", days=("2026-09-20", "2026-09-19")) == ["A1", "D2"]
