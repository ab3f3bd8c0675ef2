"""Deliveries as they really arrive, each a small recipe with the verdict it must get.

One row of `RECIPES` a kind of file: name, source folder, file name, bytes, the code it is refused with (or nothing),
rows given, codes of the issues it must raise (exactly these kinds), and values its first row or each of its rows must have.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Font

Rows = Sequence[Sequence[Any]]
NUMBER = "990101201509010016"


@dataclass(frozen=True)
class Recipe:
    name: str
    source: str
    file: str
    make: Callable[[], bytes]
    refused: str | None = None
    rows: int = 0
    codes: frozenset[str] = frozenset()
    first: dict[str, Any] = field(default_factory=dict)
    each: dict[str, list[Any]] = field(default_factory=dict)


def xlsx(
    *sheets: Rows, names: Sequence[str] = (), merge: Sequence[str] = (), touch: Callable[[Any], None] | None = None
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for row in rows:
            sheet.append(list(row))
        for area in merge:
            sheet.merge_cells(area)
    if touch:
        touch(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fast_xlsx(rows: Rows) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("名册")
    for at, row in enumerate(rows):
        sheet.write_row(at + 3, 2, row)
    book.close()
    return out.getvalue()


def xls(*sheets: Rows) -> bytes:
    book = xlwt.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.add_sheet(f"Sheet{number + 1}")
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(at, place, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def touched_xls(rows: Rows) -> bytes:
    """An old workbook whose third row is hidden and whose fourth is struck out."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    struck = xlwt.easyxf("font: struck_out on")
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet.write(at, place, value, struck if at == 3 else xlwt.Style.default_style)
    sheet.row(2).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join("" if v is None else str(v) for v in row) for row in rows).encode(encoding)


def html(rows: Rows, encoding: str = "utf-8") -> bytes:
    cells = "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>" for row in rows)
    return f"<html><head><meta charset={encoding}></head><body><table border=1>{cells}</table></body></html>".encode(
        encoding
    )


def locked(content: bytes, password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    return out.getvalue()


def lying_bomb() -> bytes:
    """An archive whose directory promises less than it unpacks."""
    data = bytearray(bomb())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)
    return bytes(data)


