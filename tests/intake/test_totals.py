"""The totals beside a grid, which must fit its marks."""

from __future__ import annotations

import pytest

from transforms.intake.totals import total_columns, wrong_totals

MARKS = "PPPAASsT" + "-" * 23


def test_only_headings_right_of_the_days_are_totals() -> None:
    assert total_columns(["事假", "姓名", "1", "2", "病假", "备注", "旷课"], 4) == [
        (4, "病假", "Ss"),
        (6, "旷课", "Aa"),
    ]


@pytest.mark.parametrize(
    ("heading", "total", "fits"),
    [
        ("旷课", 2.0, True),
        ("旷课", "2", True),
        ("旷课", 3.0, False),
        ("病假", 1.5, True),
        ("病假", 3.0, True),
        ("病假", 2.5, False),
        ("出勤", 4.0, True),
        ("出勤", 4.5, True),
        ("出勤", 7.0, False),
        ("旷课", "两天", True),
        ("旷课", "", True),
    ],
)
def test_a_total_fits_in_days_or_half_days_or_says_nothing(heading: str, total: object, fits: bool) -> None:
    [column] = total_columns([heading], 0)
    assert wrong_totals([column], MARKS, [total]) == ([] if fits else [heading])


def test_no_total_is_doubted_where_a_mark_is_unknown() -> None:
    [column] = total_columns(["旷课"], 0)
    assert wrong_totals([column], MARKS.replace("T", "?"), [9.0]) == []
