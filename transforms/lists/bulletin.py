"""The bulletin 疑似辍学学生情况通报 of every district and city: sentences and tables from `dashboard_figures` only.

So it says what the dashboard shows and no more: figures of nobody's child, small ones withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from expectations.findings import BY_CODE as FINDINGS
from transforms.engine import Engine
from transforms.lists.chart import Chart
from transforms.lists.dashboard import COHORTS, STAGES, WITHHELD, Figures, Unit, month, number, too_many
from transforms.lists.dated import DAY, day_in_words
from transforms.lists.letters import Paper
from transforms.lists.offices import Edition
from transforms.lists.pages import Desk, Row

TEMPLATE = "疑似辍学学生情况通报"
NONE = "–"
TOLD = ("suspected_dropout", "not_enrolled", "absent_from_school", "dropout_risk", "attends_elsewhere")
TABLE = (
    ("pupils", "在籍学生（人）"), *((code, f"{FINDINGS[code].chinese}（人）") for code in TOLD),
    ("cases_open", "未销号个案（件）"), ("cases_answered", "本期已答复个案（件）"), ("cases_overdue", "逾期未答复个案（件）"),
    ("dropouts_in_year", "本学年辍学（人，经核实认定）"),
)  # fmt: skip
AREAS = ("农村",)  # also a priority group, but told among the areas
MOST_NAMED, MOST_DRAWN = 3, 15
FEWEST_DRAWN = 2  # one bar alone compares nothing


def bulletins(engine: Engine, desk: Desk, edition: Edition) -> Iterator[Paper]:
    """The bulletin of each district, by township, and of each city, by district."""
    limits = {name: _until(engine.parameters.get(name), edition.as_of) for name in ("report_due_on", "township_due_on")}
    for code in desk.codes("district"):
        yield _paper(desk, edition, limits, "district", code, code, [code], "各乡镇街道",
                     desk.parts("township", code), desk.parts("school", code))  # fmt: skip
    for code in desk.codes("city"):
        own = [district for district in desk.codes("district") if district[:4] == code[:4]]
        units = [desk.unit("district", district) for district in own]
        yield _paper(desk, edition, limits, "city", code, f"全市_{code}", own, "各区县", units, units)


def _paper(
    desk: Desk, edition: Edition, limits: dict[str, str], level: str, code: str, folder: str,
    districts: Sequence[str], graded: str, units: Sequence[Unit], delivering: Sequence[Unit],
) -> Paper:  # fmt: skip
    name = desk.unit(level, code).name
    figures, ago = desk.figures(level, code), _year_ago(desk, edition.period, level, code)
    values = {
        "地区": name, "期次": edition.month, "截至": DAY, "制发日期": DAY,
        "主送": "各区县教育局" if level == "city" else "各学校，各乡镇人民政府、街道办事处",
        "发文单位": f"{name.removeprefix('全') if level == 'city' else name}教育局", "分级": graded, "不显示数": desk.small_cell,
        "学校上报期限": limits["report_due_on"], "乡镇上报期限": limits["township_due_on"],
        "总体情况": [*_findings(figures, ago), *(f"{sentence}，未作判断。" for sentence in desk.off(districts))],
        "指标表": [_on_year(_compared(figures, indicator, label), figures, ago, indicator) for indicator, label in TABLE],
        "分级情况": _most(units, "suspected_dropout", "疑似辍学", "人"),
        "单位表": [_unit_row(unit) for unit in units],
        "控制线": _lines(desk, figures, units if level == "city" else ()),
        "核实答复": [*_answers(figures), *_most(units, "cases_overdue", "逾期未答复", "件")],
        "考勤报送": _deliveries(figures), "未报表": _lacking(delivering),
        "重点群体": _groups(desk, level, code), "巩固率": _kept(desk, level, code),
        "图一": _by_finding(figures), "图二": _by_period(desk, level, code), "图三": _by_unit(units),
    }  # fmt: skip
    return Paper("bulletin", "", folder, code, name, TEMPLATE, edition.period, TEMPLATE, values, personal=False)


def _by_finding(figures: Figures) -> Chart:
    rows = [(FINDINGS[code].chinese, figures.get(("all", code))) for code in TOLD]
    series = [("本期", [row["value"] if row else None for _, row in rows])]
    if any(row and row["previous_value"] is not None for _, row in rows):
        series.append(("上期", [row["previous_value"] if row else None for _, row in rows]))
    labels = [f"{label}（{WITHHELD}）" if row and row["withheld"] else label for label, row in rows]
    return Chart("bar", labels, series, "主要问题人数")


def _by_period(desk: Desk, level: str, code: str) -> Chart:
    """The figures of the periods shown so far; nothing where there is only this one."""
    periods = desk.periods(level, code)
    told = [(FINDINGS[name].chinese, [desk.shown_in(of, level, code, name) for of in periods]) for name in TOLD[:3]]
    series = [one for one in told if any(value is not None for value in one[1])] if len(periods) > 1 else []
    return Chart("line", [month(of) for of in periods], series, "各期人数")


def _by_unit(units: Sequence[Unit]) -> Chart:
    told = sorted(((value, unit.name) for unit in units if (value := _value(unit, "suspected_dropout"))),
                  key=lambda one: (-one[0], one[1]))[:MOST_DRAWN]  # fmt: skip
    series = [("疑似辍学", [value for value, _ in told])] if len(told) >= FEWEST_DRAWN else []
    return Chart("bar", [name for _, name in told], series, "各单位疑似辍学人数")


def _groups(desk: Desk, level: str, code: str) -> list[str]:
    """Who the suspected and the never enrolled are, as far as it may be told."""
    sentences = []
    for indicator in ("suspected_dropout", "not_enrolled"):
        parts = []
        for division in ("sex", "area", "group"):
            rows = [
                row for row in desk.groups(level, code, division, indicator)
                if not (division == "group" and row["member"] in AREAS)
            ]  # fmt: skip
            told = [f"{row['member']}{row['value']:,.0f}人" for row in rows if row["value"] is not None]
            parts += ["、".join(told)] if told else []
        if parts:
            sentences.append(f"{FINDINGS[indicator].chinese}儿童中：{'；'.join(parts)}。一名儿童可属多个群体。")
    return sentences


def _kept(desk: Desk, level: str, code: str) -> list[str]:
    """巩固率 of the cohorts whose entrants the county wrote down."""
    sentences = []
    for row in desk.retention(level, code):
        if row["rate_adjusted"] is None:
            continue
        stage = COHORTS.get(row["stage"], row["stage"])
        whole = f"{row['entry_year']}年入学的{stage}学生巩固率{row['rate_adjusted']:.2%}"
        if not row["plausible"]:
            sentences.append(f"{whole}，{too_many(row)}，入学、转入、转出或毕业人数有误，请核对。")
        else:
            goal = "达到" if row["goal_met"] else "没有达到"
            sentences.append(f"{whole}，{goal}目标。")
    return sentences


def _year_ago(desk: Desk, period: str, level: str, code: str) -> dict[str, float]:
    """What was shown of the unit for the same month a year ago; nothing that was withheld then."""
    of = f"{int(period[:4]) - 1}{period[4:]}"
    shown = {indicator: desk.shown_in(of, level, code, indicator) for indicator, _ in TABLE}
    return {indicator: value for indicator, value in shown.items() if value is not None}


def _on_year(line: dict[str, str], figures: Figures, ago: dict[str, float], indicator: str) -> dict[str, str]:
    """``line`` of the table with the same month a year ago, and the difference where both may be told."""
    row = figures.get(("all", indicator))
    value = row["value"] if row else None
    return line | {
        "上年同期": f"{ago[indicator]:,.0f}" if indicator in ago else NONE,
        "较上年同期": _difference(value - ago[indicator]) if indicator in ago and value is not None else NONE,
    }


def _changes(row: Row | None, ago: float | None) -> str:
    """How a count of children changed against the period before and a year ago, as far as both are told."""
    if row is None or row["value"] is None:
        return ""
    told = [("上期", row["previous_value"]), ("上年同期", ago)]
    return "".join(
        f"，与{than}持平" if row["value"] == before
        else f"，比{than}{'增加' if row['value'] > before else '减少'}{abs(row['value'] - before):,.0f}人"
        for than, before in told if before is not None
    )  # fmt: skip


def _findings(figures: Figures, ago: dict[str, float]) -> list[str]:
    sentences = [
        f"在籍学生（一至九年级）{_shown(figures, 'pupils')}人，适龄儿童{_shown(figures, 'children_of_school_age')}人。"
        f"比对共发现{_shown(figures, 'children_found')}名儿童需要核实。"
    ]
    for code in TOLD[:3]:
        stages = [(label, _shown(figures, code, stage)) for stage, label in STAGES]
        apart = "，".join(f"{label}{count}人" for label, count in stages)
        of_which = f"，其中{apart}" if any(count not in (WITHHELD, NONE) for _, count in stages) else ""
        changed = _changes(figures.get(("all", code)), ago.get(code)).removeprefix("，")
        sentences.append(
            f"{FINDINGS[code].chinese}{_shown(figures, code)}人{of_which}{'；' if changed else ''}{changed}。"
        )
    return sentences


def _compared(figures: Figures, indicator: str, label: str) -> dict[str, str]:
    row = figures.get(("all", indicator))
    before = row["previous_value"] if row else None
    known = row is not None and row["value"] is not None and before is not None
    return {
        "名称": label, "本期": number(row), "上期": NONE if before is None else f"{before:,.0f}",
        "增减": _difference(row["value"] - before) if known and row is not None else NONE,
    }  # fmt: skip


def _unit_row(unit: Unit) -> dict[str, str]:
    figures: Figures = {("all", indicator): row for indicator, row in unit.figures.items()}
    return {
        "单位": unit.name, "疑似辍学": _shown(figures, "suspected_dropout"),
        "较上期": _compared(figures, "suspected_dropout", "")["增减"],
        "适龄未入学": _shown(figures, "not_enrolled"), "在籍不在校": _shown(figures, "absent_from_school"),
        "已答复": _shown(figures, "cases_answered"), "逾期": _shown(figures, "cases_overdue"),
    }  # fmt: skip


def _most(units: Sequence[Unit], indicator: str, label: str, measure: str) -> list[str]:
    """Which units have most of a figure, as far as it may be told."""
    told = [(value, unit.name) for unit in units if (value := _value(unit, indicator))]
    if not told:
        return [f"没有{label}可列数的单位。"] if indicator == "suspected_dropout" else []
    named = sorted(told, key=lambda one: (-one[0], one[1]))[:MOST_NAMED]
    return [f"{label}较多的是：" + "、".join(f"{name}（{value:,.0f}{measure}）" for value, name in named) + "。"]


def _lines(desk: Desk, figures: Figures, units: Sequence[Unit]) -> list[str]:
    """The year's rate against the control line; for a city the districts to be called in (约谈)."""
    if not desk.lines:
        return ["本地尚未设定年辍学率控制线，本期未作比较。"]
    sentences = []
    for stage, label in STAGES:
        if stage in desk.lines:
            rate = number(figures.get((stage, "dropout_rate")), "dropout_rate")
            over = (figures.get((stage, "over_line")) or {}).get("value")
            judged = {1: "超过控制线", 0: "未超过控制线"}.get(
                int(over) if over is not None else -1, "没有数据，未作比较"
            )
            sentences.append(f"{label}年辍学率{rate}，控制线{desk.lines[stage]:.2%}，{judged}。")
    compared = any(
        (stage, "over_line") in desk.figures("district", unit.code) for unit in units for stage in desk.lines
    )
    if compared:
        called = [f"{name}（{stages}）" for name, stages in called_in(desk, units)]
        sentences.append(f"超过控制线、按规定约谈的区县：{'、'.join(called)}。" if called else "没有超过控制线的区县。")
    return sentences


