from tests.parameters import parameters
from tests.tables import run

GROUPS = """
    root_record_id | name | birth_date | sex | id_number | school_code
    a              | 王一 | 2017-01-01 | 男  | N1        | S1
    b              | 王二 | 2017-02-01 | 女  |           | S1
    c              | 钱六 |            |     |           | S1
    d              | 王一 | 2017-01-01 | 男  | N1        | S2
"""


def identities(**inputs: str) -> dict[str, list[str | None]]:
    return run("child_identities", {"root_identities": GROUPS, **inputs}, parameters()).to_pydict()


def test_a_new_childs_seed_is_its_number_else_name_and_birth_date_else_name_and_school():
    assert identities()["seed"][:3] == ["number|N1", "birth|王二|2017-02-01|女", "school|钱六|S1"]


def test_equal_seeds_are_told_apart_by_a_running_number():
    assert identities()["seed"][3] == "number|N1#2"


def test_a_group_recognised_keeps_its_id():
    known = """
        root_record_id | child_id
        b              | k2
    """
    assert identities(known_children=known)["known_child_id"] == [None, "k2", None, None]
