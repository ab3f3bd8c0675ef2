"""Hidden and struck-out rows of old workbooks are seen, and a broken one tells nothing instead of failing."""

from __future__ import annotations

import io
import random

import xlwt

from transforms.intake.biff import row_facts


def workbook(rows: int) -> bytes:
    book = xlwt.Workbook()
    struck = xlwt.easyxf("font: struck_out on")
    for name in ("名册", "Sheet2"):
        sheet = book.add_sheet(name)
        for at in range(rows):
            sheet.write(at, 0, "张三")
            sheet.write(at, 1, at, struck if (name, at) == ("名册", 5) else xlwt.Style.default_style)
        if name == "名册":
            sheet.row(3).hidden = True
            sheet.write(7, 2, "旧", struck)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_hidden_and_struck_out_rows_are_told_by_sheet() -> None:
    for rows in (10, 400):
        assert row_facts(workbook(rows)) == {"名册": ((4,), (6, 8))}


def test_a_broken_workbook_tells_nothing_and_never_fails() -> None:
    whole = workbook(30)
    chance = random.Random(5)
    for _ in range(300):
        broken = bytearray(whole[: chance.randrange(600, len(whole))])
        for _ in range(chance.randrange(20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        row_facts(bytes(broken))
