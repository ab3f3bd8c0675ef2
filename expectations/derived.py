"""The tables the program makes from what was delivered: intake's own, link, child, finding, case and report."""

from __future__ import annotations

from dataclasses import replace

from expectations.contract import Column, Contract
from expectations.delivered import (
    BIRTH_DATE,
    CLASS_NO,
    DISTRICT,
    ETHNICITY,
    FORMER_NAME,
    GRADE,
    ID_KIND,
    ID_NUMBER,
    ID_PREFIX,
    NAME,
    PERIOD,
    PHONE,
    SCHOOL_CODE,
    SCHOOL_NAME,
    SEX,
    TOWNSHIP_CODE,
)
from expectations.sources import BY_NAME


def _plain(column: Column, **changes: object) -> Column:
    """``column`` as it stands in a derived table: no longer delivered, nothing demanded."""
    return replace(
        column,
        **{"headers": (), "required": False, "allowed": (), "pattern": None, "at_least": None, "at_most": None,
           "message": "", **changes},  # type: ignore[arg-type]
    )  # fmt: skip


IN_DISTRICT = replace(DISTRICT, required=True)
CHILD_ID = Column("child_id", "text", "keyed HMAC that names one child for good", "儿童编号", required=True)
RECORD_ID = Column("record_id", "text", "the delivered row", "记录编号", required=True)
SOURCE = Column("source", "text", "kind of delivery", "来源", required=True, allowed=tuple(BY_NAME))

DELIVERIES = Contract(
    "deliveries", "intake", "收到的文件",
    "one file found in the inbox of the period",
    (
        PERIOD, IN_DISTRICT,
        Column("delivery_id", "text", "hash of path and content", required=True),
        replace(SOURCE, required=False),
        Column("path", "text", "path below the inbox", "文件", required=True),
        Column("content_hash", "text", "SHA-256 of the bytes", required=True),
        Column("size_bytes", "bigint", "size of the file", required=True),
        Column("format", "text", "what the content is: xlsx, xls, csv, html …", "格式"),
        Column("encoding", "text", "text encoding, where it is text", "编码"),
        Column("verdict", "text", "what became of it", "结论", required=True,
               allowed=("accepted", "accepted_with_issues", "refused", "superseded", "duplicate")),
        Column("reason", "text", "why it was refused, superseded or a duplicate; a Chinese sentence", "原因"),
        Column("sheets_read", "int", "sheets with data rows", required=True),
        Column("rows_read", "bigint", "rows found, titles and totals included", required=True),
        Column("rows_accepted", "bigint", "rows that reached their clean table", required=True),
        Column("rows_set_aside", "bigint", "rows in quarantine", required=True),
        Column("rows_not_data", "bigint", "titles, headers, legends, totals, signatures, blank rows; adults of a household extract", required=True),
        Column("understood_as", "text", "how each column was understood: JSON list of sheet, header, column, method",
               "列识别"),
    ),
    ("delivery_id",),
)  # fmt: skip

ISSUES = Contract(
    "issues", "intake", "文件问题",
    "one thing wrong, or understood differently from what was written, in a delivery",
    (
        PERIOD, IN_DISTRICT,
        Column("delivery_id", "text", "the file", required=True),
        Column("sheet", "text", "sheet name; null for the whole file", "工作表"),
        Column("row_no", "int", "row as Excel counts it; null for the whole sheet", "行"),
        Column("column_name", "text", "the contract's column", "列"),
        Column("code", "text", "which kind, see issue_codes", required=True),
        Column("severity", "text", "critical refuses the file, warning sets the row aside, info reports", "级别",
               required=True, allowed=("critical", "warning", "info")),
        Column("sentence", "text", "what a clerk should do, in Chinese", "说明", required=True),
        Column("record_id", "text", "the row, where it is one"),
        Column("issue_no", "bigint", "running number within the file", required=True),
    ),
    ("delivery_id", "issue_no"),
)  # fmt: skip

