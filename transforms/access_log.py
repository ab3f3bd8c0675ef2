"""The access log: who ran, asked, explained, handed out or removed what, line by line, none of which can be changed unseen.

    <root>/lake/access/log.jsonl      one line an act, only ever added to
    <root>/lake/access/head           how many lines there are and the last one's hash: cutting lines off shows
    <root>/lake/access/key            the key of the hashes, made with the first line

Each line holds the hash of the line before and its own, both keyed (HMAC-SHA256): who may write the log but not read
the key can add, change, remove or reorder nothing unseen. Who has the key too can forge the whole log; against that
``head`` is printed by `baoxue audit` to be kept elsewhere (on paper, in a mail), and handed back to it with ``--head``.
Children stand in it by child_id or case number, never by name.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

ACTS = ("run", "query", "explain", "export", "diff", "purge", "recovered")
LONGEST_WAIT = 60


@dataclass(frozen=True)
class Act:
    """One thing somebody did. ``children`` are child_ids or case numbers; ``facts`` are codes, counts and file names.

    ``at`` is the moment with its zone, ``who`` the account and machine.
    """

    at: datetime
    who: str
    act: str
    children: Sequence[str] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Audit:
    """What a check of the log found: its length, its head, and the first line that is not as it was written.

    ``broken_line`` is the number of that line, none where every line holds; ``reason`` is a sentence.
    """

    lines: int
    head: str
    broken_line: int | None = None
    reason: str = ""
    acts: dict[str, int] = field(default_factory=dict)


class AccessLog:
    """The log in ``folder``; writers wait for one another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "log.jsonl"
        self._head = folder / "head"
        self._key_file = folder / "key"

    def note(self, *acts: Act) -> None:
        """Add a line for each of ``acts``, on disk before this returns; raises `OSError` where that cannot be."""
        if not acts:
            return
        for act in acts:
            if act.act not in ACTS:
                raise ValueError(f"{act.act} is not an act of the log")
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(self.folder / "lock", timeout=LONGEST_WAIT, mode=0o600):
            key = self._key()
            count, before = self._told_head()
            whole, torn = self._torn()
            last = _parsed(torn) or self._last_line(whole)
            if torn and _parsed(torn) is None:
                # A power cut in the middle of a line. Nothing is taken out of the log: the fragment becomes a line of
                # its own, and the next one vouches for it.
                acts = (Act(acts[0].at, acts[0].who, "recovered", facts={"torn": _sha(torn)}), *acts)
            if last is not None:  # the head may be older: it is written after the lines
                count, before = last["no"], last["hash"]
            written = [b"\n"] if torn else []
            for act in acts:
                count += 1
                line = _line(act, count, before)
                before = line["hash"] = _mac(key, line)
                written.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            self._append(b"".join(written))
            self._tell_head(count, before)

    def audit(self, head: str | None = None) -> Audit:
        """Check every line against its hash and the one before, the end against the head kept beside the log.

        ``head`` is one noted earlier as ``<lines>:<hash>``; the log must still hold that very line.
        """
        if not self.file.is_file():
            return self._without_log(head)
        if not self._key_file.is_file():
            return Audit(0, "", 1, "the key of the log is gone, so that no line can be checked")
        acts: dict[str, int] = {}
        kept, kept_hash = self._told_head()  # before the log, to which somebody may be adding
        key, count, before = self._key(), 0, ""
        noted = _parsed_head(head) if head else None
        torn: tuple[int, str] | None = None
        physical, raw, kept_holds = 0, b"", False
        for physical, raw in enumerate(self._lines(), start=1):
            line = _parsed(raw)
            if torn is not None:
                if line is None or line.get("act") != "recovered" or line.get("torn") != torn[1]:
                    return Audit(count, _head(count, before), torn[0], "the line is not one of the log", acts)
                torn = None
            if line is None:
                torn = (physical, _sha(raw.rstrip(b"\n")))
                continue
            reason = _wrong(line, key, count + 1, before)
            if reason:
                return Audit(count, _head(count, before), physical, reason, acts)
            count, before = line["no"], line["hash"]
            acts[line["act"]] = acts.get(line["act"], 0) + 1
            kept_holds |= (count, before) == (kept, kept_hash)
            if noted and noted[0] == count and not hmac.compare_digest(noted[1], before[: len(noted[1])]):
                return Audit(
                    count, _head(count, before), physical, "the head noted earlier had another hash here", acts
                )
        if torn is not None and raw.endswith(b"\n"):
            return Audit(count, _head(count, before), torn[0], "the line is not one of the log", acts)
        if kept > count or not self._head.is_file():
            what = f"{kept - count} lines" if kept > count else "the head kept beside the log"
            return Audit(count, _head(count, before), physical + 1, f"{what} missing at the end", acts)
        if kept and not kept_holds:
            return Audit(count, _head(count, before), kept, "the head kept beside the log is not of this log", acts)
        if noted and noted[0] > count:
            return Audit(count, _head(count, before), physical + 1,
                         f"the head noted earlier was of {noted[0]} lines, the log has {count}", acts)  # fmt: skip
        return Audit(count, _head(count, before), acts=acts)

    def _without_log(self, head: str | None) -> Audit:
        if self._head.is_file() or self._key_file.is_file() or (head and _parsed_head(head)[0]):
            return Audit(0, "", 1, "the log is gone")
        return Audit(0, _head(0, ""))

    def _lines(self) -> Iterator[bytes]:
        with self.file.open("rb") as handle:
            yield from handle

    def _key(self) -> bytes:
        if not self._key_file.is_file():
            if self.file.is_file() and self.file.stat().st_size:
                raise PermissionError(f"{self._key_file} is gone: run `baoxue audit`, then put it back from the backup")
            fresh = self._key_file.with_suffix(".new")
            _private_write(fresh, secrets.token_hex(32).encode())
            fresh.replace(self._key_file)
        return bytes.fromhex(self._key_file.read_text(encoding="ascii").strip())

    def _torn(self) -> tuple[int, bytes]:
        """The length of the log up to its last whole line, and what stands after it."""
        if not self.file.is_file():
            return 0, b""
        with self.file.open("rb") as handle:
            size = handle.seek(0, os.SEEK_END)
            at, tail = size, b""
            while at > 0 and b"\n" not in tail:
                step = min(65_536, at)
                at -= step
                handle.seek(at)
                tail = handle.read(step) + tail
        rest = tail[tail.rfind(b"\n") + 1 :]
        return size - len(rest), rest

    def _last_line(self, whole: int) -> dict[str, Any] | None:
        """The last line of the first ``whole`` bytes that can be read as one."""
        if not whole:
            return None
        with self.file.open("rb") as handle:
            at, tail = whole, b""
            while at > 0 and tail.count(b"\n") < 3:
                step = min(65_536, at)
                at -= step
                handle.seek(at)
                tail = handle.read(step) + tail
        return next((line for raw in reversed(tail.splitlines()) if (line := _parsed(raw)) is not None), None)

    def _append(self, content: bytes) -> None:
        handle = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            written = 0
            while written < len(content):
                written += os.write(handle, content[written:])
            os.fsync(handle)
        finally:
            os.close(handle)

    def _told_head(self) -> tuple[int, str]:
        if not self._head.is_file():
            return 0, ""
        return _parsed_head(self._head.read_text(encoding="ascii").strip())

    def _tell_head(self, count: int, hashed: str) -> None:
        fresh = self._head.with_suffix(".new")
        _private_write(fresh, _head(count, hashed).encode())
        fresh.replace(self._head)


