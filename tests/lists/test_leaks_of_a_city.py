"""The whole demo city of 1,500 children in two districts, searched by rules that know nothing of the lists' own tables."""

import copy
import dataclasses

import pytest

from tests.lists import leaks
from tests.runs import PERIOD


@pytest.fixture(scope="module")
def handed_out(city, results):
    """What is true of the city, and every file of its outbox."""
    return leaks.read_city(results), leaks.read_files(city / "outbox" / PERIOD)


def test_no_file_of_the_city_holds_a_child_a_number_or_a_group_its_office_may_not_hold(handed_out):
    truth, files = handed_out
    assert len(files) > 50 and len({file.district for file in files}) == 3
    assert leaks.search(truth, files) == []


def test_every_finding_has_exactly_one_row_for_each_office_that_is_told(handed_out):
    truth, files = handed_out
    assert leaks.twice_listed(files) == []
    assert leaks.unlisted(truth, files) == []


def test_every_office_has_one_folder(handed_out):
    folders = {}
    for file in handed_out[1]:
        if file.line["recipient"] in ("school", "township", "police"):
            folders.setdefault((file.line["recipient"], file.line["unit_name"]), set()).add(file.path.parent)
    assert {office: found for office, found in folders.items() if len(found) > 1} == {}


@pytest.mark.parametrize("kind", ["school", "township", "police"])
def test_the_search_finds_a_file_sent_to_the_wrong_office(handed_out, kind):
    truth, files = handed_out
    [one, other] = [f for f in files if f.line["recipient"] == kind and f.line["kind"] == "核实名单"][:2]
    swapped = dataclasses.replace(one, line={**one.line, "unit_code": other.line["unit_code"]})
    assert leaks.search(truth, [swapped])


@pytest.mark.parametrize(("field", "kind"), [("address", "school"), ("groups", "police"), ("id_number", "township"),
                                             ("name", "school"), ("child_id", "county")])  # fmt: skip
def test_the_search_finds_one_stray_value(handed_out, field, kind):
    truth, files = handed_out
    file = copy.deepcopy(next(f for f in files if f.line["recipient"] == kind))
    strangers = [child for child in truth.children.values() if child[field] and len(child[field]) > 1]
    assert leaks.search(truth, [file]) == []
    found = 0
    for child in strangers[:20]:
        spoiled = copy.deepcopy(file)
        spoiled.cells.add(child[field])
        spoiled.text += f" {child[field]} "
        found += bool(leaks.search(truth, [spoiled]))
    assert found >= 15