QUARANTINE = Contract(
    "quarantine", "intake", "搁置的行",
    "one row set aside, whole",
    (
        PERIOD, IN_DISTRICT, SOURCE, RECORD_ID,
        Column("delivery_id", "text", "the file", required=True),
        Column("sheet", "text", "sheet name", required=True),
        Column("row_no", "int", "row as Excel counts it", required=True),
        Column("codes", "text", "codes of the issues that set it aside, joined by comma", required=True),
        Column("row_text", "text", "the row as delivered: JSON object of column and text", required=True, personal=True),
    ),
    ("record_id",),
)  # fmt: skip

SCHOOLS = Contract(
    "schools", "clean", "学校",
    "one school known from the registry or from a vocational roster",
    (
        PERIOD, IN_DISTRICT, _plain(SCHOOL_CODE, required=True), _plain(SCHOOL_NAME, required=True),
        Column("stages", "text", "primary, junior, senior, joined by +, from the grades on its roll", "学段"),
        Column("kind", "text", "source that names it: registry or vocational", required=True),
    ),
    ("district_code", "school_code"),
)  # fmt: skip

SCHOOL_ALIASES = Contract(
    "school_aliases", "clean", "学校名称对照",
    "one way a school is named by the deliveries of one district, with the school it was resolved to",
    (
        PERIOD, IN_DISTRICT,
        Column("school_text", "text", "name or code as delivered", required=True),
        _plain(SCHOOL_CODE),
        Column("method", "text", "code, name, similar, or none", required=True),
        Column("score", "float", "similarity 0–100", required=True),
        Column("candidates", "text", "nearest names, best first, where it was not resolved"),
    ),
    ("district_code", "school_text"),
)  # fmt: skip

PERSON_RECORDS = Contract(
    "person_records", "link", "人员记录",
    "one delivered record of a person in the standard identity, whatever its source",
    (
        PERIOD, IN_DISTRICT, RECORD_ID, SOURCE,
        Column("person_no", "bigint", "running number of the record in this run", required=True),
        _plain(NAME), _plain(FORMER_NAME),
        Column("name_key", "text", "comparison key of the name: variants folded, dots dropped", personal=True),
        Column("surname", "text", "surname of the key, double surnames known", personal=True),
        Column("given", "text", "given name of the key", personal=True),
        Column("name_sound", "text", "toneless pinyin syllables of the key joined by a blank", personal=True),
        Column("name_shape", "text", "glyph-group key of the name", personal=True),
        Column("former_name_key", "text", "comparison key of the former name", personal=True),
        _plain(ID_NUMBER), _plain(ID_KIND), _plain(ID_PREFIX),
        _plain(BIRTH_DATE), _plain(SEX), _plain(GRADE), _plain(CLASS_NO),
        _plain(SCHOOL_CODE), _plain(TOWNSHIP_CODE),
        Column("pupil_no", "text", "registry or school number as written", personal=True),
        Column("guardian_name", "text", "first guardian", personal=True),
        Column("guardian_id_number", "text", "first guardian's number", personal=True),
        Column("guardian2_name", "text", "second guardian, or head of the household", personal=True),
        Column("guardian2_id_number", "text", "second guardian's number", personal=True),
        _plain(PHONE),
        Column("address", "text", "address as delivered", personal=True),
        Column("household_no", "text", "household number", personal=True),
        Column("sheet_order", "text", "the class sheet an attendance record stood on"),
        Column("days_away", "int", "days an attendance record marks as away for any reason"),
        Column("days_accounted", "int", "days it marks as there, sick or suspended: the school knows of the child"),
        Column("in_force", "bool", "the entry still stands: not moved out, cancelled or graduated", required=True),
    ),
    ("record_id",),
)  # fmt: skip

_PAIR = (
    PERIOD, IN_DISTRICT,
    Column("left_record_id", "text", "the record nearer the roll (registry before household before the rest)",
           "左记录", required=True),
    Column("right_record_id", "text", "the other record", "右记录", required=True),
    Column("left_source", "text", "its source", "左记录来源", required=True),
    Column("right_source", "text", "its source", "右记录来源", required=True),
    Column("tier", "text", "the stage that judged the pair: number, number_conflict, near_number, weight, class_name, "
                           "city_name, duplicate, answer", "关联依据", required=True),
    Column("weight", "float", "Fellegi–Sunter match weight in bits", "权重", required=True),
    Column("probability", "float", "probability that both are one child, 0–1", "概率", required=True),
    Column("evidence", "text", "fields that agree, are near, or differ: name=exact; birth_date=same; …", "逐项比对",
           required=True),
)  # fmt: skip

