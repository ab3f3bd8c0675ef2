"""Opens a file by what it is, never by its name, and hands out its sheets as rows of raw cell values.

Offices send xlsx named .xls, tab-separated GBK text named .xls, HTML tables named .xls, WPS .et files and locked
workbooks. Nothing here follows a link, runs a macro or computes a formula, and sizes are checked before expanding.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

import python_calamine as calamine

from transforms.intake.biff import row_facts
from transforms.intake.inflated import InPieces, Pieces, merged_first, with_inflated
from transforms.intake.plain import NotPlain, read_plain

Row = list[Any]
CHUNK_ROWS = 20_000
MOST_BYTES = 1_500_000_000
MOST_RATIO = 120
SMALL_MEMBER = 64_000_000
WORST_RATIO = 1032
"""Deflate never packs more than this to one, so that few packed bytes cannot hide many."""
RATIO_MATTERS_FROM = 60_000_000
MOST_CELLS = 60_000_000
SHEETS_AT_MOST = 2_000
MOST_FILE_BYTES = 400_000_000
INFLATED_AT_MOST = 64_000_000
"""Sheets of more bytes are looked at piece by piece and never held whole."""
OPENS_ITSELF = "VelvetSweatshop"
"""The password of workbooks that are only protected against changes: Excel opens them without asking."""
csv.field_size_limit(1_000_000)


class CannotRead(Exception):
    """One file cannot be used; ``code`` is a key of `ISSUE_CODES`, ``detail`` fills its sentence."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass
class Sheet:
    """One sheet: its rows in chunks, and the number Excel shows for the first of them and for its first column.

    ``merged`` are the first and last cell of each merged range, counted among these rows.
    """

    name: str
    first_row: int
    chunks: Iterator[list[Row]]
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    struck_rows: tuple[int, ...] = ()
    first_column: int = 1
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()

    def letter(self, place: int) -> str:
        """The letter Excel shows for a place in the sheet's rows."""
        return _letters(self.first_column + place)

    def all_rows(self) -> list[Row]:
        """Every row at once."""
        rows = next(self.chunks, [])
        for chunk in self.chunks:
            rows.extend(chunk)
        return rows


@lru_cache(maxsize=1_000)
def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass
class Book:
    """An opened file: its format, its encoding where it is text, its sheets in order."""

    format: str
    sheets: Iterator[Sheet]
    encoding: str | None = None
    undecodable: int = 0
    notes: list[str] = field(default_factory=list)


