from tests.parameters import parameters
from tests.tables import check

BEFORE = """
    period  | child_id | school_code | school_name | grade | on_roll
    2026-03 | a        | S1          | 第一小学    | 3     | true
    2026-03 | b        | S1          | 第一小学    | 3     | true
    2026-03 | c        | S1          | 第一小学    | 9     | true
    2026-03 | d        | S2          | 第二小学    | 3     | true
    2026-03 | e        | S2          | 第二小学    | 3     | false
"""
ROLLS = "record_id | child_id | school_code | in_force\n"


def test_a_school_whose_pupils_stand_on_no_roll_any_more_did_not_hand_in_its_roll():
    check("silent_rolls", {"previous_children": BEFORE, "child_rolls": ROLLS + "r | d | S2 | true"}, """
        school_code | school_name | pupils
        S1          | 第一小学    | 2
    """, parameters())  # fmt: skip


def test_one_entry_that_names_the_school_is_its_roll():
    check("silent_rolls", {"previous_children": BEFORE, "child_rolls": ROLLS + "r | x | S1 | true\ns | d | S2 | true"},
          "school_code | pupils", parameters())  # fmt: skip


def test_a_school_most_of_whose_pupils_are_on_other_rolls_has_closed():
    half = ROLLS + "r | a | S2 | true"
    check(
        "silent_rolls", {"previous_children": BEFORE, "child_rolls": half}, "school_code | pupils\nS1 | 1", parameters()
    )
    most = half + "\ns | b | S2 | true"
    check("silent_rolls", {"previous_children": BEFORE, "child_rolls": most}, "school_code | pupils", parameters())
