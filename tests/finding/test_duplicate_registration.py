from tests.parameters import parameters
from tests.tables import check


def test_two_entries_in_force_are_a_duplicate_and_the_reason_says_how():
    check("duplicate_registration", {
        "child_rolls": """
            record_id | child_id | school_code | grade | class_no | in_force | place
            a1        | a        | S1          | 3     | 1        | true     | 1
            a2        | a        | S2          | 3     | 1        | true     | 2
            b1        | b        | S1          | 3     | 1        | true     | 1
            b2        | b        | S1          | 3     | 2        | true     | 2
            c1        | c        | S1          | 3     | 1        | true     | 1
            c2        | c        | S2          | 3     | 1        | false    | 2
            d1        | d        | S1          | 3     | 1        | true     | 1
            d2        | d        | S1          | 3     | 1        | true     | 2
        """,
        "person_records": """
            record_id | id_number | id_kind
            a1        | 1         | valid
            a2        | 1         | valid
            b1        | 2         | valid
            b2        |           | blank
            c1        | 3         | valid
            c2        | 3         | valid
            d1        | 4         | valid
            d2        | 5         | valid
        """,
        "registry_pupils": """
            record_id | school_name
            a1        | 第一小学
            a2        | 第二小学
            b1        | 第一小学
            b2        | 第一小学
            c1        | 第一小学
            c2        | 第二小学
            d1        | 第一小学
            d2        | 第一小学
        """,
    }, """
        child_id | reason      | explanation
        a        | two_schools | 有2份在册学籍：第一小学三年级(1)班、第二小学三年级(1)班。
        b        | same_school | 有2份在册学籍：第一小学三年级(1)班、第一小学三年级(2)班。
        d        | two_numbers | 有2份在册学籍：第一小学三年级(1)班、第一小学三年级(1)班，身份证号不同。
    """, parameters())  # fmt: skip
