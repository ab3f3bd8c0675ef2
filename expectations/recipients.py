"""Who receives which findings, which columns of them, how much of each, and why: the one declaration of privacy.

Every list table's contract, the routing its SQL joins, the sheets of every workbook and the leak test are read from
here. A column that is not declared for a recipient cannot be in its table (the engine demands equal columns), and a
whole number that strayed into a cell of an office that may not hold one is masked before it is written. Grounds: PIPL
art. 6 and 28 (least data for the task, children under 14 are sensitive) and domain.md, "Personal data".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mask = Literal["whole", "last_four", "masked", "month", "numbers_masked"]
MASKS: dict[Mask, str] = {
    "whole": "the value as it is",
    "last_four": "the last four characters of a number",
    "masked": "a name with its middle as *",
    "month": "year and month of a date, because a birth date beside a number's end gives the number away",
    "numbers_masked": "a sentence in which every number of 15 or more digits keeps its last four only",
}


@dataclass(frozen=True)
class Shown:
    """One column of a list: its name in the list's table, its heading, how much of it shows, and what it is for."""

    column: str
    label: str
    why: str
    mask: Mask = "whole"


@dataclass(frozen=True)
class Sheet:
    """One kind of list: the findings on it in their order, its columns, what the office is asked to do, and the answers
    it may give (codes of outcomes.csv, or their first letters): nobody can mark a child who attends as a dropout.
    """

    name: str
    title: str
    findings: tuple[str, ...]
    task: str
    columns: tuple[Shown, ...]
    outcomes: tuple[str, ...] = ("A", "B", "C", "D", "E")


@dataclass(frozen=True)
class Recipient:
    """One kind of office: its table, its sheets, and what it may hold beyond the least."""

    code: str
    chinese: str
    table: str
    sheets: tuple[Sheet, ...]
    why: str
    full_numbers: bool = False
    groups: bool = False


PRIORITY = Shown("priority_mark", "优先", "who is to be looked for first; not why")
NAME = Shown("name", "姓名", "the child to be verified")
SEX = Shown("sex", "性别", "tells children of one name apart")
CLASS = Shown("class_text", "年级班级", "where the child is on the roll")
SCHOOL = Shown("school_name", "学校", "the school of the roll, to be asked")
TOWNSHIP = Shown("township_name", "乡镇街道", "the township that visits")
LAST_FOUR = Shown("id_last_four", "证件号后四位", "tells children of one name apart", "last_four")
BIRTH_MONTH = Shown("birth_month", "出生年月", "tells children of one name apart, and the grade expected", "month")
PROBLEM = Shown("problem", "问题", "what is to be verified")
WHY = Shown("explanation", "为何列出", "the evidence, so that nobody has to ask", "numbers_masked")
LAST_ANSWER = Shown("last_answer", "上次答复", "what this or another office said last, so that it is not asked twice")
GROUPS = Shown("groups", "重点群体", "the help the family is entitled to is arranged by this office")
GUARDIAN = Shown("guardian_name", "监护人", "whom to ask for at the door")
PHONE = Shown("phone", "联系电话", "to arrange the visit")
ADDRESS = Shown("address", "住址", "where to go")
ELSEWHERE = Shown("attends_school_name", "实际就读学校", "the other school, with which the roll is to be settled")
DIFFERENCES = Shown("differences", "不一致之处", "what to correct, numbers by their end only", "numbers_masked")
DUE = Shown("due_on", "应答期限", "when the answer is due")
STATE = Shown("state", "状态", "how far the case is")
CASE = Shown("case_no", "案号", "the case to talk about over the telephone")
ASKED = Shown("asked_of", "责任单位", "who was asked")

ABSENT = ("A", "B", "C", "D", "E")
ATTENDING = ("A1", "C", "E")
ROLL = ("A", "B", "C", "E")
IDENTITY = ("B", "E")

_BASE = (PRIORITY, NAME, SEX, CLASS)
_CHILD = (*_BASE, LAST_FOUR)

