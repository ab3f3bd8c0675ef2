"""The tables on the way from linked records to findings, cases and figures: made within a stage, mostly not kept."""

from __future__ import annotations

from dataclasses import replace

from expectations.contract import Column, Contract
from expectations.delivered import PERIOD
from expectations.derived import CHILD_ID, FINDINGS, IN_DISTRICT, ISSUES, PERSON_RECORDS, RECORD_ID
from expectations.findings import FINDINGS as KINDS


def _text(name: str, description: str, *, required: bool = False, personal: bool = False) -> Column:
    return Column(name, "text", description, required=required, personal=personal)


def _int(name: str, description: str) -> Column:
    return Column(name, "int", description)


ROOT = _text("root_record_id", "the record nearest the roll among those linked", required=True)

RECORD_ROOTS = Contract(
    "record_roots", "child", "记录归并", "one record and the record at the head of everything linked to it",
    (RECORD_ID, ROOT), ("record_id",), temporary=True,
)  # fmt: skip

ROOT_IDENTITIES = Contract(
    "root_identities", "child", "归并后的身份", "one group of linked records with the values it is recognised by",
    (
        ROOT,
        *(replace(column, required=False) for column in PERSON_RECORDS.columns if column.name in (
            "id_number", "name", "birth_date", "sex", "school_code", "grade", "class_no", "guardian_name", "phone",
        )),
        Column("on_roll", "bool", "has a roll entry in force", required=True),
    ),
    ("root_record_id",), temporary=True,
)  # fmt: skip

PLAIN_RECOGNITIONS = Contract(
    "plain_recognitions", "child", "按身份项认出的儿童", "one group of linked records recognised by what it is known by",
    (ROOT, CHILD_ID), ("root_record_id",), temporary=True,
)  # fmt: skip

LIKENESS_PAIRS = Contract(
    "likeness_pairs", "child", "与上期儿童的近似对应", "one group of linked records and a child of the period before like it, whom nothing plain recognised",
    (ROOT, CHILD_ID, Column("step", "int", "what says so, after the steps of recognition_pairs", required=True)),
    ("root_record_id", "child_id"), temporary=True,
)  # fmt: skip

KNOWN_CHILDREN = Contract(
    "known_children", "child", "上期已有的儿童", "one group of linked records recognised as a child of the period before",
    (ROOT, CHILD_ID), ("root_record_id",), temporary=True,
)  # fmt: skip

RECOGNITION_PAIRS = Contract(
    "recognition_pairs", "child", "与上期儿童的对应", "one group of linked records and a child of the period before it may be, by one step",
    (
        ROOT, CHILD_ID, Column("step", "int", "what says so, 1 the strongest", required=True),
        Column("certain", "bool", "whoever shares this is one person", required=True),
        _text("turn", "order among certain ones, empty for the others"),
    ),
    ("root_record_id", "child_id", "step"), temporary=True,
)  # fmt: skip

JOINED_CHILDREN = Contract(
    "joined_children", "child", "已并入他人的儿童", "one child of the period before who is part of another child now",
    (CHILD_ID,), ("child_id",), temporary=True,
)  # fmt: skip

CHILD_IDENTITIES = Contract(
    "child_identities", "child", "儿童身份",
    "one group of linked records with what names the child for good",
    (
        ROOT,
        _text("known_child_id", "the id it already had in the period before"),
        _text("seed", "what a new id is computed from: number, else name with birth date, else name with school",
              required=True, personal=True),
    ),
    ("root_record_id",), temporary=True,
)  # fmt: skip


CHILD_KEYS = Contract(
    "child_keys", "child", "儿童编号", "one group of linked records and its child",
    (ROOT, CHILD_ID), ("root_record_id",), temporary=True,
)  # fmt: skip

CLASS_DELIVERIES = Contract(
    "class_deliveries", "child", "已报送考勤的班级", "one class with a readable sheet in the window",
    (
        _text("school_code", "the school"), _int("grade", "grade"), _int("class_no", "class"),
        _int("class_days", "school days the sheet records"), _int("pupils", "rows on it"),
    ),
    ("school_code", "grade", "class_no"), temporary=True,
)  # fmt: skip

