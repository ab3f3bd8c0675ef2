"""The tables on the way between reading a delivery and accepting its rows; none of them is kept."""

from __future__ import annotations

from dataclasses import replace

from expectations.contract import Column, Contract
from expectations.delivered import DISTRICT, PERIOD, PROVENANCE, SCHOOL_CODE, SCHOOL_NAME
from expectations.derived import DELIVERIES, ISSUES, SOURCE

IN_DISTRICT = replace(DISTRICT, required=True)
CODE = Column("code", "text", "which kind, see issue_codes", required=True)
SEVERITY = replace(ISSUES["severity"], label="")

DELIVERY_FACTS = Contract(
    "delivery_facts", "intake", "文件读取情况",
    "one file found in the inbox, as reading left it",
    (
        *(c for c in DELIVERIES.columns if c.name not in {"verdict", "reason", "rows_accepted", "rows_set_aside"}),
        Column("refusal", "text", "the sentence it was refused with while it was read"),
        Column("duplicate_of", "text", "path of the same file (content and source) earlier in the inbox"),
    ),
    ("delivery_id",), temporary=True,
)  # fmt: skip

READING_ISSUES = Contract(
    "reading_issues", "intake", "读取时发现的问题",
    "one issue raised while a file was read",
    (
        *(replace(c, required=c.name in {"period", "district_code", "delivery_id", "code"})
          for c in ISSUES.columns if c.name not in {"issue_no", "record_id"}),
        Column("given_no", "bigint", "its place among the file's issues", required=True),
    ),
    ("delivery_id", "given_no"), temporary=True,
)  # fmt: skip

CODE_WORDS = Contract(
    "code_words", "intake", "问题代码", "one kind of issue, from expectations/issue_codes.py",
    (CODE, SEVERITY, Column("sentence", "text", "its sentence; {detail} is the column's heading", required=True)),
    ("code",), temporary=True,
)  # fmt: skip

COLUMN_WORDS = Contract(
    "column_words", "intake", "列名", "one column of one source, from its contract",
    (
        SOURCE, Column("column_name", "text", "the contract's column", required=True),
        Column("label", "text", "its heading", required=True), Column("message", "text", "its own sentence"), SEVERITY,
    ),
    ("source", "column_name"), temporary=True,
)  # fmt: skip

SUITE_FAILURES = Contract(
    "suite_failures", "intake", "未通过检查的行", "one row that breaks one rule of one column, found by the suite",
    (
        SOURCE, Column("record_id", "text", "the row", required=True),
        Column("column_name", "text", "the contract's column", required=True), CODE, SEVERITY,
    ),
    ("record_id", "column_name", "code"), temporary=True,
)  # fmt: skip

RECORD_HEADS = Contract(
    "record_heads", "intake", "各来源的行",
    "one interpreted row of any source, with what decides whether it stands twice",
    (
        *PROVENANCE, SOURCE,
        Column("name", "text", "the child's name", personal=True),
        replace(SCHOOL_CODE, headers=(), description="the school's code as written"), replace(SCHOOL_NAME, headers=()),
        Column("class_key", "text", "grade, class and month of an attendance sheet; null for the other sources"),
        Column("group_key", "text", "group or kind a list is about; null for the other sources"),
        Column("marks", "text", "marks of the month"),
        Column("birth_date", "date", "birth day", personal=True),
        Column("data_on", "date", "date of the extract"),
        Column("same_pupil", "text", "equal for two rows that are one pupil entered twice; null where nobody can say",
               personal=True),
        Column("numbered", "bool", "has something besides the name that tells namesakes apart", required=True),
        Column("notes", "texts", "column:code, from the interpretation"),
    ),
    ("record_id",), temporary=True,
)  # fmt: skip

REDELIVERIES = Contract(
    "redeliveries", "intake", "被更正的行",
    "one row of a delivery that a later delivery of the same school, class or office replaces",
    (
        PERIOD, IN_DISTRICT, SOURCE, Column("record_id", "text", "the row replaced", required=True),
        Column("delivery_id", "text", "its file", required=True),
        Column("later_delivery_id", "text", "the file that replaces it", required=True),
    ),
    ("record_id",), temporary=True,
)  # fmt: skip

SET_ASIDE = Contract(
    "set_aside", "intake", "搁置的原因",
    "one reason why one row is set aside",
    (
        PERIOD, IN_DISTRICT, SOURCE, Column("record_id", "text", "the row", required=True),
        Column("delivery_id", "text", "its file", required=True), CODE,
    ),
    ("record_id", "code"), temporary=True,
)  # fmt: skip

GROWN_UPS = Contract(
    "grown_ups", "intake", "户籍和重点群体名单中的成年人",
    "one row of a household extract or of a list of need by household that is an adult's, declared no data",
    (
        PERIOD, IN_DISTRICT, Column("record_id", "text", "the row", required=True),
        Column("delivery_id", "text", "its file", required=True),
    ),
    ("record_id",), temporary=True,
)  # fmt: skip

NAMED_SCHOOLS = Contract(
    "named_schools", "clean", "各表中的学校",
    "one school as one source of one district names it: code and name together",
    (
        PERIOD, IN_DISTRICT, SOURCE, replace(SCHOOL_CODE, headers=()), replace(SCHOOL_NAME, headers=()),
        Column("rows_naming", "bigint", "rows that name it so", required=True),
        Column("has_primary", "bool", "grades 1–6 among them", required=True),
        Column("has_junior", "bool", "grades 7–9 among them", required=True),
        Column("has_senior", "bool", "grades 10–12 among them", required=True),
    ),
    ("district_code", "source", "school_code", "school_name"), temporary=True,
)  # fmt: skip

DELIVERY_SCHOOLS = Contract(
    "delivery_schools", "clean", "各文件的学校",
    "one way a delivery names a school, with what it was resolved to",
    (
        Column("delivery_id", "text", "the file", required=True),
        replace(SCHOOL_CODE, headers=(), description="the school's code as written"), replace(SCHOOL_NAME, headers=()),
        Column("school", "text", "the school meant, else as it is written; empty where none is named"),
        Column("school_of_code", "text", "the school the code was resolved to"),
        Column("candidates_of_code", "text", "nearest names, where the code was not resolved"),
        Column("school_of_name", "text", "the school the name was resolved to"),
        Column("candidates_of_name", "text", "nearest names, where the name was not resolved"),
        Column("registered_name", "text", "the name of the school it was resolved to"),
    ),
    ("delivery_id", "school_code", "school_name"), temporary=True,
)  # fmt: skip

HOUSEHOLD_TOWNSHIPS = Contract(
    "household_townships", "clean", "户籍乡镇代码",
    "one township a district's household rows name, whose code other rows tell",
    (
        IN_DISTRICT, Column("township_name", "text", "as household rows write it", required=True),
        Column("township_code", "text", "nine-digit township code", required=True),
    ),
    ("district_code", "township_name"), temporary=True,
)  # fmt: skip

TAKEN_IN: tuple[Contract, ...] = (
    DELIVERY_FACTS, READING_ISSUES, CODE_WORDS, COLUMN_WORDS, SUITE_FAILURES, RECORD_HEADS, REDELIVERIES, SET_ASIDE,
    GROWN_UPS, NAMED_SCHOOLS, DELIVERY_SCHOOLS, HOUSEHOLD_TOWNSHIPS,
)  # fmt: skip
