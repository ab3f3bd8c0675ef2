"""The report forms of the timetable, filled in: the school's of +15 working days, the township's and county's of +1 month.

And the city's list of districts over a control line, which are called in (约谈).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from expectations.catalog import TABLES
from expectations.recipients import BY_CODE as RECIPIENTS
from transforms.engine import Engine
from transforms.lists.bulletin import called_in
from transforms.lists.dashboard import STAGES, number
from transforms.lists.dated import MADE_ON, day_in_words
from transforms.lists.letters import authority
from transforms.lists.offices import LOOKS, Book, Edition, grouped, in_cell
from transforms.lists.pages import Desk
from transforms.lists.workbook import Field, Sheet, Value

_COUNTS = (
    "children",
    "at_school",
    "register_fault",
    "lawful_absence",
    "out_of_school",
    "unknown",
    "unanswered",
    "need_aid",
)
_PUPIL = ("name", "sex", "class_text", "id_last_four", "explanation", "last_answer")


def report_books(engine: Engine, edition: Edition) -> Iterator[Book]:
    """The forms of every school, with suspected dropouts or none to report, every township with listed children, and every county."""
    yield from _school_reports(engine, edition)
    yield from _zero_reports(engine, edition)
    names = {row["township_code"]: row["township_name"] for row in engine.rows("townships").to_pylist()}
    contract = TABLES["report_lines"]
    fields = (
        Field("序号", 6, centred=True), Field("分类", 12, centred=True), Field("项目", 18, centred=True),
        *(Field(contract[name].label, 10, centred=True) for name in _COUNTS), Field("帮扶需求和措施", 24, fill="text"),
    )  # fmt: skip
    due = _until(engine.parameters.get("township_due_on"))
    for (district, recipient, code), rows in grouped(engine, "report_lines", "district_code", "recipient", "unit_code"):
        name = edition.bureau(district) if recipient == "county" else names.get(code, code)
        to = "同级人民政府" if recipient == "county" else "县级教育行政部门"
        values: list[list[Value]] = [
            [row["line_no"], row["part"], row["label"], *(row[count] for count in _COUNTS), None] for row in rows
        ]
        sheet = Sheet(
            "一个月报告表", f"{authority(name)}疑似辍学和未入学儿童核实情况报告表",
            f"期次：{edition.month}　　{MADE_ON}{due}　　单位：人",
            f"报{to}。各数由核实答复汇总，核对后盖章上报；重点群体可有交叉。本表含小数，只供工作使用，不得公开。",
            fields, values, marked=frozenset([0]), frozen=3,
        )  # fmt: skip
        yield Book(
            recipient, RECIPIENTS[recipient].chinese, district, code, name, "一个月报告表", edition.period, [sheet], {}
        )


def _school_reports(engine: Engine, edition: Edition) -> Iterator[Book]:
    """What a school reports to county and township by the fifteenth working day: each suspected dropout by name."""
    shown = {s.column: s.label for sheet in RECIPIENTS["school"].sheets for s in sheet.columns}
    fields = (
        Field("序号", 6, centred=True), *(_field(name, shown[name]) for name in _PUPIL),
        Field("辍学原因", 16, fill="text"), Field("现在去向", 16, fill="text"), Field("需要的帮助", 14, fill="text"),
    )  # fmt: skip
    due = _until(engine.parameters.get("report_due_on"))
    for (district, code, name), rows in grouped(engine, "school_list", "district_code", "unit_code", "unit_name"):
        suspected = [row for row in rows if row["finding"] == "suspected_dropout"]
        if not suspected:
            continue
        values: list[list[Value]] = [
            [place, *(in_cell(row, column) for column in _PUPIL), None, None, None]
            for place, row in enumerate(suspected, 1)
        ]
        sheet = Sheet(
            "十五日报告表", f"{name}疑似辍学学生情况报告表",
            f"期次：{edition.month}　　{MADE_ON}{due}　　共 {len(values)} 人",
            "报县级教育行政部门和学生所在乡镇人民政府、街道办事处。核实后填写黄色表头各列；已查明在读的划去并注明。",
            fields, values, frozen=2,
        )  # fmt: skip
        yield Book("school", "学校", district, code, name, "十五日报告表", edition.period, [sheet], {})


def _zero_reports(engine: Engine, edition: Edition) -> Iterator[Book]:
    """The same report of a school with nobody to name (零报告): looked at whole, found nothing, to be stamped all the same."""
    fields = (
        Field("序号", 6, centred=True), Field("在籍学生", 14, centred=True), Field("已报送考勤班级", 18, centred=True),
        Field("疑似辍学学生", 16, centred=True), Field("学校核实人数", 18, fill="text"), Field("情况说明", 44, fill="text"),
    )  # fmt: skip
    due = _until(engine.parameters.get("report_due_on"))
    rows = grouped(engine, "zero_reports", "district_code", "school_code", "school_name")
    for (district, code, name), [school] in rows:
        sheet = Sheet(
            "零报告", f"{name}疑似辍学学生情况零报告表",
            f"期次：{edition.month}　　{MADE_ON}{due}",
            "各班考勤均已报送，比对没有发现疑似辍学学生。请逐班核对：确无的，“学校核实人数”填 0，盖章后报县级教育行政部门；"
            "另有疑似辍学学生的，写明人数并另附名单，不作零报告。",
            fields, [[1, school["pupils"], school["classes"], 0, None, None]],
        )  # fmt: skip
        yield Book("school", "学校", district, code, name, "十五日报告表", edition.period, [sheet], {}, personal=False)


def called_in_books(desk: Desk, edition: Edition) -> Iterator[Book]:
    """For each city with a district over a control line, the list of those to be called in."""
    stages = {label: stage for stage, label in STAGES}
    for city in desk.codes("city"):
        districts = [desk.unit("district", code) for code in desk.codes("district") if code[:4] == city[:4]]
        by_name = {unit.name: unit.code for unit in districts}
        values: list[list[Value]] = []
        for name, over in called_in(desk, districts):
            for label in over.split("、"):
                figures = desk.figures("district", by_name[name])
                rate = number(figures.get((stages[label], "dropout_rate")), "dropout_rate")
                values.append([len(values) + 1, name, label, rate, f"{desk.lines[stages[label]]:.2%}", None, None])
        if values:
            title = f"{desk.unit('city', city).name}控辍保学约谈区县名单"
            fields = (
                Field("序号", 6, centred=True), Field("区县", 26), Field("学段", 10, centred=True),
                Field("年辍学率", 12, centred=True), Field("控制线", 12, centred=True),
                Field("约谈日期", 16, fill="text"), Field("整改要求", 40, fill="text"),
            )  # fmt: skip
            sheet = Sheet(
                "约谈名单", title, f"期次：{edition.month}　　{MADE_ON}　　共 {len(values)} 项",
                "年辍学率超过控制线的区县。年辍学率＝本学年经核实认定的辍学人数÷学年初在籍人数；由小数算出的以“＊”代替。",
                fields, values, frozen=2,
            )  # fmt: skip
            yield Book(
                "city", "", f"全市_{city}", city, title, "约谈区县名单", edition.period, [sheet], {}, personal=False
            )


def _field(column: str, label: str) -> Field:
    return replace(LOOKS.get(column, Field("")), label=label)


def _until(day: object) -> str:
    return f"　　报告期限：{day_in_words(day)}" if isinstance(day, date) else ""
