"""Finds the deliveries of a period: every file below the inbox, archives opened one level, each known by its content."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from expectations.errors import Unreachable
from expectations.sources import BY_FOLDER, SOURCES, Source
from transforms.intake.delivery import CachedReading, Delivery, ReadingIssue
from transforms.intake.formats import CannotRead, check_sizes, decoded_name, member_chunks, zip_members

IGNORED = re.compile(r"^(?:~\$.*|\..*|Thumbs\.db|desktop\.ini|__MACOSX|.*\.(?:tmp|part|crdownload|lnk))$", re.I)
_ONE_FILE_ONLY = (PermissionError, FileNotFoundError, IsADirectoryError)
"""What befalls one file: its rights, or that it was taken away since it was listed. Anything else befalls the share."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor or turns the direction of what is shown: no office names its files so."""
_DRIVE = re.compile(r"[A-Za-z]:")
Keep = Callable[[str, str, bytes], Path]
"""Keeps a file's content and says where: of its path below the period's inbox, its hash and its bytes."""


def find_deliveries(
    inbox: Path, period: str, districts: Sequence[str] | None = None, keep: Keep | None = None
) -> tuple[list[Delivery], list[CachedReading]]:
    """Every file of a period below ``inbox``: those to be read, and those refused for where they lie.

    Files of editors and systems are passed over; zip archives are opened one level. Sorted by path, so that the
    same inbox gives the same order on every machine. With ``keep`` what is read later is what was kept: a file
    exchanged meanwhile cannot be taken for the one that was hashed. Raises `Unreachable` where a folder or the share
    fails: half an inbox must never be taken for a whole one. A single file nobody may read is only refused.
    """
    root = inbox / period
    deliveries: list[Delivery] = []
    refused: list[CachedReading] = []
    wanted = set(districts) if districts else None
    within = root.resolve()
    folders: dict[Path, bool] = {}
    for path in _files_below(root):
        given = path.relative_to(root).as_posix()
        relative = shown_name(given)
        if any(is_ignored(part) for part in relative.split("/")):
            continue
        district = district_of(relative)
        if wanted is not None and district not in wanted:
            continue
        source, problem, detail = _placed(relative, district)
        try:
            if path.parent not in folders:
                folders[path.parent] = path.parent.resolve().is_relative_to(within)
            leads_out = path.is_symlink() and not path.resolve().is_relative_to(within)
            if _UNPRINTABLE.search(given) or leads_out or not folders[path.parent]:
                raise CannotRead("unsafe_name")
            data = path.read_bytes()
        except (OSError, CannotRead) as error:
            if isinstance(error, OSError) and not isinstance(error, _ONE_FILE_ONLY):
                raise _unreachable(root, path, error) from None
            code = error.code if isinstance(error, CannotRead) else "unreadable"
            refused.append(_refused(_delivery(path, relative, period, district, source, b"", given), code))
            continue
        whole = _delivery(path, relative, period, district, source, data)
        if keep is not None:
            whole = replace(whole, path=keep(relative, whole.content_hash, data))
        if problem:
            refused.append(_refused(whole, problem, detail))
        elif _is_archive(data):
            found, bad = _members(whole, data)
            deliveries.extend(found)
            refused.extend(bad)
        else:
            deliveries.append(whole)
    return deliveries, refused


def _files_below(root: Path) -> list[Path]:
    """Every file below ``root`` by path. `Path.rglob` passes over folders it may not read, as if nothing lay in them."""

    def fail(error: OSError) -> None:
        raise _unreachable(root, Path(error.filename or root), error)

    found = [Path(folder) / name for folder, _, names in os.walk(root, onerror=fail) for name in names]
    return sorted(path for path in found if path.is_file())


def _unreachable(root: Path, path: Path, error: OSError) -> Unreachable:
    """The sentence names district and source only: the names of files are the offices' own and may tell anything."""
    below = path.relative_to(root).parts[:2] if path.is_relative_to(root) else ()
    reason = error.strerror or type(error).__name__
    return Unreachable(f"{root.joinpath(*below)} cannot be read ({reason}); the earlier results stand")


def district_of(relative: str) -> str:
    """The six digits a district folder begins with; no digits, no district."""
    found = re.match(r"(\d{6})(?!\d)", relative)
    return found[1] if found and "/" in relative else ""


def _placed(relative: str, district: str) -> tuple[str | None, str | None, str]:
    """The source of a path, or the code and detail of what is wrong with where it lies."""
    parts = relative.split("/")
    if not district or len(parts) < 3:
        return None, "wrong_place", ""
    source = source_of_folder(parts[1])
    return (source.name, None, "") if source else (None, "unknown_source", parts[1])


