from tests.parameters import parameters
from tests.tables import check


def test_a_figure_stands_beside_the_period_before_and_the_year_before():
    check("indicator_changes", {
        "indicators": """
            level | unit_code | stage | indicator | value
            city  | 990100    | all   | dropouts  | 4
            city  | 990100    | all   | pupils    | 10
        """,
        "indicator_history": """
            of_period | level | unit_code | stage | indicator | value
            2025-09   | city  | 990100    | all   | dropouts  | 7
            2026-03   | city  | 990100    | all   | dropouts  | 3
            2026-03   | city  | 990100    | all   | pupils    | 9
            2026-09   | city  | 990100    | all   | dropouts  | 4
        """,
    }, """
        indicator | value | previous_value | change | last_year_value | change_on_year
        dropouts  | 4     | 3              | 1      | 7               | -3
        pupils    | 10    | 9              | 1      |                 |
    """, parameters())  # fmt: skip


def test_the_first_period_has_nothing_to_be_held_against():
    check("indicator_changes", {
        "indicators": "level | unit_code | stage | indicator | value\ncity | 990100 | all | dropouts | 4",
    }, """
        indicator | value | previous_value | change_on_year
        dropouts  | 4     |                |
    """, parameters())  # fmt: skip
