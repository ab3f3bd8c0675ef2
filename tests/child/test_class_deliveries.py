from tests.tables import check


def test_a_class_delivered_if_its_sheet_of_the_month_records_a_school_day():
    check("class_deliveries", {
        "attendance_pupils": """
            record_id | name | month   | marks
            a         | 甲   | 2026-09 | PP--.PPPP......................
            b         | 乙   | 2026-09 | PPA............................
            empty     | 丙   | 2026-09 | ...............................
            august    | 丁   | 2026-08 | PPPP...........................
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
        S1          | 3     | 1        | 7          | 2
    """, {"month": "2026-09"})  # fmt: skip


def test_the_weeks_of_a_month_in_files_of_their_own_count_together_and_each_pupil_once():
    check("class_deliveries", {
        "attendance_pupils": """
            record_id | name | month   | marks
            a1        | 甲   | 2026-09 | PPPP---........................
            a2        | 甲   | 2026-09 | ....---PPPPP--.................
            b2        | 乙   | 2026-09 | ....---AAAAA--.................
        """,
        "person_records": """
            record_id | school_code | grade | class_no
            a1        | S1          | 3     | 1
            a2        | S1          | 3     | 1
            b2        | S1          | 3     | 1
        """,
    }, """
        school_code | grade | class_no | class_days | pupils
        S1          | 3     | 1        | 9          | 2
    """, {"month": "2026-09"})  # fmt: skip


def test_the_sheet_of_a_kindergarten_class_is_no_delivery_for_the_pupils_of_a_school():
    """Without a grade it would stand for the whole school."""
    check("class_deliveries", {
        "attendance_pupils": """
            record_id | name | month   | sheet  | class_name | marks
            young     | 甲   | 2026-09 | 学前班 |            | PPPP...........................
            titled    | 乙   | 2026-09 | Sheet1 | 幼儿园     | PPPP...........................
            whole     | 丙   | 2026-09 | Sheet1 |            | PP.............................
        """,
        "person_records": """
            record_id | school_code | grade | class_no
            young     | S1          |       |
            titled    | S1          |       |
            whole     | S2          |       |
        """,
    }, """
        school_code | grade | class_no | class_days | pupils
        S2          |       |          | 2          | 1
    """, {"month": "2026-09"})  # fmt: skip
