"""Rows once understood stand, and only as long as everything that decided them is the same."""

from dataclasses import replace

import pytest

from expectations.sources import SOURCES
from tests.parameters import parameters as run_parameters
from transforms.engine import Engine
from transforms.intake.cache import take_in
from transforms.intake.inbox import find_deliveries
from transforms.understood import Understood

PERIOD = "2026-09"


@pytest.fixture(scope="module")
def readings(city, tmp_path_factory):
    found, _ = find_deliveries(city / "inbox", PERIOD)
    return [one for one in take_in(found, tmp_path_factory.mktemp("cache"), legend={}, processes=1) if not one.refused]


def opened(folder, readings, source, tables, **parameters):
    """The interpreted rows of a night, in order, and how many of them were understood before."""
    understood = Understood(folder)
    with Engine(tables, run_parameters(PERIOD) | parameters) as engine:
        understood.open(engine, source, readings)
        return engine.rows(source.read), understood.reused


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_how_a_delivery_is_understood_does_not_depend_on_what_else_was_delivered(readings, source, tmp_path):
    given = [one for one in readings if one.delivery.source == source.name and one.rows_given]
    if not given:
        pytest.skip("the invented city delivers none")
    together, _ = opened(None, readings, source, tmp_path / "tables")
    half, _ = opened(tmp_path / "kept", given[::2], source, tmp_path / "tables")
    rest, reused = opened(tmp_path / "kept", given, source, tmp_path / "tables")
    assert rest.equals(together)
    assert reused == sum(one.rows_given for one in given[::2]) == half.num_rows


REGISTRY = SOURCES[0]


@pytest.fixture
def registry(readings):
    return [one for one in readings if one.delivery.source == REGISTRY.name and one.rows_given][:3]


def test_an_unchanged_night_interprets_nothing_and_leaves_no_more_files(registry, tmp_path):
    first, fresh = opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    before = sorted(path.name for path in (tmp_path / "kept").iterdir())
    again, reused = opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    assert (fresh, reused) == (0, first.num_rows)
    assert again.equals(first)
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == before


def test_what_is_no_longer_delivered_is_not_opened_and_goes_when_its_file_has_nothing_else(registry, tmp_path):
    opened(tmp_path / "kept", registry[:1], REGISTRY, tmp_path / "tables")
    opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    left, _ = opened(tmp_path / "kept", registry[1:2], REGISTRY, tmp_path / "tables")
    assert set(left["delivery_id"].to_pylist()) == {registry[1].delivery.delivery_id}
    assert len(list((tmp_path / "kept").glob("*.parquet"))) == 1


def test_another_parameter_has_everything_interpreted_again(registry, tmp_path):
    opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    assert opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables", period="2027-03")[1] == 0


def test_a_delivery_read_anew_is_interpreted_anew(registry, tmp_path):
    opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    pack = registry[0].pack
    anew = pack.with_name("anew.json")
    for part in pack.parent.glob(f"{pack.stem}.*"):
        anew.with_name(part.name.replace(pack.stem, "anew")).write_bytes(part.read_bytes())
    changed = [replace(one, pack=anew) if one.pack == pack else one for one in registry]
    assert opened(tmp_path / "kept", changed, REGISTRY, tmp_path / "tables")[1] == 0


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PAR1")])
def test_a_file_lost_or_cut_short_is_made_anew(registry, tmp_path, damage):
    first, _ = opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    for path in (tmp_path / "kept").glob("*.parquet"):
        damage(path)
    again, reused = opened(tmp_path / "kept", registry, REGISTRY, tmp_path / "tables")
    assert reused == 0
    assert again.equals(first)


def test_after_many_nights_of_news_the_rows_are_put_together(readings, tmp_path, monkeypatch):
    monkeypatch.setattr("transforms.understood.MOST_PARTS", 3)
    given = [one for one in readings if one.delivery.source == "attendance" and one.rows_given]
    attendance = next(source for source in SOURCES if source.name == "attendance")
    files = []
    for night in range(1, 5):
        opened(tmp_path / "kept", given[:night], attendance, tmp_path / "tables")
        files.append(len(list((tmp_path / "kept").glob("*.parquet"))))
    assert files == [1, 2, 3, 1]
