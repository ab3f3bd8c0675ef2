from tests.tables import check

SCHOOLS = """
    district_code | school_code | school_name
    990101        | s1          | 一小
    990101        | s2          | 二小
    990101        | s3          | 三小
    990101        | s4          | 四小
    990101        | s5          | 五小
    990101        | s6          | 六小
"""
FIGURES = "level | unit_code | stage | indicator | value\n" + "\n".join(
    f"school | s{n} | all | {name} | {value}"
    for n in range(1, 7)
    for name, value in (("pupils", 90), ("classes", 3), ("classes_delivered", 3 if n != 2 else 2))
)


def test_only_a_school_seen_whole_and_without_any_suspicion_reports_none():
    check("zero_reports", {
        "school_homes": SCHOOLS, "indicators": FIGURES,
        "missing_deliveries": """
            school_code | source     | grade | class_no | pupils
            s2          | attendance | 3     | 1        | 30
        """,
        "findings": """
            child_id | finding           | school_code
            a        | suspected_dropout | s3
            b        | dropout_risk      | s1
        """,
        "waiting_findings": """
            child_id | finding           | school_code | waits_for
            c        | suspected_dropout | s4          | review
        """,
        "cases": """
            case_no | child_id | finding           | school_code | state
            K1      | d        | suspected_dropout | s5          | dropout
            K2      | e        | suspected_dropout | s6          | closed
        """,
    }, """
        school_code | school_name | pupils | classes
        s1          | 一小        | 90     | 3
        s6          | 六小        | 90     | 3
    """)  # fmt: skip


def test_a_school_of_nobody_reports_nothing():
    check("zero_reports", {
        "school_homes": SCHOOLS,
        "indicators": """
            level  | unit_code | stage | indicator | value
            school | s1        | all   | pupils    | 0
        """,
    }, "school_code")  # fmt: skip
