"""The tables behind each list: all an office may be told, routed to the offices that are told it.

The columns of each office's table are those `expectations/recipients.py` declares for it and the few that route,
order and follow the row; there is no second declaration.
"""

from __future__ import annotations

from dataclasses import replace

from expectations.contract import Column, Contract
from expectations.delivered import PERIOD, SCHOOL_CODE
from expectations.derived import CHILD_ID, IN_DISTRICT, ISSUES
from expectations.recipients import LETTERS, RECIPIENTS, Recipient, Shown

_PLACE = (PERIOD, IN_DISTRICT)
_SCHOOL_PLACE = (
    *_PLACE, replace(SCHOOL_CODE, required=True), Column("school_name", "text", "its name", "学校名称", required=True),
)  # fmt: skip
_OFFICE = (
    Column("unit_code", "text", "the office: its code, or its name where it has none", required=True),
    Column("unit_name", "text", "its name", required=True),
)  # fmt: skip
_KIND_OF_OFFICE = Column(
    "recipient", "text", "kind of office: school, township, police, county, elsewhere", required=True
)
_FILE_OFFICE = (
    Column("unit_kind", "text", "school, or the source where many schools or another office stand behind the file",
           required=True),
    *_OFFICE,
)  # fmt: skip
_SHOWN_UNIT = (
    Column("level", "text", "city, district, township or school", required=True),
    Column("unit_code", "text", "code of the unit", required=True),
)  # fmt: skip
_STAGE = Column("stage", "text", "all, primary or junior", required=True)
_INDICATOR = Column("indicator", "text", "code of the figure", required=True)
_SHOWN_VALUE = (
    Column("value", "float", "the figure; null where it is withheld", "数值"),
    Column("withheld", "bool", "the figure is small, or would give a small one away", required=True),
)  # fmt: skip
_ASKED_PERIOD = Column(
    "asked_period", "text", "period the case was opened, reopened or asked about anew", required=True
)
_LETTER = Column("letter", "text", "enrolment or return", required=True)
FINDING = Column("finding", "text", "code of the finding", "问题", required=True)

LIST_ROUTES = Contract(
    "list_routes", "report", "名单去向",
    "one finding one kind of office is told, from expectations/recipients.py",
    (
        _KIND_OF_OFFICE,
        FINDING,
        Column("finding_text", "text", "the finding in Chinese", required=True),
        Column("sheet_no", "int", "number of the sheet within that office's workbook", required=True),
        Column("rank", "int", "the finding's place on that sheet: a child with two is shown under the first", required=True),
    ),
    ("recipient", "finding"),
    temporary=True,
)  # fmt: skip

LIST_FACTS = Contract(
    "list_facts", "report", "名单事实",
    "one finding with all any office may be told about it, nothing masked; never leaves the lake",
    (
        *_PLACE, CHILD_ID, FINDING,
        Column("reason", "text", "sub-code"),
        Column("explanation", "text", "why the child is listed", personal=True),
        Column("school_code", "text", "school of the roll"),
        Column("school_name", "text", "its name"),
        Column("township_code", "text", "township of the address"),
        Column("township_name", "text", "its name"),
        Column("police_station", "text", "police station"),
        Column("school_district", "text", "district the school belongs to"),
        Column("station_district", "text", "district the police station belongs to"),
        Column("hukou_county", "text", "six-digit county of the household registration, where it is another one"),
        Column("name", "text", "name", personal=True), Column("sex", "text", "sex"),
        Column("birth_date", "date", "birth date", personal=True),
        Column("id_number", "text", "number", personal=True),
        Column("class_text", "text", "grade and class in words"),
        Column("grade", "int", "grade"), Column("class_no", "int", "class"),
        Column("attends_school_name", "text", "school where it was seen"),
        Column("groups", "text", "priority groups", personal=True),
        Column("priority", "int", "how many priority groups", required=True),
        Column("guardian_name", "text", "guardian", personal=True),
        Column("phone", "text", "telephone", personal=True),
        Column("address", "text", "address", personal=True),
        *(
            Column(f"{side}_{name}", kind, f"{name} as the {side} has it", personal=True)
            for side in ("registry", "household")
            for name, kind in (("name", "text"), ("sex", "text"), ("birth_date", "date"), ("id_number", "text"))
        ),
        Column("case_no", "text", "the case"),
        Column("state", "text", "state of the case"),
        Column("due_on", "date", "day the answer is due"),
        Column("overdue", "bool", "that day is past and no answer came"),
        Column("escalated", "bool", "so long past that the county has to see to it"),
        Column("last_answer", "text", "latest answer in words with its date"),
    ),
    ("child_id", "finding"),
    temporary=True,
)  # fmt: skip

