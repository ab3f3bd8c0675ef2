import pytest

from tests.parameters import parameters
from tests.tables import run


def missing(
    roll: str | None = "valid",
    home: str | None = "valid",
    *,
    guardian=False,
    same=False,
    spelt=False,
    on_roll=True,
    of_age=True,
) -> str | None:
    """The reason for one child whose roll and household entries carry numbers of these kinds; None is no entry."""
    head = "record_id | source | in_force | id_number | id_kind | guardian_id_number | pupil_no"
    records = [head]
    if roll:
        records.append(f"roll | registry | true | N | {roll} | {'N' if guardian else ''} | {'GN' if spelt else ''}")
    if home:
        records.append(f"home | household | true | {'N' if same else 'M'} | {home} | |")
    rolls = "record_id | child_id | place | in_force" + ("\nroll | k | 1 | true" if roll else "")
    rows = run("missing_id_number", {
        "children": f"child_id | on_roll | of_school_age\nk | {str(on_roll).lower()} | {str(of_age).lower()}",
        "person_records": "\n".join(records),
        "child_rolls": rolls,
        "child_records": "record_id | child_id\nroll | k\nhome | k",
    }, parameters()).to_pylist()  # fmt: skip
    return rows[0]["reason"] if rows else None


def test_two_whole_numbers_are_not_missing():
    assert missing() is None


@pytest.mark.parametrize("kind", ["blank", "truncated", "masked", "short15", "short17", "several", "other"])
def test_no_usable_number_in_the_registry(kind):
    assert missing(roll=kind) == "registry"


def test_a_number_with_a_wrong_check_digit_is_wrong_not_missing():
    assert missing(roll="checksum") is None


def test_no_number_in_the_household_register():
    assert missing(home="blank") == "household"


def test_no_number_anywhere_names_both():
    assert missing(roll="masked", home="blank") == "registry+household"


def test_a_guardians_number_is_missing_only_where_the_household_has_no_right_one():
    assert missing(guardian=True) is None
    assert missing(guardian=True, home=None) == "registry"


def test_a_pupil_from_elsewhere_is_judged_by_the_registry_alone():
    assert missing(roll="blank", home=None) == "registry"
    assert missing(home=None) is None


@pytest.mark.parametrize(
    ("of_age", "on_roll", "reason"), [(False, False, None), (True, False, "household"), (False, True, "household")]
)
def test_babies_without_a_number_are_not_listed(of_age, on_roll, reason):
    assert missing(roll="valid" if on_roll else None, home="blank", on_roll=on_roll, of_age=of_age) == reason


def test_a_number_that_only_looks_cut_off_is_whole_if_the_household_has_the_same():
    assert missing(roll="truncated", same=True) is None


def test_a_number_read_as_a_guardians_is_missing_without_a_household():
    assert missing(roll="guardian", home=None) == "registry"
    assert missing(roll="guardian") is None


def test_a_number_that_looks_cut_off_is_whole_where_the_registry_number_spells_it():
    assert missing("truncated", None) == "registry"
    assert missing("truncated", None, spelt=True) is None


@pytest.mark.parametrize(
    ("roll", "home", "reason"),
    [
        ("210102201509016000", "210102201509016027", "registry"),
        ("210102201509016027", "210102201509016000", "household"),
        ("210102201509016000", "210102201509016000", None),
        ("210102201509016000", "210102201509011021", None),
    ],
)
def test_a_number_whose_last_digits_only_the_other_register_has_is_cut_off_though_it_looks_whole(roll, home, reason):
    drawn = {
        "children": "child_id | on_roll | of_school_age\nk | true | true",
        "person_records": f"record_id | source | in_force | id_number | id_kind\nroll | registry | true | {roll} | valid\nhome | household | true | {home} | valid",
        "child_rolls": "record_id | child_id | place | in_force\nroll | k | 1 | true",
        "child_records": "record_id | child_id\nroll | k\nhome | k",
    }
    found = run("missing_id_number", drawn, parameters()).to_pylist()
    assert [row["reason"] for row in found] == ([reason] if reason else [])
    differing = [row["reason"] for row in run("identity_mismatch", drawn, parameters()).to_pylist()]
    assert differing == (["id_number"] if home.endswith("1021") else [])
