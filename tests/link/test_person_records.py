from tests.tables import check

NAMES = "name | name_key | surname | given | name_sound | name_shape\n王一 | 王一 | 王 | 一 | wang yi | x\n王二 | 王二 | 王 | 二 | wang er | y"


def test_a_record_carries_the_parts_of_its_name_and_of_its_former_name():
    check(
        "person_records",
        {
            "person_fields": "record_id | source | name | former_name\n a | registry | 王一 | 王二",
            "person_names": NAMES,
        },
        """
        record_id | person_no | name_key | name_sound | former_name_key
        a         | 1         | 王一     | wang yi    | 王二
    """,
    )


def test_birth_date_and_sex_nobody_wrote_come_from_the_number():
    check(
        "person_records",
        {
            "person_fields": """
        record_id | source   | name | id_number          | id_kind   | id_prefix
        a         | registry | 王一 | 11010519491231002X | valid     | 110105194912310
        b         | registry | 王一 | 110105194912310000 | truncated | 110105194912310
    """,
            "person_names": NAMES,
        },
        """
        record_id | birth_date | sex
        a         | 1949-12-31 | 女
        b         | 1949-12-31 |
    """,
    )
