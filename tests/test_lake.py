import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from expectations.errors import Busy, NotReady, WrongArgument
from transforms.lake import KEEP_RUNS, Lake, checked_period


def run(lake, name, districts=None, *, parts=("990101", "990102"), content=None, lists=()):
    staged = lake.begin("2026-09", name)
    (staged / "findings").mkdir()
    for part in parts:
        (staged / "findings" / f"{part}.parquet").write_text(content or name)
    for district in lists:
        (staged / "outbox" / district).mkdir(parents=True)
        (staged / "outbox" / district / "list.xlsx").write_text(name)
    return lake.publish("2026-09", name, districts)


def told(lake):
    folder = lake.current("2026-09")
    return {p.stem: p.read_text() for p in sorted((folder / "findings").iterdir())}


def test_a_period_without_results_says_what_to_do(tmp_path):
    with pytest.raises(NotReady, match="baoxue run"):
        Lake(tmp_path).opened("2026-09")


@pytest.mark.parametrize("period", ["2026-13", "2026-9", "202609", "2026-00", "../2026-09", ""])
def test_a_malformed_period_is_refused(period):
    with pytest.raises(WrongArgument, match="2026-09"):
        checked_period(period)


def test_results_are_read_from_the_earlier_run_until_the_new_one_is_whole(tmp_path):
    lake = Lake(tmp_path)
    run(lake, "1")
    staged = lake.begin("2026-09", "2")
    (staged / "findings").mkdir()
    (staged / "findings" / "990101.parquet").write_text("half")
    assert told(lake) == {"990101": "1", "990102": "1"}


def test_a_run_that_never_ended_is_cleared_away_by_the_next(tmp_path):
    lake = Lake(tmp_path)
    half = lake.begin("2026-09", "1")
    lake.begin("2026-09", "2")
    assert not half.exists()


def test_one_district_again_leaves_the_others_as_they_were(tmp_path):
    lake = Lake(tmp_path)
    run(lake, "1", lists=("990101", "990102"))
    run(lake, "2", ["990101"], lists=("990101", "990102"))
    assert told(lake) == {"990101": "2", "990102": "1"}
    texts = {p.parent.name: p.read_text() for p in sorted(lake.outbox("2026-09").glob("*/list.xlsx"))}
    assert texts == {"990101": "2", "990102": "1"}


def test_a_district_that_no_longer_has_rows_is_not_taken_over(tmp_path):
    lake = Lake(tmp_path)
    run(lake, "1")
    run(lake, "2", ["990101"], parts=("990102",))
    assert told(lake) == {"990102": "1"}


def test_the_weights_learned_from_the_whole_city_are_those_of_the_run(tmp_path):
    lake = Lake(tmp_path)
    for name, districts in (("1", None), ("2", ["990101"])):
        staged = lake.begin("2026-09", name)
        (staged / "link_weights").mkdir()
        (staged / "link_weights" / "000000.parquet").write_text(name)
        lake.publish("2026-09", name, districts)
    assert (lake.current("2026-09") / "link_weights" / "000000.parquet").read_text() == "2"


def test_lists_set_apart_by_an_interrupted_publication_come_back(tmp_path):
    lake = Lake(tmp_path)
    run(lake, "1", lists=("990101",))
    place = lake.outbox("2026-09") / "990101"
    place.rename(place.with_name(".990101.old"))
    run(lake, "2", lists=())
    assert (place / "list.xlsx").read_text() == "1"
    assert not list(lake.outbox("2026-09").glob(".*"))


def test_only_the_latest_runs_are_kept(tmp_path):
    lake = Lake(tmp_path)
    for number in range(KEEP_RUNS + 2):
        run(lake, f"{number}")
    kept = sorted(path.name for path in (tmp_path / "lake" / "2026-09" / "runs").iterdir())
    assert kept == [str(n) for n in range(2, KEEP_RUNS + 2)]


def test_the_period_before_is_whatever_ran_last_before(tmp_path):
    lake = Lake(tmp_path)
    for period in ("2025-09", "2026-03"):
        lake.begin(period, "1")
        lake.publish(period, "1", None)
    assert lake.previous("2026-09") == "2026-03"
    assert lake.previous("2026-03") == "2025-09"
    assert lake.previous("2025-09") is None


NOW = datetime(2026, 10, 9, 2, tzinfo=UTC)


class Killed(BaseException):
    """Stands for SIGKILL at one place: nothing after it is done, no handler included."""


def killed_at(monkeypatch, what, *, after=0):
    """The next run dies when it does `what` for the (after + 1)-th time."""
    done = {"times": 0}
    original = getattr(Path, what)

    def die(self, *arguments, **named):
        done["times"] += 1
        if done["times"] > after:
            raise Killed
        return original(self, *arguments, **named)

    monkeypatch.setattr(Path, what, die)


def texts(lake):
    return {p.parent.name: p.read_text() for p in sorted(lake.outbox("2026-09").glob("*/list.xlsx"))}