SCHOOL_OFFICE = Recipient(
    "school", "学校", "school_list",
    (
        Sheet("在籍不在校", "在籍不在校学生核实名单", ("suspected_dropout", "absent_from_school"),
              "请逐人核实去向，从下拉列表选择核实结果；标“疑似辍学”的学生请先核实，联系不上的选“失联”。",
              (*_CHILD, PROBLEM, WHY, LAST_ANSWER)),
        Sheet("有辍学倾向", "有辍学倾向学生名单", ("dropout_risk",),
              "请班主任联系家长，了解缺课原因，填写核实结果；需要帮扶的在备注中写明。",
              (*_CHILD, WHY, LAST_ANSWER), ATTENDING),
        Sheet("人籍分离", "人籍分离学生名单", ("attends_elsewhere",),
              "请核实学生实际就读学校，督促家长办理转学手续，使学籍随人走。",
              (*_CHILD, ELSEWHERE, WHY, LAST_ANSWER), ROLL),
        Sheet("在校不在籍", "在校不在籍学生名单", ("attends_unregistered",),
              "请核实学生原学籍所在地；有学籍的办理转入，没有学籍的按规定注册。",
              (*_CHILD, WHY, LAST_ANSWER), ROLL),
        Sheet("重复学籍", "重复学籍学生名单", ("duplicate_registration",),
              "请与另一所学校核对，确定学生实际就读学校，注销多余学籍。",
              (*_CHILD, WHY, LAST_ANSWER), ROLL),
        Sheet("信息有误", "身份信息有误学生名单", ("identity_mismatch", "missing_id_number"),
              "请对照户口簿原件核对，学籍登记有误的由学校更正，户籍登记有误的告知家长到派出所办理。",
              (*_CHILD, PROBLEM, DIFFERENCES, WHY, LAST_ANSWER), IDENTITY),
    ),
    "keeps the roll; verifies its own pupils; has no part in aid lists, police numbers or addresses",
)  # fmt: skip

_VISIT = (PRIORITY, NAME, SEX, BIRTH_MONTH, GUARDIAN, PHONE, ADDRESS)
TOWNSHIP_OFFICE = Recipient(
    "township", "乡镇街道", "township_list",
    (
        Sheet("入户核实", "入户核实名单", ("not_enrolled", "suspected_dropout"),
              "请组织村（社区）入户核实，适龄未入学儿童在前；核实后从下拉列表选择核实结果，并注明现就读学校或去向。",
              (*_VISIT, SCHOOL, PROBLEM, GROUPS, WHY, LAST_ANSWER)),
    ),
    "visits the families living at its addresses and arranges aid",
    groups=True,
)  # fmt: skip

_IDENTITY = (
    Shown("name", "姓名", "the person whose entry is checked"),
    Shown("registry_name", "学籍登记姓名", "to compare with the household register"),
    Shown("registry_id_number", "学籍登记号码", "the number to check or to issue; the police keep the register of numbers"),
    Shown("registry_birth_date", "学籍登记出生日期", "to compare with the household register"),
    Shown("household_name", "户籍登记姓名", "the entry to check"),
    Shown("household_id_number", "户籍登记号码", "the entry to check"),
    Shown("household_birth_date", "户籍登记出生日期", "the entry to check"),
    Shown("guardian_name", "监护人", "who applies for the correction"),
    Shown("address", "住址", "the household's address"),
    Shown("problem", "问题", "what is to be verified"),
    Shown("police_explanation", "为何列出", "the evidence; numbers whole, since they are what is checked"),
    LAST_ANSWER,
)  # fmt: skip
POLICE_OFFICE = Recipient(
    "police", "公安派出所", "police_list",
    (
        Sheet("无身份证号", "无身份证号儿童名单", ("missing_id_number",),
              "请核查户口登记：户籍没有号码的排在前面，未落户的依规办理落户；户籍已有号码的只需确认号码无误。", _IDENTITY, IDENTITY),
        Sheet("身份信息有误", "身份信息不一致儿童名单", ("identity_mismatch",),
              "请核对户口登记；户籍有误的更正，户籍无误的选“身份证号或姓名错误”并在备注中写明正确信息，由学校更正学籍。",
              _IDENTITY, IDENTITY),
    ),
    "keeps the household register; the only office that needs whole numbers, and only for these two findings",
    full_numbers=True,
)  # fmt: skip

_COUNTY = (PRIORITY, SCHOOL, CLASS, TOWNSHIP, NAME, SEX, BIRTH_MONTH, LAST_FOUR, GROUPS, WHY, ASKED, STATE, DUE, CASE,
           LAST_ANSWER)  # fmt: skip
