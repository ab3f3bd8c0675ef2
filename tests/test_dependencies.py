"""No pinned dependency is one with a known hole.

`tests/advisories.csv` was written from memory on 2026-11-23 for what requirements.txt pins: no advisory service could be
reached (pip-audit 2.10.1 found no package at the registry it was made with), so it is surely not complete, and a number
in it may be wrong. Whoever renews the requirements renews the list, and where the network allows it runs
`pip-audit -r requirements.txt` as well.
"""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).parent.parent
COMPILED = date(2026, 11, 23)
ADVISORIES = list(csv.DictReader((ROOT / "tests" / "advisories.csv").open(encoding="utf-8")))


def pinned(text):
    return {
        name.lower().replace("_", "-"): version for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.M)
    }


def affected(pins, advisories=ADVISORIES):
    return [
        f"{one['package']} {pins[one['package']]}: {one['advisory']} ({one['what']}), fixed in {one['fixed_in']}"
        for one in advisories
        if one["package"] in pins and Version(one["from"]) <= Version(pins[one["package"]]) < Version(one["fixed_in"])
    ]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_no_pinned_version_has_a_known_hole(name):
    assert affected(pinned((ROOT / name).read_text(encoding="utf-8"))) == []


def test_a_version_with_a_known_hole_is_named():
    assert affected({"jinja2": "3.1.5"}) == [
        "jinja2 3.1.5: CVE-2025-27516 (way out of the sandbox through attr), fixed in 3.1.6"
    ]
    assert affected({"jinja2": "3.1.6", "pillow": "11.1.0"}) == []


def test_the_list_names_no_address_and_every_advisory_once():
    text = (ROOT / "tests" / "advisories.csv").read_text(encoding="utf-8")
    assert "://" not in text
    keys = [(one["package"], one["from"], one["advisory"]) for one in ADVISORIES]
    assert len(keys) == len(set(keys))
    assert f"{COMPILED:%Y-%m-%d}" in __doc__