CHILD_ATTENDANCE = Contract(
    "child_attendance", "child", "儿童在各校考勤", "one child at one school in the window",
    (
        PERIOD, IN_DISTRICT, CHILD_ID, _text("school_code", "the school", required=True), RECORD_ID,
        _int("grade", "grade"), _int("class_no", "class"),
        _int("days_recorded", "school days recorded"), _int("days_present", "days present, half days among them"),
        _int("days_sick", "full days sick"), _int("days_leave", "full days on leave"),
        Column("days_unexcused", "float", "unexcused, half days as 0.5"),
        _int("longest_unexcused", "longest run of full unexcused school days"),
        Column("run_started_on", "date", "first day in the window of that run"),
        Column("last_present_on", "date", "last day present"),
        _text("last_mark", "letter of the last recorded day"),
    ),
    ("child_id", "school_code"),
)  # fmt: skip

CHILD_ROLLS = Contract(
    "child_rolls", "child", "儿童学籍", "one roll entry of a child, its best one first",
    (
        PERIOD, CHILD_ID, RECORD_ID, IN_DISTRICT, _text("school_code", "the school"), _int("grade", "grade"),
        _int("class_no", "class"), _text("status", "state of the entry"),
        Column("in_force", "bool", "still stands", required=True), Column("place", "int", "1 is taken", required=True),
    ),
    ("record_id",),
)  # fmt: skip

SILENT_ROLLS = Contract(
    "silent_rolls", "child", "未报送学籍的学校", "one school with pupils on its roll in the period before whose roll is missing now",
    (
        PERIOD, IN_DISTRICT, _text("school_code", "the school", required=True), _text("school_name", "its name"),
        Column("pupils", "int", "its pupils of the period before who are on no roll now", required=True),
    ),
    ("school_code",),
)  # fmt: skip

WHOLE_EXPORTS = Contract(
    "whole_exports", "child", "整体导出学籍的区县", "one district that hands in its roll as a whole export", (IN_DISTRICT,),
    ("district_code",), temporary=True,
)  # fmt: skip

NAMESAKES = Contract(
    "namesakes", "finding", "同名学生", "one child that left the roll and a pupil on no roll who may be it",
    (
        CHILD_ID, _text("other_child_id", "the pupil on no roll", required=True),
        _text("place", "school and class where that pupil is", required=True),
    ),
    ("child_id", "other_child_id"), temporary=True,
)  # fmt: skip

CHILD_EXPLANATIONS = Contract(
    "child_explanations", "child", "不在校原因", "one child whose being away from its school is explained, with the first reason",
    (
        CHILD_ID, _text("explanation", "code", required=True), _text("explanation_text", "sentence", required=True, personal=True),
    ),
    ("child_id",), temporary=True,
)  # fmt: skip

CHILD_GROUPS = Contract(
    "child_groups", "child", "儿童重点群体", "one child in at least one priority group",
    (CHILD_ID, _text("groups", "groups joined by 、", required=True), Column("priority", "int", "how many of need: not 农村, 初中", required=True)),
    ("child_id",), temporary=True,
)  # fmt: skip

CHILD_NAMES = Contract(
    "child_names", "child", "儿童用过的姓名", "one child, with every name it goes by",
    (CHILD_ID, _text("names", "the names without signs of notation, joined by 、", required=True)),
    ("child_id",), temporary=True,
)  # fmt: skip

CARRIED_ANSWERS = Contract(
    "carried_answers", "child", "沿用的答复", "one matter of a child that an answer to an earlier case still explains",
    (
        CHILD_ID, _text("matter", "findings one answer settles together", required=True),
        _text("answer_code", "the answer", required=True), Column("answered_on", "date", "its day", required=True),
        Column("valid_until", "date", "last day it explains"),
    ),
    ("child_id", "matter"), temporary=True,
)  # fmt: skip

STANDING_REASONS = Contract(
    "standing_reasons", "child", "名单说明的原因", "one reason a list of exemptions or vocational pupils gives for a child",
    (
        PERIOD, IN_DISTRICT, CHILD_ID, _text("source", "exempt or vocational", required=True),
        _text("explanation", "the reason, as in children", required=True), _text("explanation_text", "in words", required=True),
        Column("valid_until", "date", "last day of the approval"),
        _text("told_period", "period the list was handed in for", required=True),
    ),
    ("child_id", "source", "district_code", "explanation", "explanation_text"),
)  # fmt: skip

FINDING_KINDS = Contract(
    "finding_kinds", "child", "问题种类", "one kind of finding as declared in expectations/findings.py",
    (
        Column("finding", "text", "code", required=True), _text("chinese", "wording", required=True),
        _text("office", "who acts", required=True), Column("finding_order", "int", "most urgent first", required=True),
        _text("matter", "findings one answer settles together", required=True),
    ),
    ("finding",), temporary=True,
)  # fmt: skip