LIST_PLACES = Contract(
    "list_places", "report", "名单位置",
    "one finding told to one office, with its place on that office's list; nothing masked, never leaves the lake",
    (
        *LIST_FACTS.columns,
        _KIND_OF_OFFICE, *_OFFICE,
        Column("sheet_no", "int", "sheet of its workbook", required=True),
        Column("row_no", "int", "the child's place on the sheet", required=True),
        Column("part_no", "int", "1 for the finding the child is shown under", required=True),
        Column("best_rank", "int", "rank of that finding", required=True),
        Column("problem", "text", "all findings of the sheet in words", required=True),
        Column("asked_of", "text", "which offices verify it", required=True),
    ),
    ("child_id", "finding", "recipient"),
    temporary=True,
)  # fmt: skip

_TYPES = {"due_on": "date", "registry_birth_date": "date", "household_birth_date": "date"}
_OPEN = {
    "priority_mark",
    "class_text",
    "school_name",
    "township_name",
    "problem",
    "due_on",
    "state",
    "case_no",
    "asked_of",
}


def _shown(shown: Shown) -> Column:
    return Column(
        shown.column, _TYPES.get(shown.column, "text"), f"{shown.why} ({shown.mask})", shown.label,
        personal=shown.column not in _OPEN,
    )  # fmt: skip


def list_contract(recipient: Recipient) -> Contract:
    """The table behind the lists of one kind of office."""
    declared = {shown.column: shown for sheet in recipient.sheets for shown in sheet.columns}
    routing: tuple[Column, ...] = (
        *_PLACE,
        *_OFFICE,
        Column("sheet_no", "int", "sheet of the office's workbook", required=True),
        Column("row_no", "int", "the child's place on the sheet", "序号", required=True),
        Column("part_no", "int", "1 for the finding the child is shown under, 2 … for others of the same sheet",
               required=True),
        CHILD_ID, FINDING,
        Column("case_no", "text", "the case an answer belongs to", "案号"),
        Column("due_on", "date", "day the answer is due", "应答期限"),
        Column("first_priority", "bool", "is to be looked for first", required=True),
        Column("overdue", "bool", "the answer is overdue", required=True),
    )  # fmt: skip
    if recipient.code == "county":
        routing += (Column("escalated", "bool", "so long overdue that the county has to see to it", required=True),)
    have = {column.name for column in routing}
    return Contract(
        recipient.table, "report", f"{recipient.chinese}名单",
        f"one finding told to one office of the kind {recipient.code}, which {recipient.why}",
        (*routing, *(_shown(shown) for name, shown in declared.items() if name not in have)),
        ("district_code", "unit_code", "sheet_no", "row_no", "part_no"),
    )  # fmt: skip


ISSUE_LIST = Contract(
    "issue_list", "report", "文件问题清单",
    "one issue of a delivery, under the office that handed the file in",
    (
        *_PLACE, *_FILE_OFFICE,
        Column("delivery_id", "text", "the file", required=True),
        Column("path", "text", "path below the inbox", "文件", required=True),
        Column("format", "text", "what the content is: xlsx, xls, csv, html …"),
        Column("verdict", "text", "what became of the file", "结论", required=True),
        Column("issue_no", "bigint", "running number within the file", required=True),
        *(ISSUES[name] for name in ("sheet", "row_no", "column_name", "code", "severity", "sentence")),
        Column("header", "text", "the column's heading as the office wrote it", "列"),
        Column("column_letter", "text", "the column's letter, where intake recorded it"),
    ),
    ("delivery_id", "issue_no"),
)  # fmt: skip

DASHBOARD_FIGURES = Contract(
    "dashboard_figures", "report", "看板数据",
    "one figure of one unit as it may be shown outside the bureau: small counts withheld",
    (
        *_PLACE, *_SHOWN_UNIT, Column("unit_name", "text", "its name", "单位", required=True), _STAGE, _INDICATOR, *_SHOWN_VALUE,
        Column("previous_value", "float", "the same of the period before, withheld by the same rule", "上期"),
    ),
    ("level", "unit_code", "stage", "indicator"),
)  # fmt: skip

