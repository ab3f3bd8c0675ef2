from tests.tables import check

RERUN = "district_code\n990101"


def test_another_district_is_named_where_the_new_data_changes_a_childs_findings():
    check("changed_elsewhere", {
        "rerun_districts": RERUN,
        "child_records": "child_id | record_id\na | roll\na | new",
        "previous_child_records": "child_id | record_id\na | roll",
        "findings": "child_id | finding | district_code | reason\na | attends_elsewhere | 990102 | other_school",
        "previous_findings": "child_id | finding | district_code | reason\na | suspected_dropout | 990102 | never_seen",
    }, """
        district_code | children
        990102        | 1
    """)  # fmt: skip


def test_what_changes_in_the_rerun_district_itself_is_not_named():
    check("changed_elsewhere", {
        "rerun_districts": RERUN,
        "child_records": "child_id | record_id\na | new",
        "findings": "child_id | finding | district_code | reason\na | not_enrolled | 990101 | x",
    }, "district_code | children")  # fmt: skip


def test_a_finding_the_passing_days_brought_is_no_effect_of_the_new_data():
    check("changed_elsewhere", {
        "rerun_districts": RERUN,
        "child_records": "child_id | record_id\na | roll",
        "previous_child_records": "child_id | record_id\na | roll",
        "findings": "child_id | finding | district_code | reason\na | suspected_dropout | 990102 | never_seen",
    }, "district_code | children")  # fmt: skip


def test_a_child_made_of_other_records_with_the_same_results_changes_nothing():
    finding = "child_id | finding | district_code | reason\na | not_enrolled | 990102 | x"
    check("changed_elsewhere", {
        "rerun_districts": RERUN, "findings": finding, "previous_findings": finding,
        "child_records": "child_id | record_id\na | redelivered",
        "previous_child_records": "child_id | record_id\na | before",
    }, "district_code | children")  # fmt: skip


def test_a_child_that_would_move_to_another_district_is_named_where_it_was():
    check("changed_elsewhere", {
        "rerun_districts": RERUN,
        "child_records": "child_id | record_id\na | roll\na | new",
        "previous_child_records": "child_id | record_id\na | roll",
        "children": "child_id | district_code | on_roll\na | 990101 | true",
        "previous_children": "child_id | district_code | on_roll\na | 990102 | true",
    }, """
        district_code | children
        990102        | 1
    """)  # fmt: skip
