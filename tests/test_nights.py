"""Night after night on one data folder: every night gives what a run from nothing gives, and does little of it again.

The oracle of a night is a run from nothing on its day whose lists bear the days they bore the night before: a list that
comes out as it lies there says nothing new and must stand; any other must be as it came out, but for the day, today's.
"""

import json
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from expectations.handouts import BY_CODE
from flows import stages
from flows.history import make_anew
from tests.demo_answers import answer_lists
from tests.runs import PERIOD, contents
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.truth import write_truth
from transforms.lake import STANDING, Lake
from transforms.lists import earlier, papers
from transforms.lists.dated import day_in_words
from transforms.lists.handout import FOLDER
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


def lists_are_handed_out(town):
    town.hand_out = True


NIGHTS = (
    ("the next day", as_it_was, SATURDAY),
    ("a delivery is changed", a_delivery_is_changed, SATURDAY),
    ("answers, templates, a touched list", answers_templates_and_a_touched_list, SATURDAY),
    ("the policy is changed and deadlines pass", the_policy_is_changed, NOVEMBER),
    ("nothing is new and lists are handed out", lists_are_handed_out, NOVEMBER + timedelta(days=1)),
)
STAGES = (
    stages.take_in, stages.link_records, stages.form_children, stages.find, stages.follow_cases, stages.deliver_lists,
    stages.publish, stages.hand_out,
)  # fmt: skip


class Town:
    """A data folder, the policy it is run with, the templates a clerk may edit, whether lists are handed out."""

    def __init__(self, root: Path) -> None:
        self.root, self.policy, self.templates, self.hand_out = root, None, root / "templates", False

    def night(self, as_of: date) -> dict:
        return self._run(self.root, as_of, hand_out=self.hand_out)

    def from_nothing(self, as_of: date, bearing: dict[str, date]) -> tuple[dict, dict[str, bytes]]:
        """What a run in a folder of its own takes over and gives, its lists ``bearing`` these days."""
        fresh = self.root.with_name("fresh")
        shutil.copytree(self.root / "inbox", fresh / "inbox")
        (fresh / "lake").mkdir()
        shutil.copyfile(Lake(self.root).key_file, Lake(fresh).key_file)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stages, "_days_borne", lambda _run: bearing)
            manifest = self._run(fresh, as_of)
        result = manifest["reused"], given(fresh)
        shutil.rmtree(fresh)
        return result

    def days_borne(self) -> dict[str, date]:
        lake = Lake(self.root)
        told = json.loads((lake.current(PERIOD) / STANDING).read_text(encoding="utf-8"))
        return {place: date.fromisoformat(one["made_on"]) for place, one in told.items()}

    def _run(self, root: Path, as_of: date, hand_out: bool = False) -> dict:
        wanted = stages.prepared(PERIOD, None, root, self.policy, as_of, quiet=True, hand_out=hand_out)
        with stages.beginning(wanted) as run:
            for stage in STAGES:
                stage(run)
        return Lake(root).manifest(Lake(root).current(PERIOD))


@dataclass(frozen=True)
class Night:
    """One night: its day, what it took over and gave, the days its lists bear, and what the oracle took over and gave."""

    as_of: date
    reused: dict
    given: dict[str, bytes]
    days: dict[str, date]
    given_before: dict[str, bytes]
    days_before: dict[str, date]
    reused_from_nothing: dict
    from_nothing: dict[str, bytes]

    def lists(self):
        return sorted(self.days)

    def made(self):
        return {place for place, day in self.days.items() if day == self.as_of != self.days_before.get(place)}


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    root = tmp_path_factory.mktemp("nights")
    town, invented = Town(root / "town"), invent(250, 23, PERIOD)
    write_deliveries(invented, town.root / "inbox", PERIOD)
    write_truth(invented, town.root / "truth")
    shutil.copytree(reference_file("templates/疑似辍学学生情况通报.docx").parent, town.templates)
    with pytest.MonkeyPatch.context() as patch:
        for module in (earlier, papers):
            patch.setattr(module, "reference_file", lambda name: town.root / name)
        yield town


@pytest.fixture(scope="module")
def nights(town):
    told = {}
    town.night(FRIDAY)
    for title, change, as_of in NIGHTS:
        change(town)
        before = given(town.root), town.days_borne()
        reused = town.night(as_of)["reused"]
        told[title] = Night(
            as_of, reused, given(town.root), town.days_borne(), *before, *town.from_nothing(as_of, before[1])
        )
    return told


def given(root):
    """Every table, and every list of the latest run: what was handed out lies apart."""
    _, tables = Lake(root).opened(PERIOD)
    outbox = Lake(root).outbox(PERIOD)
    lists = (path for path in outbox.rglob("*") if path.is_file() and FOLDER not in path.parts)
    return contents(tables) | {path.relative_to(outbox).as_posix(): path.read_bytes() for path in lists}


def undated(content: bytes, day: date) -> bytes | dict[str, bytes]:
    """A file, or the parts of one, without the day it bears."""
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {name: undated(archive.read(name), day) for name in archive.namelist()}
    for said in (f"制表日期：{day.isoformat()}", day_in_words(day)):
        content = content.replace(said.encode(), b"the day")
    return content


ALL = pytest.mark.parametrize("title", [title for title, _, _ in NIGHTS])


