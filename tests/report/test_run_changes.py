from tests.tables import check

FINDINGS = """
    child_id | finding            | district_code | reason
    a        | absent_from_school | 990101        | marked
    b        | absent_from_school | 990101        | marked
    c        | not_enrolled       | 990102        | never
"""
COLUMNS = "child_id | finding | district_code | change | reason_before | reason_after | case_no"


def test_runs_that_found_the_same_have_no_differences():
    check("run_changes", {"findings": FINDINGS, "previous_findings": FINDINGS}, COLUMNS)


def test_what_only_the_later_run_found_is_new_and_what_only_the_earlier_found_is_gone():
    check("run_changes", {"findings": FINDINGS, "previous_findings": """
        child_id | finding            | district_code | reason
        a        | absent_from_school | 990101        | marked
        b        | suspected_dropout  | 990101        | long_run
        c        | not_enrolled       | 990102        | never
    """, "cases": """
        child_id | finding            | case_no
        b        | absent_from_school | K1
    """, "previous_cases": """
        child_id | finding            | case_no
        b        | suspected_dropout  | K2
    """}, f"""
        {COLUMNS}
        b | absent_from_school | 990101 | new  |          | marked | K1
        b | suspected_dropout  | 990101 | gone | long_run |        | K2
    """)  # fmt: skip


def test_another_reason_and_another_district_are_told():
    check("run_changes", {"findings": FINDINGS, "previous_findings": """
        child_id | finding            | district_code | reason
        a        | absent_from_school | 990101        | never_seen
        b        | absent_from_school | 990101        | marked
        c        | not_enrolled       | 990101        | never
    """}, f"""
        {COLUMNS}
        a | absent_from_school | 990101 | reason | never_seen | marked |
        c | not_enrolled       | 990102 | moved  | never      | never  |
    """)  # fmt: skip