DASHBOARD_HISTORY = Contract(
    "dashboard_history", "report", "看板历史数据",
    "one figure of a city or district as it was shown for a period",
    (
        *_PLACE, Column("of_period", "text", "period it was shown for", required=True), *_SHOWN_UNIT, _STAGE, _INDICATOR,
        *_SHOWN_VALUE,
    ),
    ("of_period", "level", "unit_code", "stage", "indicator"),
)  # fmt: skip

DASHBOARD_GROUPS = Contract(
    "dashboard_groups", "report", "看板分组数据",
    "one figure of a city or district for one sex, priority group or area, as it may be shown outside the bureau",
    (
        *_PLACE, *_SHOWN_UNIT,
        Column("division", "text", "sex, group or area", required=True),
        Column("member", "text", "which of it", required=True),
        _INDICATOR, *_SHOWN_VALUE,
    ),
    ("level", "unit_code", "division", "member", "indicator"),
)  # fmt: skip

SCHOOL_QUALITY = Contract(
    "school_quality", "report", "学校数据质量",
    "one school and the state of the files it handed in itself",
    (
        *_SCHOOL_PLACE,
        Column("files", "int", "files", "文件", required=True),
        Column("rows_read", "bigint", "rows read", "读入行", required=True),
        Column("rows_set_aside", "bigint", "rows set aside", "搁置行", required=True),
        Column("to_correct", "int", "issues to be corrected", "须更正", required=True),
        Column("to_check", "int", "issues to be checked", "提示", required=True),
    ),
    ("school_code",),
)  # fmt: skip

ANSWER_OPTIONS = Contract(
    "answer_options", "report", "核实结果选项",
    "one outcome an office may choose from the drop-down (data/reference/outcomes.csv)",
    (Column("code", "text", "A1–E2", required=True), Column("text", "text", "code and wording", required=True)),
    ("code",),
    temporary=True,
)  # fmt: skip

SCHOOL_HOMES = Contract(
    "school_homes", "report", "学校所属区县",
    "one school and the district it belongs to",
    _SCHOOL_PLACE,
    ("school_code",),
    temporary=True,
)  # fmt: skip

TOWNSHIPS = Contract(
    "townships", "report", "乡镇街道",
    "one township met among the children",
    (
        Column("township_code", "text", "its code, or its name where it has none", required=True),
        Column("township_name", "text", "what it is called", required=True),
        Column("police_station", "text", "the station that keeps most of its households"),
    ),
    ("township_code",),
    temporary=True,
)  # fmt: skip

DIVISION_NAMES = Contract(
    "division_names", "report", "区划名称",
    "one county, city or province and what lists call it",
    (Column("code", "text", "six-digit division code", required=True), Column("name", "text", "its name", required=True)),
    ("code",),
    temporary=True,
)  # fmt: skip

DELIVERY_OFFICES = Contract(
    "delivery_offices", "report", "文件报送单位",
    "one file and the office that handed it in",
    (
        *_PLACE, Column("delivery_id", "text", "the file", required=True), *_FILE_OFFICE,
    ),
    ("delivery_id",),
    temporary=True,
)  # fmt: skip

REVIEW_LIST = Contract(
    "review_list", "report", "待人工核对名单",
    "one pair of records left to people, both sides beside each other",
    (
        *_PLACE,
        Column("row_no", "int", "place on the list, likeliest pair first", "序号", required=True),
        Column("left_record_id", "text", "the record nearer the roll", required=True),
        Column("right_record_id", "text", "the other record", required=True),
        Column("pair_no", "text", "what an answer names the pair by", "核对编号", required=True),
        Column("probability_text", "text", "the weight in words", "相似程度", required=True),
        Column("reason", "text", "why the machine did not decide", "原因", required=True),
        *(
            Column(f"{side}_{name}", "text", f"{name} of the {side} record", label, personal=name != "source")
            for name, label in (("source", "来源"), ("name", "姓名"), ("sex", "性别"), ("birth_date", "出生日期"),
                                ("id_last_four", "证件号后四位"), ("school_name", "学校"), ("class_text", "年级班级"),
                                ("guardian_name", "监护人"), ("address", "住址"))
            for side in ("left", "right")
        ),
    ),
    ("district_code", "row_no"),
)  # fmt: skip