@ALL
def test_a_night_gives_byte_for_byte_the_tables_of_a_run_from_nothing(nights, title):
    night = nights[title]
    assert sorted(night.given) == sorted(night.from_nothing)
    tables = [name for name in night.given if name.endswith(".parquet")]
    assert tables
    assert [name for name in tables if night.given[name] != night.from_nothing[name]] == []


@ALL
def test_what_says_nothing_new_stands_and_all_else_is_as_made_from_nothing_today(nights, title):
    night = nights[title]
    handed_out = kinds_of("check", "report", "month") if "handed out" in title else ()
    for place in night.lists():
        came_out, borne = night.from_nothing[place], night.days_before.get(place, night.as_of)
        if came_out == night.given_before.get(place) and not any(f"{kind}_" in place for kind in handed_out):
            assert night.given[place] == came_out, place
            assert night.days[place] == borne, place
        else:
            assert night.days[place] == (borne if came_out == night.given[place] else night.as_of), place
            assert undated(night.given[place], night.days[place]) == undated(came_out, borne), place


@ALL
def test_every_manifest_tells_the_days_and_hashes_of_what_lies_beside_it(nights, title):
    night = nights[title]
    told = {}
    for name, content in night.given.items():
        if name.endswith("manifest.json"):
            manifest = json.loads(content)
            assert manifest["as_of"] == night.as_of.isoformat()
            told |= {f"{manifest['district']}/{one['file']}": one for one in manifest["files"]}
    assert sorted(told) == night.lists()
    for place, one in told.items():
        assert one["made_on"] == night.days[place].isoformat()
        assert one["sha256"] == sha256(night.given[place]).hexdigest()


def test_a_run_from_nothing_takes_nothing_over(nights):
    for night in nights.values():
        assert {what: one["reused"] for what, one in night.reused_from_nothing.items()} == {
            "files": 0, "understood_rows": 0, "checked_rows": 0, "settled_files": 0, "linked_records": 0, "lists": 0,
        }  # fmt: skip


def test_the_next_day_all_stands(nights):
    night = nights["the next day"]
    reused = night.reused
    assert reused["files"]["reused"] == reused["files"]["of"]
    for rows in ("understood_rows", "checked_rows"):
        assert reused[rows]["reused"] == reused[rows]["of"] > 0
    assert reused["settled_files"]["reused"] == reused["settled_files"]["of"] == reused["files"]["of"]
    assert reused["linked_records"]["reused"] == reused["linked_records"]["of"] > 0
    assert reused["lists"]["reused"] == reused["lists"]["of"] == len(night.days)
    assert night.made() == set()
    assert any(
        "未报送考勤" in place for place in night.days
    )  # a class whose sheet is late: since when, not how many days


def test_a_family_is_given_no_new_date_for_a_night_that_changes_nothing(nights):
    letters = [place for place in nights["the next day"].lists() if "通知书" in place]
    assert letters
    assert {nights["the next day"].days[place] for place in letters} == {FRIDAY}


def test_a_changed_delivery_alone_is_read_interpreted_and_checked_again(nights):
    reused = nights["a delivery is changed"].reused
    assert reused["files"]["of"] - reused["files"]["reused"] == 1
    for rows in ("understood_rows", "checked_rows"):
        assert 0 < reused[rows]["of"] - reused[rows]["reused"] < reused[rows]["of"] / 2
    assert 0 < reused["settled_files"]["reused"] < reused["settled_files"]["of"]
    assert 0 < reused["lists"]["reused"] < reused["lists"]["of"]


def test_links_stand_unless_a_record_an_answer_or_a_setting_they_are_made_of_has_changed(nights):
    stood = {title for title, night in nights.items() if night.reused["linked_records"]["reused"]}
    assert stood == {
        "the next day", "the policy is changed and deadlines pass", "nothing is new and lists are handed out",
    }  # fmt: skip


def test_a_touched_list_is_written_again(nights):
    night = nights["answers, templates, a touched list"]
    touched = [place for place in night.lists() if "核实名单" in place and place.endswith(".xlsx")]
    assert touched
    assert not [place for place in touched if night.given[place].endswith(b"touched")]
    assert 0 < night.reused["lists"]["reused"] < night.reused["lists"]["of"]


def test_what_is_handed_out_bears_that_day_and_what_is_not_keeps_its_own(nights, town):
    night = nights["nothing is new and lists are handed out"]
    outbox = Lake(town.root).outbox(PERIOD)
    copies = [path for path in (outbox / FOLDER).rglob("*") if path.is_file() and path.name != "manifest.json"]
    assert {path.relative_to(outbox).parts[1].split("_")[1] for path in copies} == {
        "十日核查",
        "十五日报告",
        "一个月报告",
    }
    for path in copies:
        place = path.relative_to(outbox / FOLDER).as_posix().partition("/")[2]
        assert path.read_bytes() == night.given[place]
        assert night.days[place] == night.as_of
    apart = set(night.days) - {path.relative_to(outbox / FOLDER).as_posix().partition("/")[2] for path in copies}
    assert all(night.days[place] == night.days_before[place] for place in apart)


def test_a_night_most_of_whose_lists_stood_is_made_anew_byte_for_byte(nights, town, capsys):
    run = Lake(town.root).history(PERIOD)[-2]
    assert run["standing_since"]
    assert make_anew(town.root, PERIOD, run["run"], quiet=True) == 0
    assert "byte for byte the same" in capsys.readouterr().out


def kinds_of(*handouts):
    return [kind for code in handouts for kind in BY_CODE[code].kinds]
