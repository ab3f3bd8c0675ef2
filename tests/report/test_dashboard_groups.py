from tests.tables import check

PARAMETERS = {"small_cell": 5}


def test_with_one_sex_the_other_is_withheld_and_with_the_figure_itself_both():
    check("dashboard_groups", {
        "group_indicators": """
            level    | unit_code | stage | division | member | indicator         | value
            district | 990101    | all   | sex      | 女     | not_enrolled      | 2
            district | 990101    | all   | sex      | 男     | not_enrolled      | 9
            district | 990101    | all   | sex      | 女     | dropout_risk      | 7
            district | 990101    | all   | sex      | 男     | dropout_risk      | 9
            district | 990101    | all   | sex      | 男     | suspected_dropout | 8
            district | 990101    | all   | group    | 低保   | not_enrolled      | 3
            district | 990101    | all   | group    | 留守   | not_enrolled      | 6
            school   | s1        | all   | sex      | 男     | not_enrolled      | 9
        """,
        "dashboard_figures": """
            level    | unit_code | stage | indicator         | value | withheld
            district | 990101    | all   | suspected_dropout |       | true
        """,
    }, """
        division | member | indicator         | value | withheld
        group    | 低保   | not_enrolled      |       | true
        group    | 留守   | not_enrolled      | 6     | false
        sex      | 女     | dropout_risk      | 7     | false
        sex      | 女     | not_enrolled      |       | true
        sex      | 男     | dropout_risk      | 9     | false
        sex      | 男     | not_enrolled      |       | true
        sex      | 男     | suspected_dropout |       | true
    """, PARAMETERS)  # fmt: skip


def test_the_next_smallest_district_hides_a_small_one():
    check("dashboard_groups", {"group_indicators": """
        level    | unit_code | stage | division | member | indicator    | value
        district | 990101    | all   | group    | 低保   | not_enrolled | 2
        district | 990102    | all   | group    | 低保   | not_enrolled | 9
        district | 990103    | all   | group    | 低保   | not_enrolled | 7
        city     | 990100    | all   | group    | 低保   | not_enrolled | 18
    """}, """
        level    | unit_code | value
        city     | 990100    | 18
        district | 990101    |
        district | 990102    | 9
        district | 990103    |
    """, PARAMETERS)  # fmt: skip


def test_country_and_junior_high_as_groups_are_withheld_where_area_and_stage_are():
    check("dashboard_groups", {
        "group_indicators": """
            level    | unit_code | stage | division | member         | indicator         | value
            district | 990101    | all   | area     | 农村           | suspected_dropout | 9
            district | 990101    | all   | area     | 非农村或未注明 | suspected_dropout | 1
            district | 990101    | all   | group    | 农村           | suspected_dropout | 9
            district | 990101    | all   | group    | 初中           | suspected_dropout | 8
            district | 990101    | all   | group    | 留守           | suspected_dropout | 6
        """,
        "dashboard_figures": """
            level    | unit_code | stage  | indicator         | value | withheld
            district | 990101    | all    | suspected_dropout | 10    | false
            district | 990101    | junior | suspected_dropout |       | true
        """,
    }, """
        division | member         | value | withheld
        area     | 农村           |       | true
        area     | 非农村或未注明 |       | true
        group    | 农村           |       | true
        group    | 初中           |       | true
        group    | 留守           | 6     | false
    """, PARAMETERS)  # fmt: skip


def test_no_group_of_a_withheld_figure_is_told():
    check("dashboard_groups", {
        "group_indicators": """
            level    | unit_code | stage | division | member | indicator    | value
            district | 990101    | all   | group    | 留守   | not_enrolled | 6
        """,
        "dashboard_figures": """
            level    | unit_code | stage | indicator    | value | withheld
            district | 990101    | all   | not_enrolled |       | true
        """,
    }, """
        member | value | withheld
        留守   |       | true
    """, PARAMETERS)  # fmt: skip
