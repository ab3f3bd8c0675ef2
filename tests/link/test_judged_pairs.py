import math

import pytest

from tests.tables import check, run

P = {"link_probability": 0.995, "sole_link_probability": 0.95, "review_probability": 0.2}
HEAD = "left_no | right_no | kind | name | id_number | birth_date | sex | family | twin | weight | prior"
OPEN = """person_no | source | district_code | is_numbered
 1 | registry | 990101 | false
 2 | registry | 990101 | false
 11 | household | 990101 | false
 12 | household | 990101 | false"""


def judged(rows, expected):
    check("judged_pairs", {"scored_pairs": f"{HEAD}\n{rows}", "open_records": OPEN}, expected, P)


def test_a_heavy_pair_without_rivals_is_a_link_and_a_light_one_for_people():
    judged(
        "1 | 11 | cross | exact | blank | same | same | two | false | 30 | -15\n 2 | 12 | cross | exact | blank | same | same | blank | false | 17 | -15",
        "left_no | right_no | verdict\n 1 | 11 | link\n 2 | 12 | review",
    )


def test_two_equally_good_candidates_leave_each_one_half():
    judged(
        "1 | 11 | cross | exact | blank | same | same | blank | false | 30 | -15\n 1 | 12 | cross | exact | blank | same | same | blank | false | 30 | -15",
        "left_no | right_no | verdict\n 1 | 11 | review\n 1 | 12 | review",
    )


def test_second_entries_of_one_child_are_not_rivals():
    judged(
        """1 | 11 | cross | exact | blank | same | same | blank | false | 30 | -15
              1 | 12 | cross | exact | blank | same | same | blank | false | 29 | -15
              11 | 12 | duplicate | exact | blank | same | same | two | false | 40 | -20""",
        "left_no | right_no | kind | verdict\n 1 | 11 | cross | link\n 11 | 12 | duplicate | link",
    )


def test_twins_are_told_apart_by_the_exact_name():
    for name in ("alike", "one_character"):
        judged(
            f"1 | 11 | cross | {name} | blank | same | same | number | true | 40 | -15",
            "left_no | doubt | verdict\n 1 | twins | review",
        )
    judged(
        "1 | 11 | cross | exact | blank | same | same | number | true | 40 | -15",
        "left_no | doubt | verdict\n 1 | | link",
    )


def test_a_homophone_tells_twins_apart_only_where_one_of_them_sounds_so_and_no_number_speaks():
    sounds = "{} | 11 | {} | sound | {} | same | {} | {} | true | 40 | -15"
    judged(sounds.format(1, "cross", "blank", "same", "number"), "left_no | doubt | verdict\n 1 | | link")
    both = "\n".join(sounds.format(left, "cross", "blank", "same", "number") for left in (1, 2))
    judged(both, "left_no | doubt | verdict\n 1 | | review\n 2 | | review")
    for pair in (
        sounds.format(1, "cross", "two_valid", "same", "number"),
        sounds.format(1, "cross", "blank", "blank", "number"),
        sounds.format(1, "cross", "blank", "same", "blank"),
        sounds.format(1, "duplicate", "blank", "same", "number"),
    ):
        judged(pair, "left_no | doubt | verdict\n 1 | twins | review")


def test_one_character_may_differ_without_a_number_where_birth_day_sex_and_family_agree():
    pair = "1 | 11 | cross | one_character | {} | {} | {} | {} | false | 40 | -15"
    for family in ("number", "two", "guardian", "phone"):
        judged(pair.format("blank", "same", "same", family), "left_no | doubt | verdict\n 1 | | link")
    for levels in (
        ("differ", "same", "same", "number"), ("blank", "near", "same", "number"), ("blank", "same", "same", "address"),
        ("blank", "same", "same", "blank"),
    ):  # fmt: skip
        judged(pair.format(*levels), "left_no | doubt | verdict\n 1 | name_similar | review")


