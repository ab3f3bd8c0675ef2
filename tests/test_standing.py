"""A stage stands whole where all that decides its tables is what it was, and is made again where anything is not."""

import shutil

import pytest

from expectations.catalog import TABLES
from tests.parameters import parameters
from tests.runs import PERIOD, contents, run_once
from tests.tables import table
from transforms import standing
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.engine import ContractBroken, Engine
from transforms.lake import Lake
from transforms.link import RECORD, STAGES, link

KEY = bytes(32)
ROLL = """
    record_id | name | id_number          | id_kind | school_code | grade | class_no
    r1        | 王甲 | 110101201501012417 | valid   | S           | 5     | 1
    r2        | {} | 110101201501012425 | valid   | S           | 5     | 1
"""
HOME = """
    record_id | name | id_number          | id_kind
    h1        | 王甲 | 110101201501012417 | valid
"""
KEPT = [name for name in STAGES if not TABLES[name].temporary]


def linked(folder, roll="李乙", home=HOME, before=None, key=KEY, previous=None, **changed):
    """A run's links, and whether they stood."""
    with Engine(folder, parameters(previous_period=None, **changed), previous=previous) as engine:
        engine.put("registry_pupils", table(TABLES["registry_pupils"], ROLL.format(roll)))
        engine.put("household_children", table(TABLES["household_children"], home))
        return link(engine, key, before)


@pytest.fixture
def before(tmp_path):
    assert not linked(tmp_path / "before")
    return tmp_path / "before"


def test_the_same_rows_decided_the_same_way_stand_and_are_the_same_files(before, tmp_path):
    assert linked(tmp_path / "now", before=before)
    assert contents(tmp_path / "now", KEPT) == contents(before, KEPT) != {}
    for part in before.glob("person_records/*.parquet"):
        assert (tmp_path / "now" / "person_records" / part.name).samefile(part)
    assert linked(tmp_path / "next", before=tmp_path / "now")


@pytest.mark.parametrize(
    "changed",
    [
        {"roll": "李丙"},
        {"home": HOME + " h2 | 李乙 | 110101201501012425 | valid"},
        {"key": bytes(31) + b"1"},
        {"link_probability": 0.5},
    ],
    ids=["a name", "a record more", "the key", "a setting"],
)
def test_whatever_decides_links_makes_them_again_when_it_changes(before, tmp_path, changed):
    assert not linked(tmp_path / "now", before=before, **changed)
    linked(tmp_path / "alone", **changed)
    assert contents(tmp_path / "now", KEPT) == contents(tmp_path / "alone", KEPT)


def test_another_period_before_makes_them_again(before, tmp_path):
    shutil.copytree(before, tmp_path / "last_year")
    assert not linked(tmp_path / "now", before=before, previous=tmp_path / "last_year")


def test_another_library_or_select_makes_them_again(before, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(standing.pa, "__version__", "0")
        assert not linked(tmp_path / "library", before=before)
    monkeypatch.setattr(Engine, "terms", lambda _engine, name: name)
    assert not linked(tmp_path / "select", before=before)


def test_rows_that_lie_in_no_file_are_never_overlooked(tmp_path):
    with Engine(tmp_path, parameters(previous_period=None)) as engine:
        engine.put("sure_pairs", table(TABLES["sure_pairs"], "left_record_id\n a"))
        with pytest.raises(ContractBroken, match="sure_pairs"):
            standing.decided_by(engine, ("candidate_pairs",))


@pytest.mark.parametrize("gone", [RECORD, "links"])
def test_of_a_run_that_is_not_whole_nothing_stands(before, tmp_path, gone):
    path = before / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert not linked(tmp_path / "now", before=before)


def test_of_a_run_published_for_a_district_no_links_stand(tmp_path):
    """Its tables are those of two runs, which number their records each for itself."""
    write_deliveries(invent(60, 11, PERIOD), tmp_path / "inbox", PERIOD)
    whole = run_once(tmp_path)
    links = contents(whole, KEPT)
    one = Lake(tmp_path).districts(PERIOD)[0]
    assert (whole / RECORD).is_file()
    district = run_once(tmp_path, [one])
    assert not (district / RECORD).exists()
    again = run_once(tmp_path)
    assert Lake(tmp_path).manifest(again)["reused"]["linked_records"]["reused"] == 0
    assert contents(again, KEPT) == links
    after = run_once(tmp_path)
    assert Lake(tmp_path).manifest(after)["reused"]["linked_records"]["reused"] > 0
    assert contents(after, KEPT) == links
