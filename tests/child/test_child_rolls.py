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


def test_of_two_attended_rolls_the_one_attended_last_counts():
    """A pupil who moved in the month stands on both sheets; he is where he was seen last."""
    check("child_rolls", {
        "registry_pupils": """
            record_id | status | entered_on
            a_left    | 在读   | 2025-09-01
            b_joined  | 在读   | 2024-09-01
        """,
        "person_records": """
            record_id | school_code | in_force
            a_left    | S1          | true
            b_joined  | S2          | true
        """,
        "child_records": """
            record_id | child_id
            a_left    | k
            b_joined  | k
        """,
        "child_attendance": """
            child_id | school_code | record_id | days_present | last_present_on
            k        | S1          | sheet     | 7            | 2026-09-09
            k        | S2          | other     | 15           | 2026-09-30
        """,
    }, """
        record_id | place
        a_left    | 2
        b_joined  | 1
    """, {"period": "2026-09"})  # fmt: skip
