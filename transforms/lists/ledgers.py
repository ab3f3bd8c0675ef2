"""The ledgers of the rules as workbooks: the county's 适龄儿童, 疑似辍学, 辍学 and 劝返复学, the school's 有辍学倾向,
辍学 and 劝返复学.

A ledger is kept, not sent back: what is to be verified stands on the lists, and a ledger shows how far each case is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from expectations.case_states import STATES
from transforms.engine import Engine
from transforms.lists.dated import MADE_ON
from transforms.lists.offices import Book, Edition, in_cell
from transforms.lists.workbook import ArrowRows, Field, Sheet, Value

_SCHOOL_AGE = (
    ("row_no", Field("序号", 7, centred=True)), ("township_name", Field("乡镇街道", 14, centred=True)),
    ("name", Field("姓名", 12, centred=True)), ("sex", Field("性别", 6, centred=True)),
    ("birth_month", Field("出生年月", 10, centred=True, whole=True)), ("id_last_four", Field("证件号后四位", 9, centred=True, whole=True)),
    ("on_roll", Field("在籍", 6, centred=True)), ("school_name", Field("学校", 26)),
    ("class_text", Field("年级班级", 14, centred=True)), ("standing", Field("状况", 34)),
)  # fmt: skip
_DROPOUT = (
    ("school_name", Field("学校", 11)), ("class_text", Field("年级班级", 8.4, centred=True)),
    ("township_name", Field("乡镇街道", 8.5, centred=True)), ("name", Field("姓名", 8, centred=True)),
    ("sex", Field("性别", 4.5, centred=True)), ("id_last_four", Field("证件号后四位", 7, centred=True, whole=True)),
    ("opened_period", Field("立案期次", 8, centred=True, whole=True)), ("answer", Field("核实结果", 14)),
    ("answered_on", Field("核实日期", 10.8, centred=True, whole=True)), ("case_no", Field("案号", 11.5, centred=True, whole=True)),
    ("attempts", Field("劝返次数", 5, centred=True)), ("last_attempt_on", Field("最近劝返日期", 10.8, centred=True, whole=True)),
    ("returned_on", Field("返校日期", 10.8, centred=True, whole=True)), ("checks", Field("跟踪次数", 5, centred=True)),
    ("follow_up", Field("劝返记录", 18, fill="text", grows=True)),
)  # fmt: skip
_WATCHED = (
    ("priority_mark", Field("优先", 4.5, centred=True)), ("school_name", Field("学校", 11)),
    ("class_text", Field("年级班级", 8.4, centred=True)), ("township_name", Field("乡镇街道", 8.5, centred=True)),
    ("name", Field("姓名", 8, centred=True)), ("sex", Field("性别", 4.5, centred=True)),
    ("id_last_four", Field("证件号后四位", 7, centred=True, whole=True)), ("explanation", Field("为何列出", 26, grows=True)),
    ("opened_period", Field("立案期次", 8, centred=True, whole=True)), ("last_seen_period", Field("最近发现", 8, centred=True, whole=True)),
    ("state", Field("状态", 7.5, centred=True)), ("answer", Field("核实结果", 12.5)),
    ("answered_on", Field("核实日期", 10.8, centred=True, whole=True)), ("due_on", Field("应答期限", 10.8, centred=True, whole=True)),
    ("case_no", Field("案号", 11.5, centred=True, whole=True)),
)  # fmt: skip
_STATES = (("dropout", "辍学", "辍学学生台账"), ("returned", "劝返复学", "劝返复学学生台账"))


def ledger_books(engine: Engine, edition: Edition) -> Iterator[Book]:
    """The ledgers of each county that has children of school age or dropouts, and of each school that has dropouts or pupils at risk."""
    out_of_school = engine.rows("ledger_dropouts").to_pylist()
    watched = engine.rows("ledger_watched").to_pylist()
    suspected = [row for row in watched if row["finding"] == "suspected_dropout"]
    at_risk = [row for row in watched if row["finding"] == "dropout_risk"]
    districts = {
        *engine.districts("ledger_school_age"), *(row["district_code"] for row in (*out_of_school, *suspected)),
    }  # fmt: skip
    for district in sorted(districts):
        name = edition.bureau(district)
        own = [row for row in out_of_school if row["district_code"] == district]
        children = ArrowRows(engine.part("ledger_school_age", [column for column, _ in _SCHOOL_AGE], district))
        standing = [row for row in suspected if row["district_code"] == district]
        sheets = [
            *_school_age(name, children, edition),
            *_watched("疑似辍学", f"{name}疑似辍学学生台账", standing, edition),
            *_dropouts(name, own, edition),
        ]
        yield Book("county", "区县教育局", district, district, name, "工作台账", edition.period, sheets, {})
    # A school has one folder: in its own district, whichever district a pupil's case is counted in.
    homes = {row["school_code"]: row["district_code"] for row in engine.rows("school_homes").to_pylist()}
    by_school = sorted(
        (row for row in (*at_risk, *out_of_school) if row["school_code"]), key=lambda row: str(row["school_code"])
    )
    for code, rows in groupby(by_school, key=lambda row: str(row["school_code"])):
        of_school = sorted(rows, key=lambda row: row["row_no"])
        name = of_school[0]["school_name"] or code
        district = homes.get(code, of_school[0]["district_code"])
        risky = [row for row in of_school if "finding" in row]
        left = [row for row in of_school if "finding" not in row]
        sheets = [*_watched("有辍学倾向", f"{name}有辍学倾向学生台账", risky, edition), *_dropouts(name, left, edition)]
        yield Book("school", "学校", district, code, name, "控辍保学台账", edition.period, sheets, {})


def _school_age(name: str, rows: ArrowRows, edition: Edition) -> Iterator[Sheet]:
    if rows:
        yield Sheet(
            "适龄儿童", f"{name}适龄儿童台账",
            f"期次：{edition.month}　　{MADE_ON}　　共 {len(rows)} 人",
            "“未报考勤，未判断”指所在班级没有报送考勤；其余状况以核实结果为准。", tuple(field for _, field in _SCHOOL_AGE),
            rows, signed=False, frozen=3,
        )  # fmt: skip


def _watched(sheet: str, title: str, rows: Sequence[dict[str, Any]], edition: Edition) -> Iterator[Sheet]:
    if rows:
        values: list[list[Value]] = [
            [
                number,
                *(
                    STATES.get(row[column], row[column]) if column == "state" else in_cell(row, column)
                    for column, _ in _WATCHED
                ),
            ]
            for number, row in enumerate(rows, start=1)
        ]
        standing = sum(row["state"] != "closed" for row in rows)
        yield Sheet(
            sheet, title,
            f"期次：{edition.month}　　{MADE_ON}　　在账 {standing} 人，本期销号 {len(rows) - standing} 人",
            "已查明的留在台账上直至销号；请在核实名单上填写核实结果，不在本台账上填写。",
            (Field("序号", 5, centred=True), *(field for _, field in _WATCHED)), values,
            marked=frozenset(i for i, row in enumerate(rows) if row["priority_mark"]), frozen=1,
        )  # fmt: skip


def _dropouts(name: str, rows: Sequence[dict[str, Any]], edition: Edition) -> Iterator[Sheet]:
    for state, sheet, title in _STATES:
        of_state = [row for row in rows if row["state"] == state]
        values: list[list[Value]] = [
            [number, *(row.get(column) for column, _ in _DROPOUT)] for number, row in enumerate(of_state, start=1)
        ]
        if values:
            yield Sheet(
                sheet, f"{name}{title}",
                f"期次：{edition.month}　　{MADE_ON}　　共 {len(values)} 人",
                "辍学只由核实结果认定；每次劝返的日期、人员和结果记入“劝返记录”。",
                (Field("序号", 5, centred=True), *(field for _, field in _DROPOUT)), values, frozen=1,
            )  # fmt: skip
