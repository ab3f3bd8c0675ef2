from tests.tables import check


def test_listed_and_waiting_findings_stand_under_their_case_numbers():
    check("case_findings", {
        "findings": "child_id | finding\na | not_enrolled",
        "waiting_findings": "child_id | finding | waits_for\nb | not_enrolled | review",
        "case_numbers": "child_id | finding | case_no\na | not_enrolled | AAAA-AAA2\nb | not_enrolled | BBBB-BBB2",
    }, """
        case_no   | child_id | waits_for
        AAAA-AAA2 | a        |
        BBBB-BBB2 | b        | review
    """)  # fmt: skip
