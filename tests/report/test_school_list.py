from tests.tables import check

PLACES = """
    recipient | unit_code | unit_name | sheet_no | row_no | part_no | child_id | finding           | priority | name | birth_date | id_number          | reason         | explanation                | registry_name | household_name | registry_id_number | household_id_number | groups | address
    school    | s1        | 一小      | 6        | 1      | 1       | a        | identity_mismatch | 1        | 甲   | 2015-09-01 | 990101201509010016 | name+id_number | 号码990101201509010016不符 | 甲            | 申             | 990101201509010016 | 990101201509020016  | 低保   | 一号
    township  | t1        | 东街      | 1        | 1      | 1       | a        | not_enrolled      | 1        | 甲   | 2015-09-01 | 990101201509010016 | none           | 无                         |               |                |                    |                     | 低保   | 一号
"""


def test_a_school_sees_its_pupils_with_the_end_of_the_number_only():
    check("school_list", {"list_places": PLACES}, """
        unit_code | name | id_last_four | priority_mark | explanation      | differences
        s1        | 甲   | 0016         | ★             | 号码尾号0016不符 | 姓名：学籍“甲”，户籍“申”；证件号：尾号同为0016，前面的数字不一致
    """)  # fmt: skip
