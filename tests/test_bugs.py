"""A bug's error may quote a child's row; what Prefect and the terminal are told of it does not."""

import sqlite3
import traceback
from types import SimpleNamespace

import pytest

from expectations.errors import OutOfRoom, WrongArgument
from flows.bugs import KEPT, StageFailed, without_values
from transforms.lake import Lake


def run_in(root, name="20261009T140000000000"):
    return SimpleNamespace(lake=Lake(root), name=name)


def stage_raising(error):
    def find(_run):
        raise error

    return without_values(find)


def test_the_words_of_a_bug_stay_in_the_lake(tmp_path):
    quoting = stage_raising(ValueError("cannot convert 张伟 110101201501011237"))
    with pytest.raises(StageFailed) as failed:
        quoting(run_in(tmp_path))
    told = "".join(traceback.format_exception(failed.value))
    assert "110101201501011237" not in told
    assert "张伟" not in told
    assert "ValueError in find" in told
    [kept] = (tmp_path / "lake" / "bugs").glob("*.txt")
    assert "110101201501011237" in kept.read_text(encoding="utf-8")
    assert str(kept) in told
    assert kept.stat().st_mode & 0o077 == 0


def test_a_users_error_and_a_full_disk_are_told_as_what_they_are(tmp_path):
    with pytest.raises(WrongArgument, match="a sentence"):
        stage_raising(WrongArgument("a sentence"))(run_in(tmp_path))
    with pytest.raises(OutOfRoom):
        stage_raising(OSError(28, "No space left on device"))(run_in(tmp_path))
    assert not (tmp_path / "lake" / "bugs").exists()


def test_no_more_than_the_latest_are_kept(tmp_path):
    for number in range(KEPT + 3):
        with pytest.raises(StageFailed):
            stage_raising(ValueError("x"))(run_in(tmp_path, f"20261009T{number:012}"))
    assert len(list((tmp_path / "lake" / "bugs").glob("*.txt"))) == KEPT


def test_a_library_that_fails_names_the_place_in_our_code(tmp_path):
    with pytest.raises(StageFailed, match=r"OperationalError in find \(tests/test_bugs.py, line \d+\)"):
        stage_raising_from_library(run_in(tmp_path))


def stage_raising_from_library(run):
    def find(_run):
        sqlite3.connect(":memory:").execute("select 张伟")

    return without_values(find)(run)
