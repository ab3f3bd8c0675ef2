from tests.tables import check


def test_a_second_entry_at_the_same_school_makes_no_second_place():
    check(
        "roll_places",
        {
            "person_records": "record_id | person_no | source | name_key | school_code\n a | 1 | registry | 王一 | S\n b | 2 | registry | 王一 | S\n c | 3 | registry | 王一 | T\n d | 4 | household | 王一 |",
            "person_links": "left_no | right_no | tier\n 1 | 2 | duplicate\n 1 | 3 | duplicate",
        },
        "person_no | school_code\n 1 | S\n 3 | T",
    )


def test_a_sheet_may_write_the_name_of_the_household_register():
    check(
        "roll_places",
        {
            "person_records": """
        record_id | person_no | source    | name_key | former_name_key
        a         | 1         | registry  | 易净梦   | 易梦
        b         | 2         | registry  | 王二     | 王小二
        c         | 3         | registry  | 王三     |
        h         | 11        | household | 易静梦   |
        i         | 12        | household | 王二     |
        j         | 13        | household | 王三     | 王小三
    """,
            "person_links": """
        left_no | right_no | left_source | right_source | tier
        1       | 11       | registry    | household    | number
        2       | 12       | registry    | household    | number
        3       | 13       | registry    | household    | number
    """,
        },
        "person_no | former_name_key\n 1 | 易静梦\n 2 | 王小二\n 3 | 王小三",
    )


def test_a_sex_the_household_register_or_the_pupils_own_number_denies_is_not_known():
    check("roll_places", {
        "person_records": """
            record_id | person_no | source    | name_key | sex | id_number          | id_kind
            a         | 1         | registry  | 王一     | 男  |                    | blank
            b         | 2         | registry  | 王二     | 男  | 210102201509010024 | valid
            c         | 3         | registry  | 王三     | 男  |                    | blank
            h         | 11        | household | 王一     | 女  |                    | blank
            j         | 13        | household | 王三     | 男  |                    | blank
        """,
        "person_links": """
            left_no | right_no | left_source | right_source | tier
            1       | 11       | registry    | household    | weight
            3       | 13       | registry    | household    | weight
        """,
    }, "person_no | sex\n 1 | \n 2 | \n 3 | 男")  # fmt: skip
