from tests.tables import check

PERIOD = {"period": "2026-09"}


def test_every_source_arrives_under_the_same_columns():
    check(
        "person_fields",
        {
            "registry_pupils": "record_id | name | guardian1_name | phone | status\n r | 王一 | 王父 | 139 | 在读",
            "household_children": "record_id | name | head_name | household_no\n h | 王一 | 王祖 | 7",
            "attendance_pupils": "record_id | name | marks | delivery_id | sheet\n a | 王一 | PPAAL---------------------PPPP | d | s",
        },
        """
        record_id | source     | name | guardian_name | phone | household_no | days_away
        a         | attendance | 王一 |               |       |              | 3
        h         | household  | 王一 | 王祖          |       | 7            |
        r         | registry   | 王一 | 王父          | 139   |              |
    """,
        PERIOD,
    )


def test_a_pupil_moved_out_or_graduated_is_not_in_force_and_a_missing_one_is():
    check(
        "person_fields",
        {
            "registry_pupils": """
        record_id | name | status
        a         | 王一 | 转出
        b         | 王一 | 毕业
        c         | 王一 | 失踪
        d         | 王一 | 休学
        e         | 王一 |
    """
        },
        """
        record_id | in_force
        a         | false
        b         | false
        c         | true
        d         | true
        e         | true
    """,
        PERIOD,
    )


def test_the_head_of_the_household_is_no_guardian_of_itself():
    check(
        "person_fields",
        {"household_children": "record_id | name | head_name\n h | 王一 | 王一"},
        "record_id | guardian_name\n h |",
        PERIOD,
    )


def test_the_school_named_on_an_exemption_is_resolved_within_its_district():
    check(
        "person_fields",
        {
            "exempt_children": "record_id | name | school_name\n e | 王一 | 一小",
            "school_aliases": "district_code | school_text | school_code\n 990101 | 一小 | 2100000001\n 990102 | 一小 | 2100000002",
        },
        "record_id | school_code\n e | 2100000001",
        PERIOD,
    )


def test_a_table_handed_to_link_is_read_from_text():
    check(
        "person_fields",
        {
            "given_records": """
        side     | record_id | name | id_number          | birth_date | district_code
        registry | l:1       | 王一 | 11010519491231002x | 19491231   | 8000
        registry | l:2       | 王二 | 11010519491231002X | 2015年9月1日 | 8000
    """
        },
        """
        record_id | source   | id_number          | id_kind | birth_date | district_code
        l:1       | registry | 11010519491231002X | valid   | 1949-12-31 | 008000
        l:2       | registry | 11010519491231002X | guardian | 2015-09-01 | 008000
    """,
        PERIOD,
    )