def open_book(data: bytes, passwords: Sequence[str] = ()) -> Book:
    """The file with the content ``data``; raises `CannotRead` with the reason."""
    if len(data) > MOST_FILE_BYTES:
        raise CannotRead("too_large", f"{len(data) >> 20} MB")
    if not data or not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise CannotRead("empty_file")
    if data[:4] == b"PK\x03\x04":
        return _open_zip_workbook(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _open_compound(data, passwords)
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        try:
            return Book("xls", _workbook_sheets(_calamine((data,)), {}))
        except CannotRead:
            raise CannotRead("unknown_format") from None  # Excel 4 and older
    if data[:5] == b"%PDF-" or data[:4] in (b"\x89PNG", b"Rar!", b"7z\xbc\xaf", b"GIF8") or data[:3] == b"\xff\xd8\xff":
        raise CannotRead("unknown_format")
    return _open_text(data)


# ---------------------------------------------------------------------------------------------- zip workbooks


@dataclass(frozen=True)
class Member:
    """One entry of a zip archive's directory."""

    name: str
    method: int
    flags: int
    packed: int
    size: int
    offset: int
    checksum: int


def zip_members(data: bytes) -> list[Member]:
    """The directory of a zip archive; raises `CannotRead` where it is cut off or lies.

    Read by hand because `zipfile` costs as much as reading a class sheet.
    """
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22:
        raise CannotRead("unreadable")
    count, size, start = struct.unpack_from("<HII", data, end + 10)
    members = []
    at = start
    try:
        for _ in range(count):
            if data[at : at + 4] != b"PK\x01\x02":
                raise CannotRead("unreadable")
            flags, method = struct.unpack_from("<HH", data, at + 8)
            checksum, packed, size, name_length, extra, comment = struct.unpack_from("<IIIHHH", data, at + 16)
            (offset,) = struct.unpack_from("<I", data, at + 42)
            raw = data[at + 46 : at + 46 + name_length]
            members.append(Member(decoded_name(raw), method, flags, packed, size, offset, checksum))
            at += 46 + name_length + extra + comment
    except struct.error:
        raise CannotRead("unreadable") from None
    return members


def decoded_name(raw: bytes) -> str:
    """The name of a file from its bytes: what is no UTF-8 comes from Chinese Windows."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def member_chunks(data: bytes, member: Member) -> Iterator[bytes]:
    """The content of ``member`` piece by piece, never more than its directory entry promises."""
    if member.flags & 1:
        raise CannotRead("password_needed")
    at = member.offset
    if data[at : at + 4] != b"PK\x03\x04" or len(data) < at + 30:
        raise CannotRead("unreadable")
    name_length, extra = struct.unpack_from("<HH", data, at + 26)
    start = at + 30 + name_length + extra
    packed = data[start : start + member.packed]
    if member.method == 0:
        yield packed
        return
    if member.method != 8:
        raise CannotRead("unreadable")
    inflate = zlib.decompressobj(-15)
    given = 0
    try:
        if member.size < SMALL_MEMBER and member.packed < SMALL_MEMBER // WORST_RATIO:
            piece = zlib.decompress(packed, -15, member.size or 1)
            if len(piece) > member.size:
                raise CannotRead("too_large", f"{len(piece) >> 20} MB")
            yield piece
            return
        while packed and not inflate.eof:
            piece = inflate.decompress(packed, 4_000_000)
            packed = inflate.unconsumed_tail
            given += len(piece)
            if given > member.size:
                raise CannotRead("too_large", f"{given >> 20} MB")
            yield piece
            if not piece and not packed:
                break
    except zlib.error:
        raise CannotRead("unreadable") from None


def check_sizes(members: Sequence[Member], packed_bytes: int) -> None:
    """Refuse an archive that would expand beyond measure, before anything is expanded."""
    total = sum(member.size for member in members)
    if (
        total > MOST_BYTES
        or (total > RATIO_MATTERS_FROM and total > MOST_RATIO * packed_bytes)
        or len(members) > 20_000
    ):
        raise CannotRead("too_large", f"{total >> 20} MB")


def _open_zip_workbook(data: bytes) -> Book:
    members = zip_members(data)
    check_sizes(members, len(data))
    by_name = {member.name: member for member in members}
    if "xl/workbook.xml" not in by_name:
        workbook = next((name for name in by_name if name.lower().replace("\\", "/") == "xl/workbook.xml"), None)
        if workbook is None:
            raise CannotRead("no_list" if _is_letter(data, by_name) else "unknown_format")
    sheets: list[Member] = []
    for member in members:  # what a directory entry lies about is found out before anything is made of it
        if member.name.startswith("xl/worksheets/") and member.name.endswith(".xml"):
            sheets.append(member)  # inflated below
        elif _may_hide_much(member):
            for _ in member_chunks(data, member):
                pass
    shared = by_name.get("xl/sharedStrings.xml")
    _check_counts(data, shared)
    struck = _struck_styles(data, by_name.get("xl/styles.xml"))
    hold = sum(member.size for member in (*sheets, *([shared] if shared else []))) <= INFLATED_AT_MOST
    held = {member.offset: b"".join(member_chunks(data, member)) for member in sheets} if hold else {}
    if hold and struck is None and len(by_name) == len(members):
        try:
            return Book("xlsx", iter(_plain_sheets(data, sheets, held, shared)))
        except NotPlain:
            pass
    facts = {}
    inflated: dict[int, Pieces] = {}
    for member in sheets:
        content = held.get(member.offset)
        if content is not None and zlib.crc32(content) == member.checksum:
            inflated[member.offset] = merged_first(content)  # a damaged sheet is left to the reader of cells to refuse
        facts[member.name] = _sheet_facts(member_chunks(data, member) if content is None else iter((content,)), struck)
    named = _sheet_parts(data, by_name, facts) if any(h or s for h, s in facts.values()) else {}
    return Book("xlsx", _workbook_sheets(_calamine(with_inflated(data, inflated) if inflated else (data,)), named))


def _plain_sheets(
    data: bytes, members: Sequence[Member], held: Mapping[int, bytes], shared: Member | None
) -> list[Sheet]:
    """The sheets of a workbook all of which are plain; raises `NotPlain`."""
    texts = b"".join(member_chunks(data, shared)) if shared else b""
    checksums = [member.checksum for member in (*members, *([shared] if shared else []))]
    if [zlib.crc32(content) for content in (*held.values(), *([texts] if shared else []))] != checksums:
        raise NotPlain
    sheets = []
    for meta, cells in read_plain(data, held, (shared.offset, texts) if shared else None):
        (row, column), rows = cells.start, cells.rows
        chunks = iter([rows[at : at + CHUNK_ROWS] for at in range(0, len(rows), CHUNK_ROWS)])
        merged = _among_rows(cells.merged, row, column)
        sheets.append(Sheet(meta.name, row + 1, chunks, _unseen(meta), (), (), column + 1, merged))
    return sheets


def _may_hide_much(member: Member) -> bool:
    """Whether an entry may hold far more than it says: deflate never packs more than `WORST_RATIO` to one."""
    most = member.packed * WORST_RATIO
    return member.method == 8 and most > MOST_BYTES // 4 and most > 4 * member.size


def _is_letter(data: bytes, by_name: Mapping[str, Member]) -> bool:
    """Whether a zip file is a Word document of text alone: a table or a picture in it may be the list itself."""
    text = by_name.get("word/document.xml")
    if text is None or any(name.startswith("word/media/") for name in by_name):
        return False
    return b"<w:tbl" not in b"".join(member_chunks(data, text))


_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7})"')
_ROW = re.compile(rb'<row [^>]*?r="([0-9]{1,7})"')
_FAR_CELL = re.compile(rb' r="(?:[A-Z]{3}[0-9]|[A-Z]{1,3}[0-9]{6})')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>')
_ANY_ROW = re.compile(rb' r="[A-Z]*([0-9]{7,})"')
_COUNT = re.compile(rb'ount="([0-9]{7,})"')
_LAST_ROW = 1_048_576
_SHAPE = bytes.maketrans(b"BCDEFGHIJKLMNOPQRSTUVWXYZ123456789", b"A" * 25 + b"0" * 9)
"""Makes every letter A and every digit 0, so that one plain search finds numbers of some length."""
_NO_SHAPE = b"abcefghijklmnopqrstuvwxyz <>/"
"""What stands in no number of a row or column, nor twice in ``hidden="``: most of a sheet, left out of what is searched."""
_HIDDEN_ROW = re.compile(rb'<row [^>]*?r="([0-9]+)"[^>]*?hidden="(?:1|true)"')


def _sheet_facts(pieces: Iterator[bytes], struck: re.Pattern[bytes] | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Hidden and struck-out rows of one sheet's XML; refuses a sheet whose cells lie too far apart to hold."""
    hidden: list[int] = []
    struck_rows: set[int] = set()
    rows = columns = told = 0
    carry = b""
    for piece in pieces:
        if piece[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) and not carry and not told:
            raise CannotRead("unreadable")  # the reader of cells takes such a sheet for an empty one
        piece = carry + piece
        shape = piece.translate(_SHAPE, _NO_SHAPE)
        if b'dd="' in shape and b'hidden="' in piece:
            hidden.extend(int(number) for number in _HIDDEN_ROW.findall(piece))
        if struck is not None:
            struck_rows.update(int(number) for number in struck.findall(piece))
        if told == 0:
            told = _told_rows(piece)
        _check_within_excel(piece, shape)
        last = _last_row(piece)
        wide = b'"AAA0' in shape
        if wide or (last > told and last * 16_384 > MOST_CELLS and _FAR_CELL.search(piece)):
            for letters, number in _CELL.findall(piece):
                rows = max(rows, int(number))
                columns = max(columns, _column_number(letters))
            if rows * columns > MOST_CELLS:
                raise CannotRead("too_large", f"{rows}×{columns}")
        carry = piece[-300:] if len(piece) >= 4_000_000 else b""
    return tuple(sorted(set(hidden))), tuple(sorted(struck_rows))


def _check_within_excel(piece: bytes, shape: bytes) -> None:
    """Refuse a sheet with cells beyond Excel's last row, or more elements counted than it has bytes.

    The reader of cells makes room for all of them at once and ends its process where there is none.
    """
    alone = b'="0000000' in shape
    if (alone or b"A0000000" in shape) and any(int(number) > _LAST_ROW for number in _ANY_ROW.findall(piece)):
        raise CannotRead("unreadable")
    if alone and any(int(number) > MOST_BYTES for number in _COUNT.findall(piece)):
        raise CannotRead("unreadable")


def _check_counts(data: bytes, member: Member | None) -> None:
    """Refuse shared texts that say they are more than their bytes can hold: room is made for all of them at once."""
    if member is None or len(data) < member.offset + 30:
        return
    start = member.offset + 30 + sum(struct.unpack_from("<HH", data, member.offset + 26))
    head = data[start : start + 2_000]
    try:
        head = zlib.decompressobj(-15).decompress(head, 2_000) if member.method == 8 else head
    except zlib.error:
        raise CannotRead("unreadable") from None
    if any(int(number) > member.size for number in _COUNT.findall(head)):
        raise CannotRead("unreadable")


def _told_rows(piece: bytes) -> int:
    """The last row a sheet says it has, where what it says is not too much to hold; else none."""
    found = _DIMENSION.search(piece, 0, 4_000)
    if found is None or int(found[2]) * _column_number(found[1]) > MOST_CELLS:
        return -1
    return int(found[2])


def _last_row(piece: bytes) -> int:
    """The number of the last row of a sheet's XML: a low one cannot stand for too many cells."""
    found = _ROW.search(piece, max(piece.rfind(b"<row "), 0))
    return int(found[1]) if found else 1_048_576


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _struck_styles(data: bytes, member: Member | None) -> re.Pattern[bytes] | None:
    """A pattern of cells written in a struck-out font, or nothing where no font is struck out."""
    if member is None or member.size > 20_000_000:
        return None
    styles = b"".join(member_chunks(data, member))
    if b"<strike" not in styles:
        return None
    fonts = re.findall(rb"<font>.*?</font>|<font/>", styles.partition(b"</fonts>")[0], re.S)
    bad = {number for number, font in enumerate(fonts) if re.search(rb'<strike(?:/| val="(?:1|true)")', font)}
    formats = re.findall(rb"<xf [^>]*>", styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0])
    numbers = [
        str(number).encode()
        for number, style in enumerate(formats)
        if (found := re.search(rb'fontId="(\d+)"', style)) and int(found[1]) in bad
    ]
    return re.compile(rb'<c r="[A-Z]+([0-9]+)" s="(?:' + b"|".join(numbers) + rb')"[^>/]*>') if numbers else None


def _sheet_parts(
    data: bytes, members: Mapping[str, Member], facts: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]
) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """The facts of the XML parts under their sheets' names, through the workbook's relations."""
    from defusedxml.ElementTree import fromstring

    try:
        book = fromstring(b"".join(member_chunks(data, members["xl/workbook.xml"])))
        relations = fromstring(b"".join(member_chunks(data, members["xl/_rels/workbook.xml.rels"])))
    except Exception:
        return {}
    target = {r.get("Id"): (r.get("Target") or "").lstrip("/").removeprefix("xl/") for r in relations}
    named = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            found = facts.get("xl/" + target.get(identity, "?"))
            if found:
                named[sheet.get("name") or ""] = found
    return named


