"""A small city lived through three campaigns: what was promised of it holds in every one."""

import re

import pytest

from flows.demonstration import below_the_mark, demonstrate
from tests.demo_monitor import run_without_prefect


def test_three_campaigns_answers_included_end_in_their_true_state(tmp_path, capsys):
    assert demonstrate(tmp_path, 600, 5, run_without_prefect, 3) == 0
    said = capsys.readouterr().out
    assert re.findall(r"classes without a sheet listed as not attending: (\d+)", said) == ["0", "0", "0"]
    assert re.findall(r"listed again: (\d+)", said) == ["0", "0"]
    counts = re.findall(r"cases: (\d+) expected, (\d+) found, (\d+) in their true state", said)
    assert len(counts) == 3 and all(expected == found == right for expected, found, right in counts)


def scored(expected: int, precision: float, recall: float) -> list[dict[str, object]]:
    return [{"finding": "not_enrolled", "expected": expected, "precision": precision, "recall": recall}]


@pytest.mark.parametrize(("row", "below"), [
    (scored(100, 0.99, 0.99), []), (scored(100, 0.989, 1.0), ["not_enrolled"]), (scored(100, 1.0, 0.989), ["not_enrolled"]),
    (scored(99, 0.5, 0.5), []), (scored(100, float("nan"), 0.0), ["not_enrolled"]),
])  # fmt: skip
def test_a_finding_with_a_hundred_true_cases_must_be_right_in_ninety_nine(row, below):
    assert below_the_mark(row) == below
