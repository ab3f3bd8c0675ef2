"""Night after night on one data folder: every night gives what a run from nothing gives, and does little of it again."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from flows import stages
from tests.demo_answers import answer_lists
from tests.runs import PERIOD, contents
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.truth import write_truth
from transforms.lake import Lake
from transforms.lists import earlier, papers
from transforms.reference import reference_file

FRIDAY, SATURDAY, NOVEMBER = date(2026, 10, 9), date(2026, 10, 10), date(2026, 11, 2)


def as_it_was(_town):
    pass


def a_delivery_is_changed(town):
    path = next(
        path for path in sorted((town.root / "inbox").rglob("*.csv")) if len(path.read_bytes().splitlines()) > 9
    )
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-3]))


def the_policy_is_changed(town):
    town.policy = town.root / "policy.toml"
    town.policy.write_text('[answer_days]\nvalue = 3\ncitation = "test"\n', encoding="utf-8")


def answers_come_in(town):
    inbox = town.root / "inbox" / PERIOD
    given = answer_lists(Lake(town.root), PERIOD, town.root / "truth", inbox, SATURDAY)
    assert given


def the_template_is_changed(town):
    for template in town.templates.glob("*.docx"):
        with zipfile.ZipFile(template) as old:
            parts = [(part, old.read(part)) for part in old.infolist()]
        with zipfile.ZipFile(template, "w") as new:
            for part, content in parts:
                new.writestr(part, content.replace("。".encode(), "！".encode()))


def a_list_is_touched(town):
    for path in (town.root / "outbox").rglob("*核实名单*.xlsx"):
        with path.open("ab") as file:
            file.write(b"touched")


def answers_templates_and_a_touched_list(town):
    answers_come_in(town)
    the_template_is_changed(town)
    a_list_is_touched(town)


NIGHTS = (
    ("the next day", as_it_was, SATURDAY),
    ("a delivery is changed", a_delivery_is_changed, SATURDAY),
    ("answers, templates, a touched list", answers_templates_and_a_touched_list, SATURDAY),
    ("the policy is changed and deadlines pass", the_policy_is_changed, NOVEMBER),
)


class Town:
    """A data folder, the policy it is run with and the templates a clerk may edit."""

    def __init__(self, root: Path) -> None:
        self.root, self.policy, self.templates = root, None, root / "templates"

    def run(self, root: Path, as_of: date) -> dict:
        wanted = stages.prepared(PERIOD, None, root, self.policy, as_of, quiet=True)
        with stages.beginning(wanted) as run:
            for stage in (stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases,
                          stages.deliver_lists, stages.publish):  # fmt: skip
                stage(run)
        return Lake(root).manifest(Lake(root).current(PERIOD))


@pytest.fixture(scope="module")
def nights(tmp_path_factory):
    """Every night's tables, lists and what it took over, and the tables and lists of a run from nothing that day."""
    root = tmp_path_factory.mktemp("nights")
    town, invented = Town(root / "town"), invent(250, 23, PERIOD)
    write_deliveries(invented, town.root / "inbox", PERIOD)
    write_truth(invented, town.root / "truth")
    shutil.copytree(reference_file("templates/疑似辍学学生情况通报.docx").parent, town.templates)
    told = {}
    with pytest.MonkeyPatch.context() as patch:
        for module in (earlier, papers):
            patch.setattr(module, "reference_file", lambda name: town.root / name)
        town.run(town.root, FRIDAY)
        for title, change, as_of in NIGHTS:
            change(town)
            fresh = root / "fresh"
            shutil.copytree(town.root / "inbox", fresh / "inbox")
            (fresh / "lake").mkdir()
            shutil.copyfile(Lake(town.root).key_file, Lake(fresh).key_file)
            told[title] = (
                town.run(town.root, as_of)["reused"],
                given(town.root),
                town.run(fresh, as_of)["reused"],
                given(fresh),
            )
            shutil.rmtree(fresh)
    return told


def given(root):
    _, tables = Lake(root).opened(PERIOD)
    outbox = Lake(root).outbox(PERIOD)
    return contents(tables) | {
        path.relative_to(outbox).as_posix(): path.read_bytes() for path in outbox.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("title", [title for title, _, _ in NIGHTS])
def test_a_night_gives_byte_for_byte_what_a_run_from_nothing_gives(nights, title):
    _, of_night, _, from_nothing = nights[title]
    assert sorted(of_night) == sorted(from_nothing)
    assert [name for name in of_night if of_night[name] != from_nothing[name]] == []


def test_a_run_from_nothing_takes_nothing_over(nights):
    for _, _, reused, _ in nights.values():
        assert {what: one["reused"] for what, one in reused.items()} == {
            "files": 0, "understood_rows": 0, "checked_rows": 0, "lists": 0,
        }  # fmt: skip


def test_the_next_day_workbooks_are_taken_over_but_for_those_that_count_days(nights):
    reused, of_night, *_ = nights["the next day"]
    assert reused["files"]["reused"] == reused["files"]["of"]
    for rows in ("understood_rows", "checked_rows"):
        assert reused[rows]["reused"] == reused[rows]["of"] > 0
    books = sum(name.endswith(".xlsx") for name in of_night)
    assert 0.9 * books < reused["lists"]["reused"] <= books  # a class whose sheet is late is later by a day


def test_a_changed_delivery_alone_is_read_interpreted_and_checked_again(nights):
    reused, *_ = nights["a delivery is changed"]
    assert reused["files"]["of"] - reused["files"]["reused"] == 1
    for rows in ("understood_rows", "checked_rows"):
        assert 0 < reused[rows]["of"] - reused[rows]["reused"] < reused[rows]["of"] / 2
    assert 0 < reused["lists"]["reused"] < reused["lists"]["of"]


def test_a_touched_list_is_written_again(nights):
    reused, *_ = nights["answers, templates, a touched list"]
    assert 0 < reused["lists"]["reused"] < reused["lists"]["of"]
