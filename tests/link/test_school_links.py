from datetime import date
from functools import partial

from tests.tables import check as check_table

check = partial(check_table, parameters={"cutoff_on": date(2026, 8, 31), "entry_age": 6})
PERSON = "record_id | person_no | source | school_code | grade | class_no | name_key | name_sound | name_shape | given | id_kind"
PLACE = "person_no | school_code | grade | class_no | name_key | name_sound | name_shape | given | id_kind | in_force"
HAN = "王子涵 | wang zi han | 王/王/ 子/子/ 涵/函/ | 子涵"
ZI = "王梓涵 | wang zi han | 王/王/ 梓/辛/ 涵/函/ | 梓涵"
FENG = "王子枫 | wang zi feng | 王/王/ 子/子/ 枫/风/ | 子枫"
LI = "李子涵 | li zi han | 李/木/ 子/子/ 涵/函/ | 子涵"


def found(sheet, places, expected):
    check(
        "school_links",
        {
            "attenders": "person_no | attender_no\n 10 | 10",
            "person_records": f"{PERSON}\n a | 10 | attendance | {sheet} | blank",
            "roll_places": f"{PLACE}\n" + "\n".join(f"{i} | {p} | blank | true" for i, p in enumerate(places, 1)),
        },
        expected,
    )


def test_a_homophone_in_the_class_is_the_child():
    found(f"S | 3 | 1 | {ZI}", [f"S | 3 | 1 | {HAN}"], "left_no | name_level | sole\n 1 | sound | true")


def test_a_homophone_goes_before_another_character_and_two_homophones_to_people():
    found(f"S | 3 | 1 | {ZI}", [f"S | 3 | 1 | {HAN}", f"S | 3 | 1 | {FENG}"], "left_no | sole\n 1 | true")
    found(f"S | 3 | 1 | {ZI}", [f"S | 3 | 1 | {HAN}", f"S | 3 | 1 | {HAN}"], "left_no | sole\n 1 | false\n 2 | false")


def test_the_class_may_be_mistaken_where_the_name_is_alone_in_the_grade():
    found(f"S | 3 | 2 | {HAN}", [f"S | 3 | 1 | {HAN}"], "left_no | own_class | sole\n 1 | false | true")


def rows(sheets, places, expected, class_links=""):
    """Several rows of sheets: class and ``delivery sheet month`` of each, all of one name and grade."""
    check(
        "school_links",
        {
            "attenders": "person_no | attender_no\n" + "\n".join(f"{i} | {i}" for i in range(10, 10 + len(sheets))),
            "person_records": PERSON.replace("id_kind", "id_kind | sheet_order")
            + "\n"
            + "\n".join(
                f"r{i} | {i} | attendance | S | 3 | {c} | {HAN} | blank | {o}" for i, (c, o) in enumerate(sheets, 10)
            ),
            "roll_places": f"{PLACE}\n"
            + "\n".join(f"{i} | S | 3 | {c} | {HAN} | blank | {force}" for i, (c, force) in enumerate(places, 1)),
            "class_links": f"attender_no | left_no | told_apart\n{class_links}",
        },
        expected,
    )


def test_without_a_class_on_the_sheet_a_name_alone_in_its_grade_is_the_child():
    found(
        f"S | 3 |  | {HAN}",
        [f"S | 3 | 1 | {HAN}", f"S | 4 | 1 | {HAN}"],
        "left_no | step | class_known | sole\n 1 | 1 | false | true",
    )


def test_without_a_class_on_the_roll_a_name_alone_in_its_grade_is_the_child():
    found(f"S | 3 | 1 | {HAN}", [f"S | 3 |  | {HAN}"], "left_no | step | class_known | sole\n 1 | 1 | false | true")
    found(f"S | 3 |  | {HAN}", [f"S | 3 |  | {HAN}"], "left_no | step | class_known | sole\n 1 | 1 | false | true")


def test_without_a_class_two_pupils_of_the_name_in_the_grade_are_left_to_people():
    two = [("1", "true"), ("2", "true")]
    rows([("", "f 1 2026-09")], two, "attender_no | left_no | sole\n 10 | 1 | false\n 10 | 2 | false")
    # One of them found on its class's own sheet does not make the other certain.
    sheets = [("", "f 1 2026-10"), ("1", "g 1 2026-09")]
    rows(sheets, two, "attender_no | left_no | sole\n 10 | 1 | false\n 10 | 2 | false", "11 | 1 | true")


def test_without_a_class_a_pupil_who_left_makes_no_namesake():
    rows([("", "f 1 2026-09")], [("1", "false"), ("2", "true")], "attender_no | left_no | sole\n 10 | 2 | true")
    rows([("", "f 1 2026-09")], [("1", "false")], "attender_no | left_no | sole\n 10 | 1 | true")


