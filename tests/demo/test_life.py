"""A small city lived through three campaigns: what was promised of it holds in every one."""

import re

from flows.demonstration import demonstrate
from tests.demo_monitor import run_without_prefect


def test_three_campaigns_answers_included_end_in_their_true_state(tmp_path, capsys):
    assert demonstrate(tmp_path, 600, 5, run_without_prefect, 3) == 0
    said = capsys.readouterr().out
    assert re.findall(r"classes without a sheet listed as not attending: (\d+)", said) == ["0", "0", "0"]
    assert re.findall(r"listed again: (\d+)", said) == ["0", "0"]
    counts = re.findall(r"cases: (\d+) expected, (\d+) found, (\d+) in their true state", said)
    assert len(counts) == 3 and all(expected == found == right for expected, found, right in counts)
