from tests.tables import check

HEAD = "record_id | person_no | source | birth_date | name_key | guardian_id_number | household_no"


def test_children_of_one_guardian_and_one_birthday_are_twins():
    check(
        "twins",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry  | 2015-01-01 | 王一 | G |
        b | 2 | registry  | 2015-01-01 | 王二 | G |
        c | 3 | registry  | 2016-01-01 | 王三 | G |
        d | 4 | household | 2015-01-01 | 王四 | G |
    """
        },
        "person_no\n 1\n 2",
    )


def test_one_child_twice_is_no_twin():
    check(
        "twins",
        {
            "person_records": f"""{HEAD}
        a | 1 | household | 2015-01-01 | 王一 | | 7
        b | 2 | household | 2015-01-01 | 王一 | | 7
    """
        },
        "person_no",
    )


def test_a_twin_joined_by_number_and_name_leaves_the_others_number_to_nobody_else():
    people = f"""{HEAD}
        a | 1 | registry  | 2015-01-01 | 王一 | G |
        b | 2 | registry  | 2015-01-01 | 王二 | G |
        c | 3 | household | 2015-01-01 | 王一 | G |
        d | 4 | household | 2015-01-01 | 王三 | G |
    """
    link = "left_no | right_no | left_source | right_source | name_level\n 1 | 3 | registry | household | "
    for name, joined in (("exact", "true"), ("alike", "false")):
        check(
            "twins",
            {"person_records": people, "number_links": link + name},
            f"person_no | others_joined\n 1 | false\n 2 | {joined}\n 3 | false\n 4 | {joined}",
        )


def test_of_three_born_that_day_both_others_must_be_joined():
    check(
        "twins",
        {
            "person_records": f"""{HEAD}
        a | 1 | registry | 2015-01-01 | 王一 | G |
        b | 2 | registry | 2015-01-01 | 王二 | G |
        c | 3 | registry | 2015-01-01 | 王三 | G |
    """,
            "number_links": "left_no | right_no | left_source | right_source | name_level\n 1 | 9 | registry | household | exact",
        },
        "person_no | others_joined\n 1 | false\n 2 | false\n 3 | false",
    )