def _calamine(pieces: Pieces) -> Any:
    try:
        return calamine.CalamineWorkbook.from_filelike(InPieces(pieces))
    except calamine.PasswordError:
        raise CannotRead("password_needed") from None
    except Exception:
        raise CannotRead("unreadable") from None


def _workbook_sheets(book: Any, facts: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]) -> Iterator[Sheet]:
    for place, meta in enumerate(book.sheets_metadata):
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_index(place)
        except BaseException as error:  # a Rust panic is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            raise CannotRead("unreadable") from None
        hidden, struck = facts.get(meta.name, ((), ()))
        row, column = sheet.start or (0, 0)
        merged = _among_rows(sheet.merged_cell_ranges or (), row, column)
        yield Sheet(meta.name, row + 1, _sheet_chunks(sheet), _unseen(meta), hidden, struck, column + 1, merged)


def _among_rows(
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]], row: int, column: int
) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Merged ranges of a sheet counted among its rows, which begin at ``row`` and ``column``."""
    return tuple(
        ((top - row, left - column), (bottom - row, right - column)) for (top, left), (bottom, right) in ranges
    )


def _unseen(meta: Any) -> bool:
    return bool(meta.visible != calamine.SheetVisibleEnum.Visible)


def _sheet_chunks(sheet: Any) -> Iterator[list[Row]]:
    """A small sheet whole, a large one in pieces, so that its Python objects never stand all at once.

    The blank rows of a large one, a million where a clerk strayed to Excel's last, are one and the same.
    """
    if sheet.start is None:
        return
    if sheet.height <= CHUNK_ROWS:
        yield sheet.to_python(skip_empty_area=True)
        return
    chunk: list[Row] = []
    nothing = [""] * sheet.width
    for row in islice(sheet.iter_rows(), sheet.start[0], None):  # it begins at Excel's first row, to_python does not
        chunk.append(nothing if row == nothing else row)
        if len(chunk) == CHUNK_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def check_compound(data: bytes) -> None:
    """Refuse an OLE2 file whose chains of sectors run in circles: a reader that follows them never ends."""
    try:
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        directory, _, cutoff, mini_first, _, difat_first, _ = struct.unpack_from("<IIIIIII", data, 48)
        if shift not in (9, 12) or mini_shift != 6:
            raise CannotRead("unreadable")
        size = 1 << shift
        places = [place for place in struct.unpack_from("<109I", data, 76) if place < _LAST_SECTOR]
        seen: set[int] = set()
        while difat_first < _LAST_SECTOR and difat_first not in seen:
            seen.add(difat_first)
            more = struct.unpack_from(f"<{size // 4}I", data, (difat_first + 1) * size)
            places.extend(place for place in more[:-1] if place < _LAST_SECTOR)
            difat_first = more[-1]
        table = [n for place in places for n in struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)]
        entries = _chain(table, directory)
        minis = [
            n
            for place in _chain(table, mini_first)
            for n in struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)
        ]
        for place in entries:
            for at in range((place + 1) * size, (place + 2) * size, 128):
                kind = data[at + 66]
                start, length = struct.unpack_from("<II", data, at + 116)
                if kind in (2, 5):
                    _chain(table if length >= cutoff or kind == 5 else minis, start)
    except (struct.error, IndexError):
        raise CannotRead("unreadable") from None


_LAST_SECTOR = 0xFFFFFFFA


def _chain(table: Sequence[int], start: int) -> list[int]:
    """The sectors from ``start`` on."""
    chain: list[int] = []
    seen: set[int] = set()
    while start < _LAST_SECTOR:
        if start in seen or start >= len(table):
            raise CannotRead("unreadable")
        seen.add(start)
        chain.append(start)
        start = table[start]
    return chain


def _open_compound(data: bytes, passwords: Sequence[str]) -> Book:
    """An OLE2 file: an old workbook, or a new one locked with a password."""
    check_compound(data)
    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data:
        return _open_zip_workbook(_unlocked(data, passwords))
    try:
        return Book("xls", _workbook_sheets(_calamine((data,)), row_facts(data)))
    except CannotRead as error:
        if _stream_name("WordDocument") in data or _stream_name("PowerPoint Document") in data:
            raise CannotRead("unknown_format") from None
        if error.code != "password_needed":
            raise
    opened = _unlocked(data, passwords)
    return Book("xls", _workbook_sheets(_calamine((opened,)), row_facts(opened)))


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _unlocked(data: bytes, passwords: Sequence[str]) -> bytes:
    """The workbook inside a locked file, opened with the first password that fits."""
    import msoffcrypto

    if any("<!ENTITY".encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
        raise CannotRead("unreadable")  # the description of a lock is XML, read by a parser that expands entities
    for password in (*passwords, OPENS_ITSELF):
        try:
            locked = msoffcrypto.OfficeFile(io.BytesIO(data))
            locked.load_key(password=password, verify_password=True)
            opened = io.BytesIO()
            locked.decrypt(opened)
        except Exception:  # noqa: S112 - the library raises whatever the file provokes; the next password may fit
            continue
        return opened.getvalue()
    raise CannotRead("wrong_password" if passwords else "password_needed")


# ------------------------------------------------------------------------------------------------------ text


def decode(data: bytes) -> tuple[str, str, int]:
    """The text, its encoding, and how many characters could not be decoded.

    "GBK" is decoded as its superset GB18030: 䶮 and 㛃 are not in GBK. Strict decoding decides between encodings;
    only a file no encoding fits is decoded with replacement.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return text, encoding, text.count("\ufffd")
    sample = data[:4000]
    if sample.count(0) > len(sample) // 8:
        encoding = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        text = data.decode(encoding, "replace")
        return text, encoding, text.count("\ufffd")
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.start > 0:
            return data[: error.start].decode("utf-8"), "utf-8", 1
    try:
        return data.decode("gb18030"), "gb18030", 0
    except UnicodeDecodeError:
        pass
    tries = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030")]
    text, encoding = min(tries, key=lambda attempt: attempt[0].count("\ufffd"))
    return text, encoding, text.count("\ufffd")


