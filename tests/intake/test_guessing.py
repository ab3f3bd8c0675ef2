"""Which source a file is, told by its headings alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.recipes import GRIDS, ROSTERS, Recipe
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