def far_cell() -> bytes:
    content = xlsx([["姓名", "性别"], ["张三", "男"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
                )
            new.writestr(name, part)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def strike(book: Any) -> None:
    book.active["B3"].font = Font(strike=True)


def hide(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True


# ------------------------------------------------------------------------------------------------- registry

HEAD = ["序号", "学校名称", "学籍号", "姓名", "性别", "出生日期", "身份证号", "年级", "班级"]
ONE = [1, "文艺小学", f"G{NUMBER}", "张三", "男", "2015-09-01", NUMBER, "三年级", "2班"]
TWO = [2, "文艺小学", "G99010120150901002X", "李四", "女", "2015-09-01", "99010120150901002X", "三年级", "2班"]
ROLL: Rows = [HEAD, ONE, TWO]
ZHANG = {"name": "张三", "id_number": NUMBER, "school_name": "文艺小学", "grade": "三年级", "class_name": "2班"}

# ----------------------------------------------------------------------------------------------- attendance

TITLE = "文艺小学三年级(2)班2026年9月学生考勤表"
LEGEND = "图例：√出勤 ○病假 △事假 ×旷课"
WEEKEND = {5, 6, 12, 13, 19, 20, 26, 27}
DAYS = list(range(1, 31))
FULL = "PPPP--PPPPP--PPPPP--PPPPP--PPP-"
NO_FESTIVAL = "PPPP--PPPPP--PPPPP--PPPP---PPP-"


def cells(marks: dict[int, Any] | None = None, usual: Any = "√", days: Sequence[int] = DAYS) -> list[Any]:
    """A pupil's cells: ``usual`` on every school day, nothing at weekends, and what ``marks`` says."""
    marks = marks or {}
    return [marks.get(day, "" if day in WEEKEND else usual) for day in days]


def grid(
    *pupils: Sequence[Any],
    title: Sequence[str] = (TITLE,),
    head: Sequence[Any] = ("序号", "姓名", *DAYS),
    foot: Rows = (),
) -> list[list[Any]]:
    return [
        *([line] for line in title),
        list(head),
        *([n, *pupil] for n, pupil in enumerate(pupils, 1)),
        *map(list, foot),
    ]


A = ("张三", *cells())
B = ("李四", *cells({10: "×", 11: "×"}))
CLASS = {"school_name": "文艺小学", "grade": "三年级", "class_name": "三年级(2)班", "month": "2026-09"}


def blanks(marks: dict[int, Any]) -> list[Any]:
    return cells(marks, usual="")


def halves(days: Sequence[int]) -> list[list[Any]]:
    return [
        ["序号", "姓名", *(v for day in days for v in (day, ""))],
        ["", "", *(v for _ in days for v in ("上午", "下午"))],
    ]


REFUSALS: tuple[Recipe, ...] = (
    Recipe("no bytes", "registry", "a.xlsx", lambda: b"", "empty_file"),
    Recipe("only blanks", "registry", "a.csv", lambda: b"\xef\xbb\xbf \r\n\r\n", "empty_file"),
    Recipe("workbook without cells", "registry", "a.xlsx", lambda: xlsx([]), "empty_file"),
    Recipe("cut-off workbook", "registry", "a.xlsx", lambda: xlsx(ROLL)[:2000], "unreadable"),
    Recipe("workbook cut off by one byte", "registry", "a.xlsx", lambda: xlsx(ROLL)[:-1], "unreadable"),
    Recipe("cut-off old workbook", "registry", "a.xls", lambda: xls(ROLL)[:1500], "unreadable"),
    Recipe("a picture", "registry", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "unknown_format"),
    Recipe("a PDF", "registry", "a.xls", lambda: b"%PDF-1.4 \n1 0 obj", "unknown_format"),
    Recipe("a Word letter", "registry", "a.docx", lambda: zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<w:document><w:p/></w:document>"}), "no_list"),
    Recipe("a list in a Word document", "registry", "a.docx", lambda: zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<w:document><w:tbl/></w:document>"}), "unknown_format"),
    Recipe("a list photographed into a Word document", "registry", "a.docx", lambda: zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<w:document/>", "word/media/image1.jpeg": b"\xff"}), "unknown_format"),
    Recipe("a covering letter as PDF", "registry", "关于报送学籍名单的函（盖章扫描件）.pdf", lambda: b"%PDF-1.4 \n1 0 obj", "no_list"),
    Recipe("a note in a text file", "registry", "数据说明.txt", lambda: "各单位：\n一、本次报送的学籍数据截至9月30日，共3所学校。\n二、证件号,由于条件所限,有个别学生没有采集,请谅解\n联系人：张老师\n".encode(), "no_list"),
    Recipe("names without a header", "registry", "a.txt", lambda: "张三丰\n李四光\n".encode(), "no_header"),
    Recipe("random bytes", "registry", "a.xls", lambda: bytes((i * 7919 + i // 3) % 256 for i in range(4000)), "unknown_format"),
    Recipe("JSON", "registry", "a.txt", lambda: b'{"a": 1}', "unknown_format"),
    Recipe("zip bomb", "registry", "a.xlsx", bomb, "too_large"),
    Recipe("zip bomb whose directory lies", "registry", "a.xlsx", lying_bomb, "too_large"),
    Recipe("a cell in the last corner", "registry", "a.xlsx", far_cell, "too_large"),
    Recipe("locked, no password", "registry", "a.xlsx", lambda: locked(xlsx(ROLL), "other"), "wrong_password"),
    Recipe("no header and two people's names", "registry", "a.csv", lambda: text([["张三", "张大", NUMBER], ["李四", "李大", TWO[2][1:]]]), "no_header"),
    Recipe("no header and no number", "registry", "a.csv", lambda: text([[1, "张三", "男"], [2, "李四", "女"]]), "no_header"),
    Recipe("only a header", "registry", "a.xlsx", lambda: xlsx([HEAD]), "no_rows"),
    Recipe("header and footer only", "registry", "a.xlsx", lambda: xlsx([HEAD, ["合计", 0], ["填表人："]]), "no_rows"),
    Recipe("household register among the school rolls", "registry", "a.xlsx",
           lambda: xlsx([["户号", "户主姓名", "与户主关系", "姓名", "公民身份号码", "派出所", "户籍地址"], ["1", "张大", "子", "张三", NUMBER, "某所", "某街"]]), "wrong_source"),
    Recipe("class sheet among the school rolls", "registry", "a.xlsx", lambda: xlsx(grid(A, B)), "wrong_source"),
    Recipe("school roll among the class sheets", "attendance", "a.xlsx",
           lambda: xlsx([["姓名", "学籍号", "身份证件类型", "入学方式", "就读方式", "学生来源", "户口性质"], ["张三", "G1", "居民身份证", "招生", "走读", "", ""]]), "wrong_source"),
    Recipe("totals without days", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", "出勤", "病假", "旷课"], [1, "张三", 20, 0, 2]]), "no_day_columns"),
    Recipe("names only", "attendance", "a.xlsx", lambda: xlsx([[TITLE], ["序号", "姓名", "性别"], [1, "张三", "男"], [2, "李四", "女"]]), "names_only"),
    Recipe("grid without pupils", "attendance", "a.xlsx", lambda: xlsx(grid()), "no_rows"),
    Recipe("entity expansion", "registry", "a.xls",
           lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&c;</Workbook>', "unreadable"),
)  # fmt: skip

ROSTERS: tuple[Recipe, ...] = (
    Recipe("plain workbook", "registry", "a.xlsx", lambda: xlsx(ROLL), None, 2, first=ZHANG),
    Recipe("workbook named .xls", "registry", "a.xls", lambda: xlsx(ROLL), None, 2, first=ZHANG),
    Recipe("old workbook", "registry", "a.xls", lambda: xls(ROLL), None, 2, first=ZHANG),
    Recipe("WPS workbook", "registry", "a.et", lambda: xls(ROLL), None, 2, first=ZHANG),
    Recipe("table begins at C4", "registry", "a.xlsx", lambda: fast_xlsx(ROLL), None, 2, first={**ZHANG, "row_no": 5}),
    Recipe("UTF-8 text", "registry", "a.csv", lambda: text(ROLL), None, 2, first=ZHANG),
    Recipe("UTF-8 with mark", "registry", "a.csv", lambda: text(ROLL, "utf-8-sig"), None, 2, first=ZHANG),
    Recipe("UTF-16", "registry", "a.txt", lambda: text(ROLL, "utf-16", "\t"), None, 2, first=ZHANG),
    Recipe("UTF-16 without mark", "registry", "a.txt", lambda: text(ROLL, "utf-16-le", "\t"), None, 2, first=ZHANG),
    Recipe("GB18030 with a character GBK lacks", "registry", "a.csv",
           lambda: text([["姓名", "性别"], ["张䶮", "男"], ["李㛃", "女"]], "gb18030"), None, 2, first={"name": "张䶮"}),
    Recipe("tab-separated GBK named .xls", "registry", "a.xls",
           lambda: text([HEAD, ["1", "文艺小学", "'G1", "张三", "男", "NULL", f"'{NUMBER}", "三年级", "2班"]], "gbk", "\t"), None, 1,
           first={"name": "张三", "id_number": f"'{NUMBER}", "birth_date": "NULL"}),
    Recipe("HTML table named .xls", "registry", "a.xls", lambda: html(ROLL), None, 2, first=ZHANG),
    Recipe("HTML table in GBK", "registry", "a.xls", lambda: html(ROLL, "gbk"), None, 2, first=ZHANG),
    Recipe("semicolons", "registry", "a.csv", lambda: text(ROLL, delimiter=";"), None, 2, first=ZHANG),
    Recipe("a stray quotation mark", "registry", "a.csv",
           lambda: text([["姓名", "现住址"], ["张三", '"某街'], *([f"孩子{n}", "某街某号某栋某单元某室"] for n in range(30))]), None, 31),
    Recipe("text as a formula", "registry", "a.csv", lambda: text([["姓名", "身份证号"], ["张三", f'="{NUMBER}"']]), None, 1,
           first={"id_number": f'="{NUMBER}"'}),
    Recipe("UTF-8 cut inside a character", "registry", "a.csv", lambda: text(ROLL)[:-1], None, 2, frozenset({"undecodable"}), first=ZHANG),
    Recipe("locked, with the password", "registry", "a.xlsx", lambda: locked(xlsx(ROLL), "secret"), None, 2, first=ZHANG),
    Recipe("title and notes above", "registry", "a.xlsx",
           lambda: xlsx([["文艺小学学籍名册"], ["填表日期：2026年9月1日", "", "单位：文艺小学"], [], *ROLL]), None, 2, first=ZHANG),
    Recipe("header in odd writing", "registry", "a.xlsx",
           lambda: xlsx([["序号", "学 校\n名称", "学籍号*", "姓　名（必填）", "【性别】性别", "出生日期\n(如2015-09-01)", "身份证号：", "＊年级", "班级(选填)"], ONE]), None, 1,
           first={"name": "张三", "id_number": NUMBER, "grade": "三年级"}),
    Recipe("header in another order", "registry", "a.xlsx", lambda: xlsx([HEAD[::-1], ONE[::-1]]), None, 1, first=ZHANG),
    Recipe("two-level header", "registry", "a.xlsx",
           lambda: xlsx([["序号", "学生信息", "", "", "监护人信息", "", "备注"], ["", "姓名", "性别", "身份证号", "姓名", "联系电话", ""],
                         [1, "张三", "男", NUMBER, "张大", "13800000000", ""]]), None, 1,
           first={"name": "张三", "id_number": NUMBER, "guardian1_name": "张大", "guardian1_phone": "13800000000"}),
    Recipe("a line of notes above the header is no group over its headings", "exempt", "a.xlsx",
           lambda: xlsx([["青石区延缓入学审批汇总表"], ["填报单位：教育股", "", "", "", "截止日期：2026年9月"], ["编号", "儿童姓名", "性别", "公民身份号码", "类别", "有效期至"],
                         [1, "张三", "男", NUMBER, "延缓入学", "2027-08-31"]]), None, 1, first={"name": "张三", "id_number": NUMBER, "kind": "延缓入学"}),
    Recipe("the head of the household stands beside the child", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "身份证号", "户主", "父母或监护人"], ["张三", NUMBER, "张老", "张大"]]), None, 1,
           first={"name": "张三", "guardian1_name": "张大", "guardian2_name": "张老"}),
    Recipe("a parent's columns are not the child's", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "性别", "班主任姓名", "班主任身份证号"], ["张三", "男", "王五", NUMBER]]), None, 1, frozenset({"column_not_understood"}),
           first={"name": "张三", "id_number": None}),
    Recipe("similar heading", "registry", "a.xlsx", lambda: xlsx([["姓名", "学生状况"], ["张三", "在读"]]), None, 1,
           frozenset({"header_by_similarity"}), first={"status": "在读"}),
    Recipe("two telephone columns", "registry", "a.xlsx", lambda: xlsx([["姓名", "电话", "手机"], ["张三", "1", "2"]]), None, 1,
           frozenset({"column_twice"}), first={"phone": "1"}),
    Recipe("national and auxiliary number", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "学籍辅号", "全国学籍号"], ["张三", "2023001", f"G{NUMBER}"]]), None, 1, frozenset({"column_twice"}),
           first={"pupil_no": f"G{NUMBER}"}),
    Recipe("header repeated per page", "registry", "a.xlsx", lambda: xlsx([["学籍名册"], *ROLL, ["本页小计", 2], HEAD, ONE]), None, 3),
    Recipe("totals, signatures, notes", "registry", "a.xlsx",
           lambda: xlsx([*ROLL, [], ["合计", "2人"], ["填表人：王五", "", "", "审核人：赵六"], ["注：本表一式两份"], ["单位（盖章）"], ["", "", "", "校长签字："]]), None, 2),
    Recipe("signatures of school offices", "registry", "a.xlsx",
           lambda: xlsx([*ROLL, ["教务处审核：", "", "", "校长："], ["政教处主任签字：", "", "", "德育处："]]), None, 2),
    Recipe("a child with little else is kept", "registry", "a.xlsx", lambda: xlsx([*ROLL, ["", "", "", "安", "", "", "", "", "2班"]]), None, 3),
    Recipe("a row without a name is kept", "registry", "a.xlsx",
           lambda: xlsx([HEAD, [1, "文艺小学", "G1", "", "男", "2015-09-01", NUMBER, "三年级", "2班"], TWO]), None, 2, first={"name": None, "id_number": NUMBER}),
    Recipe("numbered empty lines", "registry", "a.xlsx", lambda: xlsx([*ROLL, [3], [4], [5]]), None, 2),
    Recipe("several sheets", "registry", "a.xlsx", lambda: xlsx(ROLL, ROLL, names=["三年级", "四年级"]), None, 4),
    Recipe("a sheet of instructions", "registry", "a.xlsx", lambda: xlsx([["填表说明"], ["请如实填写"]], ROLL, names=["填表说明", "名册"]), None, 2,
           frozenset({"sheet_not_read"}), first=ZHANG),
    Recipe("school in the title, class in the sheet's name", "registry", "a.xlsx",
           lambda: xlsx([["文艺小学学生名册"], ["姓名", "身份证号"], ["张三", NUMBER]], names=["三年级2班"]), None, 1,
           first={"school_name": "文艺小学", "grade": "三年级", "class_name": "三年级2班"}),
    Recipe("school in the file's name", "registry", "育红中学学籍.csv", lambda: text([["姓名", "年级"], ["张三", "七年级"]]), None, 1,
           first={"school_name": "育红中学", "grade": "七年级"}),
    Recipe("a number Excel has cut", "registry", "a.xlsx", lambda: xlsx([["姓名", "身份证号", "出生日期", "班级"], ["张三", 990101201509010016, dt.date(2015, 9, 1), 2]]), None, 1,
           first={"id_number": "9.90101201509010E+17", "birth_date": "2015-09-01", "class_name": "2"}),
    Recipe("hidden rows", "registry", "a.xlsx", lambda: xlsx(ROLL, touch=hide), None, 2, frozenset({"hidden_rows"})),
    Recipe("struck-out cells", "registry", "a.xlsx", lambda: xlsx(ROLL, touch=strike), None, 2, frozenset({"struck_out"})),
    Recipe("hidden and struck-out rows of an old workbook", "registry", "a.xls", lambda: touched_xls([*ROLL, ONE]), None, 3, frozenset({"hidden_rows", "struck_out"})),
    Recipe("household register", "household", "a.xlsx",
           lambda: xlsx([["户号", "户主姓名", "与户主关系", "姓名", "公民身份号码", "监护人一姓名", "监护人一号码"], ["1", "张大", "子", "张三", NUMBER, "张大", "1"]]), None, 1,
           first={"name": "张三", "head_name": "张大", "guardian1_name": "张大", "guardian1_id_number": "1"}),
    Recipe("returned answers without names", "answers", "a.xlsx", lambda: xlsx([["核实名单"], ["案号", "核实结果"], ["2609-0001-7", "A1"]]), None, 1,
           first={"case_no": "2609-0001-7", "code": "A1"}),
    Recipe("priority list", "priority", "低保家庭子女.xlsx", lambda: xlsx([["低保家庭学生名单"], ["姓名", "身份证号"], ["张三", NUMBER]]), None, 1,
           first={"sheet_title": "低保家庭学生名单", "file_name": "低保家庭子女.xlsx"}),
)  # fmt: skip

GRIDS: tuple[Recipe, ...] = (
    Recipe("plain grid", "attendance", "a.xlsx", lambda: xlsx(grid(A, B)), None, 2, first={**CLASS, "name": "张三", "marks": FULL}),
    Recipe("grid as text", "attendance", "a.csv", lambda: text(grid(A, B), "gb18030"), None, 2, first={**CLASS, "marks": FULL}),
    Recipe("grid in an old workbook", "attendance", "a.xls", lambda: xls(grid(A, B)), None, 2, first={**CLASS, "marks": FULL}),
    Recipe("absences only", "attendance", "a.xlsx", lambda: xlsx(grid(("张三", *blanks({10: "病", 11: "旷"})), ("李四", *blanks({})))), None, 2,
           first={"marks": "PPPP--PPPSA--PPPPP--PPPP---PPP-"}),
    Recipe("blanks beside presence are unrecorded", "attendance", "a.xlsx", lambda: xlsx(grid(A, ("李四", *blanks({10: "×"})))[::1]), None, 2),
    Recipe("nobody wrote anything", "attendance", "a.xlsx", lambda: xlsx(grid(("张三", *blanks({})), ("李四", *blanks({})))), None, 2,
           frozenset({"no_marks"}), first={"marks": "....--.....--.....--....---...-"}),
    Recipe("a legend without a sign for presence", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *blanks({})), title=(TITLE, "病假○ 事假△ 旷课×"))), None, 1, first={"marks": NO_FESTIVAL}),
    Recipe("the sheet's own legend wins", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *cells({10: "×", 11: "○"}, usual="/")), title=(TITLE, "图例：/出勤 ×病假 ○旷课"))), None, 1,
           first={"marks": "PPPP--PPPSA--PPPPP--PPPPP--PPP-"}),
    Recipe("legend at the foot", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *cells({10: "B", 11: "K"}, usual="/")), foot=[["图例：出勤“/”、病假“B”、旷课“K”"]])), None, 1,
           first={"marks": "PPPP--PPPSA--PPPPP--PPPPP--PPP-"}),
    Recipe("a legend at the foot of the last of two classes", "attendance", "a.xlsx",
           lambda: xlsx([*grid(("张三", *cells({10: "B", 11: "K"}, usual="/"))),
                         *grid(("李四", *cells({10: "K"}, usual="/")), title=("文艺小学三年级(3)班2026年9月学生考勤表",),
                               foot=[["图例：出勤“/”、病假“B”、旷课“K”"]])]), None, 2,
           each={"marks": ["PPPP--PPPSA--PPPPP--PPPPP--PPP-", "PPPP--PPPAP--PPPPP--PPPPP--PPP-"]}),
    Recipe("a legend on the first of a workbook's classes", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *cells({10: "×"}, usual="O")), foot=[["O出勤，×病假，#旷课"]]),
                        grid(("李四", *cells({10: "×", 11: "#"}, usual="O")), title=("文艺小学三年级(3)班2026年9月学生考勤表",)),
                        grid(("王五", *cells({10: "○"})), title=("文艺小学三年级(4)班2026年9月学生考勤表", "√出勤 ○旷课"))), None, 3,
           each={"marks": ["PPPP--PPPSP--PPPPP--PPPPP--PPP-", "PPPP--PPPSA--PPPPP--PPPPP--PPP-", "PPPP--PPPAP--PPPPP--PPPPP--PPP-"]}),
    Recipe("出 for present and no legend", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *cells({10: "病", 11: "旷"}, usual="出")))), None, 1, first={"marks": "PPPP--PPPSA--PPPPP--PPPPP--PPP-"}),
    Recipe("legend on a sheet of its own", "attendance", "a.xlsx",
           lambda: xlsx([["填写说明"], ["O出勤，×病假，#旷课"]], grid(("张三", *cells({10: "×", 11: "#"}, usual="O"))), names=["说明", "三年级2班"]), None, 1,
           frozenset({"sheet_not_read"}), first={"marks": "PPPP--PPPSA--PPPPP--PPPPP--PPP-"}),
    Recipe("digits", "attendance", "a.xlsx", lambda: xlsx(grid(("张三", *cells({10: 0}, usual=1)))), None, 1,
           first={"marks": "PPPP--PPPAP--PPPPP--PPPPP--PPP-"}),
    Recipe("half days", "attendance", "a.xlsx", lambda: xlsx(grid(("张三", *cells({8: "病/√", 9: "上午事", 10: "√/×"})))), None, 1,
           first={"marks": "PPPP--PslaP--PPPPP--PPPPP--PPP-"}),
    Recipe("an unknown mark", "attendance", "a.xlsx", lambda: xlsx(grid(("张三", *cells({10: "☆"})), B)), None, 2, frozenset({"unknown_mark"}),
           first={"marks": "PPPP--PPP?P--PPPPP--PPPPP--PPP-"}),
    Recipe("weekday row beneath", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", *DAYS], ["", "", *("二三四五六日一"[(d - 1) % 7] for d in DAYS)], [1, *A], [2, *B]]), None, 2,
           first={**CLASS, "marks": FULL}),
    Recipe("weekday row above", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["星期", "", *("二三四五六日一"[(d - 1) % 7] for d in DAYS)], ["序号", "姓名", *DAYS], [1, *A]]), None, 1, first={**CLASS, "marks": FULL}),
    Recipe("two-level header with totals", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", "日期", *[""] * 29, "合计", "", "备注"], ["", "", *DAYS, "出勤", "旷课", ""],
                         [1, *A, 22, 0, "好"]]), None, 1, first={**CLASS, "marks": FULL, "remarks": "好"}),
    Recipe("totals that do not add up", "attendance", "a.xlsx",
           lambda: xlsx(grid((*B, 20, 5), head=("序号", "姓名", *DAYS, "出勤", "旷课"))), None, 1, frozenset({"totals_mismatch"})),
    Recipe("mornings and afternoons", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], *halves([1, 2, 3, 4]), [1, "张三", "√", "√", "病", "√", "×", "×", "√", "旷"]]), None, 1,
           first={"marks": "PsAa--.....--.....--....---...-"}),
    Recipe("mornings and afternoons on two lines", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", "时段", 1, 2, 3, 4], [1, "张三", "上午", "√", "病", "×", "√"], ["", "", "下午", "√", "√", "×", "旷"],
                         [2, "李四", "上午", "√", "√", "√", "√"], ["", "", "下午", "√", "√", "√", "√"]]), None, 2,
           first={"marks": "PsAa--.....--.....--....---...-"}),
    Recipe("headings 1日", "attendance", "a.xlsx", lambda: xlsx(grid(A, head=("序号", "姓名", *(f"{d}日" for d in DAYS)))), None, 1, first={**CLASS, "marks": FULL}),
    Recipe("headings 9月1日", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=("文艺小学三年级(2)班",), head=("序号", "姓名", *(f"9月{d}日" for d in DAYS)))), None, 1,
           first={**CLASS, "marks": FULL}),
    Recipe("headings 9.1, with 9.10 turned into 9.1", "attendance", "a.xlsx", lambda: xlsx(grid(A, head=("序号", "姓名", *(float(f"9.{d}") for d in DAYS)))), None, 1,
           first={**CLASS, "marks": FULL}),
    Recipe("headings as dates", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=("文艺小学三年级(2)班考勤",), head=("序号", "姓名", *(dt.date(2026, 9, d) for d in DAYS)))), None, 1,
           first={**CLASS, "marks": FULL}),
    Recipe("headings as serial numbers", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=("文艺小学三年级(2)班考勤",), head=("序号", "姓名", *(46265 + d for d in DAYS)))), None, 1,
           first={**CLASS, "marks": FULL}),
    Recipe("headings as ISO dates in text", "attendance", "a.csv", lambda: text(grid(A, title=("文艺小学三年级(2)班考勤",), head=("序号", "姓名", *(f"2026-09-{d:02d}" for d in DAYS)))), None, 1,
           first={**CLASS, "marks": FULL}),
    Recipe("only school days have columns", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", 1, 2, 3, 4, 7, 8], [1, "张三", *"√√√××√"]]), None, 1, first={"marks": "PPPA--AP...--.....--....---...-"}),
    Recipe("day 31 in September, marked", "attendance", "a.xlsx", lambda: xlsx(grid((*A, "√"), head=("序号", "姓名", *range(1, 32)))), None, 1,
           frozenset({"mark_outside_month"}), first={"marks": FULL}),
    Recipe("two classes on one sheet", "attendance", "a.xlsx",
           lambda: xlsx([*grid(A, B, foot=[["班主任签字："]]), [], *grid(("王五", *cells()), title=("文艺小学三年级(3)班2026年9月学生考勤表",))]), None, 3, first=CLASS),
    Recipe("classes under one header, each beneath a line that names it", "attendance", "a.xlsx",
           lambda: xlsx([["文艺小学2026年9月学生考勤统计"], ["三年级1班"], ["姓名", *DAYS], A, ["三年级2班"], B, ["四年级1班"], ("王五", *cells())]), None, 3,
           each={"grade": ["三年级", "三年级", "四年级"], "class_name": ["三年级1班", "三年级2班", "四年级1班"], "school_name": ["文艺小学"] * 3, "month": ["2026-09"] * 3}),
    Recipe("classes under headers of their own, each below its short name", "attendance", "a.xlsx",
           lambda: xlsx([["文艺小学2026年9月学生考勤统计"], ["三(1)班"], ["姓名", *DAYS], A, ["三(2)班"], ["姓名", *DAYS], B, ["四(1)班"], ["姓名", *DAYS], ("王五", *cells())]), None, 3,
           each={"class_name": ["三(1)班", "三(2)班", "四(1)班"], "school_name": ["文艺小学"] * 3, "month": ["2026-09"] * 3}),
    Recipe("a class's line right beneath the one header", "attendance", "a.xlsx",
           lambda: xlsx([["文艺小学2026年9月学生考勤统计"], ["姓名", *DAYS], ["三年级1班"], A, ["三年级2班"], B]), None, 2,
           each={"class_name": ["三年级1班", "三年级2班"], "school_name": ["文艺小学"] * 2, "month": ["2026-09"] * 2}),
    Recipe("two classes on one sheet, a note or who is in charge between each title and its header", "attendance", "a.xlsx",
           lambda: xlsx([*grid(A, title=("文艺小学三年级1班2026年9月考勤表", "说明：√到校 ×旷课"), foot=(["应到人数", 1, "", "班主任（签名）："],)), [],
                         *grid(B, title=("文艺小学四年级2班2026年9月考勤表", "班主任：王五  应到：1人"))]), None, 2,
           each={"grade": ["三年级", "四年级"], "class_name": ["三年级1班", "四年级2班"]}),
    Recipe("a line of the whole class where a name should stand", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["姓名", *DAYS, "说明"], A, B, ["本月应出勤天数：22"], ["班级人数：2  全勤：1"]]), None, 2, each={"name": ["张三", "李四"]}),
    Recipe("header repeated per page in a grid", "attendance", "a.xlsx", lambda: xlsx([*grid(A), *grid(B, title=())]), None, 2, first=CLASS),
    Recipe("two months side by side", "attendance", "a.xlsx",
           lambda: xlsx([["文艺小学三年级(2)班考勤表"], ["序号", "姓名", "8月31日", "9月1日", "9月2日"], [1, "张三", "√", "×", "√"]]), None, 2,
           first={"month": "2026-08"}),
    Recipe("class in the sheet's name, school in the file's", "attendance", "文艺小学2026年9月考勤.xlsx",
           lambda: xlsx(grid(A, title=("学生考勤表",)), names=["三年级(2)班"]), None, 1, first=CLASS),
    Recipe("everything from the folders", "attendance", "文艺小学/三年级/2班9月.xlsx", lambda: xlsx(grid(A, title=())), None, 1,
           first={"school_name": "文艺小学", "grade": "三年级", "month": "2026-09"}),
    Recipe("class in a column", "attendance", "文艺小学2026年9月.xlsx",
           lambda: xlsx([["序号", "年级", "班级", "姓名", *DAYS], [1, "三年级", "2班", *A], [2, "四年级", "1班", *B]]), None, 2,
           first={"grade": "三年级", "class_name": "2班", "marks": FULL}),
    Recipe("title and file disagree on the month", "attendance", "2026年8月考勤.xlsx", lambda: xlsx(grid(A)), None, 1, frozenset({"month_contradiction"}), first=CLASS),
    Recipe("no month anywhere", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=("文艺小学三年级(2)班考勤表",))), None, 1, frozenset({"month_unknown"}),
           first={"month": None}),
    Recipe("holiday written down the column", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *cells({25: "中秋放假"})), ("李四", *cells({25: ""})))), None, 2, first={"marks": NO_FESTIVAL}),
    Recipe("休 for everyone at the weekend", "attendance", "a.xlsx",
           lambda: xlsx(grid(*((name, *cells({5: "休", 6: "休"})) for name in ("甲一", "甲二", "甲三", "甲四", "甲五", "甲六")))), None, 6, first={"marks": FULL}),
    Recipe("totals row, signatures and daily sums are no pupils", "attendance", "a.xlsx",
           lambda: xlsx(grid(A, B, foot=[["", "出勤人数", *[2] * 30], ["合计", "", *[2] * 30], ["班主任签字：王五", *[""] * 20, "2026年9月30日"], ["注：本表每月上报"]])), None, 2),
    Recipe("a pupil's marks without a name", "attendance", "a.xlsx", lambda: xlsx(grid(A, ("", *cells()))), None, 2, first={"name": "张三"}),
    Recipe("Excel's TRUE and FALSE", "attendance", "a.xlsx", lambda: xlsx(grid(("张三", *cells({10: False}, usual=True)))), None, 1,
           first={"marks": "PPPP--PPPAP--PPPPP--PPPPP--PPP-"}),
    Recipe("pupil number beside the name", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["学籍号", "姓名", "性别", *DAYS], [f"G{NUMBER}", "张三", "男", *cells()]]), None, 1,
           first={"pupil_no": f"G{NUMBER}", "sex": "男", "marks": FULL}),
)  # fmt: skip

