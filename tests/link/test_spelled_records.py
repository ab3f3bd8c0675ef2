from tests.tables import check, run

HEAD = "record_id | person_no | source | name | id_number | birth_date | address | phone | district_code"


def test_only_names_in_latin_letters_and_missing_names_are_compared_as_spelled():
    check(
        "spelled_records",
        {"person_records": f"{HEAD}\n a | 1 | registry | Mary O'Brien | | | | | 990101\n b | 2 | registry | 佘yan冰 | | | | | 990101\n"
         " c | 3 | household | | | | | | 990101\n d | 4 | attendance | Mary | | | | | 990101"},
        "person_no | whole_name | name_in_order\n 1 | brienmaryo | maryobrien\n 3 | | ",
    )  # fmt: skip


def test_a_birth_date_that_is_no_day_keeps_its_digits():
    check(
        "spelled_records",
        {"person_records": f"{HEAD}\n a | 1 | registry | Mary | 123-45 | 1980-01-02 | | | 990101\n b | 2 | registry | Ann | | | | | 990101",
         "given_records": "side | record_id | birth_date\n registry | b | 1948-20-25"},
        "person_no | birth | number\n 1 | 19800102 | 12345\n 2 | 19482025 | ",
    )  # fmt: skip


def test_an_address_two_of_a_register_share_is_a_household():
    strangers = "".join(f"x{i} | {i} | registry | Ann | | | {i} Long Street | | 990101\n" for i in range(100, 500))
    pair = " a | 1 | registry | Mary | | | 5 High Street | | 990101\n b | 2 | registry | Tom | | | 5, High Street | | 990101\n"
    found = run("spelled_records", {"person_records": f"{HEAD}\n{strangers}{pair}"}).to_pylist()
    assert [row["person_no"] for row in found if row["has_family"]] == [1, 2]


def test_too_few_records_cannot_tell_that_there_are_no_families():
    check(
        "spelled_records",
        {"person_records": f"{HEAD}\n a | 1 | registry | Mary | | | 5 High Street | | 990101"},
        "person_no | has_family\n 1 | true",
    )
