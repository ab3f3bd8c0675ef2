import json
import os
from datetime import UTC, datetime
from multiprocessing import get_context

import pytest

from flows import access
from flows.command import main
from transforms.access_log import AccessLog, Act
from transforms.lake import Lake

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def act(kind="query", *children, **facts):
    return Act(AT, "somebody@desk", kind, children, facts)


@pytest.fixture
def log(tmp_path):
    log = AccessLog(tmp_path / "access")
    log.note(act("run", period="2026-09"))
    log.note(act("explain", "c1"), act("export", "c2", "c1", file="990101/a.xlsx"))
    return log


def lines(log):
    return log.file.read_bytes().splitlines(keepends=True)


def write(log, kept):
    log.file.write_bytes(b"".join(kept))


def test_a_log_nobody_touched_holds(log):
    found = log.audit()
    assert (found.lines, found.broken_line) == (3, None)
    assert found.acts == {"run": 1, "explain": 1, "export": 1}


def test_a_log_nobody_has_written_yet_holds(tmp_path):
    assert AccessLog(tmp_path).audit().broken_line is None


def test_each_line_holds_the_hash_of_the_line_before(log):
    told = [json.loads(line) for line in lines(log)]
    assert told[0]["before"] == ""
    assert [line["before"] for line in told[1:]] == [line["hash"] for line in told[:-1]]
    assert told[2]["children"] == ["c1", "c2"]


def test_a_line_that_was_changed_is_named(log):
    one, two, three = lines(log)
    write(log, [one, two.replace(b"c1", b"c9"), three])
    found = log.audit()
    assert (found.broken_line, found.reason) == (2, "the line is not as it was written")


def test_a_line_that_was_taken_out_is_named(log):
    one, _, three = lines(log)
    write(log, [one, three])
    assert log.audit().broken_line == 2


def test_lines_that_changed_places_are_named(log):
    one, two, three = lines(log)
    write(log, [one, three, two])
    assert log.audit().broken_line == 2


def test_a_first_line_that_was_taken_out_is_named(log):
    write(log, lines(log)[1:])
    assert log.audit().broken_line == 1


def test_lines_cut_off_at_the_end_are_missed_by_the_head_kept_beside(log):
    write(log, lines(log)[:1])
    found = log.audit()
    assert found.broken_line == 2
    assert "2 lines missing" in found.reason


def test_lines_cut_off_together_with_the_head_are_missed_by_a_head_kept_elsewhere(log):
    noted = log.audit().head
    first = json.loads(lines(log)[0])
    write(log, lines(log)[:1])
    (log.folder / "head").write_text(f"1:{first['hash']}")
    assert log.audit().broken_line is None, "who may write everything can cut off the end …"
    assert log.audit(noted).broken_line == 2, "… but not what a head kept elsewhere knows"


def test_a_log_that_only_grew_still_holds_the_head_noted_earlier(log):
    noted = log.audit().head
    log.note(act())
    assert log.audit(noted).broken_line is None


def test_a_line_made_up_without_the_key_is_named(log):
    last = json.loads(lines(log)[-1])
    forged = {**last, "no": 4, "before": last["hash"], "children": ["c7"]}
    write(log, [*lines(log), json.dumps(forged).encode() + b"\n"])
    assert log.audit().broken_line == 4


def test_a_log_that_is_gone_is_missed(log):
    log.file.unlink()
    assert log.audit().broken_line == 1


def test_without_its_key_nothing_is_added_and_the_audit_says_so(log):
    (log.folder / "key").unlink()
    with pytest.raises(PermissionError):
        log.note(act())
    assert "key" in log.audit().reason


def test_a_power_cut_in_the_middle_of_a_line_is_told_and_the_log_goes_on(log):
    with log.file.open("ab") as handle:
        handle.write(b'{"no":4,"at":"2026-09-0')
    assert log.audit().broken_line is None
    log.note(act("run"))
    found = log.audit()
    assert found.broken_line is None
    assert found.acts["recovered"] == 1
    assert found.lines == 5


def test_a_power_cut_before_the_line_s_end_leaves_a_whole_line(log):
    whole = log.file.read_bytes()
    log.note(act("purge"))
    log.file.write_bytes(log.file.read_bytes()[:-1])
    log.note(act("run"))
    found = log.audit()
    assert (found.broken_line, found.lines) == (None, 5)
    assert log.file.read_bytes().startswith(whole)


def test_a_broken_line_cannot_pass_for_a_power_cut(log):
    one, two, three = lines(log)
    write(log, [one, b"rubbish\n", two, three])
    assert log.audit().broken_line == 2


def _note_often(folder):
    for _ in range(20):
        AccessLog(folder).note(act())


def test_writers_at_the_same_time_do_not_lose_or_break_a_line(log):
    spawn = get_context("spawn")
    writers = [spawn.Process(target=_note_often, args=(log.folder,)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    found = log.audit()
    assert (found.lines, found.broken_line) == (63, None)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in other ways")
def test_the_log_is_for_its_owner_only(log):
    assert log.folder.stat().st_mode & 0o077 == 0
    assert not [path for path in log.folder.iterdir() if path.stat().st_mode & 0o077]


def test_the_command_tells_the_first_broken_line(tmp_path, capsys):
    lake = Lake(tmp_path)
    for _ in range(3):
        access.noted(lake, "query", children=["c1"])
    assert main(["audit", "--data", str(tmp_path)]) == 0
    assert "3 lines hold: 3 query" in capsys.readouterr().out
    log = access.log_of(lake)
    one, two, three = lines(log)
    write(log, [one, two.replace(b"c1", b"c2"), three])
    assert main(["audit", "--data", str(tmp_path)]) == 8
    assert "log.jsonl, line 2: the line is not as it was written" in capsys.readouterr().err


def test_what_cannot_be_logged_is_not_done(tmp_path, monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AccessLog, "_append", full)
    with pytest.raises(access.NotLogged, match="No space left"):
        access.noted(Lake(tmp_path), "query")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("select count(*) from children where name = '张三'", "select count ( * ) from children where name = ?"),
        ("from children -- 张三\nwhere id_number like '210102%'", "from children ? where id_number like ?"),
        ("select * from cases where 210102201501010011 > 1", "select * from cases where ? > 1"),
        ('select "张三" from findings where x = $$李四$$', "select ? ? ? from findings where ? = ? ? ?"),
    ],
)
def test_an_analyst_s_question_is_logged_without_what_could_be_a_name_or_number(text, shown):
    assert access.shape_of(text) == shown
