from expectations.findings import FINDINGS
from expectations.judged import RULES
from expectations.sources import BY_NAME
from tests.tables import check


def test_a_finding_is_what_does_not_wait():
    check("findings", {
        "finding_candidates": """
            child_id | finding            | reason
            a        | absent_from_school | never_seen
            a        | missing_id_number  | registry
        """,
        "waiting_findings": "child_id | finding | waits_for\na | absent_from_school | review",
    }, """
        child_id | finding           | reason
        a        | missing_id_number | registry
    """)  # fmt: skip


def test_the_nine_findings_are_those_of_the_design_each_with_its_rule():
    assert {finding.code for finding in FINDINGS} == {
        "absent_from_school", "suspected_dropout", "not_enrolled", "attends_elsewhere", "attends_unregistered",
        "duplicate_registration", "identity_mismatch", "missing_id_number", "dropout_risk",
    }  # fmt: skip
    assert {rule.name for rule in RULES} == {finding.code for finding in FINDINGS}
    assert sorted(finding.order for finding in FINDINGS) == list(range(1, 10))
    assert {source for finding in FINDINGS for source in (*finding.needs, *finding.changed_by)} <= set(BY_NAME)
