"""A whole demo city of 1,500 children in two districts, searched by rules that know nothing of the lists' own tables.

Of its own seed: in the city the other tests share nobody registered in another county is absent, so no county elsewhere
is asked, and what that office may hold would go unsearched.
"""

import copy
import dataclasses

import pytest

from tests.lists import leaks
from tests.runs import PERIOD, run_once
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries

SEED = 2


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """What is true of the city, and every file of its outbox."""
    root = tmp_path_factory.mktemp("leaks")
    write_deliveries(invent(1500, SEED, PERIOD), root / "inbox", PERIOD)
    return leaks.read_city(run_once(root)), leaks.read_files(root / "outbox" / PERIOD)


def test_every_kind_of_office_is_among_those_searched(handed_out):
    kinds = {file.line["recipient"] for file in handed_out[1]}
    assert kinds >= {"school", "township", "police", "county", "elsewhere", "bulletin", "dashboard"}


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


@pytest.mark.parametrize("kind", ["school", "township", "police", "elsewhere"])
def test_the_search_finds_a_file_sent_to_the_wrong_office(handed_out, kind):
    truth, files = handed_out
    offices = [f.line["unit_code"] for f in files if f.line["recipient"] == kind] + ["990999"]
    one = next(f for f in files if f.line["recipient"] == kind and f.line["kind"] == "核实名单")
    other = next(code for code in offices if code != one.line["unit_code"])
    swapped = dataclasses.replace(one, line={**one.line, "unit_code": other})
    assert leaks.search(truth, [swapped])


@pytest.mark.parametrize(("field", "kind"), [("address", "school"), ("groups", "police"), ("id_number", "township"),
                                             ("name", "school"), ("child_id", "county"),
                                             ("address", "elsewhere"), ("groups", "elsewhere"), ("id_number", "elsewhere"),
                                             ("name", "elsewhere")])  # fmt: skip
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
