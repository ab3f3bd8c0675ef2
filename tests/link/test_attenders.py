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


SOUNDS = "record_id | person_no | source | in_force | school_code | grade | class_no | name_key | name_sound | sheet_order | id_kind"
ROLL = "r | 9 | registry | true | S | 3 | 1 | 曹玲琪 | cao ling qi | | blank"
WELL = "a | 1 | attendance | true | S | 3 | 1 | 曹玲琪 | cao ling qi | f s 2026-02 | blank"
MISWRITTEN = "b | 2 | attendance | true | S | 3 | 1 | 曹玲淇 | cao ling qi | f t 2026-03 | blank"


def attenders(*records):
    return {"person_records": "\n".join((SOUNDS, *records))}


def test_a_pupil_miswritten_in_one_month_is_the_child_of_the_other_month():
    check("attenders", attenders(ROLL, WELL, MISWRITTEN), "person_no | attender_no\n 1 | 1\n 2 | 1")


def test_homophones_of_one_month_are_two_children():
    also = "c | 3 | attendance | true | S | 3 | 1 | 曹玲琪 | cao ling qi | f u 2026-03 | blank"
    check("attenders", attenders(ROLL, WELL, MISWRITTEN, also), "person_no | attender_no\n 1 | 1\n 2 | 2\n 3 | 1")


def test_a_homophone_of_two_pupils_of_the_class_is_neither_for_certain():
    other = "q | 8 | registry | true | S | 3 | 1 | 曹玲其 | cao ling qi | | blank"
    check("attenders", attenders(ROLL, other, WELL, MISWRITTEN), "person_no | attender_no\n 1 | 1\n 2 | 2")


def test_a_homophone_with_a_number_of_its_own_is_judged_by_that():
    numbered = MISWRITTEN.replace("blank", "valid")
    check("attenders", attenders(ROLL, WELL, numbered), "person_no | attender_no\n 1 | 1\n 2 | 2")
