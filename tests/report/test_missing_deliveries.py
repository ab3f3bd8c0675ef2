from datetime import date

from tests.parameters import parameters
from tests.tables import check, run

CHILDREN = """
    child_id | on_roll | should_attend | class_delivered | school_code | school_name | grade | class_no
    a        | true    | true          | false           | S1          | 第一小学    | 3     | 1
    b        | true    | true          | false           | S1          | 第一小学    | 3     | 1
    c        | true    | true          | true            | S1          | 第一小学    | 3     | 2
    d        | true    | false         | false           | S1          | 第一小学    | 3     | 3
    e        | false   | true          | false           | S1          | 第一小学    | 3     | 4
"""


def test_a_class_without_a_sheet_is_chased_with_its_pupils_and_days_overdue():
    check("missing_deliveries", {"children": CHILDREN}, """
        school_code | grade | class_no | pupils | due_on     | days_overdue
        S1          | 3     | 1        | 2      | 2026-09-15 | 13
    """, parameters())  # fmt: skip


def test_on_the_day_it_is_due_a_sheet_is_not_overdue():
    check("missing_deliveries", {"children": CHILDREN}, """
        school_code | days_overdue
        S1          | 0
    """, parameters(as_of=date(2026, 9, 15)))  # fmt: skip


def test_a_county_that_opened_later_hands_in_later():
    days = "unit_code | listed_on\n990101 | 2026-09-21"
    check("missing_deliveries", {"children": CHILDREN, "opening_days": days}, """
        school_code | due_on     | days_overdue
        S1          | 2026-09-21 | 7
    """, parameters())  # fmt: skip


def test_a_school_whose_roll_is_missing_is_chased_for_it():
    check("missing_deliveries", {"silent_rolls": "school_code | school_name | pupils\nS1 | 第一小学 | 300"}, """
        source   | school_code | grade | class_no | pupils | due_on     | days_overdue
        registry | S1          | 0     |          | 300    | 2026-09-15 | 13
    """, parameters())  # fmt: skip


SHEETS_ALONE = """
    child_id | district_code | seen | on_roll | attends_school_code | attends_school_name | grade
    a        | 990101        | true | false   | S1                  | 第一小学            | 3
    b        | 990101        | true | false   | S1                  | 第一小学            | 4
    c        | 990101        | true | false   | S2                  | 第二小学            | 3
    k        | 990101        | true | false   | S3                  | 机关幼儿园          |
"""


def owing(schools_of_files):
    """The schools chased for their roll where each file of the district's roll names these schools."""
    entries = [(file, school) for file, schools in enumerate(schools_of_files) for school in schools.split()]
    drawn = {
        "children": SHEETS_ALONE,
        "registry_pupils": "record_id | delivery_id\n"
        + "\n".join(f"r{n} | {file}" for n, (file, _) in enumerate(entries)),
        "child_rolls": "record_id | child_id | district_code | school_code | place | in_force\n"
        + "\n".join(f"r{n} | c{n} | 990101 | {school} | 1 | true" for n, (_, school) in enumerate(entries)),
    }
    rows = run("missing_deliveries", drawn, parameters(), first=["whole_exports"])
    return [(row["school_code"], row["pupils"]) for row in rows.to_pylist() if row["source"] == "registry"]


def test_a_school_whose_sheets_alone_came_in_is_chased_for_its_roll_where_rolls_come_one_file_a_school():
    assert owing(["S2", "S4"]) == [("S1", 2)]
    assert owing(["S1", "S2"]) == []


def test_a_school_missing_from_a_whole_export_has_no_roll_to_be_chased_for():
    assert owing(["S2 S4"]) == []
    assert owing([]) == []