LINK_REPORT = Contract(
    "link_report", "report", "关联质量",
    "one figure of how the records of a district were linked",
    (
        *_PLACE,
        Column("part", "text", "stage, weight or source", required=True),
        Column("name", "text", "tier, whole bits of match weight, or source", required=True),
        Column("measure", "text", "what is counted", required=True),
        Column("value", "float", "the figure", required=True),
    ),
    ("district_code", "part", "name", "measure"),
)  # fmt: skip

CHASE_LIST = Contract(
    "chase_list", "report", "未报送考勤清单",
    "one class without a readable sheet, under its school",
    (
        *_SCHOOL_PLACE,
        Column("row_no", "int", "place within the school", "序号", required=True),
        Column("class_text", "text", "grade and class in words", "年级班级", required=True),
        Column("pupils", "int", "pupils who cannot be judged", "在籍人数", required=True),
        Column("due_on", "date", "day by which it was due", "应报日期"),
        Column("overdue", "bool", "whether that day has passed", "已逾期"),
    ),
    ("district_code", "school_code", "row_no"),
)  # fmt: skip

ZERO_REPORTS = Contract(
    "zero_reports", "report", "零报告学校",
    "one school whose every class was seen and that has no suspected dropout",
    (
        *_SCHOOL_PLACE,
        Column("pupils", "int", "pupils of compulsory grades on the roll", "在籍人数", required=True),
        Column("classes", "int", "classes, each with a readable sheet", "已报送考勤班级", required=True),
    ),
    ("district_code", "school_code"),
)  # fmt: skip

_TOWNSHIP_NAME = Column("township_name", "text", "township of the address", "乡镇街道")
_SCHOOL = Column("school_name", "text", "school of the roll, else the one attended", "学校")
_CLASS = Column("class_text", "text", "grade and class in words", "年级班级")
_WHO = (
    Column("name", "text", "name", "姓名", personal=True), Column("sex", "text", "sex", "性别"),
)  # fmt: skip
_LAST_FOUR = Column("id_last_four", "text", "the number's end", "证件号后四位", personal=True)
_OF_CASE = (
    Column("case_no", "text", "the case", "案号", required=True), Column("school_code", "text", "the school"), _SCHOOL, _CLASS,
    _TOWNSHIP_NAME, *_WHO, _LAST_FOUR,
)  # fmt: skip
_OPENED = Column("opened_period", "text", "period the case was opened in", "立案期次")
_ANSWERED = (
    Column("answer", "text", "the answer in words", "核实结果"), Column("answered_on", "date", "its day", "核实日期"),
)  # fmt: skip

LEDGER_SCHOOL_AGE = Contract(
    "ledger_school_age", "report", "适龄儿童台账",
    "one child of school age of the county and where it stands",
    (
        *_PLACE, Column("row_no", "int", "place in the ledger", "序号", required=True), CHILD_ID,
        _TOWNSHIP_NAME, *_WHO, Column("birth_month", "text", "month of birth", "出生年月", personal=True), _LAST_FOUR,
        Column("on_roll", "text", "是 or 否", "在籍", required=True), _SCHOOL, _CLASS,
        Column("standing", "text", "at school, explained, not judged, or the gravest finding", "状况", required=True,
               personal=True),
    ),
    ("district_code", "row_no"),
)  # fmt: skip

LEDGER_DROPOUTS = Contract(
    "ledger_dropouts", "report", "辍学与劝返复学台账",
    "one child an answer made a dropout, or that came back after that",
    (
        *_PLACE, Column("row_no", "int", "place in its ledger", "序号", required=True),
        Column("state", "text", "dropout or returned", required=True), CHILD_ID,
        *_OF_CASE,
        _OPENED,
        *_ANSWERED,
        Column("attempts", "int", "how often somebody went to bring the child back in vain", "劝返次数", required=True),
        Column("last_attempt_on", "date", "the last time", "最近劝返日期"),
        Column("returned_on", "date", "day it was found or answered to be back", "返校日期"),
        Column("checks", "int", "how often it was looked at since", "跟踪次数"),
    ),
    ("district_code", "state", "row_no"),
)  # fmt: skip

