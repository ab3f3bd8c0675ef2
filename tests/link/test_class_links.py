from tests.tables import check


def found(attending, places, expected):
    rows = [f"p{i} | {i} | attendance | S | 3 | 1 | 王一 | {sex} | {away}" for i, (sex, away) in attending.items()]
    check(
        "class_links",
        {
            "attenders": "person_no | attender_no\n" + "\n".join(f"{i} | {i}" for i in attending),
            "person_records": "record_id | person_no | source | school_code | grade | class_no | name_key | sex | days_away\n"
            + "\n".join(rows),
            "roll_places": "person_no | school_code | grade | class_no | name_key | sex | in_force\n"
            + "\n".join(f"{i} | S | 3 | 1 | 王一 | {sex} | {force}" for i, (sex, force) in places.items()),
        },
        expected,
    )


def test_a_name_in_its_class_is_found():
    found({10: ("", 3)}, {1: ("男", "true")}, "attender_no | left_no | told_apart\n 10 | 1 | true")


def test_namesakes_are_told_apart_by_sex():
    found(
        {10: ("女", 3), 11: ("男", 0)},
        {1: ("男", "true"), 2: ("女", "true")},
        "attender_no | left_no | told_apart\n 10 | 2 | true\n 11 | 1 | true",
    )


def test_a_namesake_whose_sex_is_not_known_is_not_told_apart_from_the_other():
    found(
        {10: ("男", 3)},
        {1: ("男", "true"), 2: ("", "true")},
        "attender_no | left_no | told_apart\n 10 | 1 | false\n 10 | 2 | false",
    )


def test_namesakes_who_never_miss_a_day_are_left_to_people_too():
    found(
        {10: ("", 0), 11: ("", 0)},
        {1: ("男", "true"), 2: ("男", "true")},
        "attender_no | left_no | told_apart\n 10 | 1 | false\n 10 | 2 | false\n 11 | 1 | false\n 11 | 2 | false",
    )


def test_namesakes_of_whom_one_is_away_are_left_to_people():
    found(
        {10: ("", 9), 11: ("", 0)},
        {1: ("男", "true"), 2: ("女", "true")},
        "attender_no | left_no | told_apart\n 10 | 1 | false\n 10 | 2 | false\n 11 | 1 | false\n 11 | 2 | false",
    )


def test_one_row_for_two_places_is_left_to_people():
    found(
        {10: ("", 0)},
        {1: ("男", "true"), 2: ("女", "true")},
        "attender_no | left_no | told_apart\n 10 | 1 | false\n 10 | 2 | false",
    )


def test_of_two_rows_for_one_place_the_first_takes_it():
    found({10: ("", 0), 11: ("", 0)}, {1: ("男", "true")}, "attender_no | left_no | told_apart\n 10 | 1 | true")


def test_a_place_left_behind_does_not_make_a_namesake():
    found({10: ("", 4)}, {1: ("男", "false"), 2: ("女", "true")}, "attender_no | left_no | told_apart\n 10 | 2 | true")


def test_a_place_whose_child_the_schools_own_sheet_has_by_number_is_taken_and_one_found_elsewhere_is_not():
    for own_school, expected in (("true", ""), ("false", "\n 10 | 1 | true")):
        check(
            "class_links",
            {
                "attenders": "person_no | attender_no\n 10 | 10\n 11 | 11",
                "attender_numbers": f"attender_no | left_no | own_school\n 11 | 1 | {own_school}",
                "person_records": """
                    record_id | person_no | source     | school_code | grade | class_no | name_key
                    a         | 10        | attendance | S           | 3     | 1        | 王一
                    b         | 11        | attendance | T           | 3     | 1        | 王一
                """,
                "roll_places": "person_no | school_code | grade | class_no | name_key | in_force\n 1 | S | 3 | 1 | 王一 | true",
            },
            f"attender_no | left_no | told_apart{expected}",
        )