ODDITIES: tuple[Recipe, ...] = (
    Recipe("signatures beneath the numbers and names beneath the names", "registry", "a.xlsx",
           lambda: xlsx([*ROLL, ["审核人", "", "", "王五"], ["填表人：", "", "", "赵六"]]), None, 2),
    Recipe("field codes of the education standards for headings", "registry", "a.csv",
           lambda: text([["XXMC", "xm", "XB", "CSRQ", "SFZJH", "NJ", "BJ"], ["文艺小学", "张三", "1", "20150901", NUMBER, "5", "2"]]), None, 1,
           first={"school_name": "文艺小学", "name": "张三", "id_number": NUMBER, "grade": "5", "class_name": "2"}),
    Recipe("an unknown group before the child's", "registry", "a.xlsx",
           lambda: xlsx([["监护人或其他家庭成员", "", "学生信息", "", ""], ["姓名", "联系电话", "姓名", "性别", "身份证号"], ["张大", "138", "张三", "男", NUMBER]]), None, 1,
           frozenset({"column_not_understood"}), first={"name": "张三", "id_number": NUMBER}),
    Recipe("the corner cell divided by a diagonal", "attendance", "a.xlsx", lambda: xlsx(grid(A, head=("序号", "日期\n姓名", *DAYS))), None, 1, first={**CLASS, "marks": FULL}),
    Recipe("labels and values in cells of their own", "attendance", "a.xlsx",
           lambda: xlsx([["考勤表"], ["学校：", "", "文艺小学", "年级：", "三年级", "班级：", "2班", "月份：", "2026年9月"], ["序号", "姓名", *DAYS], [1, *A]]), None, 1,
           first={"school_name": "文艺小学", "grade": "三年级", "month": "2026-09", "marks": FULL}),
    Recipe("days, weekdays, then mornings and afternoons", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", 1, "", 2, "", 3, ""], ["", "", "二", "", "三", "", "四", ""], ["", "", *["上", "下"] * 3], [1, "张三", *"√√", "病", "√", "×", "×"]]), None, 1,
           first={"marks": "PsA.--.....--.....--....---...-"}),
    Recipe("each half a heading of its own", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], ["序号", "姓名", "1日上午", "1日下午", "2日上午", "2日下午", "3日上午", "3日下午"], [1, "张三", *"√√", "病", "√", "×", "×"]]), None, 1,
           first={"marks": "PsA.--.....--.....--....---...-"}),
    Recipe("a stroke for present and no legend", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *cells({10: "旷"}, usual="/")), ("李四", *cells(usual="/")))), None, 2, frozenset({"usual_sign_is_present"}),
           first={"marks": "PPPP--PPPAP--PPPPP--PPPPP--PPP-"}),
    Recipe("a stroke on weekends only, blank for present", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *blanks({10: "旷", **dict.fromkeys(WEEKEND, "—")})), ("李四", *blanks(dict.fromkeys(WEEKEND, "—"))))), None, 2,
           first={"marks": "PPPP--PPPAP--PPPPP--PPPP---PPP-"}),
    Recipe("a whole class is not sick on a default legend", "attendance", "a.xlsx",
           lambda: xlsx(grid(*((f"甲{n}", *cells(usual="○")) for n in "一二三四五六"))), None, 6, frozenset({"unknown_mark"})),
    Recipe("daily sums in a text table", "attendance", "a.csv", lambda: text(grid(A, B, foot=[["", "", *[2] * 30]])), None, 2, first={**CLASS, "marks": FULL}),
    Recipe("class as the sheet's bare name", "attendance", "文艺小学2026年9月.xlsx", lambda: xlsx(grid(A, title=("考勤表（9.1-9.30）",)), names=["302"]), None, 1,
           first={"school_name": "文艺小学", "grade": "3年级", "month": "2026-09"}),
    Recipe("days after the last one told are unrecorded", "attendance", "a.xlsx",
           lambda: xlsx(grid(("张三", *blanks({10: "病"})), ("李四", *blanks({})), title=(TITLE, "9月1日—9月15日"))), None, 2, first={"marks": "PPPP--PPPSP--PP...--....---...-"}),
)  # fmt: skip

