"""`baoxue send`: the period's closed files by mail, each at most once whatever happens between.

Before a message is given to the server a line of the ledger says so, and after it another says what became of it. Only
what the server surely did not take is tried again; where the connection broke after the text had gone over, nobody
knows, and a person decides (``--again``).
"""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from expectations.errors import Busy, NotReady, WrongArgument
from flows import access
from transforms.lake import Lake
from transforms.lists.mail import Plan, Sending, message

WAITS = (5.0, 30.0, 120.0)
SECURITY = {"tls": 465, "starttls": 587, "none": 25}
UNREACHED = 421  # what a server says that closes the line; also for one that was not reached
LONGEST = 60  # seconds the server may take for an answer


@dataclass(frozen=True)
class Server:
    """The mail server, from a TOML file; the password only from the environment or a file of its own."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    most_megabytes: int = 20
    certificate: str = ""


def read_server(path: Path, environment: Mapping[str, str] = os.environ) -> Server:
    """The settings in ``path``; BAOXUE_MAIL_PASSWORD holds the password, or ``password_file`` names a file that does.

    Raises `NotReady` where there is no such file and `WrongArgument` where it cannot be used.
    """
    if not path.is_file():
        raise NotReady(f"there is no {path}: write host, sender and, where needed, security, port and user there")
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise WrongArgument(f"{path} cannot be read as TOML") from None
    if "password" in given:
        raise WrongArgument(f"{path}: the password belongs into BAOXUE_MAIL_PASSWORD or a file named by password_file")
    security = given.get("security", "tls")
    if security not in SECURITY:
        raise WrongArgument(f"{path}: security is one of {', '.join(SECURITY)}")
    if not given.get("host") or "@" not in parseaddr(str(given.get("sender", "")))[1]:
        raise WrongArgument(f"{path}: host and sender (an address) are needed")
    unknown = sorted(set(given) - {"password_file", *Server.__dataclass_fields__})
    if unknown:
        raise WrongArgument(f"{path}: unknown setting {', '.join(unknown)}")
    password = environment.get("BAOXUE_MAIL_PASSWORD", "")
    if not password and given.get("password_file"):
        password = Path(path.parent, given.pop("password_file")).read_text(encoding="utf-8").strip()
    given.pop("password_file", None)
    return Server(**{"port": SECURITY[security], "security": security, **given, "password": password})


class Ledger:
    """The list of what was sent, one JSON line an event, only ever added to (0600)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys: dict[str, str] = {}
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                with suppress(json.JSONDecodeError):  # the last line of a machine that lost its power
                    event = json.loads(line)
                    self.keys.update(dict.fromkeys(event["files"], event["event"]))

    def settled(self, *, again: bool = False) -> set[str]:
        """Files that are not sent again: those sent and, unless ``again``, those of which nobody knows."""
        return {key for key, event in self.keys.items() if event == "sent" or (event == "sending" and not again)}

    def uncertain(self) -> list[str]:
        """Files of which nobody knows whether they arrived."""
        return sorted(key for key, event in self.keys.items() if event == "sending")

    def write(self, event: str, sending: Sending, **more: Any) -> None:
        """Add one event, on the disk before it counts."""
        files = [file.key for file in sending.attachments]
        line = {
            "at": datetime.now(tz=UTC).isoformat(timespec="seconds"), "event": event, "message": sending.number,
            "recipient": sending.office.recipient, "unit_code": sending.office.unit_code,
            "district": sending.office.district, "to": list(sending.addresses), "files": files, **more,
        }  # fmt: skip
        if not self.path.is_file():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        with self.path.open("a+b") as handle:
            if handle.tell() and not self._ends_whole():
                handle.write(b"\n")
            handle.write((json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8"))
            handle.flush()
            os.fsync(handle.fileno())
        self.keys.update(dict.fromkeys(files, event))

    def _ends_whole(self) -> bool:
        return self.path.read_bytes().endswith(b"\n")


@dataclass
class Outcome:
    """What became of the messages of one call."""

    sent: list[Sending] = field(default_factory=list)
    refused: list[tuple[Sending, int]] = field(default_factory=list)
    put_off: list[Sending] = field(default_factory=list)
    unknown: list[Sending] = field(default_factory=list)


def send(
    planned: Plan, period: str, server: Server, ledger: Ledger,
    *, wait: Callable[[float], None] = time.sleep, said: Callable[[Sending, str], None] = lambda _s, _w: None,
    noted: Callable[[Sending], None] = lambda _s: None,
) -> Outcome:  # fmt: skip
    """Send every message of ``planned``; ``noted`` is called for each before it goes, ``said`` with what became of it.

    Raises `Busy` where another call is sending and `NotReady` where the server does not know us.
    """
    outcome = Outcome()
    try:
        with FileLock(f"{ledger.path}.lock", timeout=0):
            for sending in planned.sendings:
                _send_one(sending, period, server, ledger, outcome, wait, said, noted)
    except Timeout:
        raise Busy("another `baoxue send` is working on this data folder; wait until it has ended") from None
    return outcome


def _send_one(
    sending: Sending, period: str, server: Server, ledger: Ledger, outcome: Outcome,
    wait: Callable[[float], None], said: Callable[[Sending, str], None], noted: Callable[[Sending], None],
) -> None:  # fmt: skip
    noted(sending)
    content = _written(sending, period, server)
    for pause in (*WAITS, None):
        try:
            code = _hand_over(server, sending, content, ledger)
        except _Unknown:
            outcome.unknown.append(sending)
            said(sending, "nobody knows whether it arrived")
            return
        if 200 <= code < 300:
            ledger.write("sent", sending)
            outcome.sent.append(sending)
            said(sending, "sent")
            return
        if code >= 500:
            ledger.write("refused", sending, code=code)
            outcome.refused.append((sending, code))
            said(sending, f"refused for good ({code})")
            return
        if pause is not None:
            wait(pause)
    ledger.write("put_off", sending)
    outcome.put_off.append(sending)
    said(sending, "not taken now, the next call tries again")


def _written(sending: Sending, period: str, server: Server) -> bytes:
    mail = message(sending, period, server.sender)
    mail["Date"] = format_datetime(datetime.now(tz=UTC))
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


class _Unknown(Exception):
    """The connection broke after the text had gone over and before the server said a word."""


def _hand_over(server: Server, sending: Sending, content: bytes, ledger: Ledger) -> int:
    """Give one message to the server; the code of its last answer, 421 where it could not be reached."""
    try:
        smtp = _connected(server)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        raise NotReady("the mail server does not accept user and password") from None
    except ssl.SSLCertVerificationError:
        raise NotReady("the mail server's certificate is not trusted: name its authority's as certificate") from None
    except smtplib.SMTPResponseException as refused:
        return int(refused.smtp_code)
    except OSError:  # not reached, or cut off while greeting
        return UNREACHED
    try:
        return _envelope(smtp, server, sending) or _text(smtp, sending, content, ledger)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()


def _envelope(smtp: smtplib.SMTP, server: Server, sending: Sending) -> int:
    """Say who writes to whom; 0 when all were taken, else the code of the refusal."""
    try:
        code, _ = smtp.mail(parseaddr(server.sender)[1])
        for address in sending.addresses if code == 250 else ():
            code, _ = smtp.rcpt(address)
            if code not in (250, 251):
                break
    except OSError:
        return UNREACHED
    return 0 if code in (250, 251) else int(code)


def _text(smtp: smtplib.SMTP, sending: Sending, content: bytes, ledger: Ledger) -> int:
    ledger.write("sending", sending)
    try:
        code, _ = smtp.data(content)
    except smtplib.SMTPDataError as refused:  # no text had gone over yet
        code = int(refused.smtp_code)
    except OSError:
        raise _Unknown from None
    if not 200 <= code < 300:
        ledger.write("not_taken", sending, code=code)
    return int(code)


def _connected(server: Server) -> smtplib.SMTP:
    trusted = ssl.create_default_context(cafile=server.certificate or None)
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=LONGEST, context=trusted)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=LONGEST)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=trusted)
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def note(lake: Lake, period: str, sending: Sending) -> None:
    """A line of the access log for each file that is about to go by mail."""
    access.noted_all(lake, "export", [
        ((), {"period": period, "by": "mail", "to": list(sending.addresses), "file": file.key.split("#")[0].partition("/")[2],
              "recipient": sending.office.recipient, "unit_code": sending.office.unit_code, "sha256": file.line["sha256"]})
        for file in sending.attachments
    ])  # fmt: skip