LINKS = Contract(
    "links", "link", "记录关联", "two records judged to be one child", _PAIR, ("left_record_id", "right_record_id")
)
REVIEW_PAIRS = Contract(
    "review_pairs", "link", "待人工核对的记录对",
    "two records that may be one child and are left to people",
    (*_PAIR, Column("reason", "text", "why the machine did not decide", "原因", required=True),
     Column("pair_no", "text", "number that names the pair in workbooks and answers", "核对编号", required=True),
     Column("pair_key", "text", "keyed digest of what is written about the two records", "两条记录的摘要", required=True)),
    ("left_record_id", "right_record_id"),
)  # fmt: skip

CHILD_RECORDS = Contract(
    "child_records", "child", "儿童与记录", "one delivered record and the child it belongs to",
    (PERIOD, IN_DISTRICT, CHILD_ID, RECORD_ID, SOURCE), ("record_id",),
)  # fmt: skip

EXPLANATIONS = (
    "attends_elsewhere", "vocational", "suspended", "home_teaching", "sick_leave", "postponed", "exempt", "abroad",
    "moved_out", "graduated", "died", "registration_cancelled", "answered",
)  # fmt: skip

CHILDREN = Contract(
    "children", "child", "儿童",
    "one real child of the period: all records linked, with the value taken for each field",
    (
        PERIOD, IN_DISTRICT, CHILD_ID,
        _plain(NAME), _plain(FORMER_NAME), _plain(SEX), _plain(BIRTH_DATE), _plain(ETHNICITY),
        _plain(ID_NUMBER), _plain(ID_KIND),
        _plain(SCHOOL_CODE, description="school of the roll; where there is none, the school attended"),
        _plain(SCHOOL_NAME), _plain(GRADE), _plain(CLASS_NO), _plain(TOWNSHIP_CODE),
        Column("township_name", "text", "township or street office", "乡镇街道"),
        Column("on_roll", "bool", "has a roll entry in force", "在籍", required=True),
        Column("roll_status", "text", "state of that roll entry", "学籍状态"),
        Column("left_roll", "bool", "unfinished on a roll before, now on none, with no transfer or graduation known; school "
                                    "and grade are then the last ones", "学籍消失", required=True),
        Column("known_period", "text", "period its school, grade and class are of: this one, unless nothing of them is left",
               "最近在籍（就读）期次"),
        Column("should_attend", "bool", "has a roll entry 在读 in grades 1–9, or is of school age", "应当在校", required=True),
        Column("in_household", "bool", "stands in the household register, not cancelled", "户籍在册", required=True),
        Column("of_school_age", "bool", "within the compulsory ages on the cut-off day", "适龄"),
        Column("attends_school_code", "text", "school where it was seen", "实际就读学校代码"),
        Column("attends_school_name", "text", "its name", "实际就读学校"),
        Column("seen", "bool", "present on at least one recorded school day anywhere", "在校", required=True),
        Column("class_delivered", "bool", "its class (or school) handed in a readable sheet for the window", "所在班级已报考勤"),
        Column("class_days", "int", "school days the sheet of its class records", "班级上课天数"),
        Column("days_recorded", "int", "school days recorded at its own school", "应到天数"),
        Column("days_present", "int", "days present (late and early count)", "出勤天数"),
        Column("days_sick", "int", "days sick", "病假"), Column("days_leave", "int", "days on leave", "事假"),
        Column("days_unexcused", "float", "days unexcused, half days as 0.5", "旷课"),
        Column("longest_unexcused", "int", "longest run of unexcused school days", "最长连续旷课"),
        Column("run_started_on", "date", "first day of that run in the window", "连续旷课起始日"),
        Column("last_present_on", "date", "last day present at its own school, else anywhere", "最后到校日期"),
        Column("explanation", "text", "why it is not at its school, if known: code", "不在校原因",
               allowed=EXPLANATIONS),
        Column("explanation_text", "text", "the same as a Chinese sentence with its source", "不在校说明"),
        Column("in_review", "bool", "one of its possible links still waits for people", "待核对", required=True),
        Column("groups", "text", "priority groups joined by 、", "重点群体"),
        Column("priority", "int", "how many groups of need it is in (not 农村, 初中): 0 none", "重点类别数", required=True),
        Column("guardian_name", "text", "guardian", "监护人", personal=True),
        _plain(PHONE), Column("address", "text", "address", "住址", personal=True),
        Column("police_station", "text", "police station", "派出所"),
        Column("hukou_code", "text", "division code of the household registration", "户籍区划"),
        Column("grade_age_note", "text", "grade and age differ by more years than the policy allows, in words", "年龄与年级"),
    ),
    ("child_id",),
)  # fmt: skip

