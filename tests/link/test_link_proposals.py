from tests.tables import check

PEOPLE = "record_id | person_no | source | name_key\n a | 1 | registry | 王一\n b | 2 | household | 王一\n c | 3 | attendance | 王一\n d | 4 | household | 王一"


def test_each_stage_says_its_evidence():
    check(
        "link_proposals",
        {
            "person_records": PEOPLE,
            "person_links": "left_no | right_no | tier | name_level\n 1 | 2 | number | exact",
            "class_links": "attender_no | left_no | told_apart\n 3 | 1 | true",
        },
        """
        left_no | right_no | tier       | evidence               | verdict
        1       | 2        | number     | id=same; name=exact    | link
        1       | 3        | class_name | name=exact; class=same | link
    """,
    )


def test_a_pair_whose_records_are_settled_elsewhere_is_not_shown_to_people():
    check(
        "link_proposals",
        {
            "person_records": PEOPLE,
            "person_links": "left_no | right_no | left_source | right_source | tier | name_level\n 1 | 2 | registry | household | number | exact",
            "judged_pairs": "left_no | right_no | kind | name | id_number | verdict\n 1 | 4 | cross | exact | blank | review",
        },
        "left_no | right_no\n 1 | 2",
    )
