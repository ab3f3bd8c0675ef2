"""Reads plain sheets, as nearly all are: cells that hold a shared text or a number, and nothing to be understood otherwise.

The rows of a list differ in little but their digits. What is left of a row without them is its form; a form is taken
apart once, and tells of every row that has it which of its numbers stands for the cell of which column. That takes less
time than going through the elements of every cell, and a text that many cells share is one object. Whatever has another
form (an error, a hidden row, a text in several fonts, …) is `NotPlain`, and so is its workbook: it is left to calamine as
a whole. Which part is which sheet, and what a style makes of a number, is asked of calamine here, too.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from xml.parsers import expat

import python_calamine as calamine

from transforms.intake.inflated import with_inflated

LAST_ROW = 1_048_576
WIDEST = 512
MOST_CELLS = 20_000_000
MOST_TEXTS = 1_000_000
MOST_FORMS = 1_000
"""What is larger is no sheet as most are; so many fit into the memory of a reader many times."""
Area = tuple[tuple[int, int], tuple[int, int]]


class NotPlain(Exception):
    """Something may be understood in another way than it is here."""


class Cells(NamedTuple):
    """What stands on a sheet: where it begins, counted from nought, its rows, and its merged ranges on the sheet."""

    start: tuple[int, int]
    rows: list[list[Any]]
    merged: Sequence[Area]


def read_plain(data: bytes, sheets: Mapping[int, bytes], shared: tuple[int, bytes] | None) -> list[tuple[Any, Cells]]:
    """Every sheet of the workbook ``data`` that has cells, with what calamine says of it; raises `NotPlain`.

    ``sheets`` are the sheets' XML by their places in the archive, ``shared`` place and XML of the texts they share.
    """
    asked = _Asked(data, sheets, shared[0] if shared else None)
    try:
        values = _Values(_texts(shared[1]) if shared else [], asked)
        read = {f"{offset}": _cells(sheet, values) for offset, sheet in sheets.items()}
        book = asked.book({offset: b'<c r="A1" t="str"><v>%d</v></c>' % offset for offset in sheets})
        return [
            (meta, read[_only_cell(book, place)])
            for place, meta in enumerate(book.sheets_metadata)
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except (ValueError, KeyError, expat.ExpatError):  # no number, no sheet of this archive, no XML
        raise NotPlain from None


# ---------------------------------------------------------------------------------------------- asking calamine


class _Asked(NamedTuple):
    """A workbook calamine is asked about, each of its sheets holding one cell and the shared texts none."""

    data: bytes
    sheets: Collection[int]
    shared: int | None

    def book(self, cells: Mapping[int, bytes]) -> Any:
        """The workbook with a cell in each of its sheets."""
        parts = {offset: (_SHEET % cell,) for offset, cell in cells.items()}
        if self.shared is not None:
            parts[self.shared] = (_NO_TEXTS,)
        try:
            return calamine.CalamineWorkbook.from_filelike(io.BytesIO(b"".join(with_inflated(self.data, parts))))
        except Exception:
            raise NotPlain from None

    def number(self, style: bytes) -> Any:
        """What it makes of a number of some style."""
        book = self.book(dict.fromkeys(self.sheets, b'<c r="A1" s="%b"><v>%d</v></c>' % (style, _EXAMPLE)))
        return _only_cell(book, [m.typ for m in book.sheets_metadata].index(calamine.SheetTypeEnum.WorkSheet))


_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEET = b'<worksheet %b><sheetData><row r="1">%%b</row></sheetData></worksheet>' % _MAIN
_NO_TEXTS = b"<sst %b></sst>" % _MAIN


def _only_cell(book: Any, place: int) -> Any:
    try:
        [[value]] = book.get_sheet_by_index(place).to_python()
    except Exception:
        raise NotPlain from None
    return value


# ------------------------------------------------------------------------------------------------- texts, numbers

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>\s*)?<sst [^<>]*[^<>/]>")
_PHONETIC = re.compile(rb"<phoneticPr [^<>]*/>")
_BLANKS = (b" ", b"\t", b"\n")
_TRIMMED = re.compile(rb"<t>(?:[ \t\n][^<]*|[^<]*[ \t\n])</t>")


def _texts(xml: bytes) -> list[str]:
    """The texts a workbook's cells share, where each is one text without escapes."""
    opening = _OPENING.match(xml)
    body = xml[opening.end() :].rstrip(b"\r\n") if opening else b""
    if opening is None or not _is_utf8(opening[0]):
        raise NotPlain
    if b"<phoneticPr " in body:
        body = _PHONETIC.sub(b"", body)
    at_an_edge = any(b in body and (b"<t>" + b in body or b + b"</t>" in body) for b in _BLANKS)
    if at_an_edge and _TRIMMED.search(body):
        raise NotPlain
    body = body.replace(b'<t xml:space="preserve">', b"<t>")
    tags = body.count(b"<")
    if b"&" in body or b"\r" in body or (b"_" in body and b"_x" in body) or tags > 4 * MOST_TEXTS:
        raise NotPlain
    texts = body[7:-15].decode("utf-8").split("</t></si><si><t>")
    if tags != 4 * len(texts) + 1 or not (body.startswith(b"<si><t>") and body.endswith(b"</t></si></sst>")):
        raise NotPlain
    return texts


