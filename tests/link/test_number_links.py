from tests.tables import check

HEAD = "left_no | right_no | left_source | right_source | left_in_force | birth_date | name_level"


def test_an_equal_number_and_an_agreeing_name_are_one_child():
    check(
        "number_links",
        {
            "number_pairs": f"""{HEAD}
        1 | 2 | registry | household | true | same | exact
        3 | 4 | registry | household | true | same | different
        5 | 6 | registry | household | true | same | one_character
    """
        },
        "left_no | right_no\n 1 | 2",
    )


def test_a_second_entry_stands_behind_the_first_of_its_source():
    check(
        "number_links",
        {
            "number_pairs": f"""{HEAD}
        1 | 2 | registry  | registry  | true | same | exact
        1 | 3 | registry  | household | true | same | exact
        2 | 3 | registry  | household | true | same | exact
    """
        },
        """
        left_no | right_no | left_source
        1       | 2        | registry
        1       | 3        | registry
    """,
    )


def test_one_roll_entry_takes_one_household_entry_the_better_named():
    check(
        "number_links",
        {
            "number_pairs": f"""{HEAD}
        1 | 2 | registry | household | true | same | sound
        1 | 3 | registry | household | true | same | exact
    """
        },
        "left_no | right_no\n 1 | 3",
    )


def test_a_homophone_with_another_birth_date_may_be_a_brother():
    check(
        "number_links",
        {
            "number_pairs": f"""{HEAD}
        1 | 2 | registry | household | true | differ | sound
        3 | 4 | registry | household | true | differ | exact
    """
        },
        "left_no | right_no\n 3 | 4",
    )


def test_two_pupils_of_one_class_are_not_one_for_a_number_typed_twice_and_names_that_only_sound_alike():
    """Twins: their names are a homophone apart, and the clerk copied the number."""
    pairs = f"""{HEAD} | same_class
        1 | 2 | registry | registry | true | same | sound | true
        3 | 4 | registry | registry | true | same | exact | true
        5 | 6 | registry | registry | true | same | sound | false
    """
    check("number_links", {"number_pairs": pairs}, "left_no | right_no\n 3 | 4\n 5 | 6")
