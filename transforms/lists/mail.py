"""What would go where by mail: every office's files of a period, its address, and the message that carries them.

An office gets one message with all that is new for it; more only where the files are too large for one. A file that
holds personal data goes only if it is closed with its office's password.

Once anything of a period was handed out (transforms/lists/handout.py), what was handed out goes and nothing else: an
office must not be mailed tonight's list while it works from the dated copy, nor before its day has come. Of a file
handed out on two days the later copy goes. Where nothing was handed out, the lists of the latest run go.
"""

from __future__ import annotations

import csv
import hashlib
import json
import mimetypes
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from expectations.errors import NotReady, WrongArgument
from transforms.lists.deliver import MANIFEST
from transforms.lists.handout import FOLDER, HandedOut, place_of

HEADINGS = ("区县", "单位类别", "单位代码", "单位名称", "邮箱")
OF_THE_BUREAU = {"bulletin", "dashboard", "city"}  # papers for everybody go to the bureau they are about


@dataclass(frozen=True, order=True)
class Office:
    """Who receives: district (of a city's papers the city), kind of office and its code."""

    district: str
    recipient: str
    unit_code: str


@dataclass(frozen=True)
class Attachment:
    """One file of the outbox: where it lies, its line of the manifest, and what it is known by once sent."""

    path: Path
    line: Mapping[str, Any]
    key: str


@dataclass(frozen=True)
class Sending:
    """One message: to whom, what is in it, and a number that is the same whenever it is made again."""

    office: Office
    unit_name: str
    addresses: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    number: str


@dataclass
class Plan:
    """What a period's outbox comes to: messages to send, what went before, and who cannot be reached."""

    sendings: list[Sending] = field(default_factory=list)
    sent_before: int = 0
    without_address: list[tuple[Office, str, int]] = field(default_factory=list)


def plan(
    outbox: Path, period: str, addresses: Mapping[tuple[str, str, str], tuple[str, ...]], sent: Collection[str],
    most_bytes: int, districts: Collection[str] | None = None, handouts: Sequence[HandedOut] = (),
) -> Plan:  # fmt: skip
    """What is to be sent for ``period``; ``sent`` are the keys of files that went already.

    ``handouts`` are those on record: where there are any, their files go, else those of the latest run. ``districts``
    limits it to what lies in their folders; the city's papers go only without it.

    Raises `NotReady` where there is nothing, or where a file with personal data is not closed.
    """
    offices: dict[Office, list[Attachment]] = {}
    names: dict[Office, str] = {}
    for attachment, folder in _files_handed_out(outbox, handouts) if handouts else _files(outbox.glob(f"*/{MANIFEST}")):
        if districts is not None and folder not in districts:
            continue
        office = _office(attachment.line, folder)
        offices.setdefault(office, []).append(attachment)
        if attachment.line["recipient"] == office.recipient or office not in names:
            names[office] = attachment.line["unit_name"]
    if not offices:
        raise NotReady(f"nothing was handed out for {period}: run `baoxue run {period} --encrypt` first")
    open_files = sum(a.line["personal"] and not a.line["encrypted"] for files in offices.values() for a in files)
    if open_files and handouts:
        raise NotReady(
            f"{open_files} files of {period} were handed out open and hold personal data: run `baoxue run {period} "
            f"--encrypt`, then `baoxue send {period} --latest` sends the lists of that run in their place"
        )
    if open_files:
        raise NotReady(
            f"{open_files} files of {period} hold personal data and are not closed: run `baoxue run {period} --encrypt` first"
        )
    made = Plan()
    for office, files in sorted(offices.items()):
        fresh = [file for file in files if file.key not in sent]
        made.sent_before += len(files) - len(fresh)
        if not fresh:
            continue
        to = _addresses_of(office, addresses)
        if not to:
            made.without_address.append((office, names[office], len(fresh)))
            continue
        for part in _parts(fresh, most_bytes):
            number = hashlib.sha256("\n".join(sorted(file.key for file in part)).encode()).hexdigest()[:24]
            made.sendings.append(Sending(office, names[office], to, tuple(part), number))
    return made