def _is_utf8(opening: bytes) -> bool:
    return b"encoding" not in opening or re.search(rb"encoding=[\"']utf-8[\"']", opening.lower()) is not None


_NUMBERS: list[bytes] = []


def _numbers(count: int) -> list[bytes]:
    """The first numbers as they are written, made once."""
    if len(_NUMBERS) < count:
        _NUMBERS.extend([b"%d" % number for number in range(len(_NUMBERS), count)])
    return _NUMBERS


class _Values(dict[bytes, Any]):
    """What the numbers of a workbook's cells stand for: a shared text, or behind a style and ``=`` a number or a date."""

    def __init__(self, texts: Sequence[str], asked: _Asked) -> None:
        super().__init__(zip(_numbers(len(texts)), texts, strict=False))
        self[b""] = ""
        self._asked = asked
        self._examples: dict[bytes, Any] = {}

    def __missing__(self, told: bytes) -> Any:
        found = _STYLED.fullmatch(told)
        if found is None:
            raise NotPlain
        style, written = found.groups()
        if style not in self._examples:
            self._examples[style] = self._asked.number(style) if style else float(_EXAMPLE)
        example = self._examples[style]
        if type(example) is float:
            value: Any = float(written)
        elif type(example) is dt.date and written.isdigit() and written >= b"1" and len(written) == 5:
            value = example + dt.timedelta(int(written) - _EXAMPLE)
        else:
            raise NotPlain
        self[told] = value
        return value


_EXAMPLE = 40_000
_STYLED = re.compile(rb"([0-9]*)=([0-9]+(?:\.[0-9]+)?(?:E[0-9]+)?)")


# ---------------------------------------------------------------------------------------------------------- rows

_DIGITS = b"0123456789."
_BETWEEN = bytes(set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ =/>") - set(b"w"))
_APART = bytes(c if c in _DIGITS else ord("\n" if c == ord("w") else " ") for c in range(256))
_NEXT_ROW = b"\n \n"
"""Numbers alone, what is between them a blank: a w becomes a new line, for none but the tags of rows have one."""
_CELL = rb'<c r="[A-Z]{1,3}[0-9]+"(?: s="[0-9]+")?(?:/>|></c>|(?: t="[sn]")?>(?:<f[^<>]*>(?:[^<>]*</f>)?)?<v>[0-9.]+(?:E\+[0-9]+)?</v></c>)'
_TAG = rb'<row r="[0-9]+"(?: [A-Za-z0-9:]+="[^"<>&]*")*'
_ROW = re.compile(rb"((?:" + _TAG + rb"/>)*)(" + _TAG + rb")>((?:" + _CELL + rb")*)")
_PARTS = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]+"( s="[0-9]+")?(?: t="([sn])")?(?:/|></c|>(<f[^<>]*>(?:[^<>]*</f>)?)?(<v>)[0-9.]+(E)?[^<]*</v></c)>'
)
_ROW_ENDS = b"</row>"
_NO_ROWS = re.compile(rb'(?:<row r=""(?: [A-Za-z:]+="[^"<>&]*")*/>)*')


class Form:
    """Where among the numbers of a row its own stands, and those of its cells: by column those that are filled."""

    def __init__(self, line: bytes) -> None:
        found = _ROW.fullmatch(line)
        if found is None or _tells_hidden(line):
            raise NotPlain
        self.row_at = len(_numbers_in(found[1]))
        at = self.row_at + len(_numbers_in(found[2]))
        own, last = [self.row_at, self.row_at], 0
        self.columns: dict[int, int] = {}
        self.numbers: list[tuple[int, int | None, bool]] = []
        for cell in _PARTS.finditer(found[3]):
            letters, styled, kind, formula, filled, power = cell.groups()
            column = _column(letters)
            if not last < column or len(own) > WIDEST or (kind == b"s" and (formula is not None or power)):
                raise NotPlain
            last = column
            own.append(at)
            style = at + 1 if styled else None
            at += 2 if styled else 1
            if formula:
                at += len(_numbers_in(formula))
            if filled:
                self.columns[column] = at
                if kind != b"s":
                    self.numbers.append((at, style, bool(power)))
                at += 2 if power else 1
        self.told, self.rows_told = at, len(own)
        self.own_row = itemgetter(*own)

    @lru_cache(maxsize=MOST_FORMS)  # noqa: B019 - no more than there are forms
    def among(self, first: int, last: int) -> Callable[[list[bytes]], Sequence[bytes]]:
        """What picks the cells of the columns ``first`` to ``last``, a row's last number standing for a blank."""
        places = [self.columns.get(column, -1) for column in range(first, last + 1)]
        return itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1 or None))


_FORMS: dict[bytes, Form] = {}


