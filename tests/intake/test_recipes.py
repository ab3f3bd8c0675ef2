"""Every recipe of a delivery gets its verdict, and no line of any is lost."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from expectations.issue_codes import ISSUE_CODES
from tests.intake.recipes import RECIPES, Recipe
from transforms.intake.delivery import Reading
from transforms.intake.inbox import find_deliveries
from transforms.intake.reading import read_delivery
from transforms.reference import reference_file

with reference_file("policy.toml").open("rb") as _handle:
    LEGEND = {sign: letter for letter, signs in tomllib.load(_handle)["legend"]["value"].items() for sign in signs}


def read(recipe: Recipe, folder: Path) -> Reading:
    path = folder / "2026-09" / "210106" / recipe.source / recipe.file
    path.parent.mkdir(parents=True)
    path.write_bytes(recipe.make())
    [delivery], [] = find_deliveries(folder, "2026-09")
    return read_delivery(delivery, legend=LEGEND, passwords={"*": "secret"})


def test_there_are_sixty_kinds_of_delivery_each_named_once() -> None:
    assert len({recipe.name for recipe in RECIPES}) == len(RECIPES) >= 60


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_recipe(recipe: Recipe, tmp_path: Path) -> None:
    reading = read(recipe, tmp_path)
    assert reading.refused == recipe.refused
    assert {issue.code for issue in reading.issues} <= set(ISSUE_CODES)
    rows = reading.rows.to_pylist()
    assert len(rows) == recipe.rows
    if recipe.refused:
        return
    said = reading.understood_as + "".join(issue.detail for issue in reading.issues)
    assert not re.search(r"\d{6}", said), "a person's number is no heading"
    assert {issue.code for issue in reading.issues} == recipe.codes
    assert reading.rows_read == len(rows) + reading.rows_not_data
    assert len({row["record_id"] for row in rows}) == len(rows)
    assert {column: rows[0][column] for column in recipe.first} == recipe.first
    assert {column: [row[column] for row in rows] for column in recipe.each} == recipe.each
