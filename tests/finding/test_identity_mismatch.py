import pytest

from tests.parameters import parameters
from tests.tables import run

SAME = {"name": "王一", "sex": "男", "birth_date": "2017-01-01", "id_number": "110101201701010011", "id_kind": "valid"}
OTHER = "110101201701010038"


def mismatch(
    roll=None, home=None, *, home_in_force="true", roll_by_month="", home_by_month=""
) -> dict[str, str] | None:
    """The finding for one child whose roll entry and household entry differ as drawn."""
    left, right = {**SAME, **(roll or {})}, {**SAME, **(home or {})}
    head = " | ".join(["record_id", "source", "in_force", *SAME])
    rows = run("identity_mismatch", {
        "person_records": "\n".join([
            head, " | ".join(["roll", "registry", "true", *left.values()]),
            " | ".join(["home", "household", home_in_force, *right.values()]),
        ]),
        "child_rolls": "record_id | child_id | place | in_force\nroll | k | 1 | true",
        "child_records": "record_id | child_id\nroll | k\nhome | k",
        "registry_pupils": f"record_id | birth_month_only\nroll | {roll_by_month}",
        "household_children": f"record_id | birth_month_only\nhome | {home_by_month}",
    }, parameters()).to_pylist()  # fmt: skip
    return rows[0] if rows else None


def test_two_equal_entries_agree():
    assert mismatch() is None


@pytest.mark.parametrize(
    ("roll", "reason"),
    [
        ({"name": "王壹"}, "name"),
        ({"sex": "女"}, "sex"),
        ({"birth_date": "2017-01-02"}, "birth_date"),
        ({"id_number": OTHER}, "id_number"),
        (
            {"name": "王壹", "sex": "女", "birth_date": "2017-01-02", "id_number": OTHER},
            "name+sex+birth_date+id_number",
        ),
    ],
)
def test_the_reason_names_the_fields_in_order(roll, reason):
    assert mismatch(roll)["reason"] == reason


@pytest.mark.parametrize(
    ("roll", "home"), [("阿依古丽·买买提", "阿依古丽买买提"), ("阿依古丽•买买提", "阿依古丽·买买提"), ("张 伟", "张伟")]
)
def test_dots_and_spaces_in_a_name_are_not_a_mismatch(roll, home):
    assert mismatch({"name": roll}, {"name": home}) is None


def test_a_variant_character_is_a_mismatch():
    assert mismatch({"name": "王鍾"}, {"name": "王钟"})["reason"] == "name"


def test_a_birth_date_known_to_the_month_is_compared_by_the_month():
    assert mismatch({"birth_date": "2017-01-01"}, {"birth_date": "2017-01-20"}, roll_by_month="true") is None
    assert (
        mismatch({"birth_date": "2017-02-01"}, {"birth_date": "2017-01-20"}, roll_by_month="true")["reason"]
        == "birth_date"
    )
    assert (
        mismatch({"birth_date": "2017-01-01"}, {"birth_date": "2017-01-20"}, roll_by_month="false")["reason"]
        == "birth_date"
    )


@pytest.mark.parametrize("kind", ["blank", "truncated", "masked", "short15", "short17", "several", "other"])
def test_a_broken_number_is_missing_not_mismatched(kind):
    assert mismatch({"id_number": "1", "id_kind": kind}) is None


def test_a_number_with_a_wrong_check_digit_is_a_mismatch():
    assert mismatch({"id_number": "110101201701010012", "id_kind": "checksum"})["reason"] == "id_number"


def test_a_field_one_side_leaves_empty_is_not_a_mismatch():
    assert mismatch({"sex": "", "birth_date": ""}) is None


def test_a_household_entry_no_longer_in_force_is_not_compared():
    assert mismatch({"name": "王壹"}, home_in_force="false") is None


def test_the_sentence_shows_both_values_and_numbers_by_their_end_only():
    words = mismatch({"name": "王壹", "id_number": OTHER})["explanation"]
    assert words == "姓名：学籍为“王壹”，户籍为“王一”；身份证号：学籍尾号0038，户籍尾号0011。"