def say_planned(planned: Plan, uncertain: Sequence[str]) -> None:
    """What would go where."""
    for sending in planned.sendings:
        print(f"{sending.office.district} {sending.unit_name} → {', '.join(sending.addresses)}")
        for file in sending.attachments:
            closed = "encrypted" if file.line["encrypted"] else "nobody's data"
            print(f"    {file.path.name}  {file.path.stat().st_size / 1000:,.0f} kB, {closed}")
    files = sum(len(sending.attachments) for sending in planned.sendings)
    print(f"would send {files} files in {len(planned.sendings)} messages; sent before: {planned.sent_before} files")
    _say_left(planned, uncertain)


def say_sending(sending: Sending, what: str) -> None:
    """What became of one message."""
    print(f"{sending.office.district} {sending.unit_name} → {', '.join(sending.addresses)}: {what}", flush=True)


def say_sent(planned: Plan, outcome: Outcome, uncertain: Sequence[str]) -> int:
    """What became of all; 1 where something did not go."""
    files = sum(len(sending.attachments) for sending in outcome.sent)
    print(f"sent {files} files in {len(outcome.sent)} messages; sent before: {planned.sent_before} files; "
          f"refused: {len(outcome.refused)} messages, put off: {len(outcome.put_off)}")  # fmt: skip
    _say_left(planned, uncertain)
    return int(bool(outcome.refused or outcome.put_off or uncertain or planned.without_address))


def _say_left(planned: Plan, uncertain: Sequence[str]) -> None:
    for office, name, count in planned.without_address:
        print(f"no address: {office.district},{office.recipient},{office.unit_code},{name} ({count} files)")
    for key in uncertain:
        print(f"nobody knows whether it arrived (ask the office; --again sends it once more): {key.partition('#')[0]}")
