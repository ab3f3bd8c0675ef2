"""The same run through Prefect and the command, as cron would start it."""

import shutil
import sqlite3

import pytest

from tests.runs import PERIOD, contents, run_by_command
from transforms.lake import Lake
from transforms.query import query


@pytest.fixture(scope="module")
def scheduled(city, results, tmp_path_factory):
    root = tmp_path_factory.mktemp("scheduled")
    shutil.copytree(city / "inbox", root / "inbox")
    (root / "lake").mkdir()
    shutil.copyfile(city / "lake" / "child_id.key", root / "lake" / "child_id.key")
    return root, run_by_command(root)


def test_a_quiet_run_is_silent_and_ends_with_zero(scheduled):
    _, done = scheduled
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_flow_gives_the_rows_of_the_plain_stages(results, scheduled):
    root, _ = scheduled
    assert contents(Lake(root).opened(PERIOD)[1]) == contents(results)


def test_prefect_is_told_no_name_and_no_number(results, scheduled):
    root, _ = scheduled
    told = b"".join(path.read_bytes() for path in (root / ".prefect").rglob("*") if path.is_file())
    assert b"monitor" in told, "the flow run is recorded"
    people = query(results, "select name, id_number from children where id_kind = 'valid'").to_pylist()
    assert len(people) > 500
    for person in people:
        assert person["id_number"].encode() not in told
        assert len(person["name"]) < 3 or person["name"].encode() not in told
    with sqlite3.connect(root / ".prefect" / "prefect.db") as database:
        assert database.execute("select count(*) from artifact").fetchall() == [(0,)]


def test_what_a_run_writes_is_for_its_owner_only(scheduled):
    root, _ = scheduled
    written = [path for folder in ("lake", "outbox", ".prefect") for path in (root / folder).rglob("*")]
    assert len(written) > 50
    key = root / "lake" / "child_id.key"  # put there by the fixture
    assert not [path for path in written if path.stat().st_mode & 0o077 and path != key]
