from tests.tables import check

PAIRS = """
    root_record_id | child_id | step | certain
    a              | k1       | 4    | true
    a              | k2       | 1    | true
"""


def test_a_child_recognised_in_a_group_that_goes_on_as_another_is_part_of_it():
    check("joined_children", {"recognition_pairs": PAIRS, "known_children": """
        root_record_id | child_id
        a              | k1
    """}, """
        child_id
        k2
    """)  # fmt: skip


def test_who_goes_on_in_a_group_of_its_own_is_not_joined():
    check("joined_children", {"recognition_pairs": PAIRS, "known_children": """
        root_record_id | child_id
        a              | k1
        b              | k2
    """}, "child_id\n")  # fmt: skip


def test_a_mere_namesake_is_not_joined():
    for step, certain, joined in ((3, "false", ["k2"]), (5, "false", []), (6, "false", [])):
        pairs = f"""
            root_record_id | child_id | step   | certain
            a              | k1       | 1      | true
            a              | k2       | {step} | {certain}
        """
        known = "root_record_id | child_id\na | k1"
        check(
            "joined_children", {"recognition_pairs": pairs, "known_children": known}, "\n".join(["child_id", *joined])
        )


def test_a_pupil_whose_roll_entry_goes_on_in_another_child_has_not_vanished():
    likeness = "root_record_id | child_id | step\na | k2 | {}"
    for step, joined in ((8, ["k2"]), (9, [])):
        known = "root_record_id | child_id\na | k1"
        check(
            "joined_children",
            {"likeness_pairs": likeness.format(step), "known_children": known},
            "\n".join(["child_id", *joined]),
        )