SECOND = TWO[6]
STRANGE = ["序", "小朋友", "号码", "生于", "单位", "班次情况"]
STRANGE_ROWS = [
    [1, "张三", NUMBER, "2015-09-01", "文艺小学", "三年级2班"],
    [2, "李四", SECOND, "2015-09-01", "文艺小学", "三年级2班"],
]
UNREAD = [["张三", "甲一", "王五"], ["文艺小学", "a", "赵六"], ["b", "李四", "x"]]

CONTENTS: tuple[Recipe, ...] = (
    Recipe("no heading known", "registry", "a.xlsx", lambda: xlsx([["名册"], STRANGE, *STRANGE_ROWS]), None, 2, frozenset({"column_by_content"}),
           first={"name": "张三", "id_number": NUMBER, "birth_date": "2015-09-01", "school_name": "文艺小学", "class_name": "三年级2班"}),
    Recipe("no header at all", "registry", "a.csv", lambda: text([ONE, TWO]), None, 2, frozenset({"no_header_by_content"}), first={**ZHANG, "birth_date": "2015-09-01"}),
    Recipe("the one under guardianship", "registry", "a.xlsx",
           lambda: xlsx([["被监护人", "被监护人身份证号", "监护人", "监护人身份证号"], ["张三", NUMBER, "张大", "990101198501010016"]]), None, 1,
           first={"name": "张三", "id_number": NUMBER, "guardian1_name": "张大", "guardian1_id_number": "990101198501010016"}),
    Recipe("a number of grown-ups is nobody's", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "号码"], ["张三", "990101198501010016"], ["李四", "990101198601010016"]]), None, 2, frozenset({"column_not_understood"}),
           first={"name": "张三", "id_number": None}),
    Recipe("the date of something else is no birth date", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "身份证号", "某日"], ["张三", NUMBER, "2021-09-01"], ["李四", SECOND, "2021-09-01"], ["王五", SECOND, "2021-09-01"]]), None, 3,
           frozenset({"column_not_understood"}), first={"birth_date": None}),
    Recipe("township and village under headings of their own", "household", "a.xlsx",
           lambda: xlsx([["姓名", "出生日期", "属地", "组织"], ["张三", "2015-09-01", "文艺镇", "王家村"], ["李四", "2015-09-01", "和平街道", "东社区"]]), None, 2,
           frozenset({"column_by_content"}), first={"township_name": "文艺镇", "community": "王家村"}),
    Recipe("the number right of the head of the household is the head's", "household", "a.xlsx",
           lambda: xlsx([["户主", "身份证号", "姓名", "身份证号"], ["张大", "990101198501010016", "张三", NUMBER], ["李大", "990101198601010016", "李四", SECOND]]), None, 2,
           frozenset({"column_twice"}), first={"name": "张三", "id_number": NUMBER}),
    Recipe("a form about one child is no list", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "张三"], ["性别", "男"], ["身份证号", NUMBER], ["学校", "文艺小学"]]), "no_rows"),
    Recipe("the national number wins over the auxiliary one", "registry", "a.xlsx",
           lambda: xlsx([["学籍辅号", "学籍号", "姓名"], ["2015010001", f"G{NUMBER}", "张三"]]), None, 1, frozenset({"column_twice"}), first={"pupil_no": f"G{NUMBER}"}),
    Recipe("the national number under the auxiliary one's heading", "registry", "a.xlsx",
           lambda: xlsx([["学籍号", "学籍辅号", "姓名"], ["2015010001", f"G{NUMBER}", "张三"]]), None, 1, frozenset({"column_twice"}), first={"pupil_no": f"G{NUMBER}"}),
    Recipe("two lists side by side", "registry", "a.xlsx",
           lambda: xlsx([["文艺小学三年级(2)班"], ["序号", "姓名", "身份证号", "", "序号", "姓名", "身份证号"], [1, "张三", NUMBER, "", 2, "李四", SECOND], ["合计", "2人"]]), None, 2,
           first={"name": "张三", "school_name": "文艺小学"}),
    Recipe("a child and its mother side by side are one child", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "身份证号", "姓名", "身份证号"], ["张三", NUMBER, "王五", "990101198501010016"]]), None, 1, frozenset({"column_twice"}), first={"name": "张三", "id_number": NUMBER}),
    Recipe("totals are no children and 何计 is one", "registry", "a.xlsx",
           lambda: xlsx([["序号", "姓名", "性别", "身份证号", "班级"], [1, "何计", "男", NUMBER, "2班"], ["合计", "424人"], ["合计", "共30人"], ["", "总人数：45"], ["男生", 20, "女生", 25],
                         ["男", 20, "女", 25], ["", "", "合计", 2], ["", 2, "合计", ""], ["", "男生20人 女生 25人"], ["共计：30名"], ["", "小计", 3], ["本月应到人数", 32]]), None, 1, first={"name": "何计"}),
    Recipe("a child without name keeps its row", "registry", "a.xlsx", lambda: xlsx([["序号", "姓名", "性别", "班级"], [1, "张三", "男", "2班"], [2, "", "男", "2班"]]), None, 2),
    Recipe("rows of a sheet nobody understands are set aside", "registry", "a.xlsx", lambda: xlsx(ROLL, UNREAD, names=["甲", "乙"]), None, 5, frozenset({"rows_not_understood"}), first=ZHANG),
    Recipe("a sheet of teachers is no list of children", "registry", "a.xlsx",
           lambda: xlsx(ROLL, [["班级", "班主任", "电话"], *([f"{n}班", "李四", "138"] for n in "一二三")], names=["甲", "乙"]), None, 2, frozenset({"sheet_not_read"}), first=ZHANG),
)  # fmt: skip
WEEK = ["序号", "姓名", "周一", "周二", "周三", "周四", "周五"]
SHORT = ["序号", "姓名", *range(1, 5)]


