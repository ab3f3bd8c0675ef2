from tests.tables import check

ROOTS = """
    record_id | root_record_id
    a         | a
    b         | a
    c         | a
"""


def test_police_come_before_school_before_sheet_and_only_a_valid_number_is_an_identity():
    check("root_identities", {"record_roots": ROOTS, "person_records": """
        record_id | source     | name | birth_date | id_number | id_kind  | school_code | grade | in_force
        a         | registry   | 王乙 | 2017-01-02 | N1        | checksum | S1          | 4     | true
        b         | household  | 王甲 | 2017-01-01 |           | blank    |             |       | true
        c         | attendance | 王丙 |            | N3        | valid    | S2          | 5     | true
    """}, """
        root_record_id | name | birth_date | id_number | school_code | grade | on_roll
        a              | 王甲 | 2017-01-01 | N3        | S1          | 4     | true
    """)  # fmt: skip


def test_a_roll_entry_no_longer_in_force_is_no_roll_and_comes_last_of_its_source():
    check("root_identities", {"record_roots": ROOTS, "person_records": """
        record_id | source   | name | school_code | in_force
        a         | registry | 王甲 | S1          | false
        b         | exempt   | 王甲 | S2          | true
        c         | exempt   | 王甲 | S3          | false
    """}, """
        root_record_id | school_code | on_roll
        a              | S1          | false
    """)  # fmt: skip


def test_of_equal_records_the_first_by_its_id_is_believed():
    check("root_identities", {"record_roots": ROOTS, "person_records": """
        record_id | person_no | source   | name | phone | in_force
        a         | 10        | registry |      | 1     | true
        b         | 11        | registry | 王甲 | 2     | true
        c         | 9         | registry |      | 3     | true
    """}, """
        root_record_id | name | phone
        a              | 王甲 | 3
    """)  # fmt: skip