def _open_text(data: bytes) -> Book:
    text, encoding, undecodable = decode(data)
    head = text[:4000].lstrip("\ufeff \t\r\n").lower()
    unprintable = sum(1 for c in text[:4000] if c < " " and c not in "\t\r\n\f\v")
    if unprintable > len(text[:4000]) // 20 or undecodable > len(text) // 20 + 3:
        raise CannotRead("unknown_format")
    if "urn:oasis:names:tc:opendocument" in head or re.match(r"id;p|table\s*\r?\n0,1", head):
        raise CannotRead("unknown_format")  # flat OpenDocument, SYLK, DIF
    if head.startswith("<") and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Book("xml", _xml_sheets(data), encoding, undecodable)
    if head.startswith("<") and ("<table" in text[:200_000].lower() or "<html" in head):
        return Book("html", _html_sheets(text), encoding, undecodable)
    if head.startswith(("{", "[{", "<?xml")):
        raise CannotRead("unknown_format")
    return Book("csv", _text_sheets(text), encoding, undecodable)


def _text_sheets(text: str) -> Iterator[Sheet]:
    text = text.replace("\0", "").removeprefix("\ufeff")
    lines = text.splitlines()
    delimiter = _delimiter(lines[:60])
    if delimiter is None:
        rows = [re.split(r"[ \u3000]{2,}|\t", line.strip()) if line.strip() else [""] for line in lines]
    else:
        rows = _records(text, lines, delimiter)
    yield Sheet("", 1, iter([rows[i : i + CHUNK_ROWS] for i in range(0, len(rows), CHUNK_ROWS)]))