def week(dates: str) -> Rows:
    return [[f"文艺小学三年级(2)班考勤表（{dates}）"], WEEK, [1, "张三", *"√√√×√"], [2, "李四", *"√√√√√"]]


def journal(*days: tuple[int, str, str]) -> Rows:
    lines = [
        [f"2026-09-{day:02d}", "三年级2班", name, mark]
        for day, *marks in days
        for name, mark in zip(("张三", "李四"), marks, strict=True)
        if mark
    ]
    return [["日期", "班级", "姓名", "考勤状态"], *lines]


STRANGE_GRIDS: tuple[Recipe, ...] = (
    Recipe("a grid whose name heading nobody knows", "attendance", "a.xlsx", lambda: xlsx(grid(A, B, head=("序号", "小朋友", *DAYS))), None, 2, frozenset({"column_by_content"}),
           first={**CLASS, "name": "张三", "marks": FULL}),
    Recipe("the name heading above the days", "attendance", "a.xlsx", lambda: xlsx([[TITLE], ["序", "小朋友", "日期", *[""] * 29], ["", "", *DAYS], [1, *A], [2, *B]]), None, 2,
           frozenset({"column_by_content"}), first={**CLASS, "name": "张三", "marks": FULL}),
    Recipe("class in a column of an unknown name", "attendance", "文艺小学2026年9月.xlsx",
           lambda: xlsx([["序号", "所属", "姓名", *DAYS], [1, "三年级2班", *A], [2, "三年级3班", *B]]), None, 2, frozenset({"column_by_content"}), first={"class_name": "三年级2班"}),
    Recipe("two grids side by side", "attendance", "a.xlsx",
           lambda: xlsx([[TITLE], [*SHORT, "", *SHORT], [1, "张三", *"//×/", "", 2, "李四", *"////"], ["图例：/出勤 ×病假"], ["班主任签字："]]), None, 2,
           first={**CLASS, "name": "张三", "marks": "PPSP--.....--.....--....---...-"}),
    Recipe("two classes side by side", "attendance", "a.xlsx",
           lambda: xlsx([["文艺小学2026年9月考勤"], ["三年级3班", *[""] * 6, "三年级2班"], [*SHORT, "", *SHORT], ["", "", "", "", "", "", "", 1, "李四", *"√√√√"]]), None, 1,
           first={"school_name": "文艺小学", "class_name": "三年级2班", "name": "李四"}),
    Recipe("a journal of days", "attendance", "文艺小学考勤.csv", lambda: text(journal((1, "出勤", "病假"), (2, "出勤", "出勤"), (3, "旷课", "正常"))), None, 2,
           first={"school_name": "文艺小学", "class_name": "三年级2班", "name": "张三", "month": "2026-09", "marks": "PPA.--.....--.....--....---...-"}),
    Recipe("a journal of absences", "attendance", "文艺小学考勤.csv", lambda: text(journal((1, "", "病假"), (2, "旷课", ""))), "absences_only"),
    Recipe("a week with its dates", "attendance", "a.xlsx", lambda: xlsx(week("9月7日—9月11日")), None, 2, first={**CLASS, "marks": "....--PPPAP--.....--....---...-"}),
    Recipe("the weeks of a month on sheets", "attendance", "a.xlsx", lambda: xlsx(week("9月7日—9月11日"), week("9.14-9.18"), names=["第二周", "第三周"]), None, 2,
           first={**CLASS, "marks": "....--PPPAP--PPPAP--....---...-"}),
    Recipe("a week in mornings and afternoons", "attendance", "a.xlsx", lambda: xlsx([
        ["文艺小学三年级(2)班考勤 9月7日—9月11日"], ["序号", "姓名", "周一", "", "周二", "", "周三", "", "周四", "", "周五", ""], ["", "", *["上午", "下午"] * 5],
        [1, "张三", *"√√√√√√××√√"], [2, "李四", *"√√√√√√√√√√"], ["", "√出勤 ×旷课"]]), None, 2, first={**CLASS, "marks": "....--PPPAP--.....--....---...-"}),
    Recipe("a legend beneath names in the first column", "attendance", "a.xlsx", lambda: xlsx([
        [TITLE], ["姓名", *DAYS], ["张三", *cells({}, "●")], ["李四", *cells({10: "○"}, "●")], ["●出勤 ○旷课"]]), None, 2, first={**CLASS, "marks": FULL}),
    Recipe("a legend of digits on a sheet of its own", "attendance", "a.xlsx", lambda: xlsx(
        grid(("张三", *cells({10: "2"}, "1")), ("李四", *cells({11: "3"}, "1"))), [["考勤符号说明"], ["1", "出勤"], ["2", "病假"], ["3", "旷课"]],
        names=["三2", "说明"]), None, 2, frozenset({"sheet_not_read"}), first={**CLASS, "marks": "PPPP--PPPSP--PPPPP--PPPPP--PPP-"}),
    Recipe("a journal of absences with their reasons", "attendance", "a.xlsx", lambda: xlsx([
        ["九月份缺勤登记"], ["日期", "班级", "姓名", "缺勤原因"], ["9月1日", "三(2)班", "张三", "病假"], ["9月2日", "三(2)班", "李四", "旷课"]]), "absences_only"),
    Recipe("totals of absences among the rolls", "registry", "a.xlsx", lambda: xlsx([
        [TITLE], ["序号", "姓名", "应到天数", "病假", "事假", "旷课"], [1, "张三", 22, 0, 0, 0], [2, "李四", 22, 0, 0, 0]]), "wrong_source"),
    Recipe("a week without dates", "attendance", "a.xlsx", lambda: xlsx(week("2026年9月")), "week_without_dates"),
    Recipe("a week whose dates are other weekdays", "attendance", "a.xlsx", lambda: xlsx(week("9月5日—9月6日")), "week_without_dates"),
    Recipe("a roster beside the grid that names the same pupils", "attendance", "a.xlsx",
           lambda: xlsx(grid(A, B, ("王五", *cells())), [["姓名", "性别", "电话"], ["张三", "男", "1"], ["李四", "女", "2"], ["王五", "男", "2"]]), None, 3, frozenset({"sheet_not_read"})),
    Recipe("a roster beside the grid that names others", "attendance", "a.xlsx",
           lambda: xlsx(grid(A), [["姓名", "性别", "电话"], ["王五", "男", "1"], ["赵六", "女", "2"], ["钱七", "男", "2"]]), None, 4, frozenset({"rows_not_understood"})),
    Recipe("totals of a grid are no pupils", "attendance", "a.xlsx",
           lambda: xlsx(grid(A, foot=[["合计", "424人"], ["", "共30人"], ["男生", 20, "女生", 25], ["", "424人", *["2"] * 30]])), None, 1, first={"marks": FULL}),
)  # fmt: skip

