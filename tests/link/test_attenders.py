from tests.tables import check

HEAD = "record_id | person_no | source | school_code | grade | class_no | name_key | sheet_order | pupil_no"


def test_one_name_of_one_class_in_two_months_is_one_child():
    check(
        "attenders",
        {
            "person_records": f"{HEAD}\n a | 1 | attendance | S | 3 | 1 | 王一 | m9 |\n b | 2 | attendance | S | 3 | 1 | 王一 | m10 |"
        },
        "person_no | attender_no\n 1 | 1\n 2 | 1",
    )


def test_two_rows_of_one_name_on_a_sheet_are_two_children():
    check(
        "attenders",
        {
            "person_records": f"{HEAD}\n a | 1 | attendance | S | 3 | 1 | 王一 | m9 |\n b | 2 | attendance | S | 3 | 1 | 王一 | m9 |"
        },
        "person_no | attender_no\n 1 | 1\n 2 | 2",
    )


def test_a_row_repeated_with_its_pupil_number_is_one_child():
    check(
        "attenders",
        {
            "person_records": f"{HEAD}\n a | 1 | attendance | S | 3 | 1 | 王一 | m9 | 7\n b | 2 | attendance | S | 3 | 1 | 王一 | m9 | 7"
        },
        "person_no | attender_no\n 1 | 1\n 2 | 1",
    )
