from tests.tables import check


def test_a_class_delivered_if_its_sheet_of_the_month_records_a_school_day():
    check("class_deliveries", {
        "attendance_pupils": """
            record_id | month   | marks
            a         | 2026-09 | PP--.PPPP......................
            b         | 2026-09 | PPA............................
            empty     | 2026-09 | ...............................
            august    | 2026-08 | PPPP...........................
        """,
        "person_records": """
            record_id | school_code | grade | class_no
            a         | S1          | 3     | 1
            b         | S1          | 3     | 1
            empty     | S1          | 4     | 1
            august    | S1          | 5     | 1
        """,
    }, """
        school_code | grade | class_no | class_days | pupils
        S1          | 3     | 1        | 6          | 2
    """, {"month": "2026-09"})  # fmt: skip
