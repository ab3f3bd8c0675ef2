"""Sending, against a real mail server on this machine's own network."""

import contextlib
import email
import email.policy
import json
import smtplib
import socket
import stat
from datetime import date

import pyarrow as pa
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from expectations.errors import NotReady, WrongArgument
from flows import sending as module
from flows.command import main
from flows.sending import Ledger, Server, read_server, send
from tests.lists.city import AS_OF, city
from tests.lists.test_protect import opened
from tests.test_calendar import POLICY
from transforms.lists.deliver import deliver_lists
from transforms.lists.handout import hand_out, handed_out
from transforms.lists.mail import HEADINGS, plan, read_addresses

PERIOD = "2026-09"
SCHOOL = ("990101", "school", "2199000001", "第一小学", "one@school.example")
STATION = ("990101", "police", "城东派出所", "城东派出所", "east@police.example; head@police.example")


class Postman:
    """Takes what is sent; ``says`` answers the next commands otherwise: (command, reply), each once."""

    def __init__(self):
        self.taken, self.says = [], []

    def _next(self, command):
        if self.says and self.says[0][0] == command:
            return self.says.pop(0)[1]
        return None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if reply := self._next("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        reply = self._next("DATA")
        if reply == "break before answering":
            self.taken.append((tuple(envelope.rcpt_tos), envelope.content))
            server.transport.abort()
            return "250 nobody hears this"
        if reply:
            return reply
        self.taken.append((tuple(envelope.rcpt_tos), envelope.content))
        return "250 taken"


@pytest.fixture
def postman():
    handler = Postman()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    with _on_a_free_port(controller):
        handler.port = controller.port
        yield handler


@contextlib.contextmanager
def _on_a_free_port(controller):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        controller.port = free.getsockname()[1]
    controller.start()
    try:
        yield
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def closed_city(tmp_path_factory):
    """The county's encrypted lists and each office's password."""
    passwords = {}

    def password_of(district, recipient, unit_code, unit_name):
        return passwords.setdefault((recipient, unit_code), f"secret-{recipient}-{unit_code}")

    outbox = tmp_path_factory.mktemp("data") / "outbox" / PERIOD
    with city(tmp_path_factory.mktemp("run")) as engine:
        deliver_lists(engine, outbox, period=PERIOD, as_of=AS_OF, password_of=password_of)
    return outbox, passwords


@pytest.fixture
def desk(tmp_path, postman, closed_city):
    """A data folder's address book and ledger, and a call that sends what is new."""
    book = tmp_path / "addresses.csv"
    _write(book, SCHOOL, STATION)
    server = Server("127.0.0.1", postman.port, "none", "控辍保学 <desk@bureau.example>")
    waited = []

    def go(**more):
        ledger = Ledger(tmp_path / "sent.jsonl")
        planned = plan(closed_city[0], PERIOD, read_addresses(book), ledger.settled(**more), 20_000_000)
        return planned, send(planned, PERIOD, server, ledger, wait=waited.append)

    go.book, go.waited, go.ledger = book, waited, tmp_path / "sent.jsonl"
    return go


def _write(path, *rows):
    path.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows)) + "\n", encoding="utf-8-sig")


def test_an_office_gets_its_own_closed_files_and_opens_them_with_its_password(desk, postman, closed_city, tmp_path):
    _, outcome = desk()
    assert len(outcome.sent) == 2
    whom = {to: email.message_from_bytes(content, policy=email.policy.default) for to, content in postman.taken}
    assert set(whom) == {("one@school.example",), ("east@police.example", "head@police.example")}
    mail = whom["one@school.example",]
    assert mail["Subject"] == "2026年9月控辍保学材料（第一小学）"
    names = {part.get_filename() for part in mail.iter_attachments()}
    assert {"990101_第一小学_核实名单_2026-09.xlsx", "990101_第一小学_劝返复学通知书_2026-09.docx"} <= names
    assert all("第一小学" in name for name in names)
    part = next(p for p in mail.iter_attachments() if "核实名单" in p.get_filename())
    (tmp_path / "got.xlsx").write_bytes(part.get_content())
    assert opened(tmp_path / "got.xlsx", closed_city[1]["school", "2199000001"])
    text = mail.get_body().get_content()
    assert not [name for name in ("张一丰", "李二", "CASE-", "secret-") if name in text + str(mail["Subject"])]