def _forms(sheet: bytes, begins: int, ends: int) -> list[Form]:
    """The form of every row, known or taken apart."""
    written = sheet.translate(None, _DIGITS).split(_ROW_ENDS)
    written[0] = written[0][len(sheet[:begins].translate(None, _DIGITS)) :]
    rest = written.pop().removesuffix(sheet[ends:].translate(None, _DIGITS))
    if not _NO_ROWS.fullmatch(rest) or _tells_hidden(rest):
        raise NotPlain
    forms = []
    begin, reached = begins, 0
    for at, row in enumerate(written):
        form = _FORMS.get(row)
        if form is None:
            while reached < at:
                begin = sheet.find(_ROW_ENDS, begin) + len(_ROW_ENDS)
                reached += 1
            form = Form(sheet[begin : sheet.find(_ROW_ENDS, begin)])
            if len(_FORMS) >= MOST_FORMS:
                _FORMS.clear()
            _FORMS[row] = form
        forms.append(form)
    return forms


def _numbers_of_rows(sheet: bytes, begins: int, ends: int) -> list[bytes]:
    """The numbers of every row, still together; cut out last, for memory costs as much when first touched as looking at it."""
    before, behind = (len(part.translate(_APART, _BETWEEN)) for part in (sheet[:begins], sheet[ends:]))
    numbers = sheet.translate(_APART, _BETWEEN)
    rows = numbers[before : len(numbers) - behind].split(_NEXT_ROW)
    return rows if sheet.endswith(_ROW_ENDS, begins, ends) else rows[:-1]


def _tells_hidden(rows: bytes) -> bool:
    return b"hidden" in rows and rows.count(b"hidden") != rows.count(b' hidden="false"')


def _numbers_in(text: bytes) -> list[bytes]:
    return text.translate(_APART, _BETWEEN).split()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(sheet: bytes, values: _Values) -> Cells:
    """The cells of a sheet. A row has its form where it has as many numbers, and every cell tells the row's own."""
    begins, ends = _rows_within(sheet)
    merged = _merged(sheet[:begins], sheet[ends:])
    forms = _forms(sheet, begins, ends)
    filled = [form.columns for form in set(forms) if form.columns]
    if not filled:
        return Cells((0, 0), [], merged)
    first, last = min(map(min, filled)), max(map(max, filled))
    width = last - first + 1
    if width > WIDEST or width * len(forms) > MOST_CELLS:
        raise NotPlain
    cells_of = {form: form.among(first, last) for form in set(forms)}
    value_of = values.__getitem__
    rows: list[list[Any]] = []
    begin = before = 0
    for form, line in zip(forms, _numbers_of_rows(sheet, begins, ends), strict=True):
        told = line.split()
        if len(told) != form.told:
            raise NotPlain
        written = told[form.row_at]
        if b"".join(form.own_row(told)) != written * form.rows_told:
            raise NotPlain
        number = int(written)
        if number <= before:
            raise NotPlain
        if form.columns:
            for at, style, power in form.numbers:
                number_told = b"%bE%b" % (told[at], told[at + 1]) if power else told[at]
                told[at] = b"%b=%b" % (told[style] if style else b"", number_told)
            told.append(b"")
            if not rows:
                begin = number
            elif number - begin > len(rows):
                if width * (number - begin) > MOST_CELLS:
                    raise NotPlain
                rows.extend([[""] * width for _ in range(begin + len(rows), number)])
            rows.append(list(map(value_of, cells_of[form](told))))
        before = number
    if before > LAST_ROW:
        raise NotPlain
    return Cells((begin - 1, first - 1), rows, merged)


# ---------------------------------------------------------------------------------------------- around the rows

_ROWS = re.compile(rb"<sheetData(/?)>")
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}[0-9]{1,6}(?::[A-Z]{1,3}[0-9]{1,6})?"/>')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,6}):([A-Z]{1,3})([0-9]{1,6})"/>')
_LARGE_COUNT = re.compile(rb'ount="[0-9]{7,}"')


def _rows_within(sheet: bytes) -> tuple[int, int]:
    """Where the rows begin and end; what stands around them must be XML like any other."""
    opening = _ROWS.search(sheet)
    if opening is None:
        raise NotPlain
    begins = opening.end()
    ends = begins if opening[1] else sheet.rfind(b"</sheetData>")
    head, tail = sheet[:begins], sheet[ends:]
    if ends < begins or b"<!" in head or b"<!" in tail or b"<sheetData" in tail:
        raise NotPlain
    if head.count(b"<dimension") != len(_DIMENSION.findall(head)) or _LARGE_COUNT.search(tail):
        raise NotPlain
    expat.ParserCreate().Parse(head + tail, True)
    return begins, ends


def _merged(head: bytes, tail: bytes) -> list[Area]:
    ranges = _MERGED.findall(tail)
    if tail.count(b"<mergeCell ") != len(ranges) or tail.count(b"<mergeCells") > 1 or b"mergeCells" in head:
        raise NotPlain
    return [
        ((int(top) - 1, _column(left) - 1), (int(bottom) - 1, _column(right) - 1))
        for left, top, right, bottom in ranges
    ]