def called_in(desk: Desk, districts: Sequence[Unit]) -> list[tuple[str, str]]:
    """The districts over a control line, each with the stages that are."""
    found = []
    for unit in districts:
        figures = desk.figures("district", unit.code)
        over = [
            label for stage, label in STAGES
            if stage in desk.lines and (figures.get((stage, "over_line")) or {}).get("value") == 1
        ]  # fmt: skip
        if over:
            found.append((unit.name, "、".join(over)))
    return found


def _answers(figures: Figures) -> list[str]:
    shown: Callable[[str], str] = lambda indicator: _shown(figures, indicator)  # noqa: E731
    return [
        f"本期下发个案{shown('cases_asked')}件，已答复{shown('cases_answered')}件，答复率{shown('answered_share')}；"
        f"逾期未答复{shown('cases_overdue')}件。"
    ]


def _deliveries(figures: Figures) -> list[str]:
    return [
        f"应报送考勤的班级{_shown(figures, 'classes')}个，已报送{_shown(figures, 'classes_delivered')}个，"
        f"报送率{_shown(figures, 'delivered_share')}。没有考勤不等于学生不在校，未报送班级的学生未作判断。"
    ]


def _lacking(units: Sequence[Unit]) -> list[dict[str, str]]:
    """The units whose classes did not all deliver, the most lacking first."""
    counted = [(unit.name, _value(unit, "classes") or 0, _value(unit, "classes_delivered") or 0) for unit in units]
    lacking = sorted((one for one in counted if one[1] > one[2]), key=lambda one: (one[2] - one[1], one[0]))
    return [
        {"单位": name, "应报": f"{classes:,.0f}", "已报": f"{come:,.0f}", "未报": f"{classes - come:,.0f}"}
        for name, classes, come in lacking
    ]


def _value(unit: Unit, indicator: str) -> float | None:
    row = unit.figures.get(indicator)
    value: float | None = row["value"] if row and not row["withheld"] else None
    return value


def _shown(figures: Figures, indicator: str, stage: str = "all") -> str:
    """A figure as papers show it; nothing counted is 0, since a count without a row has no case."""
    row = figures.get((stage, indicator))
    text = number(row, indicator)
    return text if text == WITHHELD or row is not None else NONE


def _difference(value: float) -> str:
    return f"{value:+,.0f}" if value else "0"


def _until(value: object, as_of: date) -> str:
    """By when something is to be reported; once that day has passed, at once."""
    if not isinstance(value, date):
        return ""
    day = day_in_words(value)
    return f"于{day}前" if value >= as_of else f"报告期限（{day}）已过，尚未报告的立即"
