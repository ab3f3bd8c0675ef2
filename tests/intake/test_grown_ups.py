from tests.tables import check

NO_LIST_OF_NEED = "record_id | delivery_id"


def test_adults_of_whole_households_are_declared_no_data():
    check("grown_ups", {
        "priority_read": NO_LIST_OF_NEED,
        "household_read": """
            record_id | delivery_id | relation | birth_date | id_kind | id_prefix
            1         | a           | 户主     | 1988-01-01 | valid   | 990101198801010016
            2         | a           | 妻       | 1990-02-02 | blank   |
            3         | a           | 子       | 2015-09-01 | valid   | 990101201509010016
            4         | a           | 女       | 1991-01-01 | valid   | 990101199101010016
        """,
    }, """
        record_id | delivery_id
        1         | a
        2         | a
        4         | a
    """, {"period": "2026-09"})  # fmt: skip


def test_a_grown_up_s_birth_day_in_a_list_of_children_is_a_mistake_and_a_child_s_number_speaks_against_it():
    check("grown_ups", {
        "priority_read": NO_LIST_OF_NEED,
        "household_read": """
            record_id | delivery_id | relation | birth_date | id_kind | id_prefix
            1         | a           | 子       | 1915-09-01 | blank   |
            2         | a           | 女       | 2016-09-01 | blank   |
            3         | a           | 子       | 2016-09-01 | blank   |
            4         | b           | 户主     | 1985-09-01 | valid   | 990101201509010016
        """,
    }, """
        record_id | delivery_id
    """, {"period": "2026-09"})  # fmt: skip


def test_adults_of_a_list_of_need_by_household_are_declared_no_data_but_a_guardian_s_number_beside_a_child_is_not():
    check("grown_ups", {
        "household_read": "record_id | delivery_id",
        "priority_read": """
            record_id | delivery_id | birth_date | id_kind  | id_number          | id_prefix       | guardian1_id_number
            1         | a           |            | guardian | 990101198801010016 |                 |
            2         | a           |            | guardian | 990101199001010016 |                 |
            3         | a           | 2015-09-01 | valid    | 990101201509010016 | 990101201509010 |
            4         | a           | 1986-01-01 | blank    |                    |                 |
            5         | b           |            | guardian | 990101198801010016 |                 | 990101198801010016
            6         | b           |            | guardian | 990101198902010016 |                 | 990101198902010016
            7         | b           |            | guardian | 990101198703010016 |                 | 990101198703010016
        """,
    }, """
        record_id | delivery_id
        1         | a
        2         | a
        4         | a
    """, {"period": "2026-09"})  # fmt: skip
