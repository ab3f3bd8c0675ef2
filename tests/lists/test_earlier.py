from datetime import date

import openpyxl
import pytest

from tests.lists.city import city
from transforms.lake import as_json
from transforms.lists.deliver import deliver_lists
from transforms.lists.earlier import Earlier, earlier_files, recorded

TODAY, TOMORROW = date(2026, 10, 9), date(2026, 10, 10)


def delivered(folder, as_of, earlier=None, password=None):
    """The files of one night, which of them were taken over, and what the next night is told."""
    told, taken = {}, set()

    def stands(place, day, file):
        told[place] = Earlier(folder / place, file.decided_by, day, file.sha256)
        if file.taken_over:
            taken.add(place)

    with city(folder.with_name(f"{folder.name}-run")) as engine:
        deliver_lists(
            engine, folder, period="2026-09", as_of=as_of, password_of=password, earlier=earlier, stands=stands
        )
    (folder / "record.json").write_text(as_json(recorded(told)), encoding="utf-8")
    return told, taken, earlier_files(folder / "record.json", folder)


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    folder = tmp_path_factory.mktemp("earlier") / "today"
    return folder, *delivered(folder, TODAY)


def test_the_record_gives_back_what_it_was_told(today):
    _, told, _, kept = today
    assert kept == told


def test_on_the_same_day_every_file_is_taken_over_as_it_is(today, tmp_path):
    folder, told, _, kept = today
    _, taken, _ = delivered(tmp_path / "again", TODAY, kept)
    assert taken == set(told)
    assert all((tmp_path / "again" / place).read_bytes() == (folder / place).read_bytes() for place in told)


def test_the_next_day_a_workbook_is_taken_over_with_the_day_of_its_data_and_equals_one_written(today, tmp_path):
    _, told, _, kept = today
    _, taken, _ = delivered(tmp_path / "next", TOMORROW, kept)
    delivered(tmp_path / "anew", TOMORROW)
    [ledger] = [place for place in taken if "核查台账" in place]
    assert all((tmp_path / "next" / place).read_bytes() == (tmp_path / "anew" / place).read_bytes() for place in told)
    heading = openpyxl.load_workbook(tmp_path / "next" / ledger)["汇总"]["A2"].value
    assert "数据截至：2026-10-10" in heading


def test_a_file_touched_or_gone_is_written_again(today, tmp_path):
    folder, told, _, kept = today
    touched, gone = sorted(place for place in told if "核实名单" in place)[:2]
    copies = {
        place: Earlier(tmp_path / str(n), one.decided_by, one.as_of, one.sha256)
        for n, (place, one) in enumerate(kept.items())
    }
    for place, one in copies.items():
        if place != gone:
            one.path.write_bytes((folder / place).read_bytes() + (b"more" if place == touched else b""))
    _, taken, _ = delivered(tmp_path / "again", TODAY, copies)
    assert set(told) - taken == {touched, gone}
    assert all((tmp_path / "again" / place).read_bytes() == (folder / place).read_bytes() for place in told)


def test_a_closed_file_is_taken_over_closed_and_written_anew_for_a_new_password(tmp_path):
    _, _, kept = delivered(tmp_path / "closed", TODAY, password=lambda *_: "first")
    _, taken, _ = delivered(tmp_path / "again", TOMORROW, kept, password=lambda *_: "first")
    lists = [place for place in taken if "核实名单" in place]
    assert lists
    assert all((tmp_path / "again" / p).read_bytes() == (tmp_path / "closed" / p).read_bytes() for p in lists)
    _, taken, _ = delivered(tmp_path / "other", TOMORROW, kept, password=lambda *_: "second")
    assert not [place for place in taken if "核实名单" in place]
    _, taken, _ = delivered(tmp_path / "open", TODAY, kept)
    assert not [place for place in taken if "核实名单" in place]


def test_a_record_nobody_can_read_is_no_record(tmp_path):
    (tmp_path / "record.json").write_text('{"a": {"sha256"', encoding="utf-8")
    assert earlier_files(tmp_path / "record.json", tmp_path) == {}
