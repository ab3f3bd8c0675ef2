import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.command import main

ROOT = Path(__file__).parent.parent


def test_a_missing_inbox_is_one_sentence_and_nothing_is_written(tmp_path, capsys):
    assert main(["run", "2026-09", "--data", str(tmp_path / "none")]) == 3
    said = capsys.readouterr().err
    assert said.startswith("baoxue: nothing was handed in for 2026-09")
    assert said.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_an_empty_inbox_is_one_sentence(tmp_path, capsys):
    (tmp_path / "inbox" / "2026-09" / "990101" / "registry").mkdir(parents=True)
    assert main(["run", "2026-09", "--data", str(tmp_path)]) == 3
    assert not (tmp_path / "lake").exists()


@pytest.fixture
def delivered(tmp_path):
    folder = tmp_path / "inbox" / "2026-09" / "990101" / "registry"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("姓名\n", encoding="utf-8")
    return tmp_path


def test_an_unknown_district_is_named_with_those_there_are(delivered, capsys):
    assert main(["run", "2026-09", "--data", str(delivered), "--district", "990199"]) == 2
    said = capsys.readouterr().err
    assert "990199" in said
    assert "990101" in said
    assert not (delivered / "lake").exists()


@pytest.mark.parametrize("period", ["2026-9", "2026-13", "September", "2026-09-01"])
def test_a_malformed_period_is_one_sentence(delivered, capsys, period):
    assert main(["run", period, "--data", str(delivered)]) == 2
    assert "write the month as 2026-09" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "named"),
    [("unexcused_days = [", "cannot be read"), ("unexcused_days = 0", "unexcused_days"), ("no_such = 1", "no_such"),
     ('unexcused_days = "five"', "unexcused_days"), ("opening_autumn = '09-40'", "opening_autumn"),
     ("[openings.value]\n990101 = ['1.9.2026']", "openings")],
)  # fmt: skip
def test_an_unusable_policy_names_the_setting(delivered, capsys, text, named):
    policy = delivered / "policy.toml"
    policy.write_text(text, encoding="utf-8")
    assert main(["run", "2026-09", "--data", str(delivered), "--policy", str(policy)]) == 4
    assert named in capsys.readouterr().err
    assert not (delivered / "lake").exists()


def test_a_policy_that_is_not_there_is_one_sentence(delivered, capsys):
    assert main(["run", "2026-09", "--data", str(delivered), "--policy", str(delivered / "none.toml")]) == 4


def test_a_query_before_any_run_says_what_to_do(tmp_path, capsys):
    assert main(["query", "select 1", "--data", str(tmp_path)]) == 5
    assert "baoxue run" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run"], ["run", "2026-09", "--as-of", "yesterday"]])
def test_words_the_command_does_not_know_end_with_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: baoxue" in capsys.readouterr().err


def test_the_help_of_every_command_opens_without_loading_prefect():
    code = "import sys; from flows.command import _parser; _parser().format_help(); print('prefect' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(("settings", "chinese"), [
    ({"LANG": "zh_CN.UTF-8"}, True), ({"LANG": "en_US.UTF-8"}, False), ({}, False), ({"LC_ALL": "C", "LANG": "zh_CN"}, False),
    ({"LC_MESSAGES": "zh_TW", "LANG": "de_DE"}, True), ({"LC_ALL": "", "LANG": "zh_CN.GB18030"}, True),
])  # fmt: skip
def test_the_help_follows_the_locale(settings, chinese, monkeypatch, capsys):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    said = capsys.readouterr().out
    assert ("用法：" in said, "月份，写作 2026-09" in said) == (chinese, chinese)
    assert ("usage:" in said, "the month, as 2026-09" in said) == (not chinese, not chinese)
