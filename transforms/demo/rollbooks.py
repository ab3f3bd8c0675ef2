"""Registers as offices export them: the school registry, the police extract, rosters and lists."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from transforms.demo.files import Cell, File, Sheet
from transforms.demo.places import NINE_YEAR
from transforms.demo.styles import REGISTRY_STYLES, RegistryStyle, grade_text


@dataclass(frozen=True)
class RollBook:
    """One file of the school registry: ``lines`` of a school or of a whole district, in the order written."""

    folder: str
    title: str
    style: int
    period: str
    lines: pd.DataFrame  # with school_name, school_code and kind of each line's school


@dataclass(frozen=True)
class ListBook:
    """One file of another office; ``kind`` names its layout in `LISTS`, ``form`` its variant."""

    folder: str
    title: str
    kind: str
    form: int
    period: str
    lines: pd.DataFrame


def registry_files(book: RollBook) -> list[File]:
    """A registry export in its style."""
    style = REGISTRY_STYLES[book.style]
    columns = {"full": _full, "own": _own, "short": _short}[style.columns](style, book.lines)
    if style.padded:
        columns = {"序号": list(range(1, len(book.lines) + 1)), **columns}
    if style.titled and "学校名称" not in columns:
        lead = [f"{book.title}在籍学生花名册（{book.period[:4]}年秋季）", f"填报单位：{book.title}　　　　单位：人"]
        foot: list[list[Cell]] = [["合计", f"{len(book.lines)}人"], ["填表人：　　　　审核人：　　　　（盖章）"]]
    else:
        lead = [f"{book.title}学生信息表"] if style.titled else []
        foot = []
    values = [_quoted(column) for column in columns.values()] if style.quoted else list(columns.values())
    name = "学生信息" if style.titled else "Sheet1"
    sheet = _sheet(name, lead, list(columns), values, foot, book.lines, style.repeat_header_every)
    path = f"{book.folder}/{book.title}学籍{style.extension or '.' + style.format}"
    return [File(path, style.format, [sheet], encoding=style.encoding or "utf-8")]


def _sheet(
    name: str,
    lead: list[str],
    head: list[str],
    columns: list[Any],
    foot: list[list[Cell]],
    lines: pd.DataFrame,
    repeat_header_every: int = 0,
) -> Sheet:
    body = [list(row) for row in zip(*columns, strict=True)]
    rows: list[list[Cell]] = [[text] for text in lead]
    rows.append(list(head))
    records = []
    for n, (key, cells) in enumerate(zip(lines.index, body, strict=True)):
        if repeat_header_every and n and n % repeat_header_every == 0:
            rows.append(list(head))
        records.append((len(rows), int(key)))
        rows.append(cells)
    rows += foot
    merged = [(n, 0, n, len(head) - 1) for n in range(len(lead))]
    return Sheet(name, rows, merged, records, bold=(len(lead),))


def _quoted(column: Any) -> list[Cell]:
    """One real tool's habit: ' before digits, NULL for nothing."""
    return [
        "NULL" if cell is None or cell == "" else f"'{cell}" if str(cell)[:1].isdigit() and len(str(cell)) > 5 else cell
        for cell in column
    ]


EPOCH = np.datetime64("1899-12-30")


def dates(days: Any, form: str) -> list[Cell]:
    """Dates as text, as spreadsheet serials or as cells of type date; nothing for none."""
    values = pd.Series(np.asarray(days, "M8[D]"))
    if form == "serial":
        return [int(n) for n in (values.to_numpy().astype("M8[D]") - EPOCH).astype(int)]
    shapes: dict[str, Callable[[datetime.date], Cell]] = {
        "dashed": lambda d: f"{d.year}-{d.month:02d}-{d.day:02d}",
        "plain": lambda d: f"{d.year}{d.month:02d}{d.day:02d}",
        "dotted": lambda d: f"{d.year}.{d.month}.{d.day}",
        "slashed": lambda d: f"{d.year}/{d.month}/{d.day}",
        "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
        "cell": lambda d: d,
    }
    shape = shapes[form]
    return [None if d is None else shape(d) for d in values.to_numpy().astype("M8[D]").tolist()]


def _sexes(lines: pd.DataFrame, words: tuple[str, str]) -> list[Cell]:
    return [words[0] if male else words[1] for male in lines["male"]]


def _registry_number_cells(style: RegistryStyle, lines: pd.DataFrame) -> list[Cell]:
    """Numbers as the file holds them: a number cell keeps fifteen digits, text keeps what Excel showed."""
    cells: list[Cell] = []
    for at, (number, kind) in enumerate(zip(lines["id_number"], lines["number_kind"], strict=True)):
        if kind == "truncated":
            cells.append(float(number) if style.format == "xlsx" else f"{float(number):.5E}")
        else:
            cells.append(_typed(number, at) if style.sloppy and isinstance(number, str) else number)
    return cells


def _typed(number: str, at: int) -> str:
    """The same number as careless typing leaves it."""
    return (number.lower(), number.replace("X", "Ｘ"), f"{number} ", f"\u00a0{number}", number, number)[at % 6]


def _names(style: RegistryStyle, lines: pd.DataFrame) -> list[Cell]:
    """Names with the style's dot; a titled list spreads names of two characters."""
    return [f"{n[0]} {n[1]}" if style.padded and len(n) == 2 else n.replace("·", style.dot) for n in lines["name"]]