FINDING_NEEDS = Contract(
    "finding_needs", "finding", "判定所需数据", "one kind of finding and a source it cannot be judged without",
    (Column("finding", "text", "code", required=True), Column("source", "text", "kind of delivery", required=True)),
    ("finding", "source"), temporary=True,
)  # fmt: skip

FINDING_CHANGED_BY = Contract(
    "finding_changed_by", "finding", "可改变结果的数据",
    "one kind of finding and a source whose record, once linked, could undo it",
    (Column("finding", "text", "code", required=True), Column("source", "text", "kind of delivery", required=True)),
    ("finding", "source"), temporary=True,
)  # fmt: skip

FINDINGS_OFF = Contract(
    "findings_off", "finding", "未能判定的问题",
    "one kind of finding that could not be judged in a district, with the source it lacks",
    (
        PERIOD, IN_DISTRICT, Column("finding", "text", "code of the finding", "问题", required=True),
        Column("missing_source", "text", "kind of delivery nobody handed in", "缺少的数据", required=True),
    ),
    ("district_code", "finding", "missing_source"),
)  # fmt: skip

ABSENCES = Contract(
    "absences", "finding", "不在本校就读", "one pupil on a roll who is not at its school and should be",
    (CHILD_ID, _text("reason", "kind of absence", required=True)), ("child_id",), temporary=True,
)  # fmt: skip

RULES: tuple[Contract, ...] = tuple(
    Contract(
        kind.code, "finding", kind.chinese, f"one child with the finding {kind.code}, before waiting and answers",
        (
            CHILD_ID, _text("reason", "sub-code", required=True),
            _text("explanation", "sentence with the evidence", required=True, personal=True),
        ),
        ("child_id",), temporary=True,
    )
    for kind in KINDS
)  # fmt: skip

UNREAD_ROLLS = Contract(
    "unread_rolls", "finding", "未能读取的学籍", "one registry file nobody could read, of a school whose roll did not arrive otherwise",
    (
        IN_DISTRICT, _text("delivery_id", "the file", required=True), _text("path", "where it lies", required=True),
    ),
    ("delivery_id",),
)  # fmt: skip

UNREAD_ATTENDERS = Contract(
    "unread_attenders", "finding", "搁置的在校名单", "one name on class sheets or vocational rosters whose rows were set aside unread",
    (
        _text("source", "attendance or vocational", required=True), IN_DISTRICT, _text("name", "the name on the row"),
        Column("grade_without_roll", "int", "the row's grade, where its school stands on no roll"),
    ),
    ("source", "district_code", "name", "grade_without_roll"), temporary=True,
)  # fmt: skip

UNREAD_PLACES = Contract(
    "unread_places", "finding", "学籍未报送的乡镇和年龄", "one township and age most of whose children stand on a roll nobody handed in",
    (
        IN_DISTRICT, _text("township_code", "the township", required=True),
        Column("age", "int", "age on the cut-off day", required=True),
    ),
    ("district_code", "township_code", "age"), temporary=True,
)  # fmt: skip

FINDING_CANDIDATES = Contract(
    "finding_candidates", "finding", "待定结果", "one finding before it is known whether it waits",
    (*FINDINGS.columns, _text("matter", "findings one answer settles together", required=True)),
    ("child_id", "finding"), temporary=True,
)  # fmt: skip

CASE_NUMBERS = Contract(
    "case_numbers", "finding", "案号", "one finding, waiting or not, and the number its case has or would have",
    (
        PERIOD, IN_DISTRICT, CHILD_ID, Column("finding", "text", "code of the finding", "问题", required=True),
        Column("case_no", "text", "number with check character", "案号", required=True),
    ),
    ("child_id", "finding"),
)  # fmt: skip

CASE_FINDINGS = Contract(
    "case_findings", "case", "个案本期结果", "one finding of the period, waiting or not, under its case number",
    (
        *FINDINGS.columns, _text("waits_for", "review, answer or roll, where it waits"),
        Column("case_no", "text", "number with check character", required=True),
    ),
    ("case_no",), temporary=True,
)  # fmt: skip

VALID_ANSWERS = Contract(
    "valid_answers", "finding", "有效答复", "one matter of a child that a still-valid answer explains, this period's included",
    CARRIED_ANSWERS.columns, ("child_id", "matter"), temporary=True,
)  # fmt: skip