def test_nothing_goes_twice_on_a_re_run_nor_when_the_lists_were_made_again_and_say_nothing_new(desk, postman, closed_city, tmp_path):  # fmt: skip
    first, _ = desk()
    assert len(postman.taken) == 2
    again, outcome = desk()
    assert (len(postman.taken), again.sendings, outcome.sent) == (2, [], [])
    assert again.sent_before == sum(len(sending.attachments) for sending in first.sendings)
    anew = tmp_path / "anew" / PERIOD
    with city(tmp_path / "run") as engine:
        deliver_lists(engine, anew, period=PERIOD, as_of=AS_OF.replace(day=29), password_of=lambda *_: "another")
    keys = Ledger(desk.ledger).settled()
    assert plan(anew, PERIOD, read_addresses(desk.book), keys, 20_000_000).sendings == []


def test_what_the_server_puts_off_is_tried_again_and_what_it_refuses_is_not(desk, postman):
    postman.says = [("RCPT", "451 try later"), ("DATA", "452 no room")]
    _, outcome = desk()
    assert (len(outcome.sent), len(desk.waited), len(postman.taken)) == (2, 2, 2)
    desk.ledger.unlink()
    postman.taken.clear()
    postman.says = [("RCPT", "550 no such box")]
    _, outcome = desk()
    assert [code for _, code in outcome.refused] == [550]
    assert (len(outcome.sent), len(postman.taken), len(desk.waited)) == (1, 1, 2)


def test_a_server_that_never_takes_it_is_left_and_asked_again_by_the_next_call(desk, postman):
    postman.says = [("RCPT", "451 later")] * 4
    _, outcome = desk()
    assert (len(outcome.put_off), len(outcome.sent)) == (1, 1)
    _, outcome = desk()
    assert (len(outcome.sent), len(postman.taken)) == (1, 2)


def test_a_line_cut_before_the_answer_is_neither_tried_again_nor_called_sent(desk, postman):
    postman.says = [("DATA", "break before answering")]
    planned, outcome = desk()
    assert (len(outcome.unknown), len(outcome.sent), desk.waited) == (1, 1, [])
    assert len(Ledger(desk.ledger).uncertain()) == len(planned.sendings[0].attachments)
    _, outcome = desk()
    assert outcome.sent == [] and len(postman.taken) == 2
    _, outcome = desk(again=True)
    assert len(outcome.sent) == 1 and len(postman.taken) == 3
    numbers = [email.message_from_bytes(content)["Message-ID"] for _, content in postman.taken]
    assert len(set(numbers)) == 2, "the receiver sees that it is the same message"


def test_a_call_killed_between_server_and_ledger_sends_nothing_twice(desk, postman, monkeypatch):
    class Killed(Exception):
        pass

    real = Ledger.write

    def write(self, event, sending, **more):
        if event == "sent":
            raise Killed
        real(self, event, sending, **more)

    monkeypatch.setattr(Ledger, "write", write)
    with pytest.raises(Killed):
        desk()
    monkeypatch.setattr(Ledger, "write", real)
    assert len(postman.taken) == 1
    _, outcome = desk()
    assert len(outcome.sent) == 1 and len(postman.taken) == 2


def test_each_sending_is_recorded_once_and_the_record_survives_a_torn_line(desk):
    desk()
    with desk.ledger.open("a", encoding="utf-8") as handle:
        handle.write('{"event": "se')
    events = []
    _, _ = desk()
    _write(desk.book, SCHOOL, STATION, ("990101", "township", "990101001", "城东街道", "east@town.example"))
    desk()
    for line in desk.ledger.read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError):
            events.append(json.loads(line))
    sent = [key for event in events if event["event"] == "sent" for key in event["files"]]
    assert len(sent) == len(set(sent)) > 5
    assert any("城东街道" in key for key in sent)
    assert stat.S_IMODE(desk.ledger.stat().st_mode) == 0o600


def test_an_office_without_an_address_is_named(desk):
    planned, _ = desk()
    assert {office.recipient for office, _, _ in planned.without_address} >= {"township", "county", "elsewhere"}


def test_files_too_large_for_one_message_go_in_several(closed_city, desk):
    small = plan(closed_city[0], PERIOD, read_addresses(desk.book), set(), 30_000)
    assert len([s for s in small.sendings if s.office.unit_code == "2199000001"]) > 1
    keys = [file.key for sending in small.sendings for file in sending.attachments]
    assert len(keys) == len(set(keys)) and len({s.number for s in small.sendings}) == len(small.sendings)


