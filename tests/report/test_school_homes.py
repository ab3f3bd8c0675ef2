from tests.tables import check


def test_a_school_belongs_to_the_district_whose_roll_names_it():
    check("school_homes", {"schools": """
        district_code | school_code | school_name | kind
        990101        | s1          | 一小        | vocational
        990102        | s1          | 第一小学    | registry
        990101        | s2          | 二小        | registry
    """}, """
        school_code | district_code | school_name
        s1          | 990102        | 第一小学
        s2          | 990101        | 二小
    """)  # fmt: skip
