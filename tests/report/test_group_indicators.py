from tests.parameters import parameters
from tests.tables import run

INPUTS = {
    "children": """
        child_id | district_code | school_code | birth_date | on_roll | of_school_age | grade | sex | groups
        a        | 990101        | S1          | 2017-01-01 | true    | true          | 3     | 男  | 留守、农村
        b        | 990101        | S1          | 2017-01-01 | true    | true          | 3     | 女  | 农村
        c        | 990101        | S1          | 2017-01-01 | true    | true          | 3     |     |
        d        | 990102        | S2          | 2012-01-01 | true    | true          | 8     | 女  | 初中
    """,
    "findings": "child_id | finding\na | suspected_dropout\na | absent_from_school\nd | suspected_dropout",
}


def figures() -> dict[tuple[str, ...], float]:
    rows = run("group_indicators", INPUTS, parameters()).to_pylist()
    keys = ("level", "unit_code", "stage", "division", "member", "indicator")
    return {tuple(row[key] for key in keys): row["value"] for row in rows}


def test_the_sexes_and_the_areas_add_up_to_everybody():
    got = figures()
    for division in ("sex", "area"):
        own = [v for k, v in got.items() if k[1:4] == ("990100", "all", division) and k[5] == "pupils"]
        assert sum(own) == 4, division


def test_a_child_counts_in_each_of_its_groups_and_once_as_found():
    got = figures()
    assert got["school", "S1", "primary", "group", "农村", "pupils"] == 2
    assert got["school", "S1", "primary", "group", "留守", "children_found"] == 1
    assert got["district", "990102", "junior", "group", "初中", "suspected_dropout"] == 1
    assert got["school", "S1", "all", "sex", "未注明", "pupils"] == 1


def test_a_nought_has_no_row():
    assert ("school", "S1", "all", "sex", "女", "suspected_dropout") not in figures()
