from tests.tables import check


def test_what_went_before_is_kept_and_this_periods_letters_are_added():
    check("letters_sent", {
        "letters": """
            district_code | letter | case_no | asked_period | letter_no
            990101        | return | new     | 2026-09      | 1
            990101        | return |         | 2026-09      | 2
        """,
        "previous_letters_sent": """
            case_no | letter | asked_period | sent_period
            told    | return | 2026-03      | 2026-03
            new     | return | 2026-09      | 2026-09
            later   | return | 2026-09      | 2026-10
        """,
    }, """
        case_no | asked_period | sent_period
        new     | 2026-09      | 2026-09
        told    | 2026-03      | 2026-03
    """, {"period": "2026-09"})  # fmt: skip
