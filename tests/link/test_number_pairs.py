from tests.tables import check

HEAD = "record_id | person_no | source | name_key | name_sound | name_shape | given | in_force"
KNOWN = "person_no | id_number\n 1 | N\n 2 | N\n 3 | N"


def test_equal_numbers_make_a_pair_with_the_record_nearer_the_roll_left():
    check(
        "number_pairs",
        {
            "known_numbers": KNOWN,
            "person_records": f"""{HEAD}
        a | 1 | household | 王一 | wang yi | 王/王/ 一/一/ | 一 | true
        b | 2 | registry  | 王一 | wang yi | 王/王/ 一/一/ | 一 | true
    """,
        },
        """
        left_no | right_no | name_level
        2       | 1        | exact
    """,
    )


def test_inside_a_source_the_entry_in_force_comes_first():
    check(
        "number_pairs",
        {
            "known_numbers": KNOWN,
            "person_records": f"""{HEAD}
        a | 1 | registry | 王一 | wang yi | 王/王/ 一/一/ | 一 | false
        b | 2 | registry | 王一 | wang yi | 王/王/ 一/一/ | 一 | true
    """,
        },
        "left_no | right_no\n 2 | 1",
    )


def test_a_number_nine_children_share_is_no_number():
    rows = "\n".join(f"r{i} | {i} | registry | 王{i} | wang | 王/王/ | 一 | true" for i in range(9))
    check(
        "number_pairs",
        {
            "known_numbers": "person_no | id_number\n" + "\n".join(f"{i} | N" for i in range(9)),
            "person_records": f"{HEAD}\n{rows}",
        },
        "left_no | right_no",
    )


def test_names_are_compared_by_sound_shape_and_surname():
    check(
        "number_pairs",
        {
            "known_numbers": KNOWN,
            "person_records": f"""{HEAD}
        a | 1 | registry  | 王子涵 | wang zi han | 王/王/ 子/子/ 涵/函/ | 子涵 | true
        b | 2 | household | 王梓涵 | wang zi han | 王/王/ 梓/辛/ 涵/函/ | 梓涵 | true
        c | 3 | vocational | 李子涵 | li zi han | 李/子/ 子/子/ 涵/函/ | 子涵 | true
    """,
        },
        """
        left_no | right_no | name_level
        1       | 2        | sound
        1       | 3        | given
        2       | 3        | different
    """,
    )
