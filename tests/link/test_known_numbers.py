"""Numbers used are invented: region 990198 is nobody's."""

from tests.tables import check, run

HEAD = "record_id | person_no | source | school_code | grade | class_no | name_key | name_sound | id_number | id_kind | id_prefix | pupil_no | birth_date | in_force"
NUMBER = "990198201509010027"
SHEET = f"s | 9 | attendance | S | 3 | 1 | 王一 | wang yi | {NUMBER} | valid | {NUMBER} | | 2015-09-01 | true"


def known(rows, expected):
    check("known_numbers", {"person_records": f"{HEAD}\n{rows}"}, f"person_no | id_number\n{expected}")


def test_the_own_number_counts_where_it_is_valid_or_another_document():
    known(
        f"a | 1 | registry | S | 3 | 1 | 王一 | wang yi | {NUMBER} | valid | | | | true\n"
        "b | 2 | registry | S | 3 | 1 | 王二 | wang er | H1234567 | other | | | | true\n"
        "c | 3 | registry | S | 3 | 1 | 王三 | wang san | 1 | other | | | | true\n"
        "d | 4 | registry | S | 3 | 1 | 王四 | wang si | 990198201509010025 | checksum | | | | true",
        f"1 | {NUMBER}\n 2 | H1234567",
    )


def test_a_registry_number_spells_the_number_a_table_program_cut_off():
    cut = "a | 1 | registry | S | 3 | 1 | 王一 | wang yi | 990198201509010000 | truncated | 990198201509010 | {} | {} | true"
    known(cut.format(f"G{NUMBER}", "2015-09-01"), f"1 | {NUMBER}")
    known(cut.format(f"G{NUMBER}", "2013-02-05"), f"1 | {NUMBER}")
    known(cut.format("G990198201509010025", "2015-09-01"), "")
    known(cut.format(f"J{NUMBER}", "2015-09-01"), "")


def test_a_class_sheet_lends_its_number_to_the_only_one_of_the_name():
    blank = "{} | {} | registry | S | 3 | 1 | 王一 | wang yi | | blank | | | 2015-09-01 | true"
    known(f"{SHEET}\n{blank.format('a', 1)}", f"1 | {NUMBER}\n 9 | {NUMBER}")
    known(f"{SHEET}\n{blank.format('a', 1)}\n{blank.format('b', 2)}", f"9 | {NUMBER}")


def test_a_sheet_lends_nothing_the_known_digits_contradict():
    masked = f"{SHEET}\n a | 1 | registry | S | 3 | | 王一 | wang yi | {{}} | masked | {{}} | | 2015-09-01 | true"
    known(masked.format("990198********0027", "990198"), f"1 | {NUMBER}\n 9 | {NUMBER}")
    known(masked.format("990197********0027", "990197"), f"9 | {NUMBER}")
    known(masked.format("990198********0043", "990198"), f"9 | {NUMBER}")


def test_a_sheet_lends_nothing_to_a_pupil_of_another_birth_date():
    blank = f"{SHEET}\n a | 1 | registry | S | 3 | 1 | 王一 | wang yi | | blank | | | {{}} | true"
    known(blank.format("2015-09-10"), f"1 | {NUMBER}\n 9 | {NUMBER}")
    known(blank.format("2014-02-05"), f"9 | {NUMBER}")
    known(blank.format(""), f"1 | {NUMBER}\n 9 | {NUMBER}")


def test_a_sheet_does_not_lend_a_pupil_the_number_of_a_namesake_on_the_roll():
    blank = "a | 1 | registry | S | 3 | 1 | 王一 | wang yi | | blank | | | | true"
    namesake = f"b | 2 | registry | {{}} | 3 | 1 | 王一 | wang yi | {NUMBER} | valid | {NUMBER} | | | true"
    known(f"{SHEET}\n{blank}\n{namesake.format('S')}", f"2 | {NUMBER}\n 9 | {NUMBER}")
    known(f"{SHEET}\n{blank}\n{namesake.format('T')}", f"1 | {NUMBER}\n 2 | {NUMBER}\n 9 | {NUMBER}")


def test_a_homophone_is_lent_a_number_only_with_its_birth_date():
    row = f"{SHEET}\n a | 1 | registry | S | 3 | 1 | 王益 | wang yi | | blank | | | {{}} | true"
    known(row.format("2015-09-01"), f"1 | {NUMBER}\n 9 | {NUMBER}")
    known(row.format(""), f"9 | {NUMBER}")


PUPIL = "a | 1 | registry | S | 3 | 1 | 王一 | wang yi | {} | {} | {} | L99019820150901001X | 2015-09-01 | true | 王父"
BEFORE = "record_id | source | id_kind | id_number | name_key | pupil_no | school_code | birth_date | guardian_name\n"
ENTRY = f"x | registry | valid | {NUMBER} | "


def remembered(before, *, cell=("", "blank", ""), beside=""):
    rows = f"{HEAD} | guardian_name\n{PUPIL.format(*cell)}\n{beside}"
    made = run("known_numbers", {"person_records": rows, "previous_person_records": BEFORE + before})
    return dict(zip(made["person_no"].to_pylist(), made["id_number"].to_pylist(), strict=True)).get(1)


def test_the_roll_of_the_period_before_lends_the_number_it_wrote_for_the_pupil():
    assert remembered(f"{ENTRY} 王一 | | S | 2015-09-01 | 王父") == NUMBER
    assert remembered(f"{ENTRY} 王一 | L99019820150901001X | S7 | 2015-01-01 |") == NUMBER
    assert (
        remembered(
            f"{ENTRY} 王一 | | S | 2015-09-01 | 王父\n y | registry | valid | 990198201509010043 | 王一 | | S | 2015-09-01 | 王父"
        )
        is None
    )


def test_the_roll_of_the_period_before_lends_nothing_to_whom_it_may_not_have_meant():
    assert remembered(f"{ENTRY} 王一 | | S | 2015-09-01 | 李父") is None
    assert remembered(f"{ENTRY} 王一 | | S7 | 2015-09-01 | 王父") is None
    assert remembered(f"{ENTRY} 王小 | L99019820150901001X | S | 2015-09-01 | 王父") is None
    assert remembered(ENTRY.replace("registry", "household") + "王一 | | S | 2015-09-01 | 王父") is None


def test_a_number_the_roll_has_given_another_pupil_since_was_put_right():
    sister = f"b | 2 | registry | S | 1 | 1 | 王二 | wang er | {NUMBER} | valid | {NUMBER} | | 2017-09-01 | true | 王父"
    assert remembered(f"{ENTRY} 王一 | | S | 2015-09-01 | 王父", beside=sister) is None


def test_what_is_left_of_a_masked_number_decides_what_the_roll_of_the_period_before_lends():
    assert (
        remembered(f"{ENTRY} 王一 | | S | 2015-09-01 | 王父", cell=("990198********0027", "masked", "990198")) == NUMBER
    )
    assert (
        remembered(f"{ENTRY} 王一 | | S | 2015-09-01 | 王父", cell=("990197********0027", "masked", "990197")) is None
    )
