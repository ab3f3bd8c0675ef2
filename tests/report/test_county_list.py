from tests.tables import check


def test_the_county_sees_state_deadline_and_who_was_asked():
    places = """
        recipient | unit_code | unit_name | sheet_no | row_no | part_no | child_id | finding           | name | id_number          | state | overdue | escalated | due_on     | asked_of | case_no
        county    | 990101    | 县局      | 1        | 1      | 1       | a        | suspected_dropout | 甲   | 990101201509010016 | open  | true    | true      | 2026-09-29 | 一小     | K1
        county    | 990101    | 县局      | 1        | 2      | 1       | b        | suspected_dropout | 乙   |                    |       |         |           |            | 县级     |
    """
    check("county_list", {"list_places": places}, """
        name | id_last_four | state | overdue | escalated | due_on     | asked_of | case_no
        甲   | 0016         | open  | true    | true      | 2026-09-29 | 一小     | K1
        乙   |              |       | false   | false     |            | 县级     |
    """)  # fmt: skip
