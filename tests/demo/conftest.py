from pathlib import Path

import pytest

from transforms.demo.city import City, invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.truth import write_truth

PERIOD = "2026-09"


@pytest.fixture(scope="session")
def city() -> City:
    """Large enough for every fate to occur."""
    return invent(20_000, 7, PERIOD)


@pytest.fixture(scope="session")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> tuple[City, Path]:
    """A small city with its deliveries and truth on disk, and the folder they are in."""
    folder = tmp_path_factory.mktemp("city")
    small = invent(5000, 3, PERIOD)
    write_deliveries(small, folder / "inbox", PERIOD)
    write_truth(small, folder / "truth")
    return small, folder
