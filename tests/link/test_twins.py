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