@pytest.mark.parametrize("renames", range(7))
@pytest.mark.parametrize("what", ["rename", "replace"])
def test_killed_at_any_step_of_publishing_lists_and_tables_are_of_one_run(tmp_path, monkeypatch, what, renames):
    lake = Lake(tmp_path)
    both = ("990101", "990102")
    run(lake, "20260901T000000000001", lists=both)
    killed_at(monkeypatch, what, after=renames)
    with suppress(Killed):
        run(lake, "20260902T000000000001", lists=both)
    monkeypatch.undo()
    _, folder = lake.opened("2026-09")  # any reader completes what is in force
    name = folder.name
    assert told(lake) == dict.fromkeys(both, name)
    assert texts(lake) == dict.fromkeys(both, name)
    run(lake, "20260903T000000000001", lists=both)
    assert set(texts(lake).values()) == {"20260903T000000000001"}
    assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".") or p.name.endswith((".new", ".old"))]


def test_a_whole_run_that_never_came_into_force_is_cleared_away(tmp_path):
    lake = Lake(tmp_path)
    first = run(lake, "20260901T000000000001")
    late = first.with_name("20260902T000000000001")
    shutil.copytree(first, late)
    lake.begin("2026-09", "20260903T000000000001")
    assert not late.exists()
    assert first.exists()


def test_what_an_interrupted_run_of_another_period_left_is_cleared_away_too(tmp_path):
    lake = Lake(tmp_path)
    half = lake.begin("2026-03", "20260301T000000000001")
    lake.begin("2026-09", "20260901T000000000001")
    assert not half.exists()


def test_a_run_after_the_clock_was_set_back_is_still_the_later_one(tmp_path):
    lake = Lake(tmp_path)
    run(lake, lake.next_run("2026-09", NOW))
    again = lake.next_run("2026-09", NOW - timedelta(days=365))
    assert again > f"{NOW:%Y%m%dT%H%M%S%f}"
    assert lake.next_run("2026-09", NOW) == again
    kept = run(lake, again)
    assert lake.current("2026-09") == kept
    assert lake.run_names("2026-09")[-1] == kept.name


def test_names_of_runs_are_never_given_twice_even_when_their_tables_are_gone(tmp_path):
    lake = Lake(tmp_path)
    lake.folder.mkdir()
    lake.tell("2026-09", {"run": "20300101T000000000001", "state": "failed"})
    assert lake.next_run("2026-09", NOW) == "20300101T000000000002"


def test_a_lake_of_a_later_release_is_refused_with_a_sentence(tmp_path):
    lake = Lake(tmp_path)
    run(lake, "1")
    (lake.folder / "schema").write_text("99")
    with pytest.raises(NotReady, match="later release"):
        lake.opened("2026-09")
    with pytest.raises(NotReady, match="later release"):
        lake.begin("2026-09", "2")


def test_a_second_writer_is_told_to_wait(tmp_path):
    lake = Lake(tmp_path)
    with lake.held(), pytest.raises(Busy, match="wait until it has ended"), Lake(tmp_path).held():
        pass


def test_a_run_interrupted_before_it_was_in_force_is_told_as_interrupted(tmp_path):
    lake = Lake(tmp_path)
    lake.begin("2026-09", "20260901T000000000001")
    lake.tell("2026-09", {"run": "20260901T000000000001", "state": "running"})
    lake.begin("2026-09", "20260902T000000000001")
    assert [m["state"] for m in lake.history("2026-09")] == ["interrupted"]


def test_the_tables_another_period_stands_on_are_kept(tmp_path):
    lake = Lake(tmp_path)
    first = lake.begin("2026-03", "20260301T000000000001")
    lake.publish("2026-03", "20260301T000000000001", None)
    staged = lake.begin("2026-09", "20260901T000000000001")
    (staged / "run.json").write_text('{"previous": {"period": "2026-03", "run": "20260301T000000000001"}}')
    lake.publish("2026-09", "20260901T000000000001", None)
    for day in range(2, 2 + KEEP_RUNS + 1):
        lake.begin("2026-03", f"2026030{day}T000000000001")
        lake.publish("2026-03", f"2026030{day}T000000000001", None)
    assert first.with_name("20260301T000000000001").is_dir()
    assert not first.with_name("20260302T000000000001").is_dir()


@pytest.mark.parametrize("named", ["", "2026", "x", "../2026-03", "20260901T999999999999"])
def test_a_run_that_is_not_one_is_refused_with_a_sentence(tmp_path, named):
    lake = Lake(tmp_path)
    run(lake, "20260901T000000000001")
    run(lake, "20260902T000000000001")
    with pytest.raises(WrongArgument, match="baoxue runs 2026-09"):
        lake.run_folder("2026-09", named)


def test_a_pointer_to_nothing_falls_back_to_the_latest_whole_run(tmp_path):
    lake = Lake(tmp_path)
    whole = run(lake, "20260901T000000000001")
    (whole / "run.json").write_text("{}")
    (lake.folder / "2026-09" / "current").write_text("")
    assert lake.current("2026-09") == whole
