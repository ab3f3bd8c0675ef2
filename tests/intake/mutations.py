"""Good files of every format made bad: bytes changed, members of archives changed, files cut off and spliced.

Everything follows from one number, so that a file that did harm can be made again.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from tests.intake.recipes import RECIPES, ROLL, A, B, grid

NUMBERS = (
    b"-1",
    b"0",
    b"1",
    b"32768",
    b"65536",
    b"1048576",
    b"1048577",
    b"2147483648",
    b"4294967295",
    b"1e308",
    b"NaN",
    b"",
)


def bytes_changed(data: bytes, rng: random.Random) -> bytes:
    """A few bytes replaced, taken out, put in or doubled."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 20, 100])):
        at = rng.randrange(len(changed) + 1)
        kind = rng.randrange(4)
        if kind == 0 and at < len(changed):
            changed[at] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randrange(1, 60)]
        elif kind == 2:
            changed[at:at] = rng.randbytes(rng.randrange(1, 20))
        else:
            changed[at:at] = changed[at : at + rng.randrange(1, 200)]
    return bytes(changed)


def cut_off(data: bytes, rng: random.Random) -> bytes:
    """A file whose copying was broken off, now and then filled up with nothing."""
    kept = data[: rng.randrange(len(data) + 1)]
    return kept + b"\0" * (len(data) - len(kept)) * rng.randrange(2)


def spliced(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def numbers_changed(data: bytes, rng: random.Random) -> bytes:
    """Numbers of a file replaced by numbers at the edge of what fits."""
    found = list(re.finditer(rb"\d+", data))
    for number in rng.sample(found, min(len(found), rng.choice([1, 2, 8])))[::-1]:
        if number.end() <= len(data):
            data = data[: number.start()] + rng.choice(NUMBERS) + data[number.end() :]
    return data


def elements_changed(data: bytes, rng: random.Random) -> bytes:
    """Elements of a markup taken out, doubled or put elsewhere."""
    parts = re.split(rb"(?=<)", data)
    for _ in range(rng.choice([1, 2, 10])):
        at, width = rng.randrange(len(parts)), rng.choice([1, 1, 3, 20])
        piece = parts[at : at + width]
        kind = rng.randrange(3)
        if kind:
            del parts[at : at + width]
        if kind != 1:
            to = rng.randrange(len(parts) + 1)
            parts[to:to] = piece * rng.choice([1, 1, 50])
        parts = parts or [b""]
    return b"".join(parts)


def member_changed(data: bytes, rng: random.Random, other: bytes) -> bytes:
    """An archive one of whose members is damaged, missing, doubled, renamed or another archive's."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError, EOFError):
        return bytes_changed(data, rng)
    name = rng.choice(sorted(members))
    kind = rng.randrange(8)
    if kind < 2:
        members[name] = bytes_changed(members[name], rng)
    elif kind == 2:
        members[name] = elements_changed(members[name], rng)
    elif kind == 3:
        members[name] = numbers_changed(members[name], rng)
    elif kind == 4:
        members[name] = cut_off(members[name], rng)
    elif kind == 5:
        del members[name]
    elif kind == 6:
        members[name] = members[rng.choice(sorted(members))]
    else:
        members[name.upper() if rng.randrange(2) else name.replace("/", "\\")] = members.pop(name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    packed = out.getvalue()
    return bytes_changed(packed, rng) if rng.randrange(10) == 0 else packed


def damaged(good: Sequence[tuple[str, bytes]], seed: int) -> tuple[str, bytes]:
    """The source and content of one damaged file, made from the good ones in turn."""
    rng = random.Random(seed)
    source, content = good[seed % len(good)]
    other = rng.choice(good)[1]
    kind = rng.randrange(10)
    if content[:2] == b"PK" and kind < 6:
        return source, member_changed(content, rng, other)
    if kind == 6:
        return source, cut_off(content, rng)
    if kind == 7:
        return source, spliced(content, other, rng)
    if kind == 8:
        return source, numbers_changed(content, rng)
    if kind == 9 and b"<" in content:
        return source, elements_changed(content, rng)
    return source, bytes_changed(content, rng)


# ------------------------------------------------------------------------------------------------ what is damaged


def _by_xlsxwriter() -> bytes:
    """What the library can put into a workbook, around a roll."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": True, "date_1904": True})
    sheet = book.add_worksheet("学籍")
    for at, row in enumerate(ROLL):
        sheet.write_row(at, 0, row)
    bold = book.add_format({"bold": True, "font_strikeout": True})
    sheet.write_rich_string(6, 0, "王", bold, "小", "明")
    sheet.write_formula(7, 1, "=SUM(A1:A3)", None, 3)
    sheet.write_array_formula(8, 0, 8, 2, "{=A1:C1}", None, 1)
    sheet.write_url(9, 0, "https://example.invalid/", string="链接")
    sheet.write_comment(1, 1, "批注")
    sheet.write_boolean(10, 0, True)
    sheet.write_datetime(10, 1, datetime(2015, 9, 1, 12), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    sheet.conditional_format(0, 0, 20, 5, {"type": "3_color_scale"})
    sheet.data_validation(0, 3, 20, 3, {"validate": "list", "source": ["男", "女"]})
    sheet.autofilter(0, 0, 5, 3)
    sheet.set_row(3, None, None, {"hidden": True, "level": 2})
    sheet.merge_range(12, 0, 14, 3, "合并")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=学籍!$A$1:$A$5"})
    sheet.insert_chart("H2", chart)
    book.add_chartsheet("图")
    book.add_worksheet("空").very_hidden()
    book.define_name("区域", "=学籍!$A$1:$C$3")
    book.close()
    return out.getvalue()


def _by_openpyxl() -> bytes:
    """The same with what the other library writes: inline strings, errors, tables, dates, comments."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in grid(A, B):
        sheet.append(list(row))
    sheet["A30"].value, sheet["B30"].value = "#REF!", "=1/0"
    sheet["C30"].value, sheet["D30"].value = date(2015, 9, 1), True
    sheet["E30"] = ArrayFormula("E30:E32", "=A1:A3")
    sheet["A1"].comment = Comment("批注", "人")
    sheet.add_data_validation(DataValidation(type="list", formula1='"√,×"'))
    sheet.freeze_panes = "C4"
    sheet.row_dimensions[5].hidden = True
    listed = book.create_sheet("表")
    for row in ROLL:
        listed.append([str(cell) for cell in row])
    listed.add_table(Table(displayName="T", ref="A1:B3"))
    book.create_chartsheet("图")
    book.create_sheet("隐藏").sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EXOTIC: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("registry", _by_xlsxwriter), ("household", _by_xlsxwriter), ("attendance", _by_openpyxl), ("answers", _by_openpyxl),
)  # fmt: skip


def good_files() -> list[tuple[str, bytes]]:
    """The source and content of every file the recipes accept, and of workbooks full of what libraries can write."""
    accepted = [
        (recipe.source, recipe.make())
        for recipe in RECIPES
        if not recipe.refused and recipe.name != "locked, with the password"
    ]
    return accepted + [(source, make()) for source, make in EXOTIC]
