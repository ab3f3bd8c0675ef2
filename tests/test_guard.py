import os

import pytest

from flows import guard
from flows.command import main

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in other ways")


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.delenv(guard.ALLOWED, raising=False)
    folder = tmp_path / "data"
    (folder / "inbox").mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "inbox").chmod(0o755)
    return folder


@posix
@pytest.mark.parametrize(
    "command", [["run", "2026-09"], ["status"], ["runs"], ["purge"], ["query", "from cases"], ["audit"]]
)
def test_a_folder_others_can_read_is_refused_with_what_to_do(data, command, capsys):
    assert main([*command, "--data", str(data)]) == 11
    said = capsys.readouterr().err
    assert f"chmod 700 {data}" in said
    assert "--open-data" in said
    assert said.count("\n") == 1


@posix
@pytest.mark.parametrize("mode", [0o710, 0o705, 0o750])
def test_a_group_that_may_enter_is_others_too(data, mode, capsys):
    data.chmod(mode)
    (data / "inbox").chmod(mode)
    assert main(["runs", "--data", str(data)]) == 11


@posix
def test_a_closed_root_closes_everything_in_it(data, capsys):
    data.chmod(0o700)
    assert main(["runs", "--data", str(data)]) == 5


@posix
def test_below_an_open_root_closed_folders_suffice(data, capsys):
    (data / "inbox").chmod(0o700)
    assert main(["runs", "--data", str(data)]) == 5


@posix
def test_the_override_goes_on_and_warns(data, capsys, monkeypatch):
    monkeypatch.setenv(guard.ALLOWED, "0")  # restored afterwards
    assert main(["runs", "--open-data", "--data", str(data)]) == 5
    assert "warning: other accounts can read" in capsys.readouterr().err


def test_on_windows_it_says_that_it_did_not_look(data, capsys, monkeypatch):
    monkeypatch.setattr(guard, "ON_WINDOWS", True)
    assert main(["runs", "--data", str(data)]) == 5
    said = capsys.readouterr().err
    assert f"not checked on Windows: whether other accounts can read {data}" in said
    monkeypatch.setenv(guard.ALLOWED, "1")
    assert main(["runs", "--data", str(data)]) == 5
    assert "Windows" not in capsys.readouterr().err