OPENING_DAYS = Contract(
    "opening_days", "finding", "另定开学日", "one county or school whose term opens on a day of its own (policy: openings)",
    (
        _text("unit_code", "district code or school code", required=True), Column("opening_on", "date", "opening day", required=True),
        Column("check_due_on", "date", "the school's check is due", required=True),
        Column("listed_on", "date", "sheets are due", required=True),
        Column("answer_due_on", "date", "answers are due", required=True),
    ),
    ("unit_code",), temporary=True,
)  # fmt: skip

CASE_TRANSITIONS = Contract(
    "case_transitions", "case", "个案状态转换", "one step a case can take, as declared in expectations/case_states.py",
    (
        _text("from_state", "state before", required=True), _text("event", "event", required=True),
        _text("to_state", "state after", required=True),
    ),
    ("from_state", "event"), temporary=True,
)  # fmt: skip

CASE_STEPS = Contract(
    "case_steps", "case", "个案状态经过", "one event of a case with the state before and after it",
    (
        _text("case_no", "the case", required=True), Column("event_no", "int", "running number", required=True),
        _text("event", "event", required=True), _text("record_id", "the answer's delivered row"),
        _text("from_state", "state before", required=True),
        _text("to_state", "state the declared step leads to; empty where there is no such step"),
        _text("state", "state after", required=True),
    ),
    ("case_no", "event_no"), temporary=True,
)  # fmt: skip

NEW_ANSWERS = Contract(
    "new_answers", "child", "新答复", "one delivered answer that says something new, as understood",
    (
        RECORD_ID, IN_DISTRICT, _text("case_no", "number as written, in its usual form"),
        _text("answer_code", "code A1–E2", required=True), Column("answered_on", "date", "its day", required=True),
        Column("valid_until", "date", "last day it explains the case"),
        Column("explains", "bool", "the child is not listed while it is valid", required=True),
        _text("contradicted_by", "deliveries that speak against it: attendance, no_roll"),
        _text("event", "what it does to the case", required=True), _text("name", "name beside the number", personal=True),
        _text("evidence", "evidence named"), _text("whereabouts", "where the child is", personal=True),
    ),
    ("record_id",), temporary=True,
)  # fmt: skip

CASE_ANSWERS = Contract(
    "case_answers", "case", "个案答复", "one answer of this period given to a case it settles",
    (
        RECORD_ID, IN_DISTRICT, _text("case_no", "the case", required=True), CHILD_ID,
        _text("finding", "its finding", required=True),
        _text("answer_code", "code A1–E2", required=True), Column("answered_on", "date", "its day", required=True),
        _text("evidence", "evidence named"), _text("whereabouts", "where the child is", personal=True),
        Column("valid_until", "date", "last day it explains the case"),
        Column("explains", "bool", "the child is not listed while it is valid", required=True),
        _text("event", "what it does to the case", required=True),
        Column("direct", "bool", "it names this very case, not another of the same matter", required=True),
    ),
    ("record_id", "case_no"), temporary=True,
)  # fmt: skip

ANSWER_ISSUES = Contract(
    "answer_issues", "case", "答复问题", "one answer that could not be given to a case, or contradicts it",
    (
        PERIOD, IN_DISTRICT, RECORD_ID, _text("delivery_id", "the returned list", required=True),
        Column("sheet", "text", "sheet name", "工作表"), Column("row_no", "int", "row as Excel counts it", "行"),
        Column("code", "text", "which kind", required=True),
        Column("sentence", "text", ISSUES["sentence"].description, "说明", required=True),
    ),
    ("record_id", "code"),
)  # fmt: skip

STATUS_CASES = Contract(
    "status_cases", "report", "待答复的个案", "one district and finding with cases that wait for an answer",
    (
        IN_DISTRICT, _text("finding", "code of the finding", required=True), _int("waiting", "cases without a settled answer"),
        _int("looked_for", "of those answered 待续查"), _int("overdue", "of those past their due day"),
        _int("escalated", "of those so long past it that the county has to see to them"),
        Column("next_due_on", "date", "next day one falls due"), _int("longest_overdue", "calendar days"),
    ),
    ("district_code", "finding"), temporary=True,
)  # fmt: skip