_COUNTY_TASK = "供县级督办；已由所列责任单位核实，仅在代为核实或“责任单位”为县级时填写核实结果。"
COUNTY_OFFICE = Recipient(
    "county", "区县教育局", "county_list",
    tuple(
        Sheet(name, f"{name}{kind}台账", (finding,), _COUNTY_TASK, _COUNTY, outcomes)
        for name, kind, finding, outcomes in (
            ("疑似辍学", "学生", "suspected_dropout", ABSENT), ("适龄未入学", "儿童", "not_enrolled", ABSENT),
            ("在籍不在校", "学生", "absent_from_school", ABSENT), ("有辍学倾向", "学生", "dropout_risk", ATTENDING),
            ("人籍分离", "学生", "attends_elsewhere", ROLL), ("在校不在籍", "学生", "attends_unregistered", ROLL),
            ("重复学籍", "学生", "duplicate_registration", ROLL),
            ("身份信息有误", "学生", "identity_mismatch", IDENTITY), ("无身份证号", "儿童", "missing_id_number", IDENTITY),
        )
    ),
    "answers for every child of the county and arranges aid; whole numbers stay with the police",
    groups=True,
)  # fmt: skip

ELSEWHERE_OFFICE = Recipient(
    "elsewhere", "户籍地教育局", "elsewhere_list",
    (
        Sheet("协查", "户籍在贵地学生协查名单", ("suspected_dropout", "absent_from_school"),
              "下列学生户籍在贵地、学籍在我地，现不在校。请协助核实是否已回户籍地就读，填写核实结果后退回发出单位。",
              (PRIORITY, NAME, SEX, BIRTH_MONTH, LAST_FOUR,
               Shown("guardian_name_masked", "监护人", "confirms the household without naming it", "masked"),
               SCHOOL, CLASS, PROBLEM, WHY, LAST_ANSWER)),
    ),
    "looks whether the child went back to where its household is registered; knows nothing else of the family",
)  # fmt: skip

RECIPIENTS: tuple[Recipient, ...] = (
    SCHOOL_OFFICE, TOWNSHIP_OFFICE, POLICE_OFFICE, COUNTY_OFFICE, ELSEWHERE_OFFICE,
)  # fmt: skip
BY_CODE: dict[str, Recipient] = {recipient.code: recipient for recipient in RECIPIENTS}


def routes() -> list[tuple[str, str, int, int]]:
    """Recipient, finding, number of the sheet within the recipient's workbook, and the finding's rank on that sheet."""
    return [
        (recipient.code, finding, sheet_no, rank)
        for recipient in RECIPIENTS
        for sheet_no, sheet in enumerate(recipient.sheets, start=1)
        for rank, finding in enumerate(sheet.findings, start=1)
    ]


@dataclass(frozen=True)
class Letter:
    """One kind of letter to a family: for which finding, who sends it, and what it may say.

    ``senders`` are kinds of office in the order they are asked: the first that has the child on its list sends the one
    letter. ``fields`` are what the template (``data/reference/templates/<chinese>.docx``) may name, by their headings;
    one that only some senders may know is left blank by the others (sql/report/letters.sql).
    """

    code: str
    chinese: str
    finding: str
    senders: tuple[str, ...]
    fields: tuple[Shown, ...]
    why: str


_LETTER = (
    Shown("case_no", "案号", "the number to talk about over the telephone, on letter, slip and receipt"),
    Shown("name", "姓名", "whose letter it is"),
    SEX,
    Shown("guardian_name", "监护人", "to whom it is addressed, where the sender visits the family"),
    Shown("address", "住址", "where it is delivered, where the sender visits the family"),
    Shown("due_on", "应答期限", "by when the family is asked to answer"),
)  # fmt: skip
LETTERS: tuple[Letter, ...] = (
    Letter("enrolment", "入学通知书", "not_enrolled", ("township", "county"),
           (*_LETTER, Shown("birth_month", "出生年月", "shows the family which child and why now", "month")),
           "asks the family of a child on no roll to enrol it (Compulsory Education Act art. 11)"),
    Letter("return", "劝返复学通知书", "suspected_dropout", ("school", "township", "county"), (*_LETTER, SCHOOL, CLASS),
           "asks the family of a pupil not seen to bring it back (Compulsory Education Act art. 5)"),
)  # fmt: skip


def letter_routes() -> list[tuple[str, str, str, int]]:
    """Letter, finding, kind of office that may send it, and its turn."""
    return [
        (letter.code, letter.finding, sender, turn)
        for letter in LETTERS
        for turn, sender in enumerate(letter.senders, start=1)
    ]
