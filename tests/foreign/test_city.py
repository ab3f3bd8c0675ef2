"""The invented city is well formed: otherwise its judgement of the pipeline is worth nothing."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.foreign.city import build
from tests.foreign.identifiers import valid
from tests.foreign.judge import Truth
from tests.foreign.people import FINDINGS, City


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, City]:
    out = tmp_path_factory.mktemp("foreign")
    return out, build(out, 400, 7)


def test_every_number_is_valid_and_of_a_region_assigned_to_nobody(built):
    _, city = built
    assert all(valid(p.id_number) and p.id_number.startswith("98") for p in city.people)


def test_every_workbook_opens_and_none_is_empty(built):
    out, _ = built
    with (out / "truth_files.csv").open(encoding="utf-8", newline="") as file:
        files = [row for row in csv.DictReader(file) if row["verdict"] == "readable"]
    for row in files:
        content = (out / row["path"]).read_bytes()
        if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
            book = CalamineWorkbook.from_path(out / row["path"])
            assert sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names) >= int(row["rows"])
        else:
            assert len(content) > 60 * int(row["rows"])


def test_the_same_seed_invents_the_same_truth(built, tmp_path):
    out, _ = built
    build(tmp_path, 400, 7)
    assert (tmp_path / "truth.csv").read_bytes() == (out / "truth.csv").read_bytes()


def test_every_finding_is_expected_of_somebody_and_everybody_is_recognised(built):
    out, _ = built
    truth = Truth(out / "truth.csv")
    assert all(truth.expected[finding] for finding in FINDINGS)
    for key, person in truth.people.items():
        assert (
            truth.who(
                {
                    "name": person["name"],
                    "id_number": person["id_number"],
                    "birth_date": "",
                    "school_code": "",
                    "school_name": "",
                    "grade": "",
                    "class_no": "",
                }
            )
            == key
        )