def _grade_cells(style: RegistryStyle, lines: pd.DataFrame) -> tuple[list[Cell], list[Cell]]:
    """Grade and class; the year of entry tells the grade only where a school has one stage."""
    grades: list[Cell] = []
    classes: list[Cell] = []
    for grade, class_no, kind, year in zip(
        lines["grade"], lines["class_no"], lines["kind"], lines["school_year"], strict=True
    ):
        if style.grades == "cohort" and kind != NINE_YEAR:
            grades.append(f"{year - (grade - 1) % 6}级")
            classes.append(f"{class_no}班")
        else:
            grades.append(grade_text(grade))
            classes.append(
                f"{grade_text(grade)}（{class_no}）班" if style.grades == "combined" else f"（{class_no}）班"
            )
    return grades, classes


def _yes(flags: Any) -> list[Cell]:
    return ["是" if flag else "否" for flag in flags]


def _full(style: RegistryStyle, lines: pd.DataFrame) -> dict[str, Any]:
    """The forty columns of the national platform's export."""
    grades, classes = _grade_cells(style, lines)
    size = len(lines)
    return {
        "学校名称": lines["school_name"], "学校标识码": lines["school_code"], "全国学籍号": lines["pupil_no"],
        "学籍辅号": [f"{e}{c:02d}{n % 1000:03d}" for n, (e, c) in enumerate(zip(lines["entered"], lines["class_no"], strict=True))],
        "姓名": _names(style, lines), "曾用名": _none(lines["former_name"]), "性别": _sexes(lines, style.sexes),
        "出生日期": dates(lines["birth_date"], style.dates), "民族": lines["ethnicity"], "国籍/地区": ["中国"] * size,
        "身份证件类型": lines["id_type"], "身份证件号": _registry_number_cells(style, lines),
        "户口所在地行政区划": lines["hukou_code"], "户口性质": ["农业家庭户口"] * size,
        "入学年月": [f"{year}09" for year in lines["entered"]], "入学方式": ["就近入学"] * size,
        "就读方式": lines["attend_mode"], "年级": grades, "班级": classes, "学生来源": ["正常入学"] * size,
        "现住址": lines["lives_at"], "联系电话": lines["father_phone"], "是否留守儿童": _yes(lines["left_behind"]),
        "是否进城务工人员随迁子女": _yes(lines["migrant"]), "是否孤儿": _yes([False] * size),
        "是否享受一补": _yes(lines["poor"]), "是否需要申请资助": _yes(lines["poor"]), "随班就读": ["非随班就读"] * size,
        "残疾类型": ["无残疾"] * size, "学生状态": lines["status"],
        "成员1姓名": lines["father"], "成员1关系": ["父亲"] * size, "成员1身份证件号": lines["father_id"],
        "成员1联系电话": lines["father_phone"], "成员1是否监护人": _yes([True] * size),
        "成员2姓名": lines["mother"], "成员2关系": ["母亲"] * size, "成员2身份证件号": lines["mother_id"],
        "成员2联系电话": lines["mother_phone"], "成员2是否监护人": _yes([True] * size),
    }  # fmt: skip


