"""A reader that dies, hangs or eats memory costs its own file alone, and readers load no more than they need."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from expectations.issue_codes import ISSUE_CODES
from tests.intake import hostile
from tests.intake.recipes import ROLL, A, B, grid, text, xlsx
from tests.intake.test_inbox import lay
from tests.intake.test_recipes import LEGEND
from transforms.intake import cache as module
from transforms.intake import worker
from transforms.intake.cache import expect_deliveries, rows_of, take_in
from transforms.intake.inbox import find_deliveries

CLASSES = {f"210106/考勤/{n}.xlsx": xlsx(grid(A, B)) for n in range(6)}


@pytest.fixture(autouse=True)
def hostile_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_batch", hostile.read_batch)
    monkeypatch.setattr(module, "PACK_FILES", 2)


@pytest.mark.parametrize("fault", ["dies", "hangs", "eats"])
def test_a_reader_that_fails_costs_its_own_file_alone(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault == "hangs":  # long enough for the others to begin on a machine at ten times its load
        monkeypatch.setattr(module, "LONGEST_SECONDS", 60)
    if fault == "eats" and sys.platform == "win32":
        pytest.skip("no cap on memory there")
    bad = text(ROLL) + hostile.EATS * (fault == "eats")
    files = {"210106/学籍/a.csv": text(ROLL), f"210106/学籍/{fault}.csv": bad, **CLASSES}
    inbox = lay(tmp_path / "inbox", files)
    found, _ = find_deliveries(inbox, "2026-09")
    told: list[int] = []
    readings = take_in(found, tmp_path / "cache", legend=LEGEND, processes=2, advance=told.append)
    refused = {r.delivery.relative_path: r.refused for r in readings if r.refused}
    assert refused == {f"210106/学籍/{fault}.csv": "unreadable"}
    assert sum(told) == len(found)
    assert rows_of(readings, "attendance").num_rows == 12
    assert rows_of(readings, "registry").num_rows == 2
    assert "重新保存" in ISSUE_CODES["unreadable"].sentence


def test_several_readers_that_die_are_each_refused(tmp_path: Path) -> None:
    dying = {f"210106/学籍/dies{n}.csv": text(ROLL) for n in range(3)}
    inbox = lay(tmp_path / "inbox", {**dying, **CLASSES})
    found, _ = find_deliveries(inbox, "2026-09")
    readings = take_in(found, tmp_path / "cache", legend=LEGEND, processes=2)
    assert sorted(r.delivery.relative_path for r in readings if r.refused == "unreadable") == sorted(dying)
    assert rows_of(readings, "attendance").num_rows == 12


def test_what_goes_in_circles_is_freed_between_batches() -> None:
    class Circle:
        itself: Circle

    gc.disable()
    try:
        circle = Circle()
        circle.itself = circle
        seen = weakref.ref(circle)
        del circle
        worker.tidy()
        assert seen() is None
    finally:
        gc.enable()


def test_a_reader_loads_neither_pandas_nor_numpy_and_reads_as_well_without(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from transforms.intake.worker import prepare
prepare(6 << 30)
from tests.intake.recipes import RECIPES
loaded = {"numpy", "pandas"} & set(sys.modules)
from transforms.intake.inbox import delivery_of_file
from transforms.intake.reading import read_delivery
from transforms.intake.cache import _write
for number, recipe in enumerate(RECIPES):
    path = Path(sys.argv[1]) / f"{number}.xls"
    path.write_bytes(recipe.make())
    reading = read_delivery(delivery_of_file(path, "2026-09", recipe.source), legend={"√": "P"})
    assert reading.refused != "reader_failed", (recipe.name, reading.refused_detail)
    _write([(str(number), reading)], Path(sys.argv[1]))
print(sorted(loaded | {"numpy", "pandas"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout == "[]\n", done.stderr[-2000:]


def test_readers_load_ahead_only_where_nothing_was_read_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(worker, "begin_loading", lambda: begun.append(True))
    expect_deliveries(tmp_path / "cache")
    assert begun == [True]
    found, _ = find_deliveries(lay(tmp_path / "inbox", {"210106/学籍/a.csv": text(ROLL)}), "2026-09")
    take_in(found, tmp_path / "cache", legend=LEGEND, processes=1)
    expect_deliveries(tmp_path / "cache")
    assert begun == [True]
