"""Every file of the county is opened as a thief would: the text of every part of the archive, whatever it is for."""

import html
import json
import re
import zipfile

import pytest

from transforms.lists.deliver import routes_table
from transforms.lists.offices import FULL_NUMBER

GROUPS = ("低保", "留守", "残疾")


def every_word(path):
    """All text of a file: sheets, hidden ones too, documents, properties, comments, headers."""
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    # a run of Word or Excel may cut a word in two
    return html.unescape("\n".join(re.sub(r"</?(?:w:|)(?:r|t|rPr|rFonts|sz)\b[^>]*>", "", part) for part in parts))


@pytest.fixture(scope="module")
def opened(delivered):
    """Each file handed out with its line of the manifest and its text."""
    found = []
    for manifest in delivered.outbox.glob("*/manifest.json"):
        for line in json.loads(manifest.read_text(encoding="utf-8"))["files"]:
            path = manifest.parent / line["file"]
            found.append((path, line, every_word(path)))
    return found


@pytest.fixture(scope="module")
def known(delivered):
    """The children each office is told of: by its lists, and by the ledger of dropouts of its school."""
    told = {}
    delivered.engine.put("list_routes", routes_table())
    delivered.engine.build("list_facts", "list_places")
    for row in delivered.engine.rows("list_places").to_pylist():
        told.setdefault((row["recipient"], row["unit_code"]), set()).add(row["child_id"])
    for row in delivered.engine.rows("ledger_dropouts").to_pylist():
        told.setdefault(("school", row["school_code"]), set()).add(row["child_id"])
    return told


@pytest.fixture(scope="module")
def children(delivered):
    return {row["child_id"]: row for row in delivered.engine.rows("children").to_pylist()}


def test_no_file_names_a_child_its_office_is_not_told_of(opened, known, children):
    named = 0
    for path, line, text in opened:
        own = (
            set(children) if line["recipient"] == "county" else known.get((line["recipient"], line["unit_code"]), set())
        )
        for child_id, child in children.items():
            if child["name"] in text:
                named += 1
                assert line["personal"] and child_id in own, (path.name, child_id)
    assert named > len(children)


def test_whole_numbers_are_in_files_of_the_police_only(opened, children):
    numbers = [child["id_number"] for child in children.values() if child["id_number"]]
    holders = {
        line["recipient"] for _, line, text in opened
        if any(number in text for number in numbers) or FULL_NUMBER.search(re.sub(r"<[^>]*>", " ", text))
    }  # fmt: skip
    assert holders == {"police"}


def test_telephones_addresses_and_families_are_for_those_who_visit_or_keep_the_register(opened, children):
    holders = {"phone": {"township"}, "address": {"township", "police", "county"},
               "guardian_name": {"township", "police", "county"}}  # fmt: skip
    for field, offices in holders.items():
        values = [child[field] for child in children.values() if child[field]]
        for path, line, text in opened:
            if any(re.search(rf"(?<![\w]){value}(?![\w])", text) for value in values):
                assert line["recipient"] in offices, (field, path.name)


def test_priority_groups_are_named_to_offices_that_arrange_aid_only(opened):
    for path, line, text in opened:
        if any(group in text for group in GROUPS):
            assert line["recipient"] in ("county", "township"), path.name


def test_what_is_for_everybody_names_no_case_either(opened):
    public = [(path, text) for path, line, text in opened if not line["personal"]]
    assert {path.suffix for path, _ in public} == {".xlsx", ".docx", ".html"}
    for path, text in public:
        assert "CASE-" not in text, path.name


def test_no_key_of_the_lake_leaves_it(opened, delivered):
    """A child_id would let two offices join their lists."""
    with_keys = delivered.engine.rows("letters").schema.names
    assert "child_id" in with_keys
    for path, _, text in opened:
        assert "child_id" not in text and "record_id" not in text, path.name
