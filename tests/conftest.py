"""What several tests stand on: one small invented city and the results of one run over it."""

import pytest

from tests.runs import PERIOD, run_once
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.truth import write_truth


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    root = tmp_path_factory.mktemp("city")
    invented = invent(1500, 7, PERIOD)
    write_deliveries(invented, root / "inbox", PERIOD)
    write_truth(invented, root / "truth")
    return root


@pytest.fixture(scope="session")
def results(city):
    return run_once(city)


def pytest_terminal_summary(terminalreporter):
    """Print the figures tests recorded (`record_property("figures", …)`), also where several processes ran them."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(value)
