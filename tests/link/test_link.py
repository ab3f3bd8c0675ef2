"""The stages together: two small tables, and an invented city with known truth."""

from datetime import date

import pyarrow as pa
import pytest

from expectations.errors import WrongArgument
from tests.link.city import make
from transforms.engine import Engine
from transforms.link import link, link_tables

PARAMETERS = {
    "period": "2026-09",
    "cutoff_on": date(2026, 8, 31),
    "entry_age": 6,
    "link_probability": 0.995,
    "sole_link_probability": 0.95,
    "review_probability": 0.2,
}


def test_two_tables_are_linked_with_what_columns_they_have(tmp_path):
    left = pa.table(
        {
            "record_id": ["1", "2", "3"],
            "name": ["张伟", "李静怡", "Jessica Clarke"],
            "birth_date": ["2015-03-24", "2014-02-02", "19800101"],
        }
    )
    right = pa.table({"record_id": [1, 2, 3], "name": ["李静宜", "张伟", "Jessica Clarke"],
                      "birth_date": [date(2014, 2, 2), date(2015, 3, 24), date(1980, 1, 1)], "colour": ["red"] * 3})  # fmt: skip
    pairs = link_tables(left, right, tmp_path).to_pylist()
    assert {(p["left_record_id"], p["right_record_id"]) for p in pairs} == {("1", "2"), ("2", "1"), ("3", "3")}
    assert {p["decision"] for p in pairs} <= {"link", "review"}
    assert list(pairs[0]) == ["left_record_id", "right_record_id", "tier", "weight", "probability", "decision"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"姓名": ["张伟"], "name": ["张伟"]}, "the left table has no column record_id; its columns: 姓名, name"),
        ({"record_id": ["1"], "姓名": ["张伟"]}, "none of the columns compared"),
        ({"record_id": ["1", "1", None], "name": ["张伟", "李四", "王五"]}, "2 of its rows have no record_id of their own"),
        ({"record_id": ["1"], "name": ["张伟"], "id_number": [1.1e17]}, "id_number is DOUBLE, which rounds"),
        ({"record_id": ["1"], "name": [["张", "伟"]]}, "name holds several values in a cell"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_linked_as_it_is_is_refused_in_words(tmp_path, columns, said):
    good = pa.table({"record_id": ["1"], "name": ["张伟"]})
    with pytest.raises(WrongArgument, match=said):
        link_tables(pa.table(columns), good, tmp_path)


def test_what_is_settled_at_once_changes_no_link(tmp_path):
    tables = make(3000, 5, attendance=False).tables
    found = [
        {
            (p["left_record_id"], p["right_record_id"])
            for p in link_tables(
                tables["registry_pupils"], tables["household_children"], tmp_path, examples=examples
            ).to_pylist()
            if p["decision"] == "link"
        }
        for examples in (40_000, 300)
    ]
    assert len(found[0]) > 2500
    assert len(found[0] ^ found[1]) <= 3


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    city = make(4000, 11)
    with Engine(tmp_path_factory.mktemp("city"), PARAMETERS) as engine:
        for table, rows in city.tables.items():
            engine.put(table, rows)
        link(engine, b"")
        return city, engine.rows("links").to_pylist(), engine.rows("review_pairs").to_pylist()


def test_a_record_is_the_right_side_of_one_link_at_most(linked):
    _, links, _ = linked
    rights = [pair["right_record_id"] for pair in links]
    assert len(rights) == len(set(rights))


def test_following_right_to_left_ends(linked):
    _, links, _ = linked
    head = {pair["right_record_id"]: pair["left_record_id"] for pair in links}
    for record in head:
        steps = 0
        while record in head:
            record, steps = head[record], steps + 1
            assert steps < 8


def test_rolls_and_households_are_linked_like_a_census(linked):
    city, links, _ = linked
    cross = [p for p in links if p["left_source"] == "registry" and p["right_source"] == "household"]
    wrong = [p for p in cross if city.child_of[p["left_record_id"]] != city.child_of[p["right_record_id"]]]
    rolls = {child for record, child in city.child_of.items() if record.startswith("r1-")}
    houses = {child for record, child in city.child_of.items() if record.startswith("h1-")}
    assert not wrong
    assert len({city.child_of[p["left_record_id"]] for p in cross}) >= 0.998 * len(rolls & houses)


def test_class_sheets_are_linked_by_name(linked):
    city, links, _ = linked
    sheets = [p for p in links if p["left_source"] == "registry" and p["right_source"] == "attendance"]
    wrong = [p for p in sheets if city.child_of[p["left_record_id"]] != city.child_of[p["right_record_id"]]]
    rolls = {child for record, child in city.child_of.items() if record.startswith("r1-")}
    rows = {child for record, child in city.child_of.items() if record.startswith("a1-")}
    assert len(wrong) <= 0.002 * len(sheets)
    assert len(sheets) >= 0.995 * len(rows & rolls)


def test_no_pair_is_both_linked_and_asked_about(linked):
    _, links, reviews = linked
    joined = {(p["left_record_id"], p["right_record_id"]) for p in links}
    assert not joined & {(p["left_record_id"], p["right_record_id"]) for p in reviews}