def test_open_lists_are_never_sent(desk, tmp_path):
    with city(tmp_path / "run") as engine:
        deliver_lists(engine, tmp_path / "open", period=PERIOD, as_of=AS_OF)
    with pytest.raises(NotReady, match="--encrypt"):
        plan(tmp_path / "open", PERIOD, read_addresses(desk.book), set(), 20_000_000)


@pytest.mark.parametrize(("text", "error"), [
    ("", "host and sender"), ('host="a"\nsender="nobody"', "host and sender"), ("host=", "TOML"),
    ('host="a"\nsender="a@b.c"\npassword="x"', "BAOXUE_MAIL_PASSWORD"), ('host="a"\nsender="a@b.c"\nsecurity="ssl3"', "security"),
    ('host="a"\nsender="a@b.c"\nhots="b"', "unknown setting hots"),
])  # fmt: skip
def test_settings_that_cannot_be_used_are_told_in_a_sentence(tmp_path, text, error):
    (tmp_path / "mail.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongArgument, match=error):
        read_server(tmp_path / "mail.toml", {})


def test_the_password_comes_from_the_environment_or_a_file_of_its_own_and_is_never_shown(tmp_path):
    (tmp_path / "mail.toml").write_text(
        'host="a"\nsender="a@b.c"\nuser="u"\npassword_file="word.txt"', encoding="utf-8"
    )
    (tmp_path / "word.txt").write_text("hidden\n", encoding="utf-8")
    assert read_server(tmp_path / "mail.toml", {}).password == "hidden"
    server = read_server(tmp_path / "mail.toml", {"BAOXUE_MAIL_PASSWORD": "other"})
    assert server.password == "other" and "other" not in repr(server) and server.port == 465


@pytest.mark.parametrize("line", ["990101,school,s1,一小,nobody", "990101,school,s1,一小,a@b.c;b"])
def test_an_address_that_is_none_is_refused_by_its_line(tmp_path, line):
    (tmp_path / "a.csv").write_text(f"{','.join(HEADINGS)}\n{line}\n", encoding="utf-8")
    with pytest.raises(WrongArgument, match="line 2"):
        read_addresses(tmp_path / "a.csv")


def test_user_and_password_are_given_to_the_server_and_a_refusal_is_a_sentence(closed_city, tmp_path):
    def check(server, session, envelope, mechanism, given):
        fits = isinstance(given, LoginPassword) and given.password == b"right"
        return AuthResult(success=fits, handled=fits)

    handler = Postman()
    controller = Controller(handler, hostname="127.0.0.1", port=0, authenticator=check, auth_required=True,
                            auth_require_tls=False)  # fmt: skip
    _write(tmp_path / "a.csv", SCHOOL)
    planned = plan(closed_city[0], PERIOD, read_addresses(tmp_path / "a.csv"), set(), 20_000_000)
    with _on_a_free_port(controller):
        port = controller.port
        wrong = Server("127.0.0.1", port, "none", "desk@bureau.example", "desk", "wrong")
        with pytest.raises(NotReady, match="user and password"):
            send(planned, PERIOD, wrong, Ledger(tmp_path / "sent.jsonl"))
        right = Server("127.0.0.1", port, "none", "desk@bureau.example", "desk", "right")
        assert len(send(planned, PERIOD, right, Ledger(tmp_path / "sent.jsonl")).sent) == 1


def test_a_server_that_cannot_be_reached_is_waited_for(closed_city, tmp_path, monkeypatch):
    monkeypatch.setattr(smtplib, "SMTP", lambda *_, **__: (_ for _ in ()).throw(ConnectionRefusedError()))
    _write(tmp_path / "a.csv", SCHOOL)
    planned = plan(closed_city[0], PERIOD, read_addresses(tmp_path / "a.csv"), set(), 20_000_000)
    waited = []
    server = Server("127.0.0.1", 1, "none", "desk@bureau.example")
    outcome = send(planned, PERIOD, server, Ledger(tmp_path / "sent.jsonl"), wait=waited.append)
    assert waited == list(module.WAITS) and len(outcome.put_off) == 1


def test_a_dry_run_prints_what_would_go_where_and_sends_nothing(closed_city, postman, capsys, monkeypatch):
    data = closed_city[0].parent.parent
    lake = data / "lake"
    lake.mkdir(exist_ok=True)
    _write(lake / "addresses.csv", SCHOOL)
    (lake / "mail.toml").write_text(
        f'host="127.0.0.1"\nport={postman.port}\nsecurity="none"\nsender="desk@bureau.example"', encoding="utf-8"
    )
    assert main(["send", PERIOD, "--data", str(data), "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "990101 第一小学 → one@school.example" in said and "990101_第一小学_核实名单_2026-09.xlsx" in said
    assert "would send" in said and "no address: 990101,county,990101" in said
    assert postman.taken == [] and not (lake / "sent.jsonl").exists()
    assert main(["send", PERIOD, "--data", str(data)]) == 1, "some offices have no address"
    assert len(postman.taken) == 1 and "sent" in capsys.readouterr().out
    exported = [json.loads(line) for line in (lake / "access" / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["act"] for line in exported} == {"export"} and {line["by"] for line in exported} == {"mail"}
    assert any("第一小学_核实名单" in line["file"] for line in exported)


@pytest.fixture
def two_nights(tmp_path):
    """An outbox whose lists were handed out on the first day, and made again since with another answer in them."""
    outbox, record = tmp_path / "out", tmp_path / "handed_out.json"

    def night(day, **more):
        with city(tmp_path / f"run{day.day}") as engine:
            findings = engine.rows("findings").to_pylist()
            for finding in findings:
                finding["explanation"] = f"{day}的说明"
            engine.put("findings", pa.Table.from_pylist(findings, engine.rows("findings").schema))
            deliver_lists(engine, outbox, period=PERIOD, as_of=day, password_of=lambda *_: "word", **more)
        hand_out(outbox, record, period=PERIOD, as_of=day, policy=POLICY, run="r")
        return handed_out(record)

    return outbox, night


def keys_of(planned):
    return {
        file.key.split("#")[0].rpartition("/")[2]: file for sending in planned.sendings for file in sending.attachments
    }


def test_once_lists_were_handed_out_those_go_and_not_those_of_a_later_night(two_nights, tmp_path):
    outbox, night = two_nights
    _write(tmp_path / "a.csv", SCHOOL)
    book = read_addresses(tmp_path / "a.csv")
    handouts = night(date(2026, 9, 15))
    night(date(2026, 9, 17))
    files = keys_of(plan(outbox, PERIOD, book, set(), 20_000_000, handouts=handouts))
    listed = files["990101_第一小学_核实名单_2026-09.xlsx"]
    assert "下发" in listed.path.parts and listed.path.is_file()
    later = keys_of(plan(outbox, PERIOD, book, set(), 20_000_000))["990101_第一小学_核实名单_2026-09.xlsx"]
    assert listed.key != later.key
    assert not any("十五日报告表" in name for name in files), "its day has not come"


def test_of_a_list_handed_out_on_two_days_the_later_copy_goes_and_what_went_does_not_go_again(two_nights, tmp_path):
    outbox, night = two_nights
    _write(tmp_path / "a.csv", ("990101", "county", "990101", "区教育局", "bureau@county.example"))
    book = read_addresses(tmp_path / "a.csv")
    first = plan(outbox, PERIOD, book, set(), 20_000_000, handouts=night(date(2026, 9, 15)))
    sent = {file.key for sending in first.sendings for file in sending.attachments}
    both = keys_of(plan(outbox, PERIOD, book, set(), 20_000_000, handouts=night(date(2026, 9, 21))))
    assert "十五日报告" in str(both["990101_990101教育局_核查台账_2026-09.xlsx"].path)
    again = keys_of(plan(outbox, PERIOD, book, sent, 20_000_000, handouts=night(date(2026, 9, 21))))
    assert "990101_990101教育局_核查台账_2026-09.xlsx" in again and len(again) < len(both)


def test_lists_handed_out_open_are_not_sent_and_the_way_out_is_said(two_nights, tmp_path):
    outbox, night = two_nights
    handouts = night(date(2026, 9, 15))
    [manifest] = outbox.glob("下发/*/990101/manifest.json")
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('"encrypted": true', '"encrypted": false'), encoding="utf-8"
    )
    with pytest.raises(NotReady, match="--latest"):
        plan(outbox, PERIOD, {}, set(), 20_000_000, handouts=handouts)


def test_a_handout_that_is_on_record_and_gone_is_said(two_nights):
    outbox, night = two_nights
    handouts = night(date(2026, 9, 15))
    (outbox / "下发").rename(outbox / "elsewhere")
    with pytest.raises(NotReady, match="is not there"):
        plan(outbox, PERIOD, {}, set(), 20_000_000, handouts=handouts)
