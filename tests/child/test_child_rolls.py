from tests.tables import check


def test_of_two_rolls_in_force_the_attended_one_counts():
    check("child_rolls", {
        "registry_pupils": """
            record_id | status | entered_on
            old       | 在读   | 2023-09-01
            new       | 在读   | 2025-09-01
            gone      | 转出   | 2026-09-01
        """,
        "person_records": """
            record_id | school_code | in_force
            old       | S1          | true
            new       | S2          | true
            gone      | S3          | false
        """,
        "child_records": """
            record_id | child_id
            old       | k
            new       | k
            gone      | k
        """,
        "child_attendance": """
            child_id | school_code | record_id | days_present
            k        | S1          | sheet     | 5
        """,
    }, """
        record_id | place
        gone      | 3
        new       | 2
        old       | 1
    """, {"period": "2026-09"})  # fmt: skip
