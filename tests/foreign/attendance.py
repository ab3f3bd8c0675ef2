"""Attendance sheets as class teachers and vendors write them, from the marks that are true."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.foreign.people import CITY, DAYS, DISTRICTS, City, Mark, School
from tests.foreign.sheets import Formula, Sheet, write

CN = "〇一二三四五六七八九十"
WEEK = "一二三四五六日"


def grade_word(grade: int, habit: str) -> str:
    if habit == "num":
        return str(grade)
    if habit == "junior" and grade > 6:
        return "初" + CN[grade - 6]
    return CN[grade] + "年级"


def school_name(school: School, habit: str) -> str:
    name, district = school.name, DISTRICTS[school.district]
    if habit == "no_city":
        return name.removeprefix(CITY)
    if habit == "short":
        return name.removeprefix(CITY).removeprefix(district).replace("（", "(").replace("）", ")")
    if habit == "abbreviated":
        return re.sub("第(.)([小中])学", r"\1\2", name.removeprefix(CITY))
    return name


class Writer:
    """Writes one school's attendance in its own habit and tells what it wrote."""

    def __init__(self, rng: Random, school: School, marks: list[Mark], folder: Path) -> None:
        self.rng, self.school, self.habit, self.folder = rng, school, school.profile, folder
        self.classes: dict[tuple[int, int], list[Mark]] = defaultdict(list)
        for mark in marks:
            if school.seen(mark.grade, mark.class_no):
                self.classes[mark.grade, mark.class_no].append(mark)
        for rows in self.classes.values():
            rng.shuffle(rows)
        self.written: list[tuple[Path, int]] = []
        self.days = DAYS if self.habit["days"] != "school" else school.days
        self.columns = list(self.days) + ([None] if self.habit["days"] == "all31" else [])

    def words(self, grade: int = 0, n: int = 0, count: int = 0) -> dict[str, Any]:
        first = 7 if grade > 6 else 1
        return {
            "name": school_name(self.school, "full" if self.habit["name"] == "short" else self.habit["name"]),
            "short": school_name(self.school, "short"),
            "district": DISTRICTS[self.school.district],
            "grade": grade_word(grade, "cn" if self.habit["grade"] == "level" else self.habit["grade"])
            if grade
            else "",
            "g": grade,
            "n": n,
            "level": 2026 - (grade - first),
            "cls": self.habit["cls"].format(n=n, g=grade) if n else "",
            "teacher": "王老师",
            "count": count,
        }

    def text(self, key: str, **words: Any) -> str:
        return str(self.habit[key]).format(**words)

    # cells --------------------------------------------------------------------------------------------------------

    def head(self, day: date | None) -> Any:
        style = self.habit["head"]
        if day is None:
            return 31
        return {
            "int": day.day,
            "d日": f"{day.day}日",
            "iso": day.isoformat(),
            "m月d日": f"{day.month}月{day.day}日",
            "m.d": f"{day.month}.{day.day}",
            "serial": day,
        }[style]

    def signs(self, mark: Mark, day: date | None) -> list[Any]:
        habit, signs = self.habit, self.habit["signs"]
        if day is None or day not in self.school.days:
            rest = habit["rest"] if day is None or day.weekday() > 4 or habit["rest"] == "休" or day.day == 25 else ""
            return [rest, rest] if habit["pairs"] else [rest]
        morning, afternoon = mark.halves[self.school.days.index(day)]

        def write_one(m):
            return (
                m
                if m == "?"
                else ""
                if habit["blank"] and m == "P"
                else (int(signs[m]) if habit.get("numbers_as_digits") else signs[m])
            )

        if habit["pairs"]:
            return [write_one(morning), write_one(afternoon)]
        if morning == afternoon:
            return [write_one(morning)]
        if {morning, afternoon} & {"T", "E"}:
            return [write_one(morning if morning != "P" else afternoon)]
        kind = morning if morning != "P" else afternoon
        if habit["halves"] == "words" or habit["blank"]:
            return [("上午" if kind == morning else "下午") + {"S": "病", "L": "事"}.get(kind, "旷")]
        if habit["halves"] == "none" or habit.get("numbers_as_digits") or "/" in signs.values():
            return [write_one(kind)]
        return [f"{signs[morning]}/{signs[afternoon]}"]

    def number(self, mark: Mark, at: int) -> Any:
        return {
            "national": "G" + mark.id_number,
            "id": mark.id_number.lower() if at % 5 else mark.id_number,
            "serial": at,
            "": None,
        }[self.habit["number"]]

    def shown(self, mark: Mark) -> str:
        pad = self.habit["pad"]
        return mark.name[0] + pad + mark.name[1] if pad and len(mark.name) == 2 else mark.name

    # blocks -------------------------------------------------------------------------------------------------------

    def lead(self, flat: bool) -> list[str]:
        number = {"national": "学籍号", "id": "身份证号", "serial": "学号", "": ""}[self.habit["number"]]
        heads = ["序号", *(["年级", "班级"] if flat else []), *([number] if number else []), "姓名"]
        if self.habit["container"] == "flat" and self.habit["form"].startswith("tsv"):
            heads = ["班级", "姓名", *([number] if number else []), "年级"]
        return heads

    def totals(self) -> list[str]:
        return ["出勤天数", "病假", "事假", "旷课", "迟到"] if self.habit["totals"] else []

    def block(self, sheet: Sheet, rows: list[Mark], words: dict[str, Any], flat: bool) -> None:
        habit, lead, totals = self.habit, self.lead(flat), self.totals()
        step = 2 if habit["pairs"] else 1
        width = len(lead) + len(self.columns) * step + len(totals) + 1
        if habit["title"]:
            sheet.add([self.text("title", **words)], width)
        if habit.get("subtitle"):
            sheet.add([self.text("subtitle", **words)], width)
        if habit["legend"] and not habit["legend_at_foot"]:
            teacher = f"班主任：{words['teacher']}    应到：{len(rows)}人    " if habit["teacher"] and not flat else ""
            sheet.add([teacher + habit["legend"]], width)
        if habit.get("columns_legend"):
            sheet.add([habit["columns_legend"]])
        self.header(sheet, lead, totals, step)
        for at, mark in enumerate(rows, 1):
            if habit["repeat"] and at > 1 and at % habit["repeat"] == 1:
                self.header(sheet, lead, totals, step)
            sheet.add(self.pupil(mark, at, lead, len(sheet.rows) + 1))
        if habit["footer"]:
            sheet.add(
                [
                    "合计",
                    *[None] * (len(lead) - 1),
                    *[None] * (len(self.columns) * step),
                    *([sum(1 for _ in rows)] if totals else []),
                ]
            )
            if habit["legend_at_foot"]:
                sheet.add([habit["legend"]], width)
            sheet.add(["班主任签字：                教导处（盖章）：            填表日期：2026年9月30日"], width)

    def header(self, sheet: Sheet, lead: list[str], totals: list[str], step: int) -> None:
        habit = self.habit
        tops = [cell for day in self.columns for cell in [self.head(day)] + [None] * (step - 1)]
        weekdays = [cell for day in self.columns for cell in [WEEK[day.weekday()] if day else ""] + [None] * (step - 1)]
        lead = [habit["words"].get(title, title) for title in lead]
        tail = ["出勤\n天数" if t == "出勤天数" else t for t in totals] + ["备注"]
        first = len(lead)
        if habit["weekday"] == "weeks":
            weeks = [1 + (day.day + 0) // 7 if day else 0 for day in self.columns]
            starts = [n for n, week in enumerate(weeks) if n == 0 or weeks[n - 1] != week]
            at = sheet.add([*lead, *[f"第{CN[weeks[n]]}周" if n in starts else None for n in range(len(weeks))], *tail])
            sheet.add([None] * first + tops)
            for n, end in zip(starts, [*starts[1:], len(weeks)], strict=True):
                if end - n > 1:
                    sheet.merges.append((at, first + n, at, first + end - 1))
            rows = 2
        elif habit["weekday"] == "above":
            at = sheet.add([*lead, *weekdays, *tail])
            sheet.add([None] * first + tops)
            rows = 2
        else:
            at = sheet.add([*lead, *tops, *tail])
            rows = 1
            if habit["weekday"] == "below":
                sheet.add([None] * first + weekdays)
                rows = 2
        if step == 2:
            sheet.add(
                [None] * first
                + ["上午" if habit["head"] == "int" else "上", "下午" if habit["head"] == "int" else "下"]
                * len(self.columns)
            )
            for r in range(at, at + rows):
                sheet.merges += [(r, first + 2 * i, r, first + 2 * i + 1) for i in range(len(self.columns))]
            rows += 1
        if rows > 1:
            last = len(sheet.rows[at])
            sheet.merges += [(at, c, at + rows - 1, c) for c in [*range(first), *range(last - len(tail), last)]]

    def pupil(self, mark: Mark, at: int, lead: list[str], line: int) -> list[Any]:
        cells: list[Any] = []
        for title in lead:
            cells.append(
                {
                    "序号": at,
                    "年级": self.words(mark.grade)["grade"],
                    "班级": self.words(mark.grade, mark.class_no)["cls"],
                    "姓名": self.shown(mark),
                }.get(title, self.number(mark, at))
            )
        for day in self.columns:
            cells += self.signs(mark, day)
        if self.habit["totals"]:
            half = [m for pair in mark.halves for m in pair]
            counts = [
                (len(half) - sum(half.count(k) for k in "SLU")) / 2,
                *(half.count(k) / 2 for k in "SLU"),
                half.count("T"),
            ]
            for n, count in enumerate(counts):
                value = int(count) if count == int(count) else count
                cells.append(Formula(f"={value}+0", value) if self.habit.get("formulas") and n == 0 else value)
        return [*cells, mark.note]

    # files --------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        habit, container = self.habit, self.habit["container"]
        base = self.folder / self.text("folder", **self.words()) if habit["folder"] else self.folder
        if container == "class":
            for (grade, n), rows in sorted(self.classes.items()):
                words = self.words(grade, n, len(rows))
                sheet = Sheet(self.text("sheet", **words))
                self.block(sheet, rows, words, False)
                self.save(base / self.text("file", **words), [sheet], len(rows))
            return
        sheets: list[Sheet] = []
        if container == "flat":
            sheets = [Sheet(self.text("sheet", **self.words()) or "Sheet1")]
            self.block(sheets[0], [m for key in sorted(self.classes) for m in self.classes[key]], self.words(), True)
        elif container == "school":
            for (grade, n), rows in sorted(self.classes.items()):
                words = self.words(grade, n, len(rows))
                sheets.append(Sheet(self.text("sheet", **words)))
                self.block(sheets[-1], rows, words, False)
            if habit["form"] == "xlsx":
                sheets += [
                    Sheet("Sheet2"),
                    Sheet("填表说明", [["一、请各班主任于每月末前填报。"], ["二、学生请假须附假条。"]]),
                ]
        else:
            self.by_grade(sheets, stacked=container == "stacked")
        self.save(base / self.text("file", **self.words()), sheets, sum(len(rows) for rows in self.classes.values()))

    def by_grade(self, sheets: list[Sheet], stacked: bool) -> None:
        """One sheet a grade: its classes stacked as blocks, or together under one header with a class column."""
        for grade in sorted({g for g, _ in self.classes}):
            keys = [key for key in sorted(self.classes) if key[0] == grade]
            if stacked:
                if not sheets:
                    sheets.append(Sheet("考勤"))
                for g, n in keys:
                    self.block(sheets[0], self.classes[g, n], self.words(g, n), False)
                    sheets[0].add([])
            else:
                sheets.append(Sheet(grade_word(grade, "cn")))
                self.block(sheets[-1], [m for key in keys for m in self.classes[key]], self.words(grade), True)

    def save(self, stem: Path, sheets: list[Sheet], pupils: int) -> None:
        for sheet in sheets:
            sheet.name = sheet.name.replace("/", "-")[:31]
        self.written.append((write(stem, self.habit["form"], sheets), pupils))


def write_attendance(rng: Random, city: City, inbox: Path, folders: dict[str, str]) -> list[tuple[Path, int]]:
    by_school: dict[str, list[Mark]] = defaultdict(list)
    for mark in city.marks:
        by_school[mark.school.code].append(mark)
    written: list[tuple[Path, int]] = []
    for school in city.schools:
        if not school.delivers:
            continue
        writer = Writer(rng, school, by_school[school.code], inbox / school.district / folders[school.district])
        writer.write()
        written += writer.written
    return written
