from tests.tables import check

CHILDREN = """
    child_id | district_code | school_code | township_code
    a        | 990101        | S1          | 990101001
    b        | 990102        |             |
"""
KINDS = """
    finding            | matter
    absent_from_school | absence
    not_enrolled       | absence
"""


def test_what_cannot_be_judged_in_a_district_is_not_found_there_and_the_first_period_is_kept():
    check("finding_candidates", {
        "children": CHILDREN,
        "finding_kinds": KINDS,
        "absent_from_school": "child_id | reason\na | never_seen",
        "not_enrolled": "child_id | reason\na | on_no_roll\nb | on_no_roll",
        "findings_off": "district_code | finding | missing_source\n990102 | not_enrolled | registry",
        "previous_findings": "child_id | finding | first_period\na | absent_from_school | 2025-09",
        "previous_waiting_findings": "child_id | finding | first_period\na | not_enrolled | 2026-03",
    }, """
        child_id | finding            | reason     | school_code | township_code | first_period | matter
        a        | absent_from_school | never_seen | S1          | 990101001     | 2025-09      | absence
        a        | not_enrolled       | on_no_roll | S1          | 990101001     | 2026-03      | absence
    """, {"period": "2026-09"})  # fmt: skip


def test_a_grade_that_does_not_fit_the_age_is_told_with_the_finding():
    check("finding_candidates", {
        "children": "child_id | grade_age_note\na | 年龄与年级不符",
        "finding_kinds": KINDS,
        "absent_from_school": "child_id | reason | explanation\na | never_seen | 一直未到校。",
    }, """
        child_id | explanation
        a        | 一直未到校。年龄与年级不符。
    """, {"period": "2026-09"})  # fmt: skip
