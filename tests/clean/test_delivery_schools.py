from tests.tables import check

ALIASES = """
    district_code | school_text | school_code | method | score | candidates
    990101        | 2100000001  | 2100000001  | code   | 100   |
    990101        | 一小        | 2100000001  | name   | 100   |
    990101        | 九小        |             | none   | 40    | 第一小学
"""
SCHOOLS = """
    district_code | school_code | school_name | kind
    990101        | 2100000001  | 第一小学    | registry
"""


def test_what_names_one_school_in_two_ways_names_the_school_it_was_resolved_to():
    check(
        "delivery_schools",
        {
            "registry_read": """
                delivery_id | record_id | school_code | school_name
                d1          | a         | 2100000001  | 第一小学
                d1          | b         | 2100000001  | 第一小学
            """,
            "attendance_read": """
                delivery_id | record_id | school_code | school_name
                d2          | c         |             | 一小
                d2          | d         |             | 九小
            """,
            "school_aliases": ALIASES,
            "schools": SCHOOLS,
        },
        """
        delivery_id | school_code | school_name | school     | school_of_code | school_of_name | candidates_of_name | registered_name
        d1          | 2100000001  | 第一小学    | 2100000001 | 2100000001     |                |                    | 第一小学
        d2          |             | 一小        | 2100000001 |                | 2100000001     |                    | 第一小学
        d2          |             | 九小        | 九小       |                |                | 第一小学           |
        """,
    )


def test_an_extract_that_names_no_school_has_one_without_a_name():
    check(
        "delivery_schools",
        {
            "household_read": """
                delivery_id | record_id
                d1          | a
                d1          | b
            """
        },
        """
        delivery_id | school_name | school
        d1          |             |
        """,
    )