STATUS_SCHOOLS = Contract(
    "status_schools", "report", "未报送考勤的学校", "one school with a class that handed in no readable sheet",
    (
        IN_DISTRICT, _text("school_code", "the school", required=True), _text("school_name", "its name"),
        _int("classes", "classes without a sheet"), Column("roll_missing", "bool", "its roll was there before and is missing"), _int("pupils", "pupils who cannot be judged"),
        Column("due_on", "date", "day by which they were due"), _int("days_overdue", "calendar days past it"),
    ),
    ("district_code", "school_code"), temporary=True,
)  # fmt: skip

STATUS_SOURCES = Contract(
    "status_sources", "report", "已报送的数据", "one district and kind of delivery handed in",
    (
        IN_DISTRICT, Column("source", "text", "kind of delivery", required=True), _int("files_used", "files accepted"),
        _int("files_refused", "files refused"),
    ),
    ("district_code", "source"), temporary=True,
)  # fmt: skip

RERUN_DISTRICTS = Contract(
    "rerun_districts", "report", "重跑区县", "one district a run was asked for", (IN_DISTRICT,), ("district_code",),
    temporary=True,
)  # fmt: skip

CHANGED_ELSEWHERE = Contract(
    "changed_elsewhere", "report", "受影响的其他区县",
    "one other district whose results the fresh data of a district run would change",
    (IN_DISTRICT, _int("children", "children whose results would change")), ("district_code",), temporary=True,
)  # fmt: skip

REMINDERS = Contract(
    "reminders", "report", "催办单", "one case an office owes an answer to, due soon or overdue",
    (
        PERIOD, IN_DISTRICT, _text("recipient", "kind of office", required=True),
        _text("unit_code", "the office", required=True), _text("unit_name", "its name", required=True),
        _text("case_no", "the case", required=True), _text("problem", "the finding in words", required=True),
        _text("name_masked", "the child's name, its middle as *", personal=True), _text("place", "class, or address's township"),
        Column("due_on", "date", "when the answer is due", required=True),
        _int("days_overdue", "calendar days past it; null while it is in time"),
    ),
    ("recipient", "district_code", "unit_code", "case_no"), temporary=True,
)  # fmt: skip

RUN_CHANGES = Contract(
    "run_changes", "report", "两次运行的差异", "one finding about one child that two runs of a period do not agree on",
    (
        IN_DISTRICT, Column("child_id", "text", "the child", required=True),
        _text("finding", "code of the finding", required=True), _text("case_no", "its case, where it has one"),
        Column("change", "text", "new (only in the later run), gone (only in the earlier), moved (to another district), "
               "or reason (found for another reason)",
               required=True, allowed=("new", "gone", "moved", "reason")),
        _text("reason_before", "sub-code in the earlier run"), _text("reason_after", "sub-code in the later run"),
    ),
    ("child_id", "finding"), temporary=True,
)  # fmt: skip

EXPIRED_CASES = Contract(
    "expired_cases", "case", "超过保存期限的个案", "one closed case whose rows are kept no longer",
    (
        IN_DISTRICT, _text("case_no", "the case", required=True), _text("finding", "code of the finding", required=True),
        Column("last_heard_on", "date", "day of its last event", required=True),
    ),
    ("case_no",), temporary=True,
)  # fmt: skip

JUDGED: tuple[Contract, ...] = (
    RECORD_ROOTS, ROOT_IDENTITIES, RECOGNITION_PAIRS, PLAIN_RECOGNITIONS, LIKENESS_PAIRS, KNOWN_CHILDREN, JOINED_CHILDREN, CHILD_IDENTITIES, CHILD_KEYS, CLASS_DELIVERIES, CHILD_ATTENDANCE, CHILD_ROLLS, SILENT_ROLLS, WHOLE_EXPORTS, NAMESAKES, STANDING_REASONS, CHILD_EXPLANATIONS,
    CHILD_GROUPS, CHILD_NAMES, CARRIED_ANSWERS, FINDING_KINDS, FINDING_NEEDS, FINDING_CHANGED_BY, FINDINGS_OFF, ABSENCES, *RULES,
    UNREAD_ROLLS, UNREAD_ATTENDERS, UNREAD_PLACES, FINDING_CANDIDATES, CASE_NUMBERS, VALID_ANSWERS, CASE_FINDINGS, OPENING_DAYS, CASE_TRANSITIONS, CASE_STEPS, NEW_ANSWERS, CASE_ANSWERS, ANSWER_ISSUES,
    STATUS_CASES, STATUS_SCHOOLS, STATUS_SOURCES, RERUN_DISTRICTS, CHANGED_ELSEWHERE, REMINDERS, RUN_CHANGES, EXPIRED_CASES,
)  # fmt: skip
