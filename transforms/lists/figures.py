"""The county bureau's own figures, whole: beside the period before and a year ago, by group, and 巩固率 of each cohort.

They stand in the county's workbook, whose reader knows every child behind them; what leaves the bureau is made from
`dashboard_figures`, where small counts are withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from expectations.catalog import TABLES
from expectations.findings import FINDINGS
from transforms.engine import Engine
from transforms.lists.dashboard import COHORTS, DIVISIONS, STAGES
from transforms.lists.dated import MADE_ON
from transforms.lists.workbook import Field, Sheet, Value

COMPARED = (
    ("pupils", "在籍学生（人）"), ("children_of_school_age", "适龄儿童（人）"), ("children_found", "需要核实的儿童（人）"),
    *((kind.code, f"{kind.chinese}（人）") for kind in FINDINGS), ("dropouts_in_year", "本学年辍学（人，经核实认定）"),
    ("cases_open", "未销号个案（件）"), ("cases_answered", "本期已答复个案（件）"), ("cases_overdue", "逾期未答复个案（件）"),
)  # fmt: skip
GROUPED = ("pupils", "children_of_school_age", *(kind.code for kind in FINDINGS), "dropouts")
_HEADS = {"pupils": "在籍学生", "children_of_school_age": "适龄儿童", "dropouts": "核实辍学",
          **{kind.code: kind.chinese for kind in FINDINGS}}  # fmt: skip
_TABLES = ("indicator_changes", "group_indicators", "retention")
OF_STAGES = (("all", "合计"), *STAGES)


class Named(Protocol):
    """What a sheet says of the run: its period in words."""

    @property
    def month(self) -> str:
        """The period in words."""


class CountyFigures:
    """The figures of the counties, not those of a city's thousands of schools, read once."""

    def __init__(self, engine: Engine) -> None:
        self._figures = {table: _of_counties(engine, table) for table in _TABLES}

    def sheets(self, district: str, name: str, edition: Named) -> Iterator[Sheet]:
        """The sheets of a district that have anything to say."""
        subtitle = f"期次：{edition.month}　　{MADE_ON}"
        if body := _compared(self._of(district, "indicator_changes")):
            yield plain(
                "同比环比", f"{name}主要指标变化情况", subtitle,
                "上期为上一次核查，上年同期为上年同月；没有数据的留空。本表含小数，只供工作使用，不得公开。",
                (Field("序号", 6, centred=True), Field("指标", 34), Field("学段", 10, centred=True),
                 *(Field(head, 12, centred=True) for head in ("本期", "上期", "较上期", "上年同期", "较上年同期"))), body,
            )  # fmt: skip
        if body := _grouped(self._of(district, "group_indicators")):
            yield plain(
                "分组情况", f"{name}分性别、城乡和重点群体情况", subtitle,
                "单位：人。一名儿童可属多个重点群体。本表含小数，只供工作使用，不得公开。",
                (Field("序号", 6, centred=True), Field("分类", 11, centred=True), Field("项目", 16, centred=True),
                 *(Field(_HEADS[name], 11, centred=True) for name in GROUPED)), body,
            )  # fmt: skip
        if body := _kept(self._of(district, "retention")):
            yield plain(
                "巩固率", f"{name}义务教育巩固率", subtitle,
                "巩固率＝毕业人数÷（入学人数＋转入－转出）；超过 100% 的，所填人数有误，请核对。",
                (Field("序号", 6, centred=True), Field("学段", 10, centred=True), Field("入学年份", 12, centred=True),
                 *(Field(head, 12, centred=True) for head in ("入学人数", "转入", "转出", "毕业人数", "不计转学", "巩固率")),
                 Field("结论", 18, centred=True)), body,
            )  # fmt: skip

    def _of(self, district: str, table: str) -> list[dict[str, Any]]:
        return self._figures[table].get(district, [])


def _of_counties(engine: Engine, table: str) -> dict[str, list[dict[str, Any]]]:
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in engine.part(table, TABLES[table].names, *engine.districts(table), level="district").to_pylist():
        if row["unit_code"] == row["district_code"]:
            own[row["district_code"]].append(row)
    return own


def plain(
    name: str, title: str, subtitle: str, note: str, fields: tuple[Field, ...], rows: Sequence[Sequence[Value]],
    marked: frozenset[int] = frozenset(), links: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:  # fmt: skip
    """A sheet that is read and not sent back."""
    return Sheet(name, title, subtitle, note, fields, rows, marked=marked, links=links, signed=False)


def _compared(rows: Sequence[Mapping[str, Any]]) -> list[list[Value]]:
    known = {(row["indicator"], row["stage"]): row for row in rows}
    figures = ("value", "previous_value", "change", "last_year_value", "change_on_year")
    lines = [
        (label, of_stage, known[indicator, stage])
        for indicator, label in COMPARED
        for stage, of_stage in OF_STAGES
        if (indicator, stage) in known and (stage == "all" or not indicator.startswith("cases_"))
    ]
    return [
        [number, label, of_stage, *(_whole(row[name], signed=name.startswith("change")) for name in figures)]
        for number, (label, of_stage, row) in enumerate(lines, start=1)
    ]


def _grouped(rows: Sequence[Mapping[str, Any]]) -> list[list[Value]]:
    cells: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row["stage"] == "all" and row["indicator"] in GROUPED:
            cells[row["division"], row["member"]][row["indicator"]] = row["value"]
    order = sorted(cells, key=lambda key: (list(DIVISIONS).index(key[0]), -cells[key].get("pupils", 0), key[1]))
    return [
        [number, DIVISIONS[division], member, *(int(cells[division, member].get(name, 0)) for name in GROUPED)]
        for number, (division, member) in enumerate(order, start=1)
    ]


def _kept(rows: Sequence[Mapping[str, Any]]) -> list[list[Value]]:
    told = {None: "毕业人数不明", True: "达到目标", False: "没有达到目标"}
    return [
        [number, COHORTS.get(row["stage"], row["stage"]), row["entry_year"],
         *(_whole(row[name]) for name in ("entrants", "moved_in", "moved_out", "graduates")),
         *(None if row[name] is None else f"{row[name]:.2%}" for name in ("rate_of_entrants", "rate_adjusted")),
         "人数有误，请核对" if row["plausible"] is False else told[row["goal_met"]]]
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip


def _whole(value: float | None, *, signed: bool = False) -> Value:
    """A count as a number; a difference with its sign, so that it reads without its heading."""
    if value is None:
        return None
    return f"{value:+,.0f}" if signed and value else int(value)