def _own(style: RegistryStyle, lines: pd.DataFrame) -> dict[str, Any]:
    """What a school's own list holds; a titled list names the school only in its title."""
    grades, classes = _grade_cells(style, lines)
    where: dict[str, Any] = {} if style.titled else {"学校名称": lines["school_name"]}
    place: dict[str, Any] = {"班级": classes} if style.grades == "combined" else {"年级": grades, "班级": classes}
    return {
        **where, **place, "姓名": _names(style, lines), "性别": _sexes(lines, style.sexes),
        "出生年月日": dates(lines["birth_date"], style.dates), "身份证号": _registry_number_cells(style, lines),
        "学籍号": lines["pupil_no"], "就读方式": lines["attend_mode"], "学生状态": lines["status"],
        "监护人姓名": lines["father"], "家庭住址": lines["lives_at"], "联系电话": lines["father_phone"],
        "随迁子女": _yes(lines["migrant"]), "备注": [None] * len(lines),
    }  # fmt: skip


def _short(style: RegistryStyle, lines: pd.DataFrame) -> dict[str, Any]:
    """A district's own selection of columns."""
    grades, classes = _grade_cells(style, lines)
    return {
        "学校名称": lines["school_name"], "学校代码": lines["school_code"], "年级": grades, "班级": classes,
        "学生姓名": _names(style, lines), "曾用名": _none(lines["former_name"]), "性别": _sexes(lines, style.sexes),
        "出生日期": dates(lines["birth_date"], style.dates), "证件类型": lines["id_type"],
        "证件号码": _registry_number_cells(style, lines), "全国学籍号": lines["pupil_no"],
        "就读方式": lines["attend_mode"], "就读状态": lines["status"], "户籍所在地行政区划": lines["hukou_code"],
        "留守儿童": _yes(lines["left_behind"]), "是否随迁子女": _yes(lines["migrant"]), "家长姓名": lines["mother"],
        "家长电话": lines["mother_phone"], "现住址": lines["lives_at"],
    }  # fmt: skip


def _none(column: pd.Series) -> list[Cell]:
    return [value if isinstance(value, str) else None for value in column]


def list_files(book: ListBook) -> list[File]:
    """A list of another office in its layout."""
    return [LISTS[book.kind](book)]


def _household(book: ListBook) -> File:
    """The police extract: per township with title, per district as bare text, or with broken header cells."""
    lines, form = book.lines, book.form
    day = {0: "cell", 1: "plain", 2: "dashed"}[form]
    sexes = ("男性", "女性") if form == 1 else ("男", "女")
    father = [n % 4 != 0 for n in lines["family"]]
    numbers = [f"{n}\t" if form == 1 and n is not None else n for n in _none(lines["id_number"])]
    taken = np.full(len(lines), np.datetime64(f"{book.period}-01") - 5)
    stations = [f"{name.removesuffix('街道')}派出所" for name in lines["township_name"]]
    columns: dict[str, Any] = {
        "户号": lines["household_no"],
        "户主姓名": np.where(father, lines["father"], lines["mother"]),
        "户主身份号码": np.where(father, lines["father_id"], lines["mother_id"]),
        "与户主关系": ["子" if male else "女" for male in lines["male"]],
        "姓名": lines["name"], "曾用名": _none(lines["former_name"]), "性别": _sexes(lines, sexes),
        "民族": lines["ethnicity"], "出生日期": dates(lines["birth_date"], day),
        "公民\n身份号码" if form == 2 else "公民身份号码": numbers, "户籍地址": lines["address"],
    }  # fmt: skip
    if form == 1:
        columns["行政区划"] = lines["hukou_code"]
    else:
        columns["乡镇街道" if form == 0 else "乡镇\n（街道）"] = lines["township_name"]
        columns["社区/村"] = lines["village"]
    columns |= {
        "派出所": stations, "监护人一姓名": lines["father"], "监护人一身份号码": lines["father_id"],
        "监护人二姓名": lines["mother"], "监护人二身份号码": lines["mother_id"], "联系电话": lines["mother_phone"],
        "迁出/注销日期": dates(lines["left_on"], day), "迁出/注销原因": _none(lines["left_reason"]),
        "数据日期": dates(taken, day),
    }  # fmt: skip
    lead = [f"{book.title}（5—17周岁）"] if form == 0 else []
    foot: list[list[Cell]] = [["合计", len(lines)]] if form == 0 else []
    sheet = _sheet("户籍人口", lead, list(columns), list(columns.values()), foot, lines)
    if form == 1:
        return File(f"{book.folder}/{book.title}.csv", "csv", [sheet], encoding="gb18030")
    return File(f"{book.folder}/{book.title}.xlsx", "xlsx", [sheet])