def test_a_name_only_similar_beside_another_sex_is_a_sister_born_the_same_day():
    pair = "1 | 11 | cross | {} | {} | same | differ | number | false | 40 | -15"
    for name in ("sound", "alike", "one_character"):
        judged(pair.format(name, "blank"), "left_no | doubt | verdict\n 1 | twins | review")
    judged(pair.format("exact", "blank"), "left_no | doubt | verdict\n 1 | | link")
    judged(pair.format("sound", "same"), "left_no | doubt | verdict\n 1 | | link")


def test_that_neither_has_a_counterpart_is_as_rare_as_the_records_the_sure_pairs_leave_alone():
    open_records = f"{OPEN}\n" + "\n".join(
        f"{no} | {source} | 990101 | false"
        for base, source in ((100, "registry"), (200, "household"))
        for no in range(base, base + 40)
    )
    sure = "\n".join(
        f"{no} | {no + 100} | cross | exact | blank | same | same | two | false | 30 | -15" for no in range(100, 140)
    )
    light = "1 | 11 | cross | exact | blank | differ | same | blank | false | 17 | -15"

    def verdict(open_now, pairs):
        found = run("judged_pairs", {"scored_pairs": f"{HEAD}\n{pairs}", "open_records": open_now}, P).to_pylist()
        return {(row["left_no"], row["right_no"]): row["verdict"] for row in found}

    assert verdict(open_records, light)[1, 11] == "review"
    assert verdict(open_records, f"{sure}\n{light}")[1, 11] == "link"
    # Sure pairs of another district, or of records with a number, say nothing of these two.
    for elsewhere in (("990101 | false", "990102 | false"), ("false", "true")):
        head, *lines = open_records.splitlines()
        others = [
            line.replace(*elsewhere)
            if line.split("|")[0].strip() >= "100" and len(line.split("|")[0].strip()) == 3
            else line
            for line in lines
        ]
        assert verdict("\n".join([head, *others]), f"{sure}\n{light}")[1, 11] == "review"


def test_one_registers_two_entries_of_other_birth_dates_are_for_people_unless_their_number_agrees():
    pair = "1 | 2 | duplicate | exact | {} | {} | same | number | false | 40 | -20"
    judged(pair.format("blank", "differ"), "left_no | doubt | verdict\n 1 | birth_differs | review")
    judged(pair.format("blank", "near"), "left_no | doubt | verdict\n 1 | | link")
    judged(pair.format("same", "differ"), "left_no | doubt | verdict\n 1 | | link")


def test_another_sex_is_a_question_wherever_the_lower_probability_would_do():
    pair = "1 | 11 | cross | exact | blank | same | {} | blank | false | 21 | -15"
    judged(pair.format("same"), "left_no | verdict\n 1 | link")
    judged(pair.format("differ"), "left_no | verdict\n 1 | review")


def test_a_somewhat_lighter_pair_is_a_link_where_nobody_else_comes_into_question():
    pair = "1 | 11 | cross | exact | blank | same | same | blank | false | 21 | -15"
    judged(pair, "left_no | right_no | verdict\n 1 | 11 | link")
    rival = "2 | 11 | cross | exact | blank | same | same | blank | false | 16 | -15"
    judged(f"{pair}\n{rival}", "left_no | right_no | verdict\n 1 | 11 | review")
    twin = rival.replace("exact", "one_character")
    judged(f"{pair.replace('false', 'true')}\n{twin}", "left_no | right_no | verdict\n 1 | 11 | link")
    judged(pair.replace("blank | same | same", "two_valid | same | same").replace("blank | false", "two | false"),
           "left_no | right_no | verdict\n 1 | 11 | review")  # fmt: skip


def test_two_valid_numbers_need_everything_else():
    judged(
        "1 | 11 | cross | exact | two_valid | same | same | blank | false | 40 | -15",
        "left_no | doubt | verdict\n 1 | two_numbers | review",
    )
    judged(
        "1 | 11 | cross | exact | two_valid | same | same | number | false | 40 | -15",
        "left_no | doubt | verdict\n 1 | | link",
    )