FINDINGS = Contract(
    "findings", "finding", "核查结果",
    "one thing that is not as it should be about a child in the period",
    (
        PERIOD, IN_DISTRICT, _plain(SCHOOL_CODE), _plain(TOWNSHIP_CODE), CHILD_ID,
        Column("finding", "text", "code of the finding", "问题", required=True),
        Column("reason", "text", "sub-code", "原因代码", required=True),
        Column("explanation", "text", "Chinese sentence with the evidence", "为何列出", required=True, personal=True),
        Column("first_period", "text", "first period it was found in", "首次发现", required=True),
    ),
    ("child_id", "finding"),
)  # fmt: skip

WAITING_FINDINGS = Contract(
    "waiting_findings", "finding", "待核对后再定的结果",
    "one finding held back because a possible link of the child still waits for people, a still-valid answer explains it, "
    "or a roll the child may stand on could not be read",
    (*FINDINGS.columns, Column("waits_for", "text", "review, answer or roll", "等待", required=True)),
    ("child_id", "finding"),
)  # fmt: skip

CASES = Contract(
    "cases", "case", "个案",
    "one finding about one child followed over time",
    (
        PERIOD, IN_DISTRICT, Column("case_no", "text", "number with check character, readable over the telephone", "案号", required=True),
        CHILD_ID, Column("finding", "text", "code of the finding", "问题", required=True),
        _plain(SCHOOL_CODE), _plain(TOWNSHIP_CODE),
        Column("state", "text", "state after all events", "状态", required=True),
        Column("opened_period", "text", "period it was opened in", "立案期次", required=True),
        Column("last_seen_period", "text", "last period with the finding", "最近发现期次", required=True),
        Column("answer_code", "text", "latest answer A1–E2", "核实结果"),
        Column("answered_on", "date", "its date", "核实日期"),
        Column("answer_valid_until", "date", "last day it explains the case", "答复有效期至"),
        Column("due_on", "date", "day by which the answer is due", "应答期限"),
        Column("overdue", "bool", "due day is past and no answer came", "逾期", required=True),
        Column("escalated", "bool", "so long past that the county has to see to it", "县级督办", required=True),
    ),
    ("case_no",),
)  # fmt: skip

CASE_EVENTS = Contract(
    "case_events", "case", "个案经过",
    "one thing that happened to a case",
    (
        PERIOD, IN_DISTRICT, Column("case_no", "text", "the case", "案号", required=True),
        Column("event_no", "int", "running number within the case", "序号", required=True),
        Column("event", "text", "opened, seen_again, answered, gone, reopened, closed …", "经过", required=True),
        Column("happened_on", "date", "its day", "日期", required=True),
        Column("answer_code", "text", "answer, where it is one", "核实结果"),
        Column("note", "text", "Chinese sentence", "说明", personal=True),
        Column("record_id", "text", "the answer's delivered row", "答复记录编号"),
        Column("due_on", "date", "day by which what it asks is to be answered, where it asks", "应答期限"),
    ),
    ("case_no", "event_no"),
)  # fmt: skip

