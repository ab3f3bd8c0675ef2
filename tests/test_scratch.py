import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from flows.scratch import scratch, sweep

ROOT = Path(__file__).parent.parent
STAY = """
import sys, time
from flows.scratch import scratch
with scratch("check") as folder:
    (folder / "张三.csv").write_text("x", encoding="utf-8")
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("TEMP", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    tempfile.tempdir = None


def stay():
    process = subprocess.Popen([sys.executable, "-c", STAY], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return process, Path(process.stdout.readline().strip())


def test_it_is_gone_at_the_end_and_also_after_an_error(own):
    with pytest.raises(ValueError, match="bad"), scratch("check") as folder:
        (folder / "x").write_text("x")
        assert folder.parent.stat().st_mode & 0o077 == 0 or os.name == "nt"
        raise ValueError("bad")
    assert list(own.iterdir()) == []


def test_what_a_killed_command_left_is_swept_and_what_one_at_work_needs_is_not(own):
    killed, left = stay()
    working, needed = stay()
    try:
        killed.kill()
        killed.wait()
        assert left.exists(), "so far nobody swept"
        with scratch("link"):
            assert not left.parent.exists()
            assert (needed / "张三.csv").exists()
    finally:
        working.kill()
        working.wait()
    sweep()
    assert list(own.iterdir()) == []


def test_folders_of_others_and_links_are_left_alone(own):
    (own / "baoxue-scratch-other").mkdir()
    (own / "baoxue-scratch-other" / "x").touch()
    away = own / "away"
    (away / "work").mkdir(parents=True)
    try:
        (own / "baoxue-scratch-link").symlink_to(away, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    sweep()
    assert (away / "work").is_dir()
    assert (own / "baoxue-scratch-other" / "x").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in other ways")
def test_the_next_command_sweeps_what_a_killed_check_left(own):
    delivery = own / "a.csv"
    delivery.write_text("学校名称,姓名,身份证件号\n第一小学,张三,990101201501010016\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "flows.command", "check", str(delivery)]
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 300
    while not list(own.glob("baoxue-scratch-check-*/work")):
        assert running.poll() is None and time.monotonic() < limit
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert list(own.glob("baoxue-scratch-check-*"))
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=600)
    assert not list(own.glob("baoxue-scratch-check-*"))
