"""Class sheets as a school keeps them: one `Style` in, workbooks or text files out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
import pandas as pd

from transforms.demo.files import Cell, File, Sheet
from transforms.demo.marks import Marks
from transforms.demo.numbers import Texts
from transforms.demo.styles import SHEET_STYLES, WORDS, SheetStyle, grade_text, short_grade

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class ClassBook:
    """All class sheets of one school in one month; ``lines`` are ordered by grade and class."""

    folder: str
    school_name: str
    style: int
    period: str
    days: tuple[int, ...]
    lines: pd.DataFrame
    marks: Marks
    sent_twice: bool = False


def files(book: ClassBook) -> list[File]:
    """The school's attendance as it hands it in."""
    style = SHEET_STYLES[book.style]
    sheets: list[tuple[Sheet, int, int]] = []
    positions = np.arange(len(book.lines))
    for _, at in pd.Series(positions).groupby([book.lines["grade"].to_numpy(), book.lines["class_no"].to_numpy()]):
        lines = book.lines.iloc[at.to_numpy()]
        grade, class_no = int(lines["grade"].iloc[0]), int(lines["class_no"].iloc[0])
        sheets.append((_sheet(book, style, grade, class_no, lines, book.marks[at.to_numpy()]), grade, class_no))
    year, month = book.period.split("-")
    if not style.file_per_class:
        stem = f"{book.folder}/{book.school_name}{year}年{int(month)}月考勤"
        names = [f"{stem}.xlsx", *([f"{stem} - 副本.xlsx"] if book.sent_twice else [])]
        pages = [*([_instructions(style)] if style.instructions else []), *(sheet for sheet, _, _ in sheets)]
        return [File(name, "xlsx", pages, date_format="m月d日") for name in names]
    return [
        File(
            f"{book.folder}/{book.school_name}/{book.school_name}{grade_text(grade)}{class_no}班{year}年{int(month)}月考勤"
            f".{style.format}",
            style.format, [sheet], encoding="gb18030",
        )
        for sheet, grade, class_no in sheets
    ]  # fmt: skip


def _sheet(book: ClassBook, style: SheetStyle, grade: int, class_no: int, lines: pd.DataFrame, marks: Marks) -> Sheet:
    year, month = (int(part) for part in book.period.split("-"))
    words = {
        "school": book.school_name, "grade": grade_text(grade), "short": short_grade(grade), "class_no": class_no,
        "arabic": grade, "year": year, "month": month,
    }  # fmt: skip
    last = 31 if style.always_31 else marks.shape[1]
    shown = [d for d in range(1, last + 1) if not style.only_school_days or d in book.days]
    sheet = Sheet(style.sheet.format(**words), [])
    head, merged = _head(style, year, month, shown)
    width = len(head[0])
    if style.title:
        _line(sheet, style.title.format(**words), width)
    if style.legend_at == "top":
        _line(sheet, f"应到：{len(lines)}人　　{legend(style)}", width)
    top = len(sheet.rows)
    sheet.bold = tuple(range(top, top + len(head)))
    sheet.rows += head
    sheet.merged += [(a + top, b, c + top, d) for a, b, c, d in merged]
    for seat, row in enumerate(_body(style, lines, marks, shown)):
        if style.repeat_header_every and seat and seat % style.repeat_header_every == 0:
            sheet.rows += [list(cells) for cells in head]
        sheet.records.append((len(sheet.rows), int(lines.index[seat])))
        sheet.rows.append([seat + 1, *row])
    if style.daily_counts:
        present = np.isin(marks, [b"P", b"T", b"E"]).sum(axis=0)
        lead: list[Cell] = ["出勤人数", None, *([None] if style.number else [])]
        sheet.rows.append([*lead, *(int(present[day - 1]) if day in book.days else None for day in shown)])
    if style.legend_at == "foot":
        sheet.rows.append([legend(style)] if style.footer else [legend(style), *[None] * (width - 1)])
    if style.footer:
        sheet.rows.append([f"班主任签字：　　　　　　填表日期：{year}年{month}月{marks.shape[1]}日"])
    return sheet


def _instructions(style: SheetStyle) -> Sheet:
    """A sheet before the class sheets that only says how to fill them in."""
    lines = [
        "填表说明",
        "一、本表由班主任每日填写，月末交教务处。",
        f"二、{legend(style)}。",
        "三、转入、转出学生请在备注栏注明。",
    ]
    return Sheet("填表说明", [[line] for line in lines])


def _line(sheet: Sheet, text: str, width: int) -> None:
    sheet.merged.append((len(sheet.rows), 0, len(sheet.rows), width - 1))
    sheet.rows.append([text])


