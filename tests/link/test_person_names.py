from tests.tables import check, run


def names(text, expected):
    rows = "\n".join(f"r{i} | registry | {name}" for i, name in enumerate(text.split()))
    check("person_names", {"person_fields": f"record_id | source | name\n{rows}"}, expected)


def test_a_name_is_taken_apart_into_surname_given_name_and_sound():
    names(
        "张梓涵 欧阳娜",
        """
        name   | name_key | surname | given | name_sound
        张梓涵 | 张梓涵   | 张      | 梓涵  | zhang zi han
        欧阳娜 | 欧阳娜   | 欧阳    | 娜    | ou yang na
    """,
    )


def test_surnames_are_read_as_surnames():
    names(
        "单一 解一 仇一 曾一 区一",
        """
        name | name_sound
        仇一 | qiu yi
        区一 | ou yi
        单一 | shan yi
        曾一 | zeng yi
        解一 | xie yi
    """,
    )


def test_traditional_and_variant_characters_have_one_key():
    names(
        "張麗 张丽 李喆 李哲",
        """
        name | name_key
        张丽 | 张丽
        張麗 | 张丽
        李哲 | 李哲
        李喆 | 李哲
    """,
    )


def test_the_name_dot_is_no_part_of_the_key_in_any_spelling():
    names(
        "阿依·古丽 阿依•古丽 阿依.古丽 阿依古丽",
        """
        name      | name_key
        阿依.古丽 | 阿依古丽
        阿依·古丽 | 阿依古丽
        阿依•古丽 | 阿依古丽
        阿依古丽  | 阿依古丽
    """,
    )


def test_a_rare_character_equals_its_two_parts():
    names(
        "李頔 李由页",
        """
        name   | name_key
        李由页 | 李由页
        李頔   | 李由页
    """,
    )


def test_latin_names_are_taken_word_by_word():
    check(
        "person_names",
        {"person_fields": "record_id | source | name\n a | registry | Mary Smith"},
        """
        name       | name_key  | surname | given | name_sound
        Mary Smith | marysmith | mary    | smith | mary smith
    """,
    )


def test_a_character_may_stand_in_several_groups_of_look_alikes():
    rows = "record_id | source | name\n a | registry | 王文\n b | registry | 王丈\n c | registry | 王雯"
    shapes = {r["name"]: r["name_shape"] for r in run("person_names", {"person_fields": rows}).to_pylist()}
    groups = {name[1]: set(shape.split(" ")[1].split("/")[2].split(".")) for name, shape in shapes.items()}
    assert groups["文"] & groups["丈"]
    assert groups["文"] & groups["雯"]


def test_a_name_is_counted_over_rolls_and_households_with_the_records_settled_before():
    check(
        "person_names",
        {
            "person_fields": "record_id | source | name | former_name\n 1 | registry | 张伟 | \n 2 | household | 张伟 | \n 3 | attendance | 张伟 | 张炜",
            "sure_pairs": "left_record_id | right_record_id | name | is_settled\n 8 | 9 | 张伟 | true\n 6 | 7 | 李静 | true\n 4 | 5 | 李静 | false",
        },
        "name | records\n 张伟 | 4\n 张炜 | 0",
    )