def test_one_name_and_birth_day_under_two_numbers_is_for_people_however_improbable():
    pair = "1 | 11 | cross | {} | {} | {} | same | blank | false | 11 | -15"
    judged(pair.format("exact", "two_valid", "same"), "left_no | doubt | verdict\n 1 | two_numbers | review")
    for levels in (("sound", "two_valid", "same"), ("exact", "two_valid", "differ"), ("exact", "blank", "same")):
        judged(pair.format(*levels), "left_no | doubt | verdict")


def test_another_name_on_the_same_number_needs_the_family_and_the_birth_date():
    judged(
        "1 | 11 | cross | different | same | same | same | blank | false | 40 | -15",
        "left_no | doubt | verdict\n 1 | name_differs | review",
    )
    judged(
        "1 | 11 | cross | different | same | same | same | number | false | 40 | -15",
        "left_no | doubt | verdict\n 1 | | link",
    )


def test_another_name_without_a_number_is_not_even_shown():
    judged("1 | 11 | cross | different | blank | same | same | number | false | 40 | -15", "left_no | doubt | verdict")


def test_of_two_characters_one_may_differ_on_an_equal_number_in_one_township():
    head = HEAD.replace("family", "family | place")
    row = "1 | 11 | cross | one_of_two | same | {} | same | blank | {} | false | 40 | -15"

    def verdict(birth, place, expected):
        check("judged_pairs", {"scored_pairs": f"{head}\n{row.format(birth, place)}", "open_records": OPEN},
              f"left_no | doubt | verdict\n 1 | {expected}", P)  # fmt: skip

    verdict("same", "township", " | link")
    verdict("same", "district", "name_differs | review")
    verdict("differ", "township", "name_differs | review")


def test_a_homophone_on_an_equal_number_in_one_family_is_one_child_whatever_the_birth_date():
    row = "1 | 11 | cross | sound | same | differ | same | {} | false | 40 | -15"
    judged(row.format("number"), "left_no | doubt | verdict\n 1 | | link")
    judged(row.format("blank"), "left_no | doubt | verdict\n 1 | number_conflict | review")


@pytest.mark.parametrize(
    ("setting", "on_it", "above_it"),
    [("link_probability", ["link"], ["review"]), ("review_probability", ["review"], [])],
)
def test_a_pair_on_a_probability_of_the_policy_reaches_it_and_one_just_below_does_not(setting, on_it, above_it):
    pair = "1 | 11 | cross | exact | blank | same | same | two | false | 20 | -15"
    inputs = {"scored_pairs": f"{HEAD}\n{pair}", "open_records": OPEN}
    none = {"link_probability": 1.0, "sole_link_probability": 1.0, "review_probability": 0.2}
    [probability] = run("judged_pairs", inputs, none)["probability"].to_pylist()
    for limit, verdicts in ((probability, on_it), (math.nextafter(probability, 1), above_it)):
        assert run("judged_pairs", inputs, {**none, setting: limit})["verdict"].to_pylist() == verdicts


def test_a_pair_nobody_rivals_is_linked_on_the_policys_lower_probability_and_not_just_below():
    pair = "1 | 11 | cross | exact | blank | same | same | two | false | 20 | -15"
    inputs = {"scored_pairs": f"{HEAD}\n{pair}", "open_records": OPEN}
    terms = {"link_probability": 1.0, "sole_link_probability": 1.0, "review_probability": 0.2}
    [probability] = run("judged_pairs", inputs, terms)["probability"].to_pylist()
    for limit, verdict in ((probability, "link"), (math.nextafter(probability, 1), "review")):
        judged_so = run("judged_pairs", inputs, {**terms, "sole_link_probability": limit})
        assert judged_so["verdict"].to_pylist() == [verdict]
