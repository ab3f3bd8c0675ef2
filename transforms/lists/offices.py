"""Turns the list tables into workbooks: which sheets an office gets, what stands on them, what is left to fill in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from expectations.case_states import STATES
from expectations.catalog import TABLES
from expectations.delivered import ANSWERS
from expectations.findings import BY_CODE as FINDINGS
from expectations.recipients import Recipient
from expectations.recipients import Sheet as Kind
from expectations.sources import BY_NAME as SOURCES
from transforms.engine import Engine
from transforms.lists.dated import MADE_ON
from transforms.lists.figures import CountyFigures, plain
from transforms.lists.workbook import ArrowRows, Field, Sheet, Value

FULL_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
SHORTEST_NUMBER = 15
MOST_IN_FIVE = 10_000  # a number wider than its column shows as ####
NOT_LINKED = re.compile(r"""[\\:#%|<>?*"']|^\.|[\x00-\x1f]|.{200}""")
WORKBOOKS = ("xlsx", "xlsm", "xls")
"""Formats in which a link may lead to a cell; text opens at its beginning."""
HOW_TO_RETURN = "黄色表头各列由填表单位填写，其余各列请勿改动；可以筛选和调整列宽；填好后把本工作簿原样退回。"
LOOKS: dict[str, Field] = {
    "priority_mark": Field("", 4.5, centred=True), "name": Field("", 7.5, centred=True), "sex": Field("", 4.5, centred=True),
    "class_text": Field("", 8.4, centred=True), "id_last_four": Field("", 7, centred=True, whole=True),
    "birth_month": Field("", 8, centred=True, whole=True), "explanation": Field("", 24, grows=True),
    "police_explanation": Field("", 18, grows=True),
    "problem": Field("", 10.8, centred=True), "last_answer": Field("", 11), "groups": Field("", 8.8),
    "address": Field("", 12.5), "phone": Field("", 12, centred=True, whole=True), "differences": Field("", 18),
    "registry_id_number": Field("", 19.5, centred=True, whole=True), "household_id_number": Field("", 19.5, centred=True, whole=True),
    "registry_birth_date": Field("", 10.8, centred=True, whole=True), "household_birth_date": Field("", 10.8, centred=True, whole=True),
    "registry_name": Field("", 8, centred=True), "household_name": Field("", 8, centred=True),
    "due_on": Field("", 11, centred=True, whole=True), "state": Field("", 7.5, centred=True),
    "case_no": Field("", 11.5, centred=True, whole=True), "asked_of": Field("", 9), "school_name": Field("", 10),
    "township_name": Field("", 8.5, centred=True), "attends_school_name": Field("", 10),
    "guardian_name": Field("", 7, centred=True), "guardian_name_masked": Field("", 7.5, centred=True),
}  # fmt: skip
"""Widths in which a county's twenty columns still print in some nine points on A4: what is long stands on several lines."""
ENUMERATED = {"problem", "asked_of", "groups"}
DAY_OF_ANSWER = re.compile(r"（(\d{4}-\d\d-\d\d)）$")
SENTENCES = {"explanation", "police_explanation"}
DECISIONS = ("同一人", "不是同一人", "不能确定")


@dataclass(frozen=True)
class Edition:
    """What all workbooks of one run share: the period, the day, and what places are called."""

    period: str
    as_of: date
    areas: Mapping[str, str]

    @property
    def month(self) -> str:
        """The period in words."""
        year, month = self.period.split("-")
        return f"{year}年{int(month)}月"

    def bureau(self, district: str) -> str:
        """The education bureau of a district, by name where the division table has one."""
        return f"{self.areas.get(district, district)}教育局"


def edition_of(engine: Engine, period: str, as_of: date) -> Edition:
    """The edition of a run."""
    return Edition(period, as_of, {row["code"]: row["name"] for row in engine.rows("division_names").to_pylist()})


@dataclass(frozen=True)
class Book:
    """One workbook before it is written: for whom, of what kind, its sheets and their drop-downs.

    ``children`` are the child_ids of the lists that are sent out, for the access log; they stand in no file.
    """

    recipient: str
    kind_of_office: str
    district: str
    unit_code: str
    unit_name: str
    kind: str
    period: str
    sheets: Sequence[Sheet]
    options: dict[str, Sequence[str]]
    findings: int = 0
    personal: bool = True
    full_numbers: bool = False
    children: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows to be filled in; of a workbook that is only read, the rows of its last sheet, the detail."""
        filled = [len(sheet.rows) for sheet in self.sheets if sheet.signed]
        return sum(filled) if filled else len(self.sheets[-1].rows)


def end_only(text: str) -> str:
    """The last guard: a citizen number that strayed into an address or a remark leaves with its end only.

    Masked rather than refused, since one office's careless cell must not stop a city's run.
    """
    if len(text) < SHORTEST_NUMBER:
        return text
    return FULL_NUMBER.sub(lambda found: f"尾号{found.group()[-4:]}", text)


def list_books(engine: Engine, recipient: Recipient, edition: Edition) -> Iterator[Book]:
    """The workbook of every office of one kind that has at least one row."""
    options = answer_options(engine, recipient)
    for district, unit_code, unit_name, rows in _by_unit(engine, recipient):
        sheets = list(_sheets(recipient, unit_name, rows, edition))
        yield Book(
            recipient.code, recipient.chinese, district, unit_code, unit_name, "核实名单", edition.period, sheets,
            options, len(rows), full_numbers=recipient.full_numbers, children=_children(rows),
        )  # fmt: skip


def county_books(engine: Engine, recipient: Recipient, edition: Edition) -> Iterator[Book]:
    """The county bureau's ledger of each district: summaries first, whose counts are those of the sheets behind them."""
    options = answer_options(engine, recipient)
    off = _rows_by_district(engine, "findings_off")
    chase = _rows_by_district(engine, "chase_list")
    zero = _rows_by_district(engine, "zero_reports")
    figures = CountyFigures(engine)
    listed = {district: rows for (district,), rows in slices(engine, recipient.table, "district_code")}
    for district in sorted({*listed, *off, *chase}):
        rows = listed[district].to_pylist() if district in listed else []
        code, name = (rows[0]["unit_code"], rows[0]["unit_name"]) if rows else (district, edition.bureau(district))
        sheets = [
            *_summaries(name, rows, off.get(district, []), edition),
            *figures.sheets(district, name, edition),
            *_sheets(recipient, name, rows, edition),
        ]
        if missing := chase.get(district):
            sheets.append(_chase_sheet(name, missing, edition, with_school=True))
        if none := zero.get(district):
            sheets.append(_zero_sheet(name, none, edition))
        yield Book(
            recipient.code,
            recipient.chinese,
            district,
            code,
            name,
            "核查台账",
            edition.period,
            sheets,
            options,
            len(rows),
            children=_children(rows),
        )


def school_notices(engine: Engine, edition: Edition) -> Iterator[Book]:
    """For every school that owes attendance, which classes: a workbook of its own, since it is not sent back."""
    for (district, code, name), missing in grouped(engine, "chase_list", "district_code", "school_code", "school_name"):
        sheet = _chase_sheet(name, missing, edition, with_school=False)
        yield Book("school", "学校", district, code, name, "未报送考勤", edition.period, [sheet], {}, personal=False)


def issue_books(engine: Engine, edition: Edition) -> Iterator[Book]:
    """For every office that handed in a file with issues: its files, the kinds of issue, and each with its cell."""
    labels = {c.name: c.label for source in SOURCES.values() for c in TABLES[source.table].columns if c.label}
    levels = {"critical": "整份退回", "warning": "该行搁置", "info": "提示"}
    for (district, kind, code, name), rows in grouped(
        engine, "issue_list", "district_code", "unit_kind", "unit_code", "unit_name"
    ):
        subtitle = f"期次：{edition.month}　　发出单位：{edition.bureau(district)}　　{MADE_ON}　　共 {len(rows)} 条"
        files = Counter((r["path"], r["verdict"]) for r in rows)
        severe = Counter(r["path"] for r in rows if r["severity"] != "info")
        kinds = Counter((levels[r["severity"]], r["sentence"]) for r in rows)
        ordered = sorted(rows, key=lambda r: (list(levels).index(r["severity"]), r["path"], r["issue_no"]))
        places = {(at, 3): to for at, row in enumerate(ordered) if _address(row) and (to := _link_to_cell(row))}
        how_linked = "；把本表与所报文件存在同一文件夹，点“位置”即打开文件到该单元格。" if places else "。"
        sheets = [
            plain("汇总", f"{name}报送文件问题汇总", subtitle, "“整份退回”“该行搁置”的须更正后重报，“提示”的请核对。",
                   (Field("序号", 6, centred=True), Field("文件", 46), Field("结论", 14, centred=True),
                    Field("问题数", 10, centred=True), Field("须更正", 10, centred=True)),
                   [(i, path, VERDICTS.get(verdict, verdict), count, severe[path])
                    for i, ((path, verdict), count) in enumerate(sorted(files.items()), 1)]),
            plain("问题分类", f"{name}报送文件问题分类", subtitle, "同类问题合在一起，先改数量多的。",
                   (Field("序号", 6, centred=True), Field("级别", 12, centred=True), Field("说明", 80),
                    Field("条数", 10, centred=True)),
                   [(i, level, sentence, count)
                    for i, ((level, sentence), count) in enumerate(kinds.most_common(), 1)]),
            plain("问题明细", f"{name}报送文件问题明细", subtitle, "“位置”是单元格地址，行号与 Excel 显示的一致" + how_linked,
                   (Field("序号", 6, centred=True), Field("文件", 36), Field("工作表", 16, centred=True),
                    Field("位置", 9, centred=True), Field("列", 16, centred=True), Field("级别", 11, centred=True),
                    Field("说明", 60)),
                   [(i, r["path"], r["sheet"], _address(r), r["header"] or labels.get(r["column_name"] or ""),
                     levels[r["severity"]], r["sentence"]) for i, r in enumerate(ordered, 1)], links=places),
        ]  # fmt: skip
        office = "学校" if kind == "school" else "报送单位"
        yield Book(kind, office, district, code, name, "文件问题清单", edition.period, sheets, {}, personal=False)


VERDICTS = {
    "accepted": "已接收", "accepted_with_issues": "已接收，有问题", "refused": "退回", "superseded": "已被更正件替代",
    "duplicate": "重复报送",
}  # fmt: skip
_SIDES = (
    ("source", "来源", 4.5), ("name", "姓名", 7.5), ("sex", "性别", 4.5), ("birth_date", "出生日期", 10.5),
    ("id_last_four", "证件号\n后四位", 6.5), ("school_name", "学校", 8.5), ("class_text", "年级\n班级", 7.4),
    ("guardian_name", "监护人", 7), ("address", "住址", 9),
)  # fmt: skip


def review_books(engine: Engine, edition: Edition) -> Iterator[Book]:
    """For every district the pairs left to people, both records beside each other, what differs coloured."""
    for (district,), rows in grouped(engine, "review_list", "district_code"):
        told = [
            (column, label, width) for column, label, width in _SIDES
            if any(row[f"{side}_{column}"] for row in rows for side in ("left", "right"))
        ]  # fmt: skip
        fields = [Field("序号", 5, centred=True), Field("相似\n程度", 6, centred=True), Field("原因", 11, grows=True)]
        fields += [
            Field(f"{label}\n{side}", width, centred=True, whole=column in ("birth_date", "id_last_four"))
            for column, label, width in told for side in "甲乙"
        ]  # fmt: skip
        fields += [Field("核实结果", 11.5, fill="choice", choices="pair"), Field("备注", 7, fill="text"),
                   Field("核对编号", 10.5, centred=True, whole=True)]  # fmt: skip
        values: list[list[Value]] = []
        coloured = set()
        for number, row in enumerate(rows):
            cells: list[Value] = [row["row_no"], row["probability_text"], row["reason"]]
            for column, _, _ in told:
                left, right = row[f"left_{column}"], row[f"right_{column}"]
                if column != "source" and left is not None and right is not None and left != right:
                    coloured |= {(number, len(cells)), (number, len(cells) + 1)}
                cells += [left, right]
            values.append([*cells, None, None, row["pair_no"]])
        name = edition.bureau(district)
        sheet = Sheet(
            "待人工核对", f"{name}疑似同一人记录核对表", _subtitle(edition, name, [], len(rows), counted="对"),
            "每行是两份材料中可能为同一儿童的两条记录（甲、乙），不一致的格子已着色；请判断是否同一人。" + HOW_TO_RETURN,
            tuple(fields), values, coloured=frozenset(coloured), dates=_dates(edition.as_of), frozen=1,
        )  # fmt: skip
        yield Book("county", "区县教育局", district, district, name, "疑似同一人核对", edition.period, [sheet],
                   {"pair": DECISIONS})  # fmt: skip


def answer_options(engine: Engine, recipient: Recipient) -> dict[str, Sequence[str]]:
    """The drop-down of each sheet: the outcomes its office may answer there, as code and wording."""
    rows = engine.rows("answer_options").to_pylist()
    return {
        kind.name: [row["text"] for row in rows if row["code"].startswith(kind.outcomes)] for kind in recipient.sheets
    }


def _sheets(recipient: Recipient, unit_name: str, rows: list[dict[str, Any]], edition: Edition) -> Iterator[Sheet]:
    for sheet_no, of_sheet in groupby(rows, key=lambda row: row["sheet_no"]):
        kind = recipient.sheets[sheet_no - 1]
        shown = [row for row in of_sheet if row["part_no"] == 1]
        yield _list_sheet(recipient, kind, unit_name, shown, edition)


def _list_sheet(
    recipient: Recipient, kind: Kind, unit_name: str, rows: list[dict[str, Any]], edition: Edition
) -> Sheet:
    names = [shown.column for shown in kind.columns]
    fields = [Field("序号", 5 if len(rows) < MOST_IN_FIVE else 7, centred=True)]
    fields += [replace(LOOKS.get(shown.column, Field("")), label=shown.label) for shown in kind.columns]
    fields += _filled(kind.name, recipient)
    if "case_no" not in names:
        fields.append(Field("案号", 12, hidden=True))
    blank: list[Value] = [None] * len(_filled("", recipient))
    hidden = [] if "case_no" in names else ["case_no"]
    values = [[row["row_no"], *(in_cell(row, n) for n in names), *blank, *(row[n] for n in hidden)] for row in rows]
    return Sheet(
        kind.name, f"{unit_name}{kind.title}",
        _subtitle(edition, edition.bureau(rows[0]["district_code"]), rows, len(rows), sum(r["first_priority"] for r in rows)),
        kind.task + HOW_TO_RETURN, tuple(fields), values,
        marked=frozenset(i for i, row in enumerate(rows) if row["first_priority"]), dates=_dates(edition.as_of),
        frozen=1 + max((i for i, n in enumerate(names, 1) if n == "name"), default=0),
    )  # fmt: skip


def _filled(choices: str, recipient: Recipient | None) -> list[Field]:
    """The columns an office fills in, under the very headings by which intake knows them in the returned file.

    Police know of entries, not of schools; the county bureau answers in another's place and keeps its ledger narrow.
    """
    code = recipient.code if recipient else ""
    where = [Field(ANSWERS["whereabouts"].label, 10, fill="text")] if code not in ("police", "county") else []
    evidence = [Field(ANSWERS["evidence"].label, 8, fill="text")] if code != "county" else []
    return [
        Field(ANSWERS["code"].label, 12.5, fill="choice", choices=choices),
        *where,
        *evidence,
        Field(ANSWERS["answered_on"].label, 10.5, fill="date"),
        Field(ANSWERS["remarks"].label, 7.5, fill="text"),
    ]


def in_cell(row: Mapping[str, Any], column: str) -> Value:
    """What stands in a cell: the value, the state of a case in words.

    A sentence goes without its stop, which would wrap alone; what is enumerated and the day of an answer have lines of
    their own.
    """
    if column == "state":
        state: str = row["state"] or "open"
        late = "（逾期，县级督办）" if row.get("escalated") else "（逾期）" if row["overdue"] else ""
        return STATES.get(state, state) + late
    value: Value = row[column]
    if column in ENUMERATED and isinstance(value, str):
        return value.replace("、", "\n")
    if column == "last_answer" and isinstance(value, str):
        return DAY_OF_ANSWER.sub(r"\n\1", value)
    return value.removesuffix("。") if column in SENTENCES and isinstance(value, str) else value


def _summaries(name: str, rows: list[dict[str, Any]], off: list[dict[str, Any]], edition: Edition) -> Iterator[Sheet]:
    subtitle = f"期次：{edition.month}　　{MADE_ON}　　共 {len(rows)} 项"
    counts: dict[str, Counter[str]] = {code: Counter() for code in FINDINGS}
    for row in rows:
        counts[row["finding"]].update(
            ["all", *(["first"] if row["first_priority"] else []), *(["answered"] if row["last_answer"] else []),
             *(["overdue"] if row["overdue"] else [])]
        )  # fmt: skip
    why = {
        code: "未开展：本期没有收到" + "、".join(sorted(SOURCES[r["missing_source"]].chinese for r in lacking)) + "数据"
        for code in FINDINGS
        if (lacking := [r for r in off if r["finding"] == code])
    }
    body: list[list[Value]] = [
        [number, kind.chinese, *((None,) * 4 if code in why else _figures(counts[code])), why.get(code)]
        for number, (code, kind) in enumerate(FINDINGS.items(), start=1)
    ]
    total: Counter[str] = sum(counts.values(), Counter())
    body.append([None, "合计", *_figures(total), None])
    head = ("数量", "其中优先", "已答复", "逾期未答复")
    yield plain(
        "汇总", f"{name}控辍保学核查汇总", subtitle, "各数与后面各表的行数一致；同一儿童可有多项问题，合计为项数。",
        (Field("序号", 6, centred=True), Field("问题", 16), *(Field(h, 12, centred=True) for h in head), Field("备注", 40)),
        body, marked=frozenset([len(body) - 1]),
    )  # fmt: skip
    for sheet_name, column, label in (("按学校", "school_name", "学校"), ("按乡镇街道", "township_name", "乡镇街道")):
        yield _crossed(sheet_name, f"{name}核查结果{sheet_name}统计", subtitle, label, column, rows)


def _figures(counts: Counter[str]) -> tuple[int, int, int, int]:
    return counts["all"], counts["first"], counts["answered"], counts["overdue"]


def _crossed(sheet_name: str, title: str, subtitle: str, label: str, column: str, rows: list[dict[str, Any]]) -> Sheet:
    """Units against findings, with a total line that equals the summary."""
    cells = Counter((row[column] or f"（无{label}）", row["finding"]) for row in rows)
    units = sorted({unit for unit, _ in cells}, key=lambda unit: (unit == f"（无{label}）", unit))
    body: list[list[Value]] = []
    for number, unit in enumerate(units, start=1):
        figures = [cells[unit, code] for code in FINDINGS]
        body.append([number, unit, *figures, sum(figures)])
    sums = [sum(count for (_, code), count in cells.items() if code == wanted) for wanted in FINDINGS]
    body.append([None, "合计", *sums, sum(sums)])
    fields = (
        Field("序号", 6, centred=True), Field(label, 26),
        *(Field(kind.chinese, 12, centred=True) for kind in FINDINGS.values()), Field("合计", 10, centred=True),
    )  # fmt: skip
    return plain(sheet_name, title, subtitle, "单位为项；同一儿童可有多项问题。", fields, body,
                  marked=frozenset([len(body) - 1]))  # fmt: skip


def _chase_sheet(name: str, missing: list[dict[str, Any]], edition: Edition, *, with_school: bool) -> Sheet:
    school = (Field("学校", 30),) if with_school else ()
    fields = (
        Field("序号", 6, centred=True), *school, Field("年级班级", 18, centred=True), Field("在籍人数", 12, centred=True),
        Field("应报日期", 14, centred=True), Field("已逾期", 12, centred=True),
    )  # fmt: skip
    values: list[list[Value]] = [
        [number, *([row["school_name"]] if with_school else []), row["class_text"], row["pupils"], row["due_on"],
         "是" if row["overdue"] else None]
        for number, row in enumerate(missing, start=1)
    ]  # fmt: skip
    pupils = sum(row["pupils"] for row in missing)
    return plain(
        "未报送考勤", f"{name}未报送考勤班级清单",
        f"期次：{edition.month}　　{MADE_ON}　　共 {len(missing)} 个班、{pupils} 人无法判断在校情况",
        "没有考勤不等于学生不在校：下列班级的学生未作判断。请尽快报送逐日考勤表。", fields, values,
    )  # fmt: skip


def _zero_sheet(name: str, schools: list[dict[str, Any]], edition: Edition) -> Sheet:
    fields = (
        Field("序号", 6, centred=True), Field("学校名称", 36), Field("在籍学生", 12, centred=True),
        Field("已报送考勤班级", 16, centred=True), Field("盖章件收到日期", 18, fill="date"), Field("收件人", 14, fill="text"),
    )  # fmt: skip
    values: list[list[Value]] = [
        [number, school["school_name"], school["pupils"], school["classes"], None, None]
        for number, school in enumerate(schools, start=1)
    ]
    sheet = plain(
        "零报告学校", f"{name}零报告学校登记表",
        f"期次：{edition.month}　　{MADE_ON}　　共 {len(schools)} 所",
        "各班考勤均已报送、没有疑似辍学学生的学校。零报告也须盖章上报：收到盖章件的在下发的这一份上登记，没有收到的催报。", fields, values,
    )  # fmt: skip
    return replace(sheet, dates=_dates(edition.as_of))


def _children(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({row["child_id"] for row in rows}))


def _by_unit(engine: Engine, recipient: Recipient) -> Iterator[tuple[str, str, str, list[dict[str, Any]]]]:
    for (district, code), rows in grouped(engine, recipient.table, "district_code", "unit_code"):
        yield district, code, rows[0]["unit_name"], rows


def grouped(engine: Engine, table: str, *by: str) -> Iterator[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    """The rows of ``table`` by the columns ``by``, the district first, in their order."""
    for key, rows in slices(engine, table, *by):
        yield key, rows.to_pylist()


def slices(engine: Engine, table: str, *by: str) -> Iterator[tuple[tuple[str, ...], pa.Table]]:
    """The same, none of them as objects: a million children's rows would fill the memory."""
    rows = engine.rows(table)
    rows = rows.take(pc.sort_indices(rows, [(name, "ascending") for name in by]))  # stable
    start = 0
    for key, same in groupby(ArrowRows(rows.select(list(by)))):
        count = sum(1 for _ in same)
        yield tuple(str(part) for part in key), rows.slice(start, count)
        start += count


def _rows_by_district(engine: Engine, table: str) -> Mapping[str, list[dict[str, Any]]]:
    return {district: rows for (district,), rows in grouped(engine, table, "district_code")}


def _address(row: Mapping[str, Any]) -> str | None:
    if row["row_no"] is None:
        return None
    return f"{row['column_letter']}{row['row_no']}" if row["column_letter"] else f"第{row['row_no']}行"


def _link_to_cell(row: Mapping[str, Any]) -> str | None:
    """Where a click on an issue's place leads: the cell of the delivered file, looked for beside this workbook.

    The office has that file in a folder we cannot know, so only its name is given. None for a name that would lead
    elsewhere (another machine, a drive), that holds a number of a person, or that no link can carry.
    """
    file = row["path"].rpartition("/")[2]
    if not file or NOT_LINKED.search(file) or end_only(file) != file:
        return None
    if row["format"] not in WORKBOOKS or not row["sheet"]:
        return f"external:{file}"
    sheet = row["sheet"].replace("'", "''")
    return f"external:{file}#'{sheet}'!{row['column_letter'] or 'A'}{row['row_no']}"


def _subtitle(
    edition: Edition, issued_by: str, rows: Sequence[Mapping[str, Any]], count: int, first: int = 0, counted: str = "人"
) -> str:
    """Period, sender, day, the next deadline, and how many are to be answered before all others because theirs has passed."""
    coming = [row["due_on"] for row in rows if row["due_on"] is not None and row["due_on"] >= edition.as_of]
    late = sum(bool(row["overdue"]) for row in rows)
    deadline = f"　　截止日期：{min(coming).isoformat()}" if coming else ""
    urgent = f"，其中优先核实 {first} 人" if first else ""
    passed = f"，已逾期 {late} 人请先答复" if late else ""
    return (
        f"期次：{edition.month}　　发出单位：{issued_by}　　{MADE_ON}{deadline}　　共 {count} {counted}{urgent}{passed}"
    )


def _dates(as_of: date) -> tuple[date, date]:
    """What a cell for a date accepts: by the month, so that a list nothing has changed on is the same file every night."""
    month = as_of.replace(day=1)
    return month - timedelta(days=400), month + timedelta(days=430)
