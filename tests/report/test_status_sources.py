from tests.tables import check


def test_a_refused_file_is_not_handed_in():
    check("status_sources", {"deliveries": """
        delivery_id | source    | verdict
        d1          | registry  | accepted
        d2          | registry  | superseded
        d3          | household | refused
        d4          |           | refused
    """}, """
        source    | files_used | files_refused
        household | 0          | 1
        registry  | 1          | 0
    """)  # fmt: skip