def _delimiter(lines: Sequence[str]) -> str | None:
    """The separator most lines agree on."""
    best, most = None, 0
    for delimiter in ("\t", ",", ";", "|", "，"):
        counts = sorted((line.count(delimiter) for line in lines if line.strip()), reverse=True)
        usual = counts[len(counts) // 2] if counts else 0
        weight = max(usual * 10, counts[0] if counts else 0)
        if weight > most:
            best, most = delimiter, weight
    return best


def _records(text: str, lines: Sequence[str], delimiter: str) -> list[Row]:
    """The records of separated text; a stray quotation mark must not swallow the lines after it."""
    if '"' not in text:
        return [line.split(delimiter) for line in lines]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if not any(cell.count("\n") > 8 for row in rows for cell in row if len(cell) > 200):
            return rows
    except csv.Error:
        pass
    return list(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))


def _html_sheets(text: str) -> Iterator[Sheet]:
    """Every table of a page that has more than one row, spans laid out; nested tables stand for themselves."""
    import lxml.html

    try:
        page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except Exception:
        raise CannotRead("unreadable") from None
    for number, table in enumerate(page.iter("table"), 1):
        rows = _html_rows(table)
        if rows:
            yield Sheet("" if number == 1 else f"表{number}", 1, iter([rows]))


