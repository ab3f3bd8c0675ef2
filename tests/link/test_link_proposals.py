import pytest

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


@pytest.mark.parametrize("step", range(1, 9))
def test_every_step_in_the_school_joins_with_a_tier(step):
    links = "attender_no | left_no | step | name_level | own_grade | own_class | class_known | sole\n"
    check(
        "link_proposals",
        {"person_records": PEOPLE, "school_links": f"{links} 3 | 1 | {step} | exact | true | true | true | true"},
        "left_no | right_no | tier | verdict\n 1 | 3 | class_name | link",
    )


def test_a_name_found_in_its_grade_where_the_class_is_unknown_counts_like_one_in_its_class():
    links = "attender_no | left_no | step | name_level | own_grade | own_class | class_known | sole\n"
    check(
        "link_proposals",
        {"person_records": PEOPLE, "school_links": f"{links} 3 | 1 | 1 | exact | true | true | false | true"},
        """
        tier       | probability | evidence                                         | verdict
        class_name | 0.9998      | name=exact; school=same; grade=same; class=blank | link
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