def test_without_a_class_two_rows_of_the_name_in_a_month_are_left_to_people():
    sheets = [("", "f 1 2026-09"), ("", "f 1 2026-09")]
    rows(sheets, [("1", "true")], "attender_no | left_no | sole\n 10 | 1 | false\n 11 | 1 | false")
    sheets = [("1", "f 1 2026-09"), ("2", "f 2 2026-09")]
    rows(sheets, [("", "true")], "attender_no | left_no | sole\n 10 | 1 | false\n 11 | 1 | false")


def test_a_pupil_found_on_its_class_sheet_is_on_a_sheet_without_class_of_another_month_only():
    place = [("1", "true")]
    sheets = [("", "f 1 2026-10"), ("1", "g 1 2026-09")]
    rows(sheets, place, "attender_no | left_no | sole\n 10 | 1 | true", "11 | 1 | true")
    sheets = [("", "f 1 2026-09"), ("1", "g 1 2026-09")]
    rows(sheets, place, "attender_no | left_no | sole\n 10 | 1 | false", "11 | 1 | true")


def test_one_name_on_two_sheets_without_class_of_one_file_and_month_is_left_to_people():
    def joined(second, sole):
        drawn = PERSON.replace("id_kind", "id_kind | sheet_order")
        check("school_links", {
            "attenders": "person_no | attender_no\n 10 | 10\n 11 | 10",
            "person_records": f"{drawn}\n a | 10 | attendance | S | 3 |  | {HAN} | blank | f 1 2026-09\n b | 11 | attendance | S | 3 |  | {HAN} | blank | {second}",
            "roll_places": f"{PLACE}\n 1 | S | 3 | 1 | {HAN} | blank | true",
        }, f"attender_no | left_no | sole\n 10 | 1 | {sole}")  # fmt: skip

    joined("f 2 2026-09", "false")
    joined("f 1 2026-10", "true")
    joined("g 1 2026-09", "true")


def test_without_a_class_a_homophone_alone_in_the_grade_is_the_child_and_two_go_to_people():
    found(f"S | 3 |  | {ZI}", [f"S | 3 | 1 | {HAN}"], "left_no | step | sole\n 1 | 2 | true")
    found(f"S | 3 |  | {ZI}", [f"S | 3 | 1 | {HAN}", f"S | 3 | 2 | {HAN}"], "left_no | sole\n 1 | false\n 2 | false")
    found(f"S | 3 | 1 | {ZI}", [f"S | 3 |  | {HAN}"], "left_no | step | sole\n 1 | 2 | true")


def test_a_changed_surname_counts_in_the_class_only():
    found(f"S | 3 | 1 | {LI}", [f"S | 3 | 1 | {HAN}"], "left_no | name_level | sole\n 1 | given | true")
    found(f"S | 3 | 2 | {LI}", [f"S | 3 | 1 | {HAN}"], "left_no | name_level")


def test_a_row_written_otherwise_may_be_one_of_two_of_a_name_another_row_left_to_people():
    check("school_links", {
        "attenders": "person_no | attender_no\n 10 | 10\n 11 | 11",
        "person_records": f"{PERSON}\n a | 10 | attendance | S | 3 | 1 | {HAN} | blank\n b | 11 | attendance | S | 3 | 1 | {ZI} | blank",
        "roll_places": f"{PLACE}\n 1 | S | 3 | 1 | {HAN} | blank | true\n 2 | S | 3 | 1 | {HAN} | blank | true",
        "class_links": "attender_no | left_no | told_apart\n 10 | 1 | false\n 10 | 2 | false",
    }, "attender_no | left_no | sole\n 11 | 1 | false\n 11 | 2 | false")  # fmt: skip


def test_a_homophone_of_another_sex_is_shown_to_people_and_a_surname_alone_is_not():
    def joined(place, expected):
        check("school_links", {
            "attenders": "person_no | attender_no\n 10 | 10",
            "person_records": f"{PERSON} | sex\n a | 10 | attendance | S | 3 | 1 | {ZI} | blank | 女",
            "roll_places": f"{PLACE} | sex\n 1 | S | 3 | 1 | {place} | blank | true | 男",
        }, f"left_no | step | sole\n {expected}")  # fmt: skip

    joined(HAN, "1 | 9 | false")
    joined("王刚 | wang gang | 王/王/ 刚/冈/ | 刚", "")


def test_a_given_name_many_bear_under_another_surname_is_shown_to_people():
    others = [f"S | 5 | {n} | 赵子涵 | zhao zi han | 赵/走/ 子/子/ 涵/函/ | 子涵" for n in range(1, 4)]
    row, expected = f"S | 3 | 1 | {LI}", "left_no | step | sole\n 1 | 9 | false"
    found(row, [f"S | 3 | 1 | {HAN}", *others], expected)


def test_a_likeness_does_not_stand_against_the_very_name_elsewhere_in_the_grade():
    """It is shown to people, and the city is asked for the name (step 9)."""
    row, expected = f"S | 3 | 1 | {LI}", "left_no | step | sole\n 1 | 9 | false"
    found(row, [f"S | 3 | 1 | {HAN}", f"T | 3 | 1 | {LI}"], expected)


