"""A run may be killed at any moment. The bench `tests.bench.kill` does it a hundred times; here it is five."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in other ways")
def test_a_run_killed_at_any_moment_leaves_whole_results_and_nothing_else(tmp_path):
    seed = secrets.randbelow(10_000)
    print(f"seed {seed}")  # shown when it fails
    # In a process of its own: runs are forked from it, which one with DuckDB's threads must not do.
    command = [sys.executable, "-m", "tests.bench.kill", "--kills", "5", "--towns", "1", "--finish-every", "5"]
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "--seed", str(seed)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "5 kills" in done.stdout
    assert "1 next runs" in done.stdout


def alive(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc").is_dir() else True


@pytest.mark.skipif(os.name == "nt", reason="Windows ends processes in other ways")
def test_a_helper_does_not_outlive_the_one_that_started_it_even_when_that_is_killed():
    code = (
        "import subprocess, sys, time; from flows.watch import ends_with_us\n"
        "helper = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "ends_with_us(lambda: helper.pid); print(helper.pid, flush=True); time.sleep(600)"
    )
    started = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    helper = int(started.stdout.readline())
    assert alive(helper)
    time.sleep(0.5)
    started.kill()
    started.wait()
    deadline = time.monotonic() + 300
    while alive(helper) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive(helper)
