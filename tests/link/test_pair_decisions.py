from tests.tables import check


def test_the_latest_decision_counts_and_not_sure_decides_nothing():
    check(
        "pair_decisions",
        {
            "answers": """
        record_id | case_no | code     | answered_on
        a         | p1      | 同一人   | 2026-09-01
        b         | p1      | 不是同一人 | 2026-09-02
        c         | p2      | 不能确定 | 2026-09-02
        d         | p3      | A1       | 2026-09-02
        e         | p4      | 同一人   | 2026-09-02
    """
        },
        "pair_no | decision\n p1 | different\n p4 | same",
    )
