from datetime import date

from tests.parameters import parameters
from tests.tables import check

BEFORE = """
    child_id | source     | district_code | explanation | explanation_text | valid_until | told_period
    a        | exempt     | 990101        | postponed   | 延缓入学已批准   | 2027-08-31  | 2025-09
    b        | exempt     | 990101        | exempt      | 免予就学已批准   |             | 2026-09
    c        | exempt     | 990101        | exempt      | 免予就学已批准   |             | 2026-03
    d        | exempt     | 990101        | suspended   | 休学已批准       | 2026-11-04  | 2026-09
    e        | vocational | 990101        | vocational  | 在职校就读       |             | 2026-09
"""
STANDING = """
    child_id | source     | told_period
    a        | exempt     | 2025-09
    b        | exempt     | 2026-09
    e        | vocational | 2026-09
"""
OCTOBER = parameters("2026-10", date(2026, 11, 5))


def test_a_list_stands_where_none_was_handed_in_since_but_not_past_its_last_day_or_school_year():
    check("standing_reasons", {"previous_standing_reasons": BEFORE}, STANDING, OCTOBER)


def test_a_new_list_of_the_district_replaces_the_one_before_and_only_that():
    inputs = {
        "previous_standing_reasons": BEFORE,
        "deliveries": "district_code | source | verdict\n990101 | exempt | accepted\n990102 | vocational | accepted",
        "exempt_children": "record_id | district_code | kind | valid_until\nr | 990101 | 休学 | 2027-07-31",
        "child_records": "record_id | child_id\nr | b",
    }
    check("standing_reasons", inputs, """
        child_id | source     | explanation | told_period
        b        | exempt     | suspended   | 2026-10
        e        | vocational | vocational  | 2026-09
    """, OCTOBER)  # fmt: skip


def test_a_list_nobody_could_read_replaces_nothing():
    refused = "district_code | source | verdict\n990101 | exempt | refused"
    check("standing_reasons", {"previous_standing_reasons": BEFORE, "deliveries": refused}, STANDING, OCTOBER)


def test_a_roster_explains_nobody_who_left_it_or_did_not_come():
    inputs = {
        "vocational_pupils": """
            record_id | district_code | school_name | status
            r         | 990101        | 职校        | 在读
            s         | 990101        | 职校        | 未到校
            t         | 990101        | 职校        | 退学
        """,
        "child_records": "record_id | child_id\nr | a\ns | b\nt | c",
    }
    check("standing_reasons", inputs, "child_id | source | explanation\na | vocational | vocational", OCTOBER)
