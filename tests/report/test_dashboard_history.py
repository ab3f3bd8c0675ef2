from tests.tables import check


def test_what_was_shown_is_carried_on_for_three_years_and_no_more_than_was_shown():
    check("dashboard_history", {
        "dashboard_figures": """
            level    | unit_code | stage | indicator    | value | withheld
            district | 990101    | all   | dropout_risk | 20    | false
            school   | s1        | all   | dropout_risk | 9     | false
        """,
        "previous_dashboard_history": """
            of_period | level    | unit_code | stage | indicator    | value | withheld
            2023-03   | district | 990101    | all   | dropout_risk | 7     | false
            2023-09   | district | 990101    | all   | dropout_risk | 8     | false
            2026-03   | district | 990101    | all   | dropout_risk |       | true
            2026-09   | district | 990101    | all   | dropout_risk | 99    | false
        """,
    }, """
        of_period | unit_code | value | withheld
        2023-09   | 990101    | 8     | false
        2026-03   | 990101    |       | true
        2026-09   | 990101    | 20    | false
    """, {"period": "2026-09"})  # fmt: skip
