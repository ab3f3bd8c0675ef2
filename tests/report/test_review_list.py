from tests.tables import check


def test_the_likeliest_pair_stands_first_with_both_sides_and_its_weight_in_words():
    inputs = {
        "review_pairs": """
            left_record_id | right_record_id | probability | pair_no | reason
            r1             | h1              | 0.2         | P1      | 仅姓名
            r2             | h2              | 0.95        | P2      | 号码相近
        """,
        "person_records": """
            record_id | source    | name | id_number
            r1        | registry  | 甲   |
            h1        | household | 甲   |
            r2        | registry  | 乙   | 990101201509010016
            h2        | household | 已   | 990101201509010024
        """,
    }
    check("review_list", inputs, """
        row_no | pair_no | probability_text | left_source | right_source | left_name | right_name | left_id_last_four | right_id_last_four
        1      | P2      | 很可能           | 学籍        | 户籍         | 乙        | 已         | 0016              | 0024
        2      | P1      | 有可能           | 学籍        | 户籍         | 甲        | 甲         |                   |
    """)  # fmt: skip
