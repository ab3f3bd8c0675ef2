from tests.parameters import parameters
from tests.tables import check


def test_the_same_month_a_year_ago_is_kept_and_the_month_before_it_let_go():
    head = "period  | of_period | level | unit_code | stage | indicator | value\n"
    check("indicator_history", {
        "indicators": "level | unit_code | stage | indicator | value\ncity | 990100 | all | pupils | 4",
        "previous_indicator_history": head + "\n".join(
            f"2026-03 | {period} | city | 990100 | all | pupils | {value}"
            for period, value in (("2025-08", 1), ("2025-09", 2), ("2026-03", 3), ("2026-09", 9))
        ),
    }, """
        period  | of_period | value
        2026-09 | 2025-09   | 2
        2026-09 | 2026-03   | 3
        2026-09 | 2026-09   | 4
    """, parameters())  # fmt: skip