def message(sending: Sending, period: str, sender: str) -> EmailMessage:
    """The message of one sending; neither subject nor text says anything of a child."""
    year, month = period.split("-")
    mail = EmailMessage()
    mail["Subject"] = f"{year}年{int(month)}月控辍保学材料（{sending.unit_name}）"
    name, address = parseaddr(sender)
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = ", ".join(sending.addresses)
    mail["Message-ID"] = f"<{sending.number}@{address.rpartition('@')[2]}>"
    listed = "\n".join(f"　{n}. {file.path.name}" for n, file in enumerate(sending.attachments, start=1))
    closed = any(file.line["encrypted"] for file in sending.attachments)
    mail.set_content(
        f"{sending.unit_name}：\n\n　　随信发送{year}年{int(month)}月控辍保学材料{len(sending.attachments)}份：\n{listed}\n\n"
        + ("　　含个人信息的文件已加密，打开密码另行告知，请勿用邮件询问或转发密码。\n" if closed else "")
        + "　　核实名单请填写后按原渠道加密退回，其余材料留存。误收到本邮件的请立即删除并告知我们。\n",
        cte="base64",
    )
    for file in sending.attachments:
        kind = mimetypes.guess_type(file.path.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        mail.add_attachment(file.path.read_bytes(), maintype=main, subtype=sub, filename=file.path.name)
    return mail


def read_addresses(path: Path) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The addresses of offices from a CSV with the headings of `HEADINGS`; several are separated by semicolons.

    Raises `NotReady` where there is no such file, `WrongArgument` where a line cannot be used.
    """
    if not path.is_file():
        raise NotReady(
            f"there is no {path}: write the offices' addresses there, headings {','.join(HEADINGS)} "
            "(passwords.csv beside it names the offices)"
        )
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = csv.DictReader(handle)
        if missing := [heading for heading in HEADINGS if heading not in (rows.fieldnames or ())]:
            raise WrongArgument(f"{path}: the heading {', '.join(missing)} is missing")
        for number, row in enumerate(rows, start=2):
            listed = tuple(one.strip() for one in (row["邮箱"] or "").replace("；", ";").split(";") if one.strip())
            if any("@" not in one or parseaddr(one)[1] != one for one in listed):
                raise WrongArgument(f"{path}, line {number}: not an address")
            if listed:
                found[row["区县"].strip(), row["单位类别"].strip(), row["单位代码"].strip()] = listed
    return found


def _addresses_of(office: Office, addresses: Mapping[tuple[str, str, str], tuple[str, ...]]) -> tuple[str, ...]:
    """Of the office as this district has it, else as any has it: a school's code is its own everywhere."""
    own = addresses.get((office.district, office.recipient, office.unit_code))
    return own or addresses.get(("", office.recipient, office.unit_code), ())


def _files_handed_out(outbox: Path, handouts: Sequence[HandedOut]) -> Iterator[tuple[Attachment, str]]:
    """The files on record as handed out, of each the copy handed out last."""
    latest: dict[tuple[str, str], tuple[Attachment, str]] = {}
    for one in sorted(handouts, key=lambda one: (one.due_on, one.handed_out_on)):
        manifest = place_of(outbox, one) / MANIFEST
        if not manifest.is_file():
            raise NotReady(f"{FOLDER}/{manifest.parent.parent.name} of {one.district} was handed out and is not there")
        for attachment, folder in _files([manifest]):
            latest[folder, attachment.line["file"]] = attachment, folder
    return iter(latest.values())


def _files(manifests: Iterable[Path]) -> Iterator[tuple[Attachment, str]]:
    for manifest in sorted(manifests):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        for line in content["files"]:
            key = f"{content['period']}/{manifest.parent.name}/{line['file']}#{line['content']}"
            yield Attachment(manifest.parent / line["file"], line, key), manifest.parent.name


def _office(line: Mapping[str, Any], folder: str) -> Office:
    if line["recipient"] in OF_THE_BUREAU:
        return Office(line["unit_code"], "city" if "_" in folder else "county", line["unit_code"])
    return Office(folder, line["recipient"], line["unit_code"])


def _parts(files: Sequence[Attachment], most_bytes: int) -> Iterable[list[Attachment]]:
    """The files in as few messages as their size allows, in order; one too large for any message goes alone."""
    part: list[Attachment] = []
    size = 0
    for file in files:
        own = file.path.stat().st_size * 4 // 3  # as mail carries it
        if part and size + own > most_bytes:
            yield part
            part, size = [], 0
        part.append(file)
        size += own
    if part:
        yield part
