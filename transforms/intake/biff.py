"""Finds the hidden and the struck-out rows of an old workbook (BIFF), which the reader of its cells does not tell.

The records of the workbook's stream are walked once; a record nobody needs is stepped over by its length. Whatever is
broken ends the walk with what is known: the cells are read, and judged broken or not, elsewhere.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

Facts = dict[str, tuple[tuple[int, ...], tuple[int, ...]]]
"""Sheet name → its hidden rows and its struck-out rows, numbered as Excel shows them."""
_LAST_SECTOR = 0xFFFFFFFA
_BOF, _BOF_OLDER = 0x0809, 0x0409
_EOF, _BOUNDSHEET, _FONT, _XF, _ROW, _MULRK, _FILEPASS = 0x0A, 0x85, 0x31, 0xE0, 0x0208, 0xBD, 0x2F
_CELLS = frozenset((0x00FD, 0x0203, 0x027E, 0x0204, 0x0006, 0x0205, 0x00D6, _MULRK))
"""Records of cells that hold something: text, numbers, formulas, truth values."""
_HIDDEN, _STRUCK = 0x20, 0x08
_MISSING_FONT = 4
"""No font has this index: those from it on are counted one further."""


def row_facts(data: bytes) -> Facts:
    """The hidden and struck-out rows of every sheet of an OLE2 workbook that has any; nothing of a broken one."""
    try:
        return _facts(_workbook_stream(data))
    except (struct.error, IndexError, ValueError):
        return {}


def _workbook_stream(data: bytes) -> bytes:
    """The stream called Workbook (or Book), put together from its sectors; chains are known not to run in circles."""
    shift = struct.unpack_from("<H", data, 30)[0]
    directory, _, cutoff, mini_first, _, difat, _ = struct.unpack_from("<IIIIIII", data, 48)
    size = 1 << shift
    numbers = f"<{size // 4}I"
    places = [place for place in struct.unpack_from("<109I", data, 76) if place < _LAST_SECTOR]
    while difat < _LAST_SECTOR:
        more = struct.unpack_from(numbers, data, (difat + 1) * size)
        places.extend(place for place in more[:-1] if place < _LAST_SECTOR)
        difat = more[-1]
    table = [n for place in places for n in struct.unpack_from(numbers, data, (place + 1) * size)]
    entries = _joined(data, table, directory, size)
    root = entries[:128]
    for at in range(0, len(entries), 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        if entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower() not in ("workbook", "book"):
            continue
        start, stream_size = struct.unpack_from("<II", entries, at + 116)
        if stream_size >= cutoff:
            return _joined(data, table, start, size)[:stream_size]
        minis = struct.unpack(f"<{len(m) // 4}I", m) if (m := _joined(data, table, mini_first, size)) else ()
        pool = _joined(data, table, struct.unpack_from("<I", root, 116)[0], size)
        return b"".join(pool[place * 64 : place * 64 + 64] for place in _chain(minis, start))[:stream_size]
    return b""


def _chain(table: list[int] | tuple[int, ...], start: int) -> Iterator[int]:
    left = len(table)
    while start < _LAST_SECTOR and left:
        yield start
        start = table[start]
        left -= 1


def _joined(data: bytes, table: list[int], start: int, size: int) -> bytes:
    return b"".join(data[(place + 1) * size : (place + 2) * size] for place in _chain(table, start))


def _facts(stream: bytes) -> Facts:
    struck_fonts: set[int] = set()
    fonts = formats = 0
    struck_formats: set[int] = set()
    sheets: list[tuple[str, int]] = []
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        body = at + 4
        if kind in (_EOF, _FILEPASS):
            break
        if kind == _FONT:
            if struct.unpack_from("<H", stream, body + 2)[0] & _STRUCK:
                struck_fonts.add(fonts if fonts < _MISSING_FONT else fonts + 1)
            fonts += 1
        elif kind == _XF:
            if struct.unpack_from("<H", stream, body)[0] in struck_fonts:
                struck_formats.add(formats)
            formats += 1
        elif kind == _BOUNDSHEET:
            sheets.append((_sheet_name(stream[body + 6 : body + length]), struct.unpack_from("<I", stream, body)[0]))
        at = body + length
    facts = {name: _sheet_rows(stream, start, struck_formats) for name, start in sheets}
    return {name: found for name, found in facts.items() if found[0] or found[1]}


def _sheet_name(raw: bytes) -> str:
    wide = raw[1] & 1
    return raw[2:].decode("utf-16-le" if wide else "latin-1", "replace")[: raw[0]]


def _sheet_rows(stream: bytes, at: int, struck_formats: set[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    hidden: list[int] = []
    struck: set[int] = set()
    depth, end = 0, len(stream)
    header = struct.Struct("<HH").unpack_from
    cell = struct.Struct("<HHH").unpack_from
    while at + 4 <= end:
        kind, length = header(stream, at)
        if kind == _ROW:
            if stream[at + 4 + 12] & _HIDDEN:
                hidden.append(header(stream, at + 4)[0] + 1)
        elif struck_formats and kind in _CELLS:
            row, _, style = cell(stream, at + 4)
            styles = stream[at + 8 : at + 2 + length]
            if style in struck_formats or (
                kind == _MULRK
                and any(int.from_bytes(styles[n : n + 2], "little") in struck_formats for n in range(0, len(styles), 6))
            ):
                struck.add(row + 1)
        elif kind in (_BOF, _BOF_OLDER):
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        at += 4 + length
    return tuple(hidden), tuple(sorted(struck))