LEDGER_WATCHED = Contract(
    "ledger_watched", "report", "疑似辍学与有辍学倾向台账",
    "one case of suspected dropout or dropout risk that stands, or was closed in this period",
    (
        *_PLACE, FINDING, Column("row_no", "int", "place in its ledger", "序号", required=True), CHILD_ID,
        *_OF_CASE,
        Column("priority_mark", "text", "★ who is to be looked for first; not why", "优先"),
        Column("explanation", "text", "what was found last", "为何列出", personal=True),
        _OPENED,
        Column("last_seen_period", "text", "last period with the finding", "最近发现"),
        Column("state", "text", "state of the case", "状态", required=True),
        *_ANSWERED,
        Column("due_on", "date", "day the answer is due, while one is", "应答期限"),
    ),
    ("district_code", "finding", "row_no"),
)  # fmt: skip

LETTER_ROUTES = Contract(
    "letter_routes", "report", "文书去向",
    "one kind of office that may send one kind of letter, from expectations/recipients.py",
    (
        _LETTER,
        FINDING,
        _KIND_OF_OFFICE,
        Column("turn", "int", "the office with the lowest turn that has the child on its list sends it", required=True),
    ),
    ("letter", "recipient"),
    temporary=True,
)  # fmt: skip

LETTERS_TO_FAMILIES = Contract(
    "letters", "report", "致家长文书",
    "one letter to the family of one child, under the office that delivers it",
    (
        *_PLACE,
        _LETTER,
        _KIND_OF_OFFICE, *_OFFICE,
        Column("letter_no", "int", "place in the office's document", "序号", required=True),
        CHILD_ID, FINDING,
        _ASKED_PERIOD,
        *(_shown(shown) for shown in {s.column: s for letter in LETTERS for s in letter.fields}.values()),
    ),
    ("district_code", "letter", "recipient", "unit_code", "letter_no"),
)  # fmt: skip

LETTERS_SENT = Contract(
    "letters_sent", "report", "已发文书",
    "one letter sent for a case, by the period it was asked about",
    (
        *_PLACE,
        Column("case_no", "text", "the case", "案号", required=True),
        _LETTER,
        _ASKED_PERIOD,
        Column("sent_period", "text", "period whose outbox held the letter", required=True),
    ),
    ("case_no", "letter", "asked_period"),
)  # fmt: skip

REPORT_LINES = Contract(
    "report_lines", "report", "一个月报告表",
    "one line of the report a township or county bureau makes within a month of opening",
    (
        *_PLACE,
        Column("recipient", "text", "township or county: who makes the report", required=True),
        Column("unit_code", "text", "the office", required=True),
        Column("line_no", "int", "place in the form", "序号", required=True),
        Column("part", "text", "what the line divides by", "分类", required=True),
        Column("label", "text", "which part of it", "项目", required=True),
        Column("children", "int", "children listed", "核查人数", required=True),
        Column("at_school", "int", "found at school, or brought back", "在读或已返校", required=True),
        Column("register_fault", "int", "a fault of a register", "登记有误", required=True),
        Column("lawful_absence", "int", "absent lawfully", "依法不在校", required=True),
        Column("out_of_school", "int", "found to be out of school", "核实辍学", required=True),
        Column("unknown", "int", "cannot be reached, or still looked for", "失联待查", required=True),
        Column("unanswered", "int", "without an answer", "未答复", required=True),
        Column("need_aid", "int", "of a priority group", "需要帮扶", required=True),
    ),
    ("district_code", "recipient", "unit_code", "line_no"),
)  # fmt: skip

LISTS: tuple[Contract, ...] = (
    REPORT_LINES,
    LETTER_ROUTES, LETTERS_TO_FAMILIES, LETTERS_SENT,
    LIST_ROUTES, LIST_FACTS, LIST_PLACES, *(list_contract(recipient) for recipient in RECIPIENTS), CHASE_LIST, ZERO_REPORTS, DELIVERY_OFFICES,
    ISSUE_LIST, REVIEW_LIST, LINK_REPORT, ANSWER_OPTIONS,
    LEDGER_SCHOOL_AGE, LEDGER_DROPOUTS, LEDGER_WATCHED, DASHBOARD_FIGURES, DASHBOARD_HISTORY, DASHBOARD_GROUPS, SCHOOL_QUALITY, DIVISION_NAMES, SCHOOL_HOMES, TOWNSHIPS,
)  # fmt: skip