RETURNED: tuple[Recipe, ...] = (
    Recipe("our own list filled in, with its sheets of figures", "answers", "a.xlsx",
           lambda: xlsx([["序号", "优先", "姓名", "为何列出", "上次答复", "状态", "应答期限", "核实结果", "案号"], [1, "★", "张三", "未见", "", "待核", "2026-10-01", "A1", "K-1"]],
                        [["问题", "数量"], ["疑似辍学", 3]], [["结果"], ["A1"]], names=["在籍不在校", "汇总", "选项"]), None, 1, first={"case_no": "K-1", "code": "A1"}),
    Recipe("our own list of issues", "answers", "a.xlsx",
           lambda: xlsx([["序号", "文件", "工作表", "位置", "列", "级别", "说明"], [1, "a.xlsx", "甲", "B2", "姓名", "提示", "请核对"]], names=["问题明细"]), "nothing_to_answer"),
)  # fmt: skip

NOTED = ["序号", "年级班", "学生姓名", "性别", "证件类型", "证件号码", "民族", "家长姓名", "家长身份证", "备注"]
PARENT = "990101198501010016"


def noted(date: Any) -> Rows:
    """A roll with a note row under its title that ends in one date."""
    return [
        ["临河区第二小学2026年秋季在校生花名册"],
        ["填表人：赵老师", "", "", "", "", "", date],
        NOTED,
        [1, "一年级1班", "张三", "男", "居民身份证", NUMBER, "汉", "张大", PARENT, ""],
        [2, "一年级1班", "李四", "女", "居民身份证", SECOND, "汉", "李大", PARENT, ""],
    ]


NOTED_FIRST = {"name": "张三", "id_number": NUMBER, "guardian1_name": "张大"}

NOTES: tuple[Recipe, ...] = (
    *(
        Recipe(f"a roll with a note of one date, {date!r}", "registry", "a.xlsx", partial(xlsx, noted(date)), None, 2, frozenset({"header_by_similarity"}), first=NOTED_FIRST)
        for date in ("2026.9.10", "2026年9月10日", "2026-09-10", dt.date(2026, 9, 10), 9.1)
    ),
    Recipe("a roll whose first row counts like days", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "性别", "序号", "年级", "班级", "身份证号"], ["张三", "男", 1, 3, 5, NUMBER], ["李四", "女", 2, 3, 5, SECOND]]), None, 2, first={"name": "张三", "grade": "3"}),
    *(
        Recipe(f"day headings in the form {form}", "attendance", "a.xlsx", partial(xlsx, grid(A, B, head=("序号", "姓名", *(form.format(day) for day in DAYS)))), None, 2, first={**CLASS, "marks": FULL})
        for form in ("D{:02d}", "D{}", "DAY{}", "Day {}", "{}号", "第{}天")
    ),
)  # fmt: skip

FILLED = frozenset({"filled_down"})
MEMBERS = ["户号", "户主姓名", "户主身份号码", "住址", "乡镇街道", "社区/村", "姓名", "与户主关系", "身份证号"]
HOUSEHOLDS: Rows = [
    ["1", "张大", PARENT, "某街1号", "文艺镇", "王家村", "张三", "子", NUMBER],
    ["", "", "", "", "", "", "张四", "女", SECOND],
    ["2", "李大", PARENT, "", "", "东社区", "李四", "子", SECOND],
    ["", "", "", "", "", "", "李五", "子", NUMBER],
    ["", "", "", "", "", "", "李六", "子", NUMBER],
]
OF_CLASSES: Rows = [
    ["班级", "姓名", "身份证号"],
    ["三年级1班", "张三", NUMBER],
    ["", "李四", SECOND],
    ["三年级2班", "王五", SECOND],
    ["", "赵六", SECOND],
    ["", "孙七", SECOND],
    ["合计", "5人"],
]
DATED = ["班级", "姓名", *(f"9.{day}" for day in range(1, 5))]

GROUPS: tuple[Recipe, ...] = (
    Recipe("the class merged over its pupils", "registry", "a.xlsx", lambda: xlsx(OF_CLASSES, merge=["A2:A3", "A4:A6"]), None, 5, FILLED,
           first={"class_name": "三年级1班"}, each={"class_name": ["三年级1班"] * 2 + ["三年级2班"] * 3}),
    Recipe("a merged cell ends where it ends", "registry", "a.xlsx", lambda: xlsx(OF_CLASSES, merge=["A4:A5"]), None, 5, FILLED,
           each={"class_name": ["三年级1班", None, "三年级2班", "三年级2班", None]}),
    Recipe("the class written once", "registry", "a.csv", lambda: text(OF_CLASSES), None, 5, FILLED, each={"class_name": ["三年级1班"] * 2 + ["三年级2班"] * 3}),
    Recipe("a class left out here and there", "registry", "a.csv",
           lambda: text([["班级", "姓名"], ["2班", "张三"], ["2班", "李四"], ["", "王五"], ["", "赵六"]]), None, 4, each={"class_name": ["2班", "2班", None, None]}),
    Recipe("a person's column is never filled down", "registry", "a.xlsx", lambda: xlsx([["姓名", "身份证号", "电话"], ["张三", NUMBER, "138"], ["李四", "", ""], ["王五", "", ""]], merge=["B2:B4", "C2:C4"]), None, 3,
           each={"id_number": [NUMBER, None, None], "phone": ["138", None, None]}),
    Recipe("households written once each", "household", "a.csv", lambda: text([MEMBERS, *HOUSEHOLDS]), None, 5, FILLED,
           each={"household_no": list("11222"), "head_name": ["张大"] * 2 + ["李大"] * 3, "address": ["某街1号"] * 2 + [None] * 3,
                 "community": ["王家村"] * 2 + ["东社区"] * 3, "township_name": ["文艺镇"] * 5, "name": ["张三", "张四", "李四", "李五", "李六"]}),
    Recipe("the grade merged over a grid", "attendance", "文艺小学2026年9月.xlsx",
           lambda: xlsx([["考勤表"], DATED, ["一年级", "张三", *"√√√×"], ["", "李四", *"√√√√"], ["二年级", "王五", *"√√√√"], ["", "赵六", *"√√√√"]], merge=["A3:A4", "A5:A6"]), None, 4, FILLED,
           each={"grade": ["一年级", "一年级", "二年级", "二年级"], "class_name": ["一年级", "一年级", "二年级", "二年级"]}),
    Recipe("the class written once in a grid", "attendance", "文艺小学2026年9月.csv",
           lambda: text([DATED, ["三年级1班", "张三", *"√√√×"], ["", "李四", *"√√√√"], ["", "王五", *"√√√√"]]), None, 3, FILLED, each={"grade": ["三年级"] * 3, "class_name": ["三年级1班"] * 3}),
)  # fmt: skip

CHILDS_PARTS = {"name": ["张三", "欧阳小四"], "birth_date": ["2015-09-01", "2016-10-12"]}

PARTS: tuple[Recipe, ...] = (
    Recipe("surname and given name apart", "registry", "a.xlsx", lambda: xlsx([["姓", "名", "性别", "身份证号"], ["张", "三", "男", NUMBER], ["欧阳", "小四", "女", SECOND]]), None, 2,
           each={"name": ["张三", "欧阳小四"], "id_number": [NUMBER, SECOND]}),
    Recipe("name and birth in parts under the child's heading", "household", "a.xlsx",
           lambda: xlsx([["户号", "户主", "儿童情况"], ["", "", "姓", "名", "性别", "年", "月", "日"], ["1", "张大", "张", "三", "男", 2015, 9, 1], ["2", "李大", "欧阳", "小四", "女", 2016, 10, 12]], merge=["C1:H1"]), None, 2,
           each={**CHILDS_PARTS, "head_name": ["张大", "李大"], "sex": ["男", "女"]}),
    Recipe("the day of birth in parts under a heading of its own", "household", "a.xlsx",
           lambda: xlsx([["户主", "姓", "名", "出生", "", "", "身份证号"], ["", "", "", "年", "月", "日", ""], ["张大", "张", "三", 2015, 9, 1, NUMBER], ["李大", "欧阳", "小四", 2016, 10, 12, SECOND]], merge=["D1:F1"]), None, 2, each=CHILDS_PARTS),
    Recipe("the day of birth in parts in a text table", "registry", "a.csv", lambda: text([["姓名", "出生年", "月", "日"], ["张三", "2015", "9", "1"], ["欧阳小四", "2016年", "10月", "12日"]]), None, 2, each=CHILDS_PARTS),
    Recipe("the day of enrolment in parts is no day of birth", "registry", "a.xlsx",
           lambda: xlsx([["学生情况", "", "入学", "", ""], ["姓名", "性别", "年", "月", "日"], ["张三", "男", 2022, 9, 1], ["李四", "女", 2022, 9, 1]]), None, 2, frozenset({"column_not_understood", "header_by_similarity"}), each={"birth_date": [None, None]}),
    Recipe("the head of the household is never the child", "household", "a.xlsx", lambda: xlsx([["户主", "号码", "关系"], ["张大", NUMBER, "子"], ["李大", SECOND, "子"], ["王大", SECOND, "子"]]), "no_header"),
    Recipe("a first row of data is no second row of the header", "household", "a.xlsx",
           lambda: xlsx([["户号", "户主", "", "", "号码"], ["1", "张大", "张三", "男", NUMBER], ["2", "李大", "李四", "女", SECOND]]), None, 2, frozenset({"no_header_by_content"}), each={"name": ["张三", "李四"]}),
    Recipe("surname and given name apart in a grid", "attendance", "a.xlsx", lambda: xlsx([[TITLE], ["序号", "姓", "名", *DAYS], [1, "张", "三", *cells()], [2, "李", "四", *cells()]]), None, 2, first={**CLASS, "name": "张三", "marks": FULL}),
)  # fmt: skip

