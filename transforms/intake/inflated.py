"""Makes a workbook quicker to read cells from: its sheets inflated already, their merged cells told before their rows.

Every sheet is inflated once to be looked at before anything is made of it, so the reader of cells need not do it
again. And it goes through a sheet twice, for its cells and for its merged cells, which a workbook tells last: told
first, they end the second time at once. Only the copy handed to it is changed, and nothing but where things stand.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Mapping

_MERGED = re.compile(rb"<mergeCells(?:>| [^<>]*[^/<>]>).*?</mergeCells>", re.S)
_COMMENT = re.compile(rb"<!|-->|\]\]>")
_NONE_MERGED = b"<mergeCells></mergeCells>"
_NAME_IS_UTF8 = 0x800
AT_ONCE = 1 << 16


Pieces = tuple[bytes | memoryview, ...]
"""Content in pieces, so that none of a large sheet is copied to put a little before it."""


def merged_first(sheet: bytes) -> Pieces:
    """The XML of a sheet with its merged cells told before its rows, too; as it is where that cannot be told for sure."""
    rows = sheet.find(b"<sheetData>")
    after = sheet.rfind(b"</sheetData>")
    if rows < 0 or after < rows:
        return (sheet,)
    head, tail = sheet[:rows], sheet[after:]
    if b"<!" in head or b"mergeCells" in head or _COMMENT.search(tail):  # what stands in a comment does not count
        return (sheet,)
    merged = _NONE_MERGED
    if b"mergeCells" in tail:
        found = _MERGED.findall(tail)
        if len(found) != 1 or tail.count(b"mergeCells") != 2:
            return (sheet,)
        merged = found[0]
    return head, merged, memoryview(sheet)[rows:]


def with_inflated(data: bytes, sheets: Mapping[int, Pieces]) -> Pieces:
    """The archive ``data`` with the content of some members put anew, uncompressed; ``sheets`` are these by offset.

    What was there stays where it was, and the new stands behind it with a directory of its own.
    """
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    count, _, at = struct.unpack_from("<HII", data, end + 10)
    parts: list[bytes | memoryview] = [memoryview(data)[:at]]
    written = at
    directory: list[bytes] = []
    for _ in range(count):
        lengths = struct.unpack_from("<HHH", data, at + 28)
        name = data[at + 46 : at + 46 + lengths[0]]
        (offset,) = struct.unpack_from("<I", data, at + 42)
        following = at + 46 + sum(lengths)
        content = sheets.get(offset)
        if content is None:
            directory.append(data[at:following])
        else:
            (flags,) = struct.unpack_from("<H", data, at + 8)
            size = sum(map(len, content))
            checksum = 0
            for piece in content:
                checksum = zlib.crc32(piece, checksum)
            told = struct.pack("<HHHIIIIHH", 20, flags & _NAME_IS_UTF8, 0, 0, checksum, size, size, len(name), 0)
            parts += [b"PK\x03\x04", told, name, *content]
            directory += [b"PK\x01\x02\x14\x00", told, struct.pack("<HHHII", 0, 0, 0, 0, written), name]
            written += 4 + len(told) + len(name) + size
        at = following
    listed = b"".join(directory)
    closing = struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), written, 0)
    return (*parts, listed, b"PK\x05\x06", closing)


class InPieces(io.RawIOBase):
    """Content in pieces as a file that is read once from its beginning to its end.

    A large sheet need be neither joined nor handed over whole: memory it takes anew costs as much as looking at it.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._left = [memoryview(piece) for piece in reversed(pieces)]

    def read(self, size: int = -1) -> bytes:
        """No more than ``size`` bytes, nothing at the end."""
        while self._left:
            piece = self._left.pop()
            given = min(size, AT_ONCE) if size >= 0 else AT_ONCE
            if len(piece) > given:
                self._left.append(piece[given:])
            if len(piece):
                return bytes(piece[:given])
        return b""
