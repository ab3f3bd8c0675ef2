from tests.tables import check

HEAD = "record_id | person_no | source | school_code | name_key | name_sound | name_shape | given | pupil_no | in_force"


def test_a_citizen_number_is_believed_anywhere_in_the_city():
    check(
        "attender_numbers",
        {
            "attenders": "person_no | attender_no\n 5 | 5\n 6 | 5",
            "person_records": f"{HEAD}\n a | 1 | registry | T | 王一 | | | | | true\n b | 5 | attendance | S | 王一 | | | | | true",
            "number_pairs": "left_no | right_no | left_source | right_source | name_level\n 1 | 5 | registry | attendance | exact",
        },
        "attender_no | left_no | step | own_school\n 5 | 1 | number | false",
    )


def test_a_pupil_number_is_believed_in_its_school_only():
    people = f"""{HEAD}
        a | 1 | registry   | S | 王一 | x | x | x | G1234567 | true
        b | 2 | registry   | T | 王一 | x | x | x | G1234567 | true
        c | 5 | attendance | S | 王一 | x | x | x | 1234567 | true
    """
    check(
        "attender_numbers",
        {
            "attenders": "person_no | attender_no\n 5 | 5",
            "person_records": people,
            "roll_places": "person_no | school_code | name_key | name_sound | name_shape | given | pupil_no | in_force\n 1 | S | 王一 | x | x | x | G1234567 | true\n 2 | T | 王一 | x | x | x | G1234567 | true",
        },
        "attender_no | left_no | step | own_school\n 5 | 1 | pupil_number | true",
    )


def test_a_number_with_another_name_is_not_believed():
    check(
        "attender_numbers",
        {
            "attenders": "person_no | attender_no\n 5 | 5",
            "person_records": f"{HEAD}\n a | 1 | registry | S | 王一 | | | | | true\n b | 5 | attendance | S | 李二 | | | | | true",
            "number_pairs": "left_no | right_no | left_source | right_source | name_level\n 1 | 5 | registry | attendance | different",
        },
        "attender_no | left_no",
    )


CLASS = "record_id | person_no | source | school_code | grade | class_no | name_key | surname | given | in_force"
PAIR = "left_no | right_no | left_source | right_source | name_level\n 1 | 5 | registry | attendance | one_of_two"
WEN = "a | 1 | registry | S | 3 | 1 | 龚文 | 龚 | 文 | true\n b | 5 | attendance | S | 3 | {} | 龚丈 | 龚 | 丈 | true"


def test_in_the_very_class_of_the_number_one_character_may_be_wrong():
    inputs = {"attenders": "person_no | attender_no\n 5 | 5", "number_pairs": PAIR}
    here, elsewhere = f"{CLASS}\n{WEN.format(1)}", f"{CLASS}\n{WEN.format(2)}"
    check("attender_numbers", {**inputs, "person_records": here}, "attender_no | left_no | step\n 5 | 1 | class_number")
    check("attender_numbers", {**inputs, "person_records": elsewhere}, "attender_no | left_no")


def test_a_brother_in_the_class_with_the_very_name_goes_before_the_number():
    rolls = "person_no | school_code | grade | class_no | name_key\n 2 | S | 3 | 1 | 龚丈"
    check("attender_numbers", {
        "attenders": "person_no | attender_no\n 5 | 5", "number_pairs": PAIR, "person_records": f"{CLASS}\n{WEN.format(1)}",
        "roll_places": rolls,
    }, "attender_no | left_no")  # fmt: skip


def test_without_a_class_a_brother_in_the_grade_with_the_very_name_goes_before_the_number():
    inputs = {
        "attenders": "person_no | attender_no\n 5 | 5",
        "number_pairs": PAIR,
        "person_records": f"{CLASS}\n{WEN.format('')}",
    }
    rolls = "person_no | school_code | grade | class_no | name_key\n 2 | S | {} | 2 | 龚丈"
    check("attender_numbers", {**inputs, "roll_places": rolls.format(3)}, "attender_no | left_no")
    check(
        "attender_numbers",
        {**inputs, "roll_places": rolls.format(4)},
        "attender_no | left_no | step\n 5 | 1 | class_number",
    )
