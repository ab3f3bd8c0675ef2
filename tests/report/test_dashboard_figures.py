from tests.tables import check

PARAMETERS = {"small_cell": 5}


def shown(figures, expected, **inputs):
    check("dashboard_figures", {"indicators": figures, **inputs}, expected, PARAMETERS)


def test_a_small_count_and_the_one_that_would_give_it_away_are_withheld():
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 3
        school | s2        | all   | suspected_dropout | 9
        school | s3        | all   | suspected_dropout | 7
        school | s4        | all   | suspected_dropout | 0
    """, """
        unit_code | value | withheld
        s1        |       | true
        s2        | 9     | false
        s3        |       | true
        s4        | 0     | false
    """)  # fmt: skip


def test_two_small_counts_hide_each_other_only_when_their_sum_is_not_small():
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 1
        school | s2        | all   | suspected_dropout | 2
        school | s3        | all   | suspected_dropout | 8
        school | s1        | all   | not_enrolled      | 3
        school | s2        | all   | not_enrolled      | 4
        school | s3        | all   | not_enrolled      | 8
    """, """
        unit_code | indicator         | value
        s1        | not_enrolled      |
        s1        | suspected_dropout |
        s2        | not_enrolled      |
        s2        | suspected_dropout |
        s3        | not_enrolled      | 8
        s3        | suspected_dropout |
    """)  # fmt: skip


def test_five_is_shown_and_pupils_always_are():
    shown("""
        level  | unit_code | stage | indicator         | value
        school | s1        | all   | suspected_dropout | 5
        school | s1        | all   | pupils            | 3
    """, """
        indicator         | value
        pupils            | 3
        suspected_dropout | 5
    """)  # fmt: skip


def test_a_share_is_withheld_with_the_count_it_is_made_of():
    shown("""
        level    | unit_code | stage | indicator      | value
        district | 990101    | all   | cases_answered | 2
        district | 990101    | all   | answered_share | 0.02
        district | 990101    | all   | cases_overdue  | 50
        district | 990101    | all   | overdue_share  | 0.5
    """, """
        indicator      | value
        answered_share |
        cases_answered |
        cases_overdue  | 50
        overdue_share  | 0.5
    """)  # fmt: skip


def test_where_one_stage_is_withheld_both_are():
    shown("""
        level    | unit_code | stage   | indicator | value
        district | 990101    | all     | dropouts  | 20
        district | 990101    | junior  | dropouts  | 18
        district | 990101    | primary | dropouts  | 2
    """, """
        stage   | value
        all     | 20
        junior  |
        primary |
    """)  # fmt: skip


def test_the_period_before_stands_beside_unless_it_was_small():
    shown("""
        level    | unit_code | stage | indicator    | value
        district | 990101    | all   | dropout_risk | 20
        district | 990101    | all   | not_enrolled | 20
    """, """
        indicator    | previous_value
        dropout_risk | 14
        not_enrolled |
    """, previous_indicators="""
        level    | unit_code | stage | indicator    | value
        district | 990101    | all   | dropout_risk | 14
        district | 990101    | all   | not_enrolled | 4
    """)  # fmt: skip


def test_units_are_called_by_their_names():
    shown("""
        level    | unit_code | stage | indicator | value
        district | 990101    | all   | pupils    | 9
        school   | s1        | all   | pupils    | 9
        township | t1        | all   | pupils    | 9
    """, """
        unit_code | unit_name
        990101    | 990101
        s1        | 一小
        t1        | 东街
    """, school_homes="""
        school_code | school_name
        s1          | 一小
    """, townships="""
        township_code | township_name
        t1            | 东街
    """)  # fmt: skip