def is_head(text: str) -> bool:
    """Whether ``text`` is a head as `baoxue audit` prints it: the number of lines, a colon, a hash."""
    count, colon, hashed = text.partition(":")
    return bool(colon) and count.isdigit() and len(hashed) >= 8 and all(c in "0123456789abcdef" for c in hashed)


def _line(act: Act, number: int, before: str) -> dict[str, Any]:
    line: dict[str, Any] = {"no": number, "at": act.at.isoformat(timespec="seconds"), "who": act.who, "act": act.act}
    line.update({name: value for name, value in act.facts.items() if name not in _FIXED})
    if act.children:
        line["children"] = sorted(set(act.children))
    line["before"] = before
    return line


_FIXED = {"no", "at", "who", "act", "children", "before", "hash"}


def _mac(key: bytes, line: dict[str, Any]) -> str:
    said = {name: value for name, value in line.items() if name != "hash"}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _wrong(line: dict[str, Any], key: bytes, number: int, before: str) -> str:
    """What is wrong with a line that should be the ``number``-th and follow the hash ``before``; nothing where it holds."""
    if not hmac.compare_digest(str(line.get("hash")), _mac(key, line)):
        return "the line is not as it was written"
    if line.get("no") != number or line.get("before") != before:
        return "a line before it is missing or stands elsewhere"
    return ""


def _parsed(raw: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) and "hash" in line and isinstance(line.get("no"), int) else None


def _head(count: int, hashed: str) -> str:
    return f"{count}:{hashed}"


def _parsed_head(text: str) -> tuple[int, str]:
    count, _, hashed = text.partition(":")
    return (int(count), hashed) if count.isdigit() else (0, "")


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _private_write(path: Path, content: bytes) -> None:
    """Write a file only its owner may read, on disk before this returns."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
