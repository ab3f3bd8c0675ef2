from tests.tables import check


def test_a_missing_source_turns_off_only_the_findings_that_need_it_and_only_there():
    check("findings_off", {
        "person_records": """
            record_id | district_code | source
            a         | 990101        | registry
            b         | 990101        | household
            c         | 990102        | household
        """,
        "deliveries": """
            delivery_id | district_code | source     | verdict
            d           | 990102        | registry   | refused
            e           | 990102        | attendance | accepted_with_issues
        """,
        "finding_needs": """
            finding            | source
            absent_from_school | registry
            absent_from_school | attendance
            not_enrolled       | household
        """,
    }, """
        district_code | finding            | missing_source
        990101        | absent_from_school | attendance
        990102        | absent_from_school | registry
    """, {"period": "2026-09"})  # fmt: skip
