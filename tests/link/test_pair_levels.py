from tests.tables import check
from transforms.engine import Engine

HEAD = "record_id | person_no | source | id_number | id_kind | name_key | name_sound | name_shape | given | birth_date | guardian_name | guardian_id_number | phone"
NAME = "王一 | wang yi | 王/王/ 一/一/ | 一"
PAIR = "left_no | right_no | kind\n 1 | 2 | cross"


def levels(left, right, expected, more=None):
    check(
        "pair_levels",
        {
            "candidate_pairs": PAIR,
            "person_records": f"{HEAD}\n a | 1 | registry | {left}\n b | 2 | household | {right}",
            **(more or {}),
        },
        expected,
    )


def test_a_valid_but_different_number_is_never_a_typo():
    levels(
        f"110105194912310038 | valid | {NAME} | | | |",
        f"11010519491231002X | valid | {NAME} | | | |",
        "id_number\n two_valid",
    )


def test_one_slip_is_near_only_where_a_check_character_fails():
    levels(
        f"110105194912310021 | checksum | {NAME} | | | |",
        f"11010519491231002X | valid | {NAME} | | | |",
        "id_number\n near",
    )
    levels(
        f"110105194913210021 | checksum | {NAME} | | | |",
        f"11010519491231002X | valid | {NAME} | | | |",
        "id_number\n differ",
    )


def test_a_masked_number_agrees_where_every_shown_digit_does_and_differs_where_one_does_not():
    levels(
        f"110105********002X | masked | {NAME} | | | |",
        f"11010519491231002X | valid | {NAME} | | | |",
        "id_number\n partly",
    )
    levels(
        f"110105********0038 | masked | {NAME} | | | |",
        f"11010519491231002X | valid | {NAME} | | | |",
        "id_number\n differ",
    )


def test_a_guardians_number_says_nothing_against_the_child():
    levels(
        f"11010519491231002X | valid | {NAME} | | | |",
        f"110105194912310038 | valid | {NAME} | | | 11010519491231002X |",
        "id_number\n others_number",
    )


def test_a_number_another_name_carries_says_little_against_the_child():
    levels(
        f"110105194912310038 | valid | {NAME} | | | |",
        f"11010519491231002X | valid | {NAME} | | | |",
        "id_number\n others_number",
        {"number_pairs": "left_no | right_no | name_level\n 1 | 9 | different"},
    )


def test_guardian_and_telephone_are_one_evidence():
    levels(f" | blank | {NAME} | | 王父 | | 139", f" | blank | {NAME} | | 王父 | | 139", "family\n two")
    levels(f" | blank | {NAME} | | 王父 | |", f" | blank | {NAME} | | 李父 | |", "family\n differ")


def test_day_and_month_swapped_is_near():
    levels(f" | blank | {NAME} | 2015-03-05 | | |", f" | blank | {NAME} | 2015-05-03 | | |", "birth_date\n near")
    levels(f" | blank | {NAME} | 2015-03-05 | | |", f" | blank | {NAME} | 2012-07-09 | | |", "birth_date\n differ")


def test_a_registry_number_without_a_citizen_number_states_the_birth_date_once_more():
    head, people = (
        f"{HEAD} | pupil_no",
        f"a | 1 | registry | | blank | {NAME} | 2015-11-28 | | | | {{}}\n b | 2 | household | | blank | {NAME} | 2015-12-08 | | | |",
    )
    for pupil_no, level in (
        ("L999999201512080016", "same"),
        ("J990198201512080024", "same"),
        ("L999999201512090016", "differ"),
        ("2015120800160000000", "differ"),
        ("", "differ"),
    ):
        inputs = {"candidate_pairs": PAIR, "person_records": f"{head}\n{people.format(pupil_no)}"}
        check("pair_levels", inputs, f"birth_date\n {level}")


def test_a_twin_is_marked():
    levels(f" | blank | {NAME} | | | |", f" | blank | {NAME} | | | |", "twin\n true", {"twins": "person_no\n 2"})


def test_a_number_cut_off_that_passes_its_check_by_chance_still_agrees_in_part(tmp_path):
    with Engine(tmp_path) as engine:

        def level(a, b):
            engine.need_macros("id_level()")
            return engine.con.execute("select id_level(?, ?, 'valid', 'valid', null, null)", [a, b]).fetchall()[0][0]

        assert level("990198201708097000", "990198201708097887") == "partly"
        assert level("990198201708097000", "990198201708096887") == "two_valid"
        assert level("990198201708097881", "990198201708097887") == "two_valid"


def test_a_twin_joined_itself_is_not_feared_on_an_equal_number_but_on_a_name_alone():
    number = "110105194912310038"
    for written, others, twin in ((number, "true", "false"), (number, "false", "true"), ("", "true", "true")):
        row = f"{written} | {'valid' if written else 'blank'} | {NAME} | | | |"
        same = {"known_numbers": f"person_no | id_number\n 1 | {number}\n 2 | {number}"} if written else {}
        levels(row, row, f"twin\n {twin}", {"twins": f"person_no | others_joined\n 1 | true\n 2 | {others}", **same})
