import pytest

from expectations.errors import NotReady, WrongArgument
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
