from datetime import date

import pytest

from tests.parameters import parameters
from tests.tables import check, run

KINDS = """
    finding            | matter
    absent_from_school | absence
    suspected_dropout  | absence
    identity_mismatch  | identity_mismatch
"""
CASE = """
    case_no   | child_id | finding            | answer_code | answered_on
    K3F7-92QX | k        | absent_from_school | {code}      | 2026-03-20
"""


def carried(code: str, as_of: date) -> int:
    inputs = {"finding_kinds": KINDS, "previous_cases": CASE.format(code=code)}
    return run("carried_answers", inputs, parameters(as_of=as_of), first=["new_answers"]).num_rows


def test_an_answer_explains_on_its_last_day_of_validity_and_not_on_the_next():
    assert carried("A3", date(2026, 9, 16)) == 1
    assert carried("A3", date(2026, 9, 17)) == 0


@pytest.mark.parametrize("code", ["B3", "B5", "B6", "C4", "C5"])
def test_some_answers_hold_for_good(code):
    assert carried(code, date(2036, 9, 1)) == 1


@pytest.mark.parametrize("code", ["D1", "D2", "E1", "E2"])
def test_out_of_school_and_unknown_explain_nothing(code):
    assert carried(code, date(2026, 3, 21)) == 0


def test_a_later_answer_to_the_same_matter_ends_an_earlier_one():
    cases = """
        case_no   | child_id | finding            | answer_code | answered_on
        K3F7-92QX | k        | absent_from_school | A3          | 2026-03-20
        K3F7-92QY | k        | suspected_dropout  | D2          | 2026-04-01
    """
    assert (
        run(
            "carried_answers", {"finding_kinds": KINDS, "previous_cases": cases}, parameters(), first=["new_answers"]
        ).num_rows
        == 0
    )


def test_a_new_answer_to_an_old_case_finds_it_however_the_number_is_written():
    check("carried_answers", {
        "finding_kinds": KINDS,
        "previous_cases": """
            case_no   | child_id | finding
            K3F7-92QX | k        | absent_from_school
        """,
        "answers": """
            record_id | case_no    | code          | answered_on
            r         | k3f7 92qx  | A3 省外就读    | 2026-09-20
        """,
    }, """
        child_id | matter  | answer_code | answered_on | valid_until
        k        | absence | A3          | 2026-09-20  | 2027-03-19
    """, parameters(), first=["new_answers"])  # fmt: skip


def test_an_answer_beside_another_childs_name_is_not_this_childs():
    inputs = {
        "finding_kinds": KINDS,
        "child_names": "child_id | names\nk | 张小丰、章小峰",
        "previous_cases": "case_no | child_id | finding\nK3F7-92QX | k | absent_from_school",
        "answers": "record_id | case_no | name | code | answered_on\nr | K3F7-92QX | {} | A3 | 2026-09-20",
    }
    for name, rows in (("李四", 0), ("张*丰", 1), ("张小丰", 1), ("章小峰", 1), ("张*峰", 0), ("小丰", 0), ("", 1)):
        drawn = {**inputs, "answers": inputs["answers"].format(name)}
        assert run("carried_answers", drawn, parameters(), first=["new_answers"]).num_rows == rows, name


@pytest.mark.parametrize(("as_of", "kept"), [(date(2026, 5, 19), 1), (date(2026, 5, 20), 0)])
def test_who_is_said_to_be_registered_and_is_on_no_roll_after_the_transfers_term_is_asked_about_again(as_of, kept):
    inputs = {"finding_kinds": KINDS, "previous_cases": CASE.format(code="A1")}
    assert run("carried_answers", inputs, parameters(as_of=as_of), first=["new_answers"]).num_rows == kept
    roll = "record_id | child_id | place | in_force\nr | k | 1 | true"
    assert (
        run("carried_answers", {**inputs, "child_rolls": roll}, parameters(as_of=as_of), first=["new_answers"]).num_rows
        == 1
    )


@pytest.mark.parametrize("code", ["B4", "B5", "C4", "C6"])
def test_who_is_said_to_be_dead_abroad_or_nobody_is_not_explained_while_present_on_a_class_sheet(code):
    inputs = {"finding_kinds": KINDS, "previous_cases": CASE.format(code=code)}
    sheet = "child_id | school_code | days_present\nk | S1 | {}"
    for days, rows in ((0, 1), (1, 0)):
        drawn = {**inputs, "child_attendance": sheet.format(days)}
        assert run("carried_answers", drawn, parameters(as_of=date(2026, 5, 1)), first=["new_answers"]).num_rows == rows


def test_a_dropout_answered_on_the_same_day_is_stronger_than_an_answer_that_explains():
    for codes in (("A1", "D2"), ("D2", "A1")):
        rows = "\n".join(f"r{n} | K3F7-92QX | {code} | 2026-09-10" for n, code in enumerate(codes))
        inputs = {
            "finding_kinds": KINDS, "previous_cases": CASE.format(code=""),
            "answers": f"record_id | case_no | code | answered_on\n{rows}",
        }  # fmt: skip
        assert run("carried_answers", inputs, parameters(), first=["new_answers"]).num_rows == 0