def shown_name(name: str) -> str:
    """The name of a file as text anyone may show and store.

    Names unpacked from an archive of Chinese Windows are bytes in GBK, which Python holds as half characters.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        name = "/".join(decoded_name(os.fsencode(part)) for part in name.split("/"))
    return _UNPRINTABLE.sub("\ufffd", name)


def is_ignored(name: str) -> bool:
    """Whether editors and systems leave files of this name behind."""
    return bool(IGNORED.match(name))


def source_of_folder(name: str) -> Source | None:
    """The source a folder is named after, by its English or Chinese name: 学籍, 1学籍数据, Registry."""
    known = BY_FOLDER.get(name.strip()) or BY_FOLDER.get(name.strip().lower())
    if known:
        return known
    named = {source.name: source for source in SOURCES if source.chinese in name}
    return next(iter(named.values())) if len(named) == 1 else None


def _delivery(
    path: Path, relative: str, period: str, district: str, source: str | None, data: bytes, given: str | None = None
) -> Delivery:
    """The delivery at ``relative``; ``given`` tells apart those whose names had to be altered to be shown."""
    content = hashlib.sha256(data).hexdigest()
    told = f"{given or relative}\0{content}".encode("utf-8", "surrogatepass")
    return Delivery(path, relative, period, district, source, hashlib.sha256(told).hexdigest()[:16], content, len(data))


def deliveries_of_file(path: Path, name: str, period: str, district: str) -> tuple[list[Delivery], list[CachedReading]]:
    """A file outside any inbox under ``name``, or the files of an archive: those to be read and those refused."""
    try:
        data = path.read_bytes()
    except OSError:
        return [], [_refused(_delivery(path, name, period, district, None, b""), "unreadable")]
    whole = _delivery(path, name, period, district, None, data)
    return _members(whole, data) if _is_archive(data) else ([whole], [])


def delivery_of_file(path: Path, period: str, source: str | None, district: str = "000000") -> Delivery:
    """A single file outside any inbox, for `baoxue check`."""
    return _delivery(path, path.name, period, district, source, path.read_bytes())


def _refused(delivery: Delivery, code: str, detail: str = "") -> CachedReading:
    issue = ReadingIssue(None, None, None, code, detail)
    return CachedReading(delivery, None, None, 0, 0, 0, 0, "[]", code, detail, (issue,))


def _is_archive(data: bytes) -> bool:
    """A zip file that is no workbook."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        names = {member.name.lower() for member in zip_members(data)}
    except CannotRead:
        return False
    return not names & {"xl/workbook.xml", "[content_types].xml", "mimetype"}


def _members(whole: Delivery, data: bytes) -> tuple[list[Delivery], list[CachedReading]]:
    """The files of an archive as deliveries of their own; sizes and names are checked before anything is opened."""
    try:
        members = zip_members(data)
        check_sizes(members, len(data))
    except CannotRead as error:
        return [], [_refused(whole, error.code, error.detail)]
    found: list[Delivery] = []
    bad: list[CachedReading] = []
    for member in members:
        name = member.name.replace("\\", "/")
        parts = [part for part in name.split("/") if part not in ("", ".")]
        unsafe = name.startswith("/") or ".." in parts or bool(_DRIVE.match(name) or _UNPRINTABLE.search(name))
        if not unsafe and (name.endswith("/") or any(is_ignored(part) for part in parts)):
            continue
        relative = "/".join((whole.relative_path, *parts))
        try:
            if unsafe:
                raise CannotRead("unsafe_name")
            content = b"".join(member_chunks(data, member))
            if _is_archive(content):
                raise CannotRead("nested_archive")
        except CannotRead as error:
            safe = f"{whole.relative_path}/{shown_name(parts[-1] if parts and parts[-1] != '..' else '')}"
            given = f"{whole.relative_path}/{member.name}"
            one = _delivery(whole.path, safe, whole.period, whole.district_code, whole.source, b"", given)
            bad.append(_refused(replace(one, member=shown_name(name)), error.code, error.detail))
            continue
        one = _delivery(whole.path, relative, whole.period, whole.district_code, whole.source, content)
        if one.delivery_id not in {other.delivery_id for other in found}:  # the same file twice in one archive
            found.append(replace(one, member=member.name))
    return sorted(found, key=lambda d: d.relative_path), bad


def content_of(delivery: Delivery) -> bytes:
    """The bytes of a delivery, out of its archive if it came in one."""
    data = delivery.path.read_bytes()
    if delivery.member is None:
        return data
    for member in zip_members(data):
        if member.name == delivery.member:
            content = b"".join(member_chunks(data, member))
            if hashlib.sha256(content).hexdigest() == delivery.content_hash:  # an archive may hold two of one name
                return content
    raise CannotRead("unreadable")
