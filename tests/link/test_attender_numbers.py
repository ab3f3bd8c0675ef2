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
        "attender_no | left_no | step\n 5 | 1 | number",
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
        "attender_no | left_no | step\n 5 | 1 | pupil_number",
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
