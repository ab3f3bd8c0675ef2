import os
import stat

import pytest

from flows.passwords import Passwords
from flows.stages import passwords
from transforms.intake.inbox import delivery_of_file
from transforms.intake.reading import _passwords
from transforms.lake import Lake


def test_an_office_keeps_its_password_and_every_office_has_another(tmp_path):
    first = Passwords(tmp_path / "passwords.csv")
    made = [first.of("990101", "school", code, "一小") for code in ("21", "31", "21")]
    first.save()
    assert made[0] == made[2] != made[1]
    assert Passwords(tmp_path / "passwords.csv").of("990101", "school", "21", "一小") == made[0]


def test_a_password_a_clerk_wrote_is_the_one_in_force(tmp_path):
    kept = Passwords(tmp_path / "passwords.csv")
    made = kept.of("990101", "school", "21", "=一小")
    kept.save()
    path = tmp_path / "passwords.csv"
    assert "'=一小" in path.read_text(encoding="utf-8-sig")
    path.write_text(path.read_text(encoding="utf-8-sig").replace(made, "own-words"), encoding="utf-8")
    assert Passwords(path).of("990101", "school", "21", "=一小") == "own-words"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps access in lists, not in modes")
def test_the_passwords_are_for_their_owner_only(tmp_path):
    kept = Passwords(tmp_path / "passwords.csv")
    kept.of("990101", "school", "21", "一小")
    kept.save()
    assert stat.S_IMODE((tmp_path / "passwords.csv").stat().st_mode) == 0o600


def test_a_returned_list_is_opened_with_its_offices_password_first(tmp_path, monkeypatch):
    kept = Passwords(tmp_path / "lake" / "passwords.csv")
    (tmp_path / "lake").mkdir()
    made = {name: kept.of("990101", "school", name, name) for name in ("一小", "第一小", "中学", "=怪校")}
    other = kept.of("990102", "school", "一小", "一小")
    kept.save()
    (tmp_path / "more.txt").write_text("from-the-file\n", encoding="utf-8")
    monkeypatch.setenv("BAOXUE_PASSWORDS", str(tmp_path / "more.txt"))
    known = passwords(Lake(tmp_path))
    for name, password in made.items():
        path = tmp_path / f"（退回）990101_{name}_核实名单_2026-09.xlsx"
        path.touch()
        tried = _passwords(delivery_of_file(path, "2026-09", "answers", "990101"), known)
        assert tried[0] == password and set(tried) == {*made.values(), other, "from-the-file"}
        assert tried.index(other) > max(tried.index(p) for p in made.values())
