"""The ledgers of the rules as workbooks: the county's 适龄儿童, 辍学 and 劝返复学, the school's 辍学 and 劝返复学.

疑似辍学 and 有辍学倾向 are sheets of the lists to be verified; a child stands on one paper for one purpose only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pyarrow.compute as pc

from transforms.engine import Engine
from transforms.lists.offices import Book, Edition
from transforms.lists.workbook import Field, Sheet, Value

_SCHOOL_AGE = (
    ("row_no", Field("序号", 7, centred=True)), ("township_name", Field("乡镇街道", 14, centred=True)),
    ("name", Field("姓名", 12, centred=True)), ("sex", Field("性别", 6, centred=True)),
    ("birth_month", Field("出生年月", 10, centred=True)), ("id_last_four", Field("证件号后四位", 9, centred=True)),
    ("on_roll", Field("在籍", 6, centred=True)), ("school_name", Field("学校", 26)),
    ("class_text", Field("年级班级", 14, centred=True)), ("standing", Field("状况", 34)),
)  # fmt: skip
_DROPOUT = (
    ("school_name", Field("学校", 20)), ("class_text", Field("年级班级", 13, centred=True)),
    ("township_name", Field("乡镇街道", 12, centred=True)), ("name", Field("姓名", 10, centred=True)),
    ("sex", Field("性别", 6, centred=True)), ("id_last_four", Field("证件号后四位", 9, centred=True)),
    ("opened_period", Field("立案期次", 10, centred=True)), ("answer", Field("核实结果", 22)),
    ("answered_on", Field("核实日期", 12, centred=True)), ("case_no", Field("案号", 12, centred=True)),
    ("follow_up", Field("劝返记录", 30, fill="text")),
)  # fmt: skip
_STATES = (("dropout", "辍学", "辍学学生台账"), ("returned", "劝返复学", "劝返复学学生台账"))


def ledger_books(engine: Engine, edition: Edition) -> Iterator[Book]:
    """The ledgers of each county that has children of school age or dropouts, and of each school that has dropouts."""
    out_of_school = engine.rows("ledger_dropouts").to_pylist()
    school_age = engine.rows("ledger_school_age")
    districts = {*pc.unique(school_age["district_code"]).to_pylist(), *(row["district_code"] for row in out_of_school)}
    for district in sorted(districts):
        name = edition.bureau(district)
        own = [row for row in out_of_school if row["district_code"] == district]
        children = school_age.filter(pc.equal(school_age["district_code"], district))
        sheets = [*_school_age(name, children.to_pylist(), edition), *_dropouts(name, own, edition)]
        yield Book("county", "区县教育局", district, district, name, "工作台账", edition.period, sheets, {})
    by_school = sorted(
        (row for row in out_of_school if row["school_code"]), key=lambda r: (r["district_code"], r["school_code"])
    )
    for (district, code), rows in groupby(by_school, key=lambda r: (r["district_code"], r["school_code"])):
        of_school = sorted(rows, key=lambda row: (row["state"], row["row_no"]))
        name = of_school[0]["school_name"] or code
        sheets = list(_dropouts(name, of_school, edition))
        yield Book("school", "学校", district, code, name, "辍学与劝返复学台账", edition.period, sheets, {})


def _school_age(name: str, rows: Sequence[dict[str, Any]], edition: Edition) -> Iterator[Sheet]:
    if rows:
        yield Sheet(
            "适龄儿童", f"{name}适龄儿童台账",
            f"期次：{edition.month}　　数据截至：{edition.as_of.isoformat()}　　共 {len(rows)} 人",
            "“未报考勤，未判断”指所在班级没有报送考勤；其余状况以核实结果为准。", tuple(field for _, field in _SCHOOL_AGE),
            [[row[column] for column, _ in _SCHOOL_AGE] for row in rows], signed=False, frozen=3,
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
                f"期次：{edition.month}　　数据截至：{edition.as_of.isoformat()}　　共 {len(values)} 人",
                "辍学只由核实结果认定；每次劝返的日期、人员和结果记入“劝返记录”。",
                (Field("序号", 6, centred=True), *(field for _, field in _DROPOUT)), values, frozen=1,
            )  # fmt: skip