def _html_rows(table: Any) -> list[Row]:
    rows: list[Row] = []
    hanging: dict[int, tuple[int, str]] = {}
    cells_in_all = 0
    for line in table.iter("tr"):
        if next(line.iterancestors("table"), None) is not table:
            continue
        row: Row = []
        for cell in (c for c in line if c.tag in ("td", "th")):
            _hang(row, hanging)
            wide = min(_span(cell, "colspan"), 400)
            down = min(_span(cell, "rowspan"), 100_000)
            content = re.sub(r"[ \t\r\n]+", " ", cell.text_content()).strip(" ")
            for place in range(wide):
                if down > 1:
                    hanging[len(row)] = (down - 1, "")
                row.append(content if place == 0 else "")
        _hang(row, hanging)
        cells_in_all += len(row)
        if cells_in_all > MOST_CELLS:
            raise CannotRead("too_large", f"{cells_in_all}")
        rows.append(row)
    return rows


def _hang(row: Row, hanging: dict[int, tuple[int, str]]) -> None:
    """Lay out the cells that reach down from the rows above."""
    while len(row) in hanging:
        left, content = hanging.pop(len(row))
        if left > 1:
            hanging[len(row)] = (left - 1, content)
        row.append(content)
        if left > 1 and len(row) > 2000:
            break