WEEKENDS_NAMED = ["六" if day % 7 == 5 else "日" if day % 7 == 6 else str(day) for day in DAYS]
MADE = ["报表生成时间：2026-10-08 09:13"]
PUNCHED = ["姓名", "考勤组", "部门", "工号", "职位", "UserId", "出勤天数", "迟到次数"]


def punched(name: str, department: str, marks: dict[int, Any] | None = None, usual: Any = "正常") -> list[Any]:
    """A pupil's line of an application's monthly table."""
    marks = marks or {}
    return [
        name,
        "学生",
        department,
        "",
        "",
        "u1",
        22,
        0,
        *(marks.get(d, "休息" if d in WEEKEND else usual) for d in DAYS),
    ]


def monthly(*pupils: Sequence[Any]) -> list[list[Any]]:
    return [
        ["月度汇总 统计日期：2026-09-01 至 2026-09-30"],
        MADE,
        [*PUNCHED, "考勤结果"],
        [*[""] * len(PUNCHED), *WEEKENDS_NAMED],
        *map(list, pupils),
    ]


def daily(
    *lines: Sequence[Any], head: Sequence[Any] = ("日期", "姓名", "账号", "部门", "所属规则", "最早", "最晚", "状态")
) -> list[list[Any]]:
    return [["打卡日报 2026-09-01至2026-09-30"], MADE, list(head), *map(list, lines)]


OF_TWO = "二小-三年级-2班"
DAILY_FIRST = {"school_name": "柳河学校", "grade": "七年级", "name": "张三", "month": "2026-09"}

PUNCHES: tuple[Recipe, ...] = (
    Recipe("an application's month, school and class in the department", "attendance", "考勤报表.xlsx",
           lambda: xlsx(monthly(punched("张三", OF_TWO, {2: "迟到12分钟", 3: "上班迟到5分钟,下班缺卡", 8: "事假09-08 08:00到09-08 17:00 1天", 9: "旷工", 10: "旷工半天"}), punched("李四", OF_TWO))), None, 2,
           first={"school_name": "二小", "grade": "三年级", "class_name": OF_TWO, "month": "2026-09", "marks": "PTTP--PLAaP--PPPPP--PPPPP--PPP-"}),
    Recipe("an application's month, school in the file's name", "attendance", "二小_考勤报表_20260901-20260930.xlsx",
           lambda: xlsx(monthly(punched("张三", "三年级2班"), punched("李四", "三年级2班"))), None, 2, first={"school_name": "二小", "grade": "三年级", "class_name": "三年级2班", "marks": FULL}),
    Recipe("a forgotten card is no absence", "attendance", "二小.xlsx",
           lambda: xlsx(monthly(punched("张三", OF_TWO, {2: "上班缺卡", 3: "上班缺卡,下班缺卡", 4: "缺卡", 7: "下班缺卡(1次)", 8: "未打卡"}), punched("李四", OF_TWO))), None, 2, first={"marks": "PP..--P.PPP--PPPPP--PPPPP--PPP-"}),
    Recipe("nothing but missing cards is set aside", "attendance", "二小.xlsx",
           lambda: xlsx(monthly(punched("张三", OF_TWO, usual="缺卡"), punched("李四", OF_TWO))), None, 2, frozenset({"never_clocked"}), each={"marks": [NO_FESTIVAL.replace("P", "?").replace("---???", "?--???"), FULL]}),
    Recipe("times on the clock", "attendance", "二小.xlsx",
           lambda: xlsx(monthly(punched("张三", OF_TWO, {2: "07:41", 3: "", 4: dt.time(7, 30)}, usual="07:31\n16:40"), punched("李四", OF_TWO, usual="07:31;16:40"))), None, 2, first={"marks": "PP.P--PPPPP--PPPPP--PPPPP--PPP-"}),
    Recipe("a mark and a time in one cell", "attendance", "二小.xlsx",
           lambda: xlsx(monthly(punched("张三", OF_TWO, {2: "旷课/--", 3: "迟到/07:55", 4: "缺卡/--"}, usual="正常/07:31"), punched("李四", OF_TWO))), None, 2, first={"marks": "PAT.--PPPPP--PPPPP--PPPPP--PPP-"}),
    Recipe("an application's workbook with several views of one month", "attendance", "二小.xlsx",
           lambda: xlsx(monthly(punched("张三", OF_TWO, {2: "迟到3分钟"}), punched("李四", OF_TWO)), monthly(punched("张三", OF_TWO, usual="07:31"), punched("李四", OF_TWO, usual="07:31")), names=["月度汇总", "打卡时间"]), None, 2,
           frozenset({"same_records"}), first={"marks": FULL[:1] + "T" + FULL[2:]}),
    Recipe("a daily report of first and last punches", "attendance", "a.xlsx",
           lambda: xlsx(daily(*((f"2026/09/{d:02d} 星期二", "张三", "s1", "柳河学校/七年级", "学生", *last) for d, last in ((1, ("07:20", "16:40", "正常")), (2, ("--", "--", "旷工")), (3, ("07:20", "--", "缺卡(1次)")), (4, ("--", "--", "缺卡(2次)")))),
                              *((f"2026/09/{d:02d} 星期二", "李四", "s2", "柳河学校/七年级", "学生", "07:20", "16:40", "正常") for d in (1, 2, 3, 4)))), None, 2,
           first={**DAILY_FIRST, "marks": "PAP.--.....--.....--....---...-"}),
    Recipe("a daily report with results on two lines of the header", "attendance", "柳河学校.xlsx",
           lambda: xlsx([["每日统计表 统计日期：2026-09-01 至 2026-09-30"], ["姓名", "部门", "日期", "上班1", "", "下班1", ""], ["", "", "", "打卡时间", "打卡结果", "打卡时间", "打卡结果"],
                         ["张三", "七年级", "26-09-01 星期二", "07:31", "正常", "16:31", "正常"], ["张三", "七年级", "26-09-02 星期三", "07:55", "迟到", "", "缺卡"], ["张三", "七年级", "26-09-03 星期四", "", "缺卡", "", "缺卡"]]), None, 1,
           first={**DAILY_FIRST, "marks": "PT..--.....--.....--....---...-"}),
    Recipe("a daily report of times alone", "attendance", "柳河学校.csv",
           lambda: text([["姓名", "部门", "日期", "最早打卡时间", "最晚打卡时间"], ["张三", "七年级", "2026-09-01", "07:31", "16:31"], ["张三", "七年级", "2026-09-02", "07:31", "--"], ["张三", "七年级", "2026-09-03", "--", "--"]]), None, 1,
           first={**DAILY_FIRST, "marks": "PP..--.....--.....--....---...-"}),
    Recipe("the day a report was made is not its month", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=(TITLE, "制表日期：2026年10月8日"))), None, 1, first=CLASS),
    Recipe("the day a sheet was filled in where it says no month", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=("文艺小学三年级(2)班考勤表", "填表日期：2026年9月30日"))), None, 1, first=CLASS),
    Recipe("a school called by its number", "attendance", "一中9月到校统计.xlsx", lambda: xlsx(grid(A, title=("一中 2026-9 学生到校统计",)), names=["初二3"]), None, 1, first={"school_name": "一中", "grade": "初二", "month": "2026-09"}),
    Recipe("a school called by its number in the roll's name", "registry", "一中学生名册(最终版2).xlsx", lambda: xlsx([["姓名", "身份证号"], ["张三", NUMBER]]), None, 1, first={"school_name": "一中"}),
)  # fmt: skip


def pupils_in_digits(head: Sequence[Any] | None) -> Rows:
    """A roll whose sex, grade and class are digits under headings nobody knows, or none."""
    rows = [
        [f"{surname}某", f"990101{2020 - grade}09010{n}{n % 2 + 1}6", n % 2 + 1, grade, n % 2 + 1]
        for n, (surname, grade) in enumerate(zip("张李王赵钱孙", (1, 2, 3, 4, 5, 6), strict=True))
    ]
    return [*([list(head)] if head else []), *rows]


CODED: tuple[Recipe, ...] = (
    Recipe("the school's code in the title", "registry", "a.xlsx",
           lambda: xlsx([["文艺小学学生名册（学校标识码：2199000001）"], ["姓名", "身份证号"], ["张三", NUMBER]]), None, 1, first={"school_name": "文艺小学", "school_code": "2199000001"}),
    Recipe("the school's code in a grid's title", "attendance", "a.xlsx", lambda: xlsx(grid(A, title=(TITLE, "学校标识码：2199000001"))), None, 1, first={**CLASS, "school_code": "2199000001"}),
    Recipe("sex, grade and class in bare digits under unknown headings", "registry", "a.xlsx", lambda: xlsx(pupils_in_digits(["姓名", "身份证号", "甲栏", "乙栏", "丙栏"])), None, 6,
           frozenset({"column_by_content"}), each={"sex": ["1", "2"] * 3, "grade": list("123456"), "class_name": ["1", "2"] * 3}),
    Recipe("sex, grade and class in bare digits without a header", "registry", "a.csv", lambda: text(pupils_in_digits(None)), None, 6, frozenset({"no_header_by_content"}),
           each={"sex": ["1", "2"] * 3, "grade": list("123456"), "class_name": ["1", "2"] * 3}),
    Recipe("digits nothing explains stay unknown", "registry", "a.xlsx",
           lambda: xlsx([["姓名", "身份证号", "甲栏"], *([*row[:2], 7] for row in pupils_in_digits(None))]), None, 6, frozenset({"column_not_understood"}), each={"grade": [None] * 6}),
    Recipe("the auxiliary number of a vocational roster", "vocational", "a.xlsx", lambda: xlsx([["姓名", "学籍辅号", "专业"], ["张三", "2026001", "汽修"]]), None, 1, first={"pupil_no": "2026001"}),
)  # fmt: skip


