"""Disk full, memory short, share away: earlier results stand, one sentence says why, the next run gives the same rows."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from expectations.errors import OutOfRoom, Unreachable
from flows import stages
from flows.room import out_of_room
from tests.runs import AS_OF, PERIOD, contents, run_once
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.intake.inbox import find_deliveries
from transforms.lake import STANDING, Lake

ROOT = Path(__file__).parent.parent
LIMITED = """
import resource, signal, sys
from pathlib import Path
from expectations.errors import OutOfRoom
from flows import stages
from tests.runs import run_once
if __name__ == "__main__":
    limit, size = sys.argv[2], int(sys.argv[3])
    if limit == "disk":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    else:  # the database's own: what the system grants depends on libraries and on what else runs
        stages.MEMORY, stages.MEMORY_A_BYTE = size, 0
    try:
        run_once(Path(sys.argv[1]))
    except OutOfRoom as error:
        print(error); sys.exit(10)
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    root = tmp_path_factory.mktemp("town")
    write_deliveries(invent(200, 11, PERIOD), root / "inbox", PERIOD)
    return root, contents(run_once(root))


def limited(root, limit, size):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", LIMITED, str(root), limit, str(size)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="needs the limits of Linux")
@pytest.mark.parametrize(("limit", "size"), [("disk", 30_000), ("memory", 2_000_000)])
def test_without_room_the_earlier_results_stand_and_the_next_run_gives_the_same_rows(town, limit, size):
    root, rows = town
    shutil.rmtree(Lake(root).intake_cache, ignore_errors=True)
    (Lake(root).current(PERIOD) / STANDING).unlink()  # all lists are to be written again
    before = {p: p.read_bytes() for p in (root / "outbox").rglob("*") if p.is_file()}
    done = limited(root, limit, size)
    assert done.returncode == 10, done.stderr[-2000:]
    assert limit in done.stdout
    assert "earlier results stand" in done.stdout
    assert not list((root / "lake" / PERIOD / "runs").glob(".*"))
    assert Lake(root).history(PERIOD)[-1]["state"] == "failed"
    assert contents(Lake(root).opened(PERIOD)[1]) == rows
    assert {p: p.read_bytes() for p in (root / "outbox").rglob("*") if p.is_file()} == before
    assert contents(run_once(root)) == rows
    assert not list((root / "lake" / PERIOD / "runs").glob(".*"))
    assert {told["state"] for told in Lake(root).history(PERIOD)} <= {"published", "failed", "interrupted"}


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EFBIG, "File too large"),
        duckdb.IOException("Could not write file: No space left on device"),
        duckdb.OutOfMemoryException("failed to allocate; could not allocate block"),
        MemoryError(),
        pa.ArrowMemoryError("malloc of size 64 failed"),
        RuntimeError("can't start new thread"),
    ],
)
def test_every_library_s_word_for_it_is_known(error):
    assert isinstance(out_of_room(error), OutOfRoom)
    wrapped = RuntimeError("a stage failed")
    wrapped.__cause__ = error
    assert isinstance(out_of_room(wrapped), OutOfRoom)


def test_a_bug_is_not_taken_for_it():
    assert out_of_room(ValueError("wrong")) is None
    assert out_of_room(PermissionError(errno.EACCES, "Permission denied")) is None


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN])
def test_a_share_that_is_away_stops_the_run_instead_of_halving_the_inbox(town, monkeypatch, number):
    root, rows = town
    original = Path.read_bytes

    def away(self):
        if "inbox" in self.parts and self.suffix == ".xlsx":
            raise OSError(number, os.strerror(number), str(self))
        return original(self)

    monkeypatch.setattr(Path, "read_bytes", away)
    wanted = stages.prepared(PERIOD, None, root, None, AS_OF, quiet=True)
    with pytest.raises(Unreachable, match="the earlier results stand"), stages.beginning(wanted) as run:
        stages.take_in(run)
    monkeypatch.undo()
    assert contents(Lake(root).opened(PERIOD)[1]) == rows


def test_a_folder_nobody_may_open_is_not_an_empty_one(tmp_path, monkeypatch):
    folder = tmp_path / PERIOD / "990101" / "registry"
    folder.mkdir(parents=True)
    (folder / "张三的学籍.csv").write_text("姓名")
    scandir = os.scandir

    def closed(path="."):
        if Path(path) == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(Unreachable, match="Permission denied"):
        find_deliveries(tmp_path, PERIOD)


def test_the_sentence_names_no_file_which_an_office_may_have_named_after_a_child(tmp_path, monkeypatch):
    folder = tmp_path / PERIOD / "990101" / "registry" / "张三"
    folder.mkdir(parents=True)
    (folder / "张三的学籍.csv").write_text("姓名")

    def away(self):
        raise OSError(errno.EIO, "Input/output error", str(self))

    monkeypatch.setattr(Path, "read_bytes", away)
    with pytest.raises(Unreachable) as raised:
        find_deliveries(tmp_path, PERIOD)
    assert "张三" not in str(raised.value)
    assert "990101" in str(raised.value)


def test_only_a_share_that_is_away_is_tried_again():
    from flows import monitor

    assert monitor.take_in.retries == 3
    others = (monitor.link_records, monitor.form_children, monitor.find, monitor.follow_cases, monitor.deliver_lists,
              monitor.publish, monitor.hand_out)  # fmt: skip
    assert {task.retries for task in others} == {0}

    class State:
        def __init__(self, error):
            self.error = error

        def result(self, raise_on_failure=True):
            return self.error

    assert monitor.share_is_away(None, None, State(Unreachable("away")))
    assert not monitor.share_is_away(None, None, State(OutOfRoom("full")))
    assert not monitor.share_is_away(None, None, State(ValueError()))