def test_a_likeness_does_not_stand_against_a_child_of_the_very_name_on_no_roll():
    """It is shown to people, and the city is asked for the name (step 9), where age and district are the pupil's."""

    def beside(household, expected):
        person = f"{PERSON} | district_code | birth_date | in_force"
        row, child = (
            f"a | 10 | attendance | S | 3 | 1 | {LI} | blank | 990101 | | true",
            f"h | 20 | household | | | | {LI}",
        )
        inputs = {
            "attenders": "person_no | attender_no\n 10 | 10",
            "person_records": f"{person}\n{row}\n{child} | valid | {household}",
            "roll_places": f"{PLACE}\n 1 | S | 3 | 1 | {HAN} | blank | true",
        }
        check("school_links", inputs, f"left_no | step | sole\n 1 | {expected}")

    beside("990101 | 2018-03-01 | true", "9 | false")
    beside("990102 | 2018-03-01 | true", "4 | true")
    beside("990101 | 2012-03-01 | true", "4 | true")


def test_another_school_is_not_looked_at():
    found(f"S | 3 | 1 | {HAN}", [f"T | 3 | 1 | {HAN}"], "left_no")


def test_the_last_pupil_and_the_last_row_of_a_surname_are_shown_to_people():
    person = PERSON.replace("given |", "given | surname |")
    place = PLACE.replace("given |", "given | surname |")
    sheet = "a | 10 | attendance | S | 3 | 1 | 王子涵 | wang zi han | 王/王/ 子/子/ 涵/函/ | 子涵 | 王 | blank"

    def last(*places):
        return {"attenders": "person_no | attender_no\n 10 | 10", "person_records": f"{person}\n {sheet}",
                "roll_places": f"{place}\n" + "\n".join(places)}  # fmt: skip

    one = "1 | S | 3 | 1 | 王美丽 | wang mei li | 王/王/ 美/大/ 丽/而/ | 美丽 | 王 | blank | true"
    two = "2 | S | 3 | 1 | 王国庆 | wang guo qing | 王/王/ 国/玉/ 庆/大/ | 国庆 | 王 | blank | true"
    check("school_links", last(one), "left_no | step | sole\n 1 | 9 | false")
    check("school_links", last(one, two), "left_no | step | sole")
    elsewhere = {"attender_numbers": "attender_no | left_no\n 11 | 1"}
    check("school_links", {**last(one), **elsewhere}, "left_no | step | sole")


def test_the_last_row_whose_given_names_sound_alike_under_another_surname_is_shown_to_people():
    """The roll writes the former surname and the sheet types a homophone."""
    xiao, han = (
        "萧淑捷 | xiao shu jie | 萧/萧/ 淑/叔/ 捷/疌/ | 淑捷",
        "韩淑洁 | han shu jie | 韩/韦/ 淑/叔/ 洁/吉/ | 淑洁",
    )
    mei = "韩美洁 | han mei jie | 韩/韦/ 美/大/ 洁/吉/ | 美洁"
    found(f"S | 3 | 1 | {xiao}", [f"S | 3 | 1 | {han}"], "left_no | step | sole\n 1 | 9 | false")
    found(f"S | 3 | 1 | {xiao}", [f"S | 3 | 1 | {mei}"], "left_no | step | sole")


def test_a_given_name_written_alone_is_shown_to_people():
    wei = "卢博伟 | lu bo wei | 卢/卜/ 博/十/ 伟/韦/ | 博伟"
    qiang = "卢国强 | lu guo qiang | 卢/卜/ 国/玉/ 强/弓/ | 国强"
    alone = "博伟 | bo wei | 博/十/ 伟/韦/ | 伟"
    found(f"S | 3 | 1 | {alone}", [f"S | 3 | 1 | {wei}"], "left_no | step | sole\n 1 | 9 | false")
    found(f"S | 3 | 1 | {alone}", [f"S | 3 | 1 | {qiang}"], "left_no | step | sole")


def test_another_grade_is_believed_only_for_the_only_one_of_the_name_or_a_whole_sheet():
    found(f"S | 3 | 1 | {HAN}", [f"S | 4 | 1 | {HAN}"], "left_no | step | sole\n 1 | 8 | true")
    found(f"S | 3 | 1 | {HAN}", [f"S | 4 | 1 | {HAN}", f"T | 7 | 1 | {HAN}"], "left_no | step | sole\n 1 | 8 | false")
    names = (HAN, ZI, FENG)
    check("school_links", {
        "attenders": "person_no | attender_no\n 10 | 10\n 11 | 11\n 12 | 12",
        "person_records": f"{PERSON}\n" + "\n".join(f"{i} | {10 + i} | attendance | S | 3 | 1 | {n} | blank" for i, n in enumerate(names)),
        "roll_places": f"{PLACE}\n" + "\n".join(
            f"{i} | S | 4 | 1 | {n} | blank | true\n {i + 3} | T | 7 | 1 | {n} | blank | true" for i, n in enumerate(names, 1)),
    }, "left_no | step | sole\n 1 | 8 | true\n 2 | 8 | true\n 3 | 8 | true")  # fmt: skip
