from tests.tables import check

FACTS = """
    delivery_id | source   | path | rows_read | rows_not_data | refusal  | duplicate_of
    a           | registry | a    | 3         | 1             |          |
    b           | registry | b    | 3         | 1             |          |
    c           | registry | c    | 1         | 1             | 已损坏   |
    d           | registry | d    | 2         | 2             |          | a
    e           | registry | e    | 1         | 0             |          |
    f           | registry | f    | 1         | 0             |          |
    g           | registry | g    | 1         | 0             |          |
"""


def test_a_file_is_what_became_of_its_rows():
    check("deliveries", {
        "delivery_facts": FACTS,
        "registry_pupils": """
            record_id | delivery_id
            a1        | a
            a2        | a
            b1        | b
        """,
        "set_aside": """
            record_id | source   | delivery_id | code
            b2        | registry | b           | missing_value
            e1        | registry | e           | superseded
            f1        | registry | f           | missing_value
            f1        | registry | f           | repeated_row
            g1        | registry | g           | school_unknown
        """,
        "issues": """
            delivery_id | issue_no | code           | severity | sentence
            b           | 1        | missing_value  | warning  | 没有填写
            d           | 1        | duplicate_file | info     | 与a相同
            e           | 1        | superseded     | info     | 已更正
            f           | 1        | missing_value  | warning  | 没有填写
            g           | 1        | school_unknown | critical | 没有这所学校
        """,
    }, """
        delivery_id | verdict              | reason       | rows_read | rows_accepted | rows_set_aside | rows_not_data
        a           | accepted             |              | 3         | 2             | 0              | 1
        b           | accepted_with_issues |              | 3         | 1             | 1              | 1
        c           | refused              | 已损坏       | 1         | 0             | 0              | 1
        d           | duplicate            | 与a相同      | 2         | 0             | 0              | 2
        e           | superseded           | 已更正       | 1         | 0             | 1              | 0
        f           | refused              | 所有数据行都有问题，全部搁置，请按问题清单更正后重新报送 | 1 | 0 | 1 | 0
        g           | refused              | 没有这所学校 | 1         | 0             | 1              | 0
    """)  # fmt: skip
