from tests.tables import check


def test_another_county_sees_what_finds_the_child_and_a_masked_guardian():
    places = """
        recipient | unit_code | unit_name | sheet_no | row_no | part_no | child_id | finding            | name | birth_date | id_number          | guardian_name
        elsewhere | 990102    | 乙县      | 1        | 1      | 1       | a        | absent_from_school | 甲   | 2015-09-01 | 990102201509010016 | 赵大光
        elsewhere | 990102    | 乙县      | 1        | 2      | 1       | b        | absent_from_school | 乙   | 2015-09-01 |                    | 钱大
        elsewhere | 990102    | 乙县      | 1        | 3      | 1       | c        | absent_from_school | 丙   | 2015-09-01 | 99                 |
    """
    check("elsewhere_list", {"list_places": places}, """
        name | birth_month | id_last_four | guardian_name_masked
        甲   | 2015-09     | 0016         | 赵*光
        乙   | 2015-09     |              | 钱*
        丙   | 2015-09     |              |
    """)  # fmt: skip