def _span(cell: Any, name: str) -> int:
    found = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    return max(1, int(found[1])) if found else 1


def _xml_sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of an Excel 2003 XML workbook; entities and external references are refused."""
    from defusedxml.ElementTree import fromstring

    space = "{urn:schemas-microsoft-com:office:spreadsheet}"
    try:
        book = fromstring(data)
    except Exception:
        raise CannotRead("unreadable") from None
    for sheet in book.iter(f"{space}Worksheet"):
        rows: list[Row] = []
        for line in sheet.iter(f"{space}Row"):
            index = int(line.get(f"{space}Index") or len(rows) + 1)
            if index > 1_100_000:
                raise CannotRead("too_large", str(index))
            rows.extend([] for _ in range(index - 1 - len(rows)))
            row: Row = []
            for cell in line.iter(f"{space}Cell"):
                place = min(int(cell.get(f"{space}Index") or len(row) + 1), 16_384)
                row.extend([""] * (place - 1 - len(row)))
                content = cell.find(f"{space}Data")
                row.append("" if content is None else "".join(content.itertext()))
                row.extend([""] * min(int(cell.get(f"{space}MergeAcross") or 0), 400))
            rows.append(row)
        yield Sheet(sheet.get(f"{space}Name") or "", 1, iter([rows]))
