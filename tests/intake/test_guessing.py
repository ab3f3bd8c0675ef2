"""Which source a file is, told by its headings alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.recipes import DAYS, GRIDS, NUMBER, ROSTERS, Recipe, Rows, xlsx
from transforms.intake.guessing import guess_source


@pytest.mark.parametrize("recipe", [*ROSTERS, *GRIDS], ids=lambda recipe: recipe.name)
def test_the_source_is_guessed_from_the_headings_or_left_open(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(recipe.make())
    guessed = guess_source(path, ["secret"])
    if recipe.source in ("attendance", "household", "answers"):
        assert guessed == recipe.source
    else:
        assert guessed not in (None, "attendance", "answers")


LISTED: Rows = [["姓名", "性别", "身份证号"], ["张三", "男", NUMBER], ["李四", "女", NUMBER]]
WITHOUT_A_NAME = [["三年级2班考勤"], ["号", "学生", *DAYS], [1, "张三", *"√" * 30]]


@pytest.mark.parametrize(
    ("rows", "source"),
    [
        ([["送教上门学生统计表"], *LISTED], "exempt"),
        ([["脱贫户子女名单"], *LISTED], "priority"),
        ([["2026年秋季中职录取名单"], *LISTED], "vocational"),
        ([["在籍学生名单"], *LISTED], "registry"),
        ([["姓名", "周一", "周二", "周三", "周四", "周五"], ["张三", *"√√√√√"]], "attendance"),
        ([["姓名", "出勤", "病假", "事假", "旷课"], ["张三", 22, 0, 0, 0]], "attendance"),
        (WITHOUT_A_NAME, "attendance"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_title_tells_lists_of_the_same_headings_apart_and_absences_are_no_roll(
    rows: Rows, source: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(rows))
    assert guess_source(path) == source
