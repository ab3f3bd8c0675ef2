import pytest

from tests.parameters import parameters
from tests.tables import run

HERE = "root_record_id | name | birth_date | sex | id_number | school_code | guardian_name | phone | grade | on_roll"
THERE = "child_id | name | birth_date | sex | id_number | id_kind | school_code | guardian_name | phone | grade | known_period | on_roll"


def step(here: str, there: str) -> tuple[int, bool] | None:
    """The strongest step by which one child drawn is the other, and whether it is certain."""
    found = run("recognition_pairs", {
        "root_identities": f"{HERE}\na | {here} | true", "previous_children": f"{THERE}\nk | {there} | 2026-03 | true",
    }, parameters()).to_pylist()  # fmt: skip
    return (found[0]["step"], found[0]["certain"]) if found else None


@pytest.mark.parametrize(("there", "expected"), [
    ("王一 | 2017-01-01 | 男 | N1 | valid     | S9 | 别人 | 9 | 2", (1, True)),
    ("王一 | 2017-01-02 | 男 | N1 | valid     | S9 | 别人 | 9 | 2", (2, True)),
    ("王壹 | 2017-01-01 | 男 | N1 | valid     | S9 | 别人 | 9 | 2", (3, False)),
    ("王壹 | 2017-01-02 | 男 | N1 | valid     | S1 | 王父 | 1 | 3", None),
    ("王一 | 2017-01-01 | 男 |    | truncated | S1 | 王父 | 9 | 2", (4, True)),
    ("王一 | 2017-01-01 | 男 | N2 | valid     | S1 | 王父 | 1 | 2", (4, False)),
    ("王一 | 2017-01-01 | 男 | N2 | valid     | S1 | 别人 | 9 | 2", (5, False)),
    ("王一 | 2017-01-01 | 男 |    | blank     | S9 | 别人 | 9 | 3", (6, False)),
    ("王一 | 2017-01-01 | 男 |    | blank     | S9 | 别人 | 9 | 2", None),
    ("王一 | 2017-01-01 | 女 |    | blank     | S9 | 别人 | 9 | 3", None),
    ("王一 | 2017-01-01 | 男 | N2 | valid     | S9 | 别人 | 9 | 3", None),
    ("王一 |            |    |    | blank     | S1 |      |   | 3", (7, False)),
    ("王一 |            |    |    | blank     | S1 |      |   | 2", None),
    ("王一 |            |    |    | blank     | S9 |      |   | 3", None),
    ("王二 | 2017-01-01 | 男 |    | blank     | S1 | 王父 | 1 | 3", None),
])  # fmt: skip
def test_what_says_that_two_are_one_child_and_how_surely(there, expected):
    assert step("王一 | 2017-01-01 | 男 | N1 | S1 | 王父 | 1 | 4", there) == expected