MISSING_DELIVERIES = Contract(
    "missing_deliveries", "report", "未报送考勤",
    "one class on the roll whose school handed in no readable sheet for the window, or one school whose roll is missing",
    (
        PERIOD, IN_DISTRICT, Column("source", "text", "attendance or registry: what is missing", "缺少的数据", required=True),
        _plain(SCHOOL_CODE, required=True), _plain(SCHOOL_NAME),
        _plain(GRADE, required=True), _plain(CLASS_NO),
        Column("pupils", "int", "pupils on the roll who cannot be judged", "在籍人数", required=True),
        Column("due_on", "date", "day by which it was due", "应报日期"),
        Column("days_overdue", "int", "calendar days past it", "逾期天数"),
    ),
    ("source", "school_code", "grade", "class_no"),
)  # fmt: skip

INDICATORS = Contract(
    "indicators", "report", "指标",
    "one figure of one unit, by the whole or by a group",
    (
        PERIOD, IN_DISTRICT,
        Column("level", "text", "city, district, township or school", required=True),
        Column("unit_code", "text", "code of the unit", required=True),
        Column("stage", "text", "all, primary or junior", required=True),
        Column("indicator", "text", "code of the figure", required=True),
        Column("value", "float", "the figure", required=True),
    ),
    ("level", "unit_code", "stage", "indicator"),
)  # fmt: skip

_UNIT = (
    PERIOD, IN_DISTRICT, *(INDICATORS[name] for name in ("level", "unit_code", "stage")),
)  # fmt: skip

GROUP_INDICATORS = Contract(
    "group_indicators", "report", "分组指标",
    "one figure of one unit for one sex, one priority group, or country and town; noughts have no row",
    (
        *_UNIT,
        Column("division", "text", "sex, group or area", required=True, allowed=("sex", "group", "area")),
        Column("member", "text", "男, 女; a priority group; 农村 or 非农村或未注明", required=True),
        INDICATORS["indicator"], INDICATORS["value"],
    ),
    ("level", "unit_code", "stage", "division", "member", "indicator"),
)  # fmt: skip

INDICATOR_HISTORY = Contract(
    "indicator_history", "report", "指标历史", "one figure of one unit in one period of the last twelve months",
    (*_UNIT, Column("of_period", "text", "the period it is a figure of", required=True),
     INDICATORS["indicator"], INDICATORS["value"]),
    ("of_period", "level", "unit_code", "stage", "indicator"),
)  # fmt: skip

INDICATOR_CHANGES = Contract(
    "indicator_changes", "report", "指标变化", "one figure of one unit beside the period before and a year ago",
    (
        *_UNIT, INDICATORS["indicator"], INDICATORS["value"],
        Column("previous_value", "float", "the figure of the period before", "上期"),
        Column("change", "float", "difference to it", "较上期"),
        Column("last_year_value", "float", "the figure of the same month a year ago", "去年同期"),
        Column("change_on_year", "float", "difference to it", "较去年同期"),
    ),
    ("level", "unit_code", "stage", "indicator"),
)  # fmt: skip

RETENTION = Contract(
    "retention", "report", "巩固率", "one cohort of one county or city whose entrants are known",
    (
        *_UNIT, Column("entry_year", "int", "year of entry", "入学年", required=True),
        Column("entrants", "float", "who entered", "入学人数"), Column("moved_in", "float", "moved in since", "转入"),
        Column("moved_out", "float", "moved out since", "转出"), Column("graduates", "float", "who finished", "毕业人数"),
        Column("rate_of_entrants", "float", "graduates ÷ entrants", "巩固率（不计转学）"),
        Column("rate_adjusted", "float", "graduates ÷ (entrants + moved in − moved out)", "巩固率"),
        Column("plausible", "bool", "the adjusted rate is at most 100 %, in a city that of every county", "数据合理"),
        Column("goal_met", "bool", "it reaches the policy's goal; null where implausible", "达到目标"),
    ),
    ("level", "unit_code", "stage", "entry_year"),
)  # fmt: skip

DERIVED: tuple[Contract, ...] = (
    DELIVERIES, ISSUES, QUARANTINE, SCHOOLS, SCHOOL_ALIASES, PERSON_RECORDS, LINKS, REVIEW_PAIRS, CHILDREN,
    CHILD_RECORDS, FINDINGS, WAITING_FINDINGS, CASES, CASE_EVENTS, MISSING_DELIVERIES, INDICATORS,
    GROUP_INDICATORS, INDICATOR_HISTORY, INDICATOR_CHANGES, RETENTION,
)  # fmt: skip
