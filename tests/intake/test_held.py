"""What a run for some districts takes of the others: as the run in force took it."""

from pathlib import Path

import pytest

from tests.intake.recipes import ROLL, text
from tests.intake.test_inbox import lay
from transforms.intake.cache import keep
from transforms.intake.held import find_with_others_held
from transforms.intake.inbox import find_deliveries

MINE, OTHER = "210106", "210111"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return lay(tmp_path / "inbox", {f"{MINE}/学籍/a.csv": text(ROLL), f"{OTHER}/学籍/b.csv": text(ROLL)})


def kept(tmp_path):
    told = []

    def keeping(relative, content_hash, data):
        told.append({"path": relative, "sha256": content_hash})
        return keep(tmp_path / "kept", content_hash, data)

    return keeping, told


def read_before(inbox, tmp_path):
    keeping, told = kept(tmp_path)
    find_deliveries(inbox, "2026-09", keep=keeping)
    return told


def held(inbox, tmp_path, before, kept_at="kept"):
    keeping, told = kept(tmp_path)
    found, _ = find_with_others_held(
        inbox, "2026-09", [MINE], read_before=before, kept_at=tmp_path / kept_at, room=tmp_path / "room", keep=keeping
    )
    assert not (tmp_path / "room").exists()
    given = [{"path": one.relative_path, "sha256": one.content_hash} for one in found]
    assert sorted(told, key=lambda one: one["path"]) == given, "what was read is what the manifest will say"
    return given


def test_another_districts_new_changed_and_missing_files_are_left_for_its_own_run(inbox, tmp_path):
    before = read_before(inbox, tmp_path)
    lay(tmp_path / "inbox", {f"{OTHER}/学籍/b.csv": text(ROLL[:2]), f"{OTHER}/学籍/new.csv": text(ROLL)})
    assert held(inbox, tmp_path, before) == before
    (inbox / "2026-09" / OTHER / "学籍" / "b.csv").unlink()
    assert held(inbox, tmp_path, before) == before


def test_the_districts_own_new_files_are_taken(inbox, tmp_path):
    before = read_before(inbox, tmp_path)
    lay(tmp_path / "inbox", {f"{MINE}/学籍/new.csv": text(ROLL[:2])})
    assert f"{MINE}/学籍/new.csv" in [one["path"] for one in held(inbox, tmp_path, before)]


def test_a_district_of_which_something_is_kept_no_longer_is_taken_as_it_is_now(inbox, tmp_path):
    before = read_before(inbox, tmp_path)
    lay(tmp_path / "inbox", {f"{OTHER}/学籍/new.csv": text(ROLL[:2])})
    assert f"{OTHER}/学籍/new.csv" in [one["path"] for one in held(inbox, tmp_path, before, kept_at="purged")]


def test_a_district_that_delivered_for_the_first_time_is_taken(inbox, tmp_path):
    before = read_before(inbox, tmp_path)
    lay(tmp_path / "inbox", {"210112/学籍/c.csv": text(ROLL)})
    assert "210112/学籍/c.csv" in [one["path"] for one in held(inbox, tmp_path, before)]
