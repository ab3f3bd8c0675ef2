from tests.tables import check


def test_the_police_see_both_entries_whole():
    places = """
        recipient | unit_code | unit_name | sheet_no | row_no | part_no | child_id | finding           | name | registry_id_number | household_id_number | explanation
        police    | p1        | 东街所    | 2        | 1      | 1       | a        | identity_mismatch | 甲   | 990101201509010016 | 990101201509020016  | 号码990101201509010016不符
        school    | s1        | 一小      | 6        | 1      | 1       | a        | identity_mismatch | 甲   | 990101201509010016 | 990101201509020016  | 号码990101201509010016不符
    """
    check("police_list", {"list_places": places}, """
        unit_code | registry_id_number | household_id_number | police_explanation
        p1        | 990101201509010016 | 990101201509020016  | 号码990101201509010016不符
    """)  # fmt: skip
