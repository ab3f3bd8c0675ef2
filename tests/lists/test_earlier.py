import json
from datetime import date
from hashlib import sha256

import openpyxl
import pytest

from tests.lists.city import city
from tests.lists.test_letters import said
from transforms.lake import as_json
from transforms.lists.dated import DAY
from transforms.lists.deliver import deliver_lists
from transforms.lists.earlier import Earlier, earlier_files, recorded

TODAY, TOMORROW = date(2026, 10, 9), date(2026, 10, 10)


def delivered(folder, as_of, earlier=None, password=None, **more):
    """The files of one night, which of them stand from before, and what the next night is told."""
    told, standing = {}, set()

    def stands(place, file):
        told[place] = Earlier(folder / place, file.decided_by, file.made_on, file.sha256)
        if file.taken_over:
            standing.add(place)

    with city(folder.with_name(f"{folder.name}-run")) as engine:
        deliver_lists(
            engine, folder, period="2026-09", as_of=as_of, password_of=password, earlier=earlier, stands=stands, **more
        )
    (folder / "record.json").write_text(as_json(recorded(told)), encoding="utf-8")
    return told, standing, earlier_files(folder / "record.json", folder)


def headings(path):
    """Where a list says since when it stands: of a workbook in every sheet people see."""
    if path.suffix == ".html":
        return [path.read_text(encoding="utf-8")]
    if path.suffix == ".docx":
        return [said(path)]
    return [sheet["A2"].value for sheet in openpyxl.load_workbook(path) if sheet.sheet_state == "visible"]


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    folder = tmp_path_factory.mktemp("earlier") / "today"
    return folder, *delivered(folder, TODAY)


def test_the_record_gives_back_what_it_was_told(today):
    _, told, _, kept = today
    assert kept == told


@pytest.mark.parametrize("day", [TODAY, TOMORROW])
def test_what_says_nothing_new_stands_as_it_is(today, tmp_path, day):
    folder, told, _, kept = today
    again, standing, _ = delivered(tmp_path / "again", day, kept)
    assert standing == set(told)
    assert again.keys() == told.keys()
    assert {one.made_on for one in again.values()} == {TODAY}
    assert all((tmp_path / "again" / place).read_bytes() == (folder / place).read_bytes() for place in told)


def test_every_list_says_since_when_it_stands(today):
    folder, told, *_ = today
    for place in told:
        day = "2026年10月9日" if place.endswith(".docx") else "制表日期：2026-10-09"
        days = headings(folder / place)
        assert all(day in heading for heading in days), place
        assert DAY not in "".join(days), place


def test_what_is_handed_out_bears_the_day_it_is_and_nothing_else_does(today, tmp_path):
    folder, told, _, kept = today
    kinds = ("核实名单", "入学通知书", "看板")
    night, standing, _ = delivered(tmp_path / "night", TOMORROW, kept, handed_out=lambda _, kind: kind in kinds)
    delivered(tmp_path / "anew", TOMORROW)
    out = {place for place in told if any(kind in place for kind in kinds)}
    assert all(any(kind in place for place in out) for kind in kinds)
    assert set(told) - standing == out
    assert {place for place, one in night.items() if one.made_on == TOMORROW} == out
    for place in told:
        like = folder if place in standing else tmp_path / "anew"
        assert (tmp_path / "night" / place).read_bytes() == (like / place).read_bytes()


def test_only_what_is_made_is_noted_and_the_manifest_tells_the_day_of_each(today, tmp_path):
    _, told, _, kept = today
    noted = []
    delivered(
        tmp_path / "night", TOMORROW, kept, handed_out=lambda _, kind: kind == "核查台账",
        noted=lambda folder, file, _children: noted.append(f"{folder}/{file.file}"),
    )  # fmt: skip
    assert sorted(noted) == sorted(place for place in told if "核查台账" in place)
    for path in (tmp_path / "night").glob("*/manifest.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        assert manifest["as_of"] == "2026-10-10"
        for one in manifest["files"]:
            assert one["made_on"] == ("2026-10-10" if one["kind"] == "核查台账" else "2026-10-09")
            assert one["sha256"] == sha256((path.parent / one["file"]).read_bytes()).hexdigest()


def test_what_stood_is_made_anew_with_the_day_it_bore(today, tmp_path):
    folder, told, *_ = today
    delivered(tmp_path / "anew", TOMORROW, made_on={place: one.made_on for place, one in told.items()})
    assert all((tmp_path / "anew" / place).read_bytes() == (folder / place).read_bytes() for place in told)


def test_a_file_touched_or_gone_is_written_again(today, tmp_path):
    folder, told, _, kept = today
    touched, gone = sorted(place for place in told if "核实名单" in place)[:2]
    copies = {
        place: Earlier(tmp_path / str(n), one.decided_by, one.made_on, one.sha256)
        for n, (place, one) in enumerate(kept.items())
    }
    for place, one in copies.items():
        if place != gone:
            one.path.write_bytes((folder / place).read_bytes() + (b"more" if place == touched else b""))
    _, standing, _ = delivered(tmp_path / "again", TODAY, copies)
    assert set(told) - standing == {touched, gone}
    assert all((tmp_path / "again" / place).read_bytes() == (folder / place).read_bytes() for place in told)


def test_a_closed_file_stands_closed_and_is_written_anew_for_a_new_password(tmp_path):
    first, _, kept = delivered(tmp_path / "closed", TODAY, password=lambda *_: "first")
    _, standing, _ = delivered(tmp_path / "again", TOMORROW, kept, password=lambda *_: "first")
    assert standing == set(first)
    assert all((tmp_path / "again" / p).read_bytes() == (tmp_path / "closed" / p).read_bytes() for p in first)
    _, standing, _ = delivered(tmp_path / "other", TOMORROW, kept, password=lambda *_: "second")
    assert not [place for place in standing if "核实名单" in place]
    _, standing, _ = delivered(tmp_path / "open", TODAY, kept)
    assert not [place for place in standing if "核实名单" in place]


def test_where_there_are_no_hard_links_a_list_stands_as_a_copy(today, tmp_path, monkeypatch):
    def refused(*_):
        raise PermissionError

    folder, told, _, kept = today
    monkeypatch.setattr("os.link", refused)
    _, standing, _ = delivered(tmp_path / "again", TOMORROW, kept)
    assert standing == set(told)
    for place in told:
        copy = tmp_path / "again" / place
        assert copy.read_bytes() == (folder / place).read_bytes()
        assert copy.stat().st_mode & 0o777 == 0o600


def test_a_record_nobody_can_read_is_no_record(tmp_path):
    (tmp_path / "record.json").write_text('{"a": {"sha256"', encoding="utf-8")
    assert earlier_files(tmp_path / "record.json", tmp_path) == {}
