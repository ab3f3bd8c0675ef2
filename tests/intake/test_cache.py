"""Each delivery is parsed once; what was read comes back equal, in bulk and in order."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tests.intake.recipes import ROLL, A, B, grid, text, xlsx
from tests.intake.test_inbox import lay
from tests.intake.test_recipes import LEGEND
from transforms.intake import cache as module
from transforms.intake.cache import forget, rows_of, take_in
from transforms.intake.inbox import find_deliveries


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    classes = {f"210106/考勤/{n}.xlsx": xlsx(grid(A, B)) for n in range(3)}
    return lay(tmp_path / "inbox", {"210106/学籍/a.csv": text(ROLL), "210106/学籍/bad.xlsx": b"PK\x03\x04", **classes})


def test_an_unchanged_delivery_is_not_read_again(inbox: Path, tmp_path: Path) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    told: list[int] = []
    first = take_in(found, tmp_path / "cache", legend=LEGEND, processes=1, advance=told.append)
    again = take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    assert sum(told) == len(found)
    assert [r.fresh for r in first] == [True] * 5
    assert [r.fresh for r in again] == [False] * 5
    assert [(r.rows_given, r.refused, r.issues) for r in first] == [(r.rows_given, r.refused, r.issues) for r in again]
    assert rows_of(first, "attendance").equals(rows_of(again, "attendance"))
    assert rows_of(again, "attendance").num_rows == 6
    assert rows_of(again, "household").num_rows == 0


def test_processes_give_the_same_as_one(inbox: Path, tmp_path: Path) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    one = take_in(found, tmp_path / "one", legend=LEGEND, processes=1)
    two = take_in(found, tmp_path / "two", legend=LEGEND, processes=2)
    assert rows_of(one, "attendance").equals(rows_of(two, "attendance"))
    assert [r.refused for r in one] == [r.refused for r in two]


def test_a_changed_file_or_another_legend_is_read_anew(inbox: Path, tmp_path: Path) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    (inbox / "2026-09/210106/学籍/a.csv").write_bytes(text(ROLL[:2]))
    changed, _ = find_deliveries(inbox, "2026-09")
    again = take_in(changed, tmp_path / "cache", legend=LEGEND, processes=1)
    assert [r.delivery.relative_path for r in again if r.fresh] == ["210106/学籍/a.csv"]
    assert rows_of(again, "registry").num_rows == 1
    assert all(r.fresh for r in take_in(changed, tmp_path / "cache", legend={**LEGEND, "☆": "P"}, processes=1))


def test_a_new_reader_version_reads_anew(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    monkeypatch.setattr(module, "READER_VERSION", "another")
    assert all(r.fresh for r in take_in(found, tmp_path / "cache", legend=LEGEND, processes=1))


def test_a_damaged_or_half_written_pack_is_read_anew(inbox: Path, tmp_path: Path) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    first = take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    for pack in (tmp_path / "cache").glob("*.attendance.parquet"):
        pack.unlink()
    (tmp_path / "cache" / "zz.json").write_text("{", encoding="utf-8")
    again = take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    assert [r.fresh for r in again if r.delivery.source == "attendance"] == [True] * 3
    assert rows_of(first, "attendance").equals(rows_of(again, "attendance"))


def test_a_missing_password_is_asked_for_again(tmp_path: Path) -> None:
    from tests.intake.recipes import locked

    lay(tmp_path, {"210106/学籍/a.xlsx": locked(xlsx(ROLL), "secret")})
    found, _ = find_deliveries(tmp_path, "2026-09")
    [without] = take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    [given] = take_in(found, tmp_path / "cache", legend=LEGEND, processes=1, passwords={"a.xlsx": "secret"})
    assert (without.refused, given.refused, given.rows_given) == ("password_needed", None, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are another matter there")
def test_what_is_kept_can_be_read_by_its_owner_only(inbox: Path, tmp_path: Path) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "cache").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_packs_nobody_needs_are_forgotten(inbox: Path, tmp_path: Path) -> None:
    found, _ = find_deliveries(inbox, "2026-09")
    take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    kept = take_in([d for d in found if d.source == "registry"], tmp_path / "cache", legend=LEGEND, processes=1)
    assert forget(tmp_path / "cache", "2026-08", kept) == 0
    assert forget(tmp_path / "cache", "2026-09", kept) == 1
    assert rows_of(kept, "registry").num_rows == 2
