from tests.tables import check

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


def test_a_changed_surname_counts_in_the_class_only():
    found(f"S | 3 | 1 | {LI}", [f"S | 3 | 1 | {HAN}"], "left_no | name_level | sole\n 1 | given | true")
    found(f"S | 3 | 2 | {LI}", [f"S | 3 | 1 | {HAN}"], "left_no | name_level")


def test_a_likeness_does_not_stand_against_the_very_name_elsewhere_in_the_grade():
    found(f"S | 3 | 1 | {LI}", [f"S | 3 | 1 | {HAN}", f"T | 3 | 1 | {LI}"], "left_no | sole\n 1 | false")


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