def written_by_xlsxwriter(
    rows: Rows = ROLL, options: dict[str, Any] | None = None, touch: Callable[[Any, Any], None] | None = None
) -> bytes:
    """A workbook with a table of shared strings, as most programs write it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options or {})
    sheet = book.add_worksheet("名册")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    if touch:
        touch(book, sheet)
    book.close()
    return out.getvalue()


def edited(
    part: str, *changes: tuple[bytes, bytes], drop: bool = False, more: Sequence[tuple[str, bytes]] = ()
) -> bytes:
    """A good workbook some of whose parts are changed, left out or added to."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written_by_xlsxwriter())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if part in name:
                if drop:
                    continue
                for before, after in changes:
                    content = content.replace(before, after)
            new.writestr(name, content)
        for name, content in more:
            new.writestr(name, content)
    return out.getvalue()


def of_1904() -> bytes:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["姓名", "出生日期", "身份证号"])
    book.active.append(["张三", dt.date(2015, 9, 1), NUMBER])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_a_chart(book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=名册!$A$2:$A$3"})
    book.add_chartsheet("图表").set_chart(chart)
    book.define_name("区域", "=名册!$A$1:$B$2")


def with_errors(book: Any, sheet: Any) -> None:
    sheet.write_formula(3, 3, '="王"&"五"', None, "王五")
    sheet.write_formula(3, 6, "=NA()", None, "#N/A")
    sheet.write(3, 8, "2班")


def with_an_old_sheet(book: Any) -> None:
    for row in ROLL:
        (book["旧"] if "旧" in book.sheetnames else book.create_sheet("旧")).append(list(row))
    book["旧"].sheet_state = "veryHidden"


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKED = (
    b'<Relationships><Relationship Id="rId1" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>'
)

EXOTIC: tuple[Recipe, ...] = (
    Recipe("dates counted from 1904", "registry", "a.xlsx", of_1904, None, 1, first={"birth_date": "2015-09-01"}),
    Recipe("shared strings", "registry", "a.xlsx", written_by_xlsxwriter, None, 2, first=ZHANG),
    Recipe("strings inline", "registry", "a.xlsx", lambda: written_by_xlsxwriter(options={"constant_memory": True}), None, 2, first=ZHANG),
    Recipe("a string with its pronunciation", "registry", "a.xlsx",
           lambda: edited("sharedStrings", ("<t>张三</t>".encode(), '<r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="2"><t>zhang</t></rPh>'.encode())), None, 2, first=ZHANG),
    Recipe("strict OOXML", "registry", "a.xlsx", lambda: edited("", (MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")), None, 2, first=ZHANG),
    Recipe("a chart sheet and defined names", "registry", "a.xlsx", lambda: written_by_xlsxwriter(touch=with_a_chart), None, 2, first=ZHANG),
    Recipe("formulas and errors", "registry", "a.xlsx", lambda: written_by_xlsxwriter(touch=with_errors), None, 3, each={"name": ["张三", "李四", "王五"]}),
    Recipe("a hidden sheet with rows", "registry", "a.xlsx", lambda: xlsx(ROLL, touch=with_an_old_sheet), None, 4, frozenset({"hidden_sheet"}), first=ZHANG),
    Recipe("a sheet that lies about its size", "registry", "a.xlsx", lambda: edited("sheet1.xml", (b'<dimension ref="A1:I3"', b'<dimension ref="A1:XFD1048576"')), None, 2, first=ZHANG),
    Recipe("no styles", "registry", "a.xlsx", lambda: edited("styles.xml", drop=True), None, 2, first=ZHANG),
    Recipe("no table of strings", "registry", "a.xlsx", lambda: edited("sharedStrings", drop=True), "unreadable"),
    Recipe("a string beyond the table", "registry", "a.xlsx", lambda: edited("sheet1.xml", (b"<v>3</v>", b"<v>9999</v>")), "unreadable"),
    Recipe("no sheet behind its name", "registry", "a.xlsx", lambda: edited("sheet1.xml", drop=True), "unreadable"),
    Recipe("a sheet in UTF-16", "registry", "a.xlsx",
           lambda: edited("sheet1.xml", drop=True, more=[("xl/worksheets/sheet1.xml", '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16"))]), "unreadable"),
    Recipe("macros", "registry", "a.xlsm", lambda: edited("-", more=[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(600))]), None, 2, first=ZHANG),
    Recipe("a link to another machine", "registry", "a.xlsx", lambda: edited("-", more=[("xl/externalLinks/_rels/externalLink1.xml.rels", LINKED)]), None, 2, first=ZHANG),
    Recipe("protected against changes only", "registry", "a.xlsx", lambda: locked(xlsx(ROLL), "VelvetSweatshop"), None, 2, first=ZHANG),
    Recipe("an OpenDocument sheet", "registry", "a.xlsx", lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}), "unknown_format"),
    Recipe("a flat OpenDocument sheet", "registry", "a.xls", lambda: b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><table:table/></office:document>', "unknown_format"),
    Recipe("a binary workbook", "registry", "a.xlsx", lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01\x00"}), "unknown_format"),
    Recipe("an Excel 2 sheet", "registry", "a.xls", lambda: b"\x09\x00\x04\x00\x02\x00\x10\x00\x0a\x00\x00\x00", "unknown_format"),
    Recipe("an Excel 4 sheet", "registry", "a.xls", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00\x0a\x00\x00\x00", "unknown_format"),
    Recipe("SYLK", "registry", "a.xls", lambda: 'ID;PWXL;N;E\r\nC;Y1;X1;K"姓名"\r\nE\r\n'.encode("gb18030"), "unknown_format"),
)  # fmt: skip

NUMBERED_CLASSES = [
    ["育红小学三年级学生名册"],
    ["班级", "姓名", "身份证号"],
    ["2班", "张三", NUMBER],
    ["四年级1班", "李四", TWO[2][2]],
    [3, "王五", None],
]
OF_HOUSEHOLDS = [
    ["乡镇", "户主姓名", "家庭成员姓名", "家庭成员身份证号", "性别", "与户主关系"],
    ["红桥镇", "张大", "张大", "99010119880101003X", "男", "户主"], ["红桥镇", "张大", "张三", NUMBER, "男", "之子"],
]  # fmt: skip
COUNTED = [
    ["育红小学三年级2班2026年9月考勤数据（1正常 2病假 3事假 4旷课）"],
    ["姓名", *range(1, 31)],
    ["张三", *[1] * 29, 4],
    ["李四", *[1] * 28, 2, 3],
]

COUNTIES = (
    Recipe("grade in the title, class numbers in a column", "registry", "a.xlsx", lambda: xlsx(NUMBERED_CLASSES), None, 3,
           each={"grade": ["三年级", None, "三年级"], "class_name": ["2班", "四年级1班", "3"]}),
    Recipe("a roll of all grades whose class column is a bare number", "registry", "a.xlsx",
           lambda: xlsx([["育红小学一至六年级学生名册"], *NUMBERED_CLASSES[1:]]), None, 3, each={"grade": [None, None, None]}),
    Recipe("school and code in brackets above the list", "registry", "a.xlsx",
           lambda: xlsx([["学校：第三中学（3123000319）"], ["姓名", "身份证号", "年级"], ["张三", NUMBER, "七年级"]]), None, 1, first={"school_name": "第三中学", "school_code": "3123000319"}),
    Recipe("a list of need kept by household", "priority", "低保.xlsx", lambda: xlsx(OF_HOUSEHOLDS), None, 2, frozenset({"column_not_understood"}),
           each={"name": ["张大", "张三"], "id_number": ["99010119880101003X", NUMBER]}),
    Recipe("a household register among the lists of need", "priority", "a.xlsx",
           lambda: xlsx([["户号", "户主姓名", "与户主关系", "姓名", "公民身份号码", "派出所"], ["1", "张大", "子", "张三", NUMBER, "红桥派出所"]]), "wrong_source"),
    Recipe("marks are numbers the title explains", "attendance", "a.xlsx", lambda: xlsx(COUNTED), None, 2,
           each={"marks": ["P" * 29 + "A-", "P" * 28 + "SL-"]}),
    Recipe("a legend laid out in cells below the grid", "attendance", "a.xlsx", lambda: xlsx([[TITLE], ["姓名", *range(1, 31)],
           ["张三", *["☆"] * 29, "●"], ["李四", *["☆"] * 28, "⊕", "◇"], [], ["符号", "☆", "⊕", "◇", "●"], ["含义", "出勤", "病假", "事假", "旷课"]]), None, 2,
           each={"marks": ["P" * 29 + "A-", "P" * 28 + "SL-"]}),
    Recipe("a legend a row a sign below the grid", "attendance", "a.xlsx", lambda: xlsx([[TITLE], ["姓名", *range(1, 31)],
           ["张三", *["☆"] * 29, "●"], ["李四", *["☆"] * 28, "⊕", "◇"], ["☆", "出勤"], ["⊕", "病假"], ["◇", "事假"], ["●", "旷课"]]), None, 2,
           each={"marks": ["P" * 29 + "A-", "P" * 28 + "SL-"]}),
    Recipe("a register of absences, a line each", "attendance", "a.xlsx", lambda: xlsx([["育红小学2026年9月学生缺勤登记表"], ["日期", "班级", "姓名", "缺勤类别"],
           ["2026/9/7", "三（1）班", "张三", "病假"], ["2026/9/8", "三（1）班", "李四", "旷课"]]), "absences_only"),
    Recipe("days as numbers of eight digits", "attendance", "a.xlsx", lambda: xlsx([[TITLE], ["姓名", *[20260900 + day for day in range(1, 31)]],
           ["张三", *["√"] * 29, "病"], ["李四", *["√"] * 30]]), None, 2, each={"marks": ["P" * 29 + "S-", "P" * 30 + "-"]}),
)  # fmt: skip

RECIPES: tuple[Recipe, ...] = (
    *REFUSALS,
    *ROSTERS,
    *GRIDS,
    *ODDITIES,
    *CONTENTS,
    *STRANGE_GRIDS,
    *RETURNED,
    *NOTES,
    *GROUPS,
    *PARTS,
    *PUNCHES,
    *CODED,
    *EXOTIC,
    *COUNTIES,
)