def legend(style: SheetStyle) -> str:
    """The sheet's explanation of its signs."""
    said = [
        style.legend_form.format(word=WORDS[letter], sign=sign) for letter, sign in style.legend.items() if sign != ""
    ]
    if style.blank_is_present:
        said.insert(0, "空白为出勤")
    return "图例：" + "，".join(said)


def _head(
    style: SheetStyle, year: int, month: int, shown: list[int]
) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
    """The header: one row, or two where weekdays or half days stand below the days."""
    first: list[Cell] = [style.seat, *([style.number] if style.number else []), "姓名"]
    start, totals = len(first), [WORDS[letter] for letter in style.totals]
    each = 2 if style.halves else 1
    for day in shown:
        first += [_day(style.days, year, month, day), *([None] * (each - 1))]
    if not (style.weekday_row or style.halves):
        return [[*first, *totals, "备注"]], []
    second: list[Cell] = [None] * start
    for day in shown:
        second += ["上午", "下午"] if style.halves else [_weekday(year, month, day)]
    merged = [(0, column, 1, column) for column in range(start)]
    if style.halves:
        merged += [(0, start + 2 * n, 0, start + 2 * n + 1) for n in range(len(shown))]
    if totals:
        if len(totals) > 1:
            merged.append((0, len(first), 0, len(first) + len(totals) - 1))
        first += ["合计", *([None] * (len(totals) - 1))]
        second += totals
    merged.append((0, len(first), 1, len(first)))
    return [[*first, "备注"], [*second, None]], merged


def _weekday(year: int, month: int, day: int) -> Cell:
    return WEEKDAYS[(datetime.date(year, month, 1).weekday() + day - 1) % 7]


def _day(form: str, year: int, month: int, day: int) -> Cell:
    match form:
        case "serial":
            return datetime.date(year, month, day)
        case "chinese":
            return f"{month}月{day}日"
        case "dotted":
            return f"{month}.{day}"
        case "suffixed":
            return f"{day}日"
    return day


def _body(style: SheetStyle, lines: pd.DataFrame, marks: Marks, shown: list[int]) -> list[list[Cell]]:
    """Number, name, signs, totals and remark of each pupil."""
    printed = np.full((len(lines), 31), b"?", "S1")
    printed[:, : marks.shape[1]] = marks
    letters = printed[:, np.array(shown) - 1].view(np.uint8).reshape(len(lines), len(shown))
    whole, half = _signs(style)
    cells = whole[letters]
    if style.halves:
        both = np.empty((len(lines), 2 * len(shown)), object)
        both[:, ::2], both[:, 1::2] = cells, half[letters]
        cells = both
    totals = [(letters == ord(letter)).sum(axis=1).tolist() for letter in style.totals]
    if "P" in style.totals:
        present = np.isin(letters, [ord(letter) for letter in "PTE"]).sum(axis=1).tolist()
        totals[style.totals.index("P")] = present
    names = [_spaced(name) if style.number is None else name for name in lines["written_name"]]
    numbers = _numbers(style, lines)
    told = lines["guest"] & (lines["child"] % 5 < 3)
    remarks: list[Cell] = ["借读" if guest else None for guest in told]
    return [
        [*([numbers[n]] if style.number else []), names[n], *signs, *(total[n] for total in totals), remarks[n]]
        for n, signs in enumerate(cells.tolist())
    ]


def _signs(style: SheetStyle) -> tuple[Texts, Texts]:
    """The sign of each letter; where half days are written, the second table is the afternoon's."""
    whole = np.full(256, None, object)
    present = style.legend["P"] or None
    for letter in "PTEOSLAX":
        whole[ord(letter)] = style.legend.get(letter) or present
    whole[ord("-")] = style.weekend
    half = whole.copy()
    for letter in "sla":
        whole[ord(letter)] = style.legend.get(letter.upper())
        half[ord(letter)] = present
    return whole, half


def _numbers(style: SheetStyle, lines: pd.DataFrame) -> list[Cell]:
    """What stands in the number column; for a pupil without a registry number the schools write the citizen number."""
    if style.number == "身份证号":
        return [number if isinstance(number, str) else None for number in lines["id_number"]]
    if style.number == "学籍号":
        either = zip(lines["pupil_no"], lines["id_number"], strict=True)
        return [next((n for n in written if isinstance(n, str)), None) for written in either]
    return [f"{grade}{class_no:02d}{seat + 1:02d}" for seat, (grade, class_no) in enumerate(
        zip(lines["grade"], lines["class_no"], strict=True))]  # fmt: skip


def _spaced(name: str) -> str:
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name