def _vocational(book: ListBook) -> File:
    lines = book.lines
    size = len(lines)
    columns = {
        "序号": range(1, size + 1), "学校名称": [book.title] * size, "姓名": lines["name"],
        "性别": _sexes(lines, ("男", "女")), "身份证号": lines["id_number"],
        "出生日期": dates(lines["birth_date"], "slashed"), "专业": lines["programme"],
        "入学年月": [f"{year}.9" for year in lines["entered"]], "学生状态": ["在读"] * size,
        "家长姓名": lines["father"], "家长电话": lines["father_phone"], "备注": [None] * size,
    }  # fmt: skip
    sheet = _sheet("在校生", [f"{book.title}在校学生名册"], list(columns), list(columns.values()), [], lines)
    return File(f"{book.folder}/{book.title}.xlsx", "xlsx", [sheet])


def _exempt(book: ListBook) -> File:
    lines = book.lines
    size = len(lines)
    columns = {
        "序号": range(1, size + 1), "儿童姓名": lines["name"], "性别": _sexes(lines, ("男", "女")),
        "出生日期": dates(lines["birth_date"], "dashed"), "公民身份号码": lines["id_number"], "类型": lines["kind"],
        "事由": lines["reason"], "批准日期": dates(lines["approved_on"], "chinese"),
        "有效期至": dates(lines["valid_until"], "chinese"), "批准单位": [f"{book.title}教育局"] * size,
        "监护人": lines["father"], "联系电话": lines["father_phone"],
    }  # fmt: skip
    lead = [f"{book.title}适龄儿童少年延缓入学、休学、送教上门等审批情况表"]
    sheet = _sheet("审批", lead, list(columns), list(columns.values()), [["填表人：", None, "审核人："]], lines)
    return File(f"{book.folder}/{book.title}延缓入学等审批表.xlsx", "xlsx", [sheet])


def _priority(book: ListBook) -> File:
    """A list with a column for the group, or one whose title alone names it."""
    lines = book.lines
    columns: dict[str, Any] = {
        "姓名": lines["name"], "性别": _sexes(lines, ("男", "女")), "身份证号": lines["id_number"],
        "户主": lines["father"], "家庭住址": lines["address"],
    }  # fmt: skip
    if book.form == 0:
        columns = {"困难类型": lines["group"], **columns}
        sheet = _sheet("Sheet1", [], list(columns), list(columns.values()), [], lines)
        return File(f"{book.folder}/{book.title}.csv", "csv", [sheet], encoding="gb18030")
    sheet = _sheet("名单", [book.title], list(columns), list(columns.values()), [], lines)
    return File(f"{book.folder}/{book.title}.xlsx", "xlsx", [sheet])


LISTS: dict[str, Callable[[ListBook], File]] = {
    "household": _household, "vocational": _vocational, "exempt": _exempt, "priority": _priority,
}  # fmt: skip
