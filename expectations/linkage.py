"""The tables linkage makes on its way from single records to `links` and `review_pairs`; all but the weights temporary."""

from __future__ import annotations

from dataclasses import replace

from expectations.contract import Column, Contract
from expectations.delivered import PERIOD
from expectations.derived import IN_DISTRICT, PERSON_RECORDS, RECORD_ID

_PERSON = {c.name: c for c in PERSON_RECORDS.columns}
LEFT_NO = Column("left_no", "bigint", "person_no of the record nearer the roll", required=True)
RIGHT_NO = Column("right_no", "bigint", "person_no of the other record", required=True)
PERSON_NO = Column("person_no", "bigint", "running number of the record", required=True)
ATTENDER_NO = Column(
    "attender_no", "bigint", "person_no that stands for all rows of one child attending", required=True
)
LEFT_SOURCE = Column("left_source", "text", "its source")
RIGHT_SOURCE = Column("right_source", "text", "its source")
NAME_LEVEL = Column("name_level", "text", "how far the names agree")
WEIGHT = Column("weight", "float", "match weight in bits")
PROBABILITY = Column("probability", "float", "probability that both are one child")
VERDICT = Column("verdict", "text", "link or review")
DOUBT = Column("doubt", "text", "why people decide")
LEVELS = tuple(
    Column(name, "text", f"how far the two agree on {name}")
    for name in ("name", "id_number", "birth_date", "sex", "family", "place", "school", "grade")
)
TWIN = Column("twin", "bool", "one of the two has a brother or sister born the same day")


def _made(name: str, title: str, grain: str, columns: tuple[Column, ...], key: tuple[str, ...]) -> Contract:
    return Contract(name, "link", title, grain, columns, key, temporary=True)


_GIVEN = tuple(Column(name, "text", f"{name} as given") for name in (
    "record_id", "name", "former_name", "id_number", "birth_date", "sex", "district_code", "township_code",
    "school_code", "grade", "class_no", "guardian_name", "guardian_id_number", "phone", "address",
))  # fmt: skip
ROW_NO = Column("row_no", "bigint", "place of the row in the table, from nought")
GIVEN_LEFT = _made(
    "given_left", "左表", "one record of the left table handed to `baoxue link`", (*_GIVEN, ROW_NO), ("record_id",)
)
GIVEN_RIGHT = _made("given_right", "右表", "one record of the right table", (*_GIVEN, ROW_NO), ("record_id",))
GIVEN_NUMBERS = _made(
    "given_numbers", "两表号码", "one record of either table, as far as the first glance needs it",
    (Column("side", "text", "left or right", required=True), ROW_NO, *(c for c in _GIVEN if c.name in ("record_id", "name", "birth_date")),
     Column("number", "bigint", "its 18-character number as a whole number, see number_value")), ("side", "record_id"),
)  # fmt: skip
_BOTH_IDS = (
    Column("left_record_id", "text", "record of the left table", required=True),
    Column("right_record_id", "text", "record of the right table", required=True),
)
_BOTH_ROWS = (
    Column("left_row", "bigint", "row_no of the left record"),
    Column("right_row", "bigint", "row_no of the right one"),
)
SURE_PAIRS = _made(
    "sure_pairs", "确定的记录对", "one pair with one valid number and one name",
    (*_BOTH_ROWS, *_BOTH_IDS, Column("name", "text", "their name"),
     Column("share", "int", "one pair in so many is an example", required=True),
     Column("is_example", "bool", "weights are learned from it", required=True),
     Column("is_settled", "bool", "nothing more is compared with it", required=True)),
    ("left_record_id",),
)  # fmt: skip
GIVEN_RECORDS = _made(
    "given_records", "待关联记录", "one record of a table handed to `baoxue link` that is not settled at once",
    (Column("side", "text", "registry for the left table, household for the right", required=True), *_GIVEN), ("record_id",),
)  # fmt: skip
PERSON_FIELDS = _made(
    "person_fields", "人员字段", "one accepted record of a person before its name is taken apart",
    (
        PERIOD, IN_DISTRICT, RECORD_ID,
        *(_PERSON[n] for n in (
            "source", "name", "former_name", "id_number", "id_kind", "id_prefix", "birth_date", "sex", "grade", "class_no",
            "school_code", "township_code", "pupil_no", "guardian_name", "guardian_id_number", "guardian2_name",
            "guardian2_id_number", "phone", "address", "household_no", "sheet_order", "days_away", "days_accounted", "in_force",
        )),
    ),
    ("record_id",),
)  # fmt: skip
PERSON_NAMES = _made(
    "person_names", "姓名拆分", "one distinct name",
    (*(_PERSON[n] for n in ("name", "name_key", "surname", "given", "name_sound", "name_shape")),
     Column("records", "bigint", "registry and household records of the name, those set aside included")), ("name",),
)  # fmt: skip
KNOWN_NUMBERS = _made(
    "known_numbers",
    "已知号码",
    "one record with a number it is known by",
    (PERSON_NO, _PERSON["id_number"]),
    ("person_no",),
)
NUMBER_PAIRS = _made(
    "number_pairs", "同号记录", "two records with one valid number",
    (LEFT_NO, RIGHT_NO, LEFT_SOURCE, RIGHT_SOURCE, Column("left_in_force", "bool", "left still stands"),
     Column("birth_date", "text", "how far the birth dates agree"), NAME_LEVEL,
     Column("same_class", "bool", "both stand on the roll of one class")),
    ("left_no", "right_no"),
)  # fmt: skip
NUMBER_LINKS = _made(
    "number_links", "按证号关联", "one record joined by number",
    (LEFT_NO, RIGHT_NO, LEFT_SOURCE, RIGHT_SOURCE, NAME_LEVEL), ("right_no",),
)  # fmt: skip
TWINS = _made(
    "twins", "同日生兄弟姐妹", "one record with a sibling born the same day",
    (PERSON_NO, Column("others_joined", "bool", "whether the siblings born that day are joined by number and name")), ("person_no",),
)  # fmt: skip
OPEN_RECORDS = _made(
    "open_records", "未按证号关联的记录", "one record no number has settled",
    (PERSON_NO, Column("source", "text", "its source"), Column("district_code", "text", "its district"),
     Column("is_numbered", "bool", "it has a valid number")), ("person_no",),
)  # fmt: skip
KIND = Column("kind", "text", "cross, duplicate, other, confirmed, likely or random", required=True)
CANDIDATE_PAIRS = _made(
    "candidate_pairs",
    "候选记录对",
    "two records worth comparing",
    (LEFT_NO, RIGHT_NO, KIND),
    ("left_no", "right_no", "kind"),
)
PAIR_LEVELS = _made(
    "pair_levels", "逐项比对", "one candidate pair, field by field",
    (LEFT_NO, RIGHT_NO, KIND, LEFT_SOURCE, RIGHT_SOURCE, *LEVELS, TWIN), ("left_no", "right_no", "kind"),
)  # fmt: skip
LINK_WEIGHTS = Contract(
    "link_weights", "link", "比对权重", "one level of agreement of one field",
    (
        PERIOD, IN_DISTRICT,
        Column("field", "text", "field compared", "字段", required=True),
        Column("level", "text", "level of agreement", "符合程度", required=True),
        Column("m", "float", "share of the level among records of one child", "m", required=True),
        Column("u", "float", "share of the level among records of two children", "u", required=True),
        Column("weight", "float", "log2 of m ÷ u", "权重", required=True),
        Column("pairs_m", "bigint", "number-confirmed pairs seen at the level", required=True),
        Column("pairs_u", "bigint", "random pairs seen at the level", required=True),
        Column("origin", "text", "estimated in this run, or prior", required=True),
    ),
    ("field", "level"),
)  # fmt: skip
SCORED_PAIRS = _made(
    "scored_pairs", "加权记录对", "one candidate pair with its weight",
    (LEFT_NO, RIGHT_NO, KIND, LEFT_SOURCE, RIGHT_SOURCE, Column("left_in_force", "bool", "left still stands"),
     Column("right_in_force", "bool", "right still stands"), *LEVELS, TWIN, WEIGHT,
     Column("prior", "float", "prior log2 odds of a pair of this kind")),
    ("left_no", "right_no", "kind"),
)  # fmt: skip
JUDGED_PAIRS = _made(
    "judged_pairs", "判定记录对", "one scored pair that may be one child",
    (LEFT_NO, RIGHT_NO, KIND, LEFT_SOURCE, RIGHT_SOURCE, *LEVELS, TWIN, WEIGHT, PROBABILITY,
     Column("odds", "float", "odds before rivals"), DOUBT, VERDICT),
    ("left_no", "right_no", "kind"),
)  # fmt: skip
_SPELLED_LEVELS = tuple(
    Column(name, "text", f"how far the two agree on {name}")
    for name in ("name", "id_number", "birth_date", "address", "phone", "guardian", "sex", "place")
)
SPELLED_RECORDS = _made(
    "spelled_records", "拼写姓名记录", "one registry or household record whose name is written in Latin letters",
    (PERSON_NO, Column("source", "text", "its source"),
     Column("words", "texts", "words of the name"), Column("whole_name", "text", "its words in order of the alphabet, joined"),
     Column("name_in_order", "text", "its words joined"),
     Column("number", "text", "letters and digits of the number"), Column("birth", "text", "digits of the birth date as written"),
     Column("address_words", "texts", "words and numbers of the address"), Column("pieces", "texts", "its pieces of three letters"),
     Column("sex", "text", "sex"), Column("phone", "text", "telephone"), Column("guardian", "text", "guardian's name"),
     Column("place", "text", "township, else district"),
     Column("has_family", "bool", "another of the register may be of its household")), ("person_no",),
)  # fmt: skip
SPELLED_PAIRS = _made(
    "spelled_pairs", "拼写姓名记录对", "two records with spelled names, field by field",
    (LEFT_NO, RIGHT_NO, KIND, Column("shared_words", "texts", "words of the name both have"),
     Column("has_family", "bool", "one of the two may have a family in the registers"), *_SPELLED_LEVELS),
    ("left_no", "right_no", "kind"),
)  # fmt: skip
SPELLED_WEIGHTS = _made(
    "spelled_weights",
    "拼写姓名比对权重",
    "one level of agreement of one field",
    tuple(c for c in LINK_WEIGHTS.columns if c.name not in ("period", "district_code")),
    ("field", "level"),
)
SPELLED_LINKS = _made(
    "spelled_links",
    "拼写姓名关联",
    "one pair of records with spelled names that may be one person",
    (LEFT_NO, RIGHT_NO, *_SPELLED_LEVELS, WEIGHT, PROBABILITY, DOUBT, VERDICT),
    ("left_no", "right_no"),
)
PERSON_LINKS = _made(
    "person_links", "学籍户籍关联", "one registry or household record joined to another",
    (LEFT_NO, RIGHT_NO, LEFT_SOURCE, RIGHT_SOURCE, Column("tier", "text", "stage that joined them"), NAME_LEVEL, PROBABILITY),
    ("right_no",),
)  # fmt: skip
OTHER_LINKS = _made(
    "other_links", "名单关联", "one listed record and a child it may be",
    (LEFT_NO, RIGHT_NO, LEFT_SOURCE, RIGHT_SOURCE, *LEVELS, TWIN, Column("turn", "bigint", "rank among its candidates"),
     WEIGHT, PROBABILITY, DOUBT, VERDICT),
    ("left_no", "right_no"),
)  # fmt: skip
ATTENDERS = _made(
    "attenders", "考勤学生归并", "one attendance record and the child attending",
    (PERSON_NO, ATTENDER_NO, Column("namesake", "bigint", "which of several of one name on the sheet"),
     Column("namesakes", "bigint", "how many of the name are on the sheet")), ("person_no",),
)  # fmt: skip
ROLL_PLACES = _made(
    "roll_places", "学籍席位", "one place on a roll",
    (PERSON_NO, *(_PERSON[n] for n in (
        "school_code", "grade", "class_no", "name_key", "former_name_key", "name_sound", "name_shape", "given", "surname",
        "birth_date", "pupil_no", "id_number", "id_kind", "sex", "in_force", "district_code",
    ))),
    ("person_no",),
)  # fmt: skip
STEP = Column("step", "text", "the step that found it")
ATTENDER_NUMBERS = _made(
    "attender_numbers",
    "考勤按号关联",
    "one attender found by a number",
    (ATTENDER_NO, LEFT_NO, NAME_LEVEL, STEP, Column("own_school", "bool", "the child's school is that of the sheet")),
    ("attender_no",),
)
CLASS_LINKS = _made(
    "class_links",
    "班内关联",
    "one attender and a place of its name in its class",
    (ATTENDER_NO, LEFT_NO, Column("told_apart", "bool", "no other child could be meant, or it would change nothing")),
    ("attender_no", "left_no"),
)
SCHOOL_LINKS = _made(
    "school_links", "校内关联", "one attender and a place in its school",
    (ATTENDER_NO, LEFT_NO, Column("step", "int", "the step that found it"), NAME_LEVEL,
     Column("own_grade", "bool", "the grade of the sheet"), Column("own_class", "bool", "the class of the sheet"),
     Column("class_known", "bool", "sheet and roll both say the class"),
     Column("sole", "bool", "neither has another candidate")),
    ("attender_no", "left_no"),
)  # fmt: skip
CITY_LINKS = _made(
    "city_links", "全市关联", "one attender and a child of its name elsewhere",
    (ATTENDER_NO, LEFT_NO, LEFT_SOURCE, Column("same_grade", "bool", "grades agree"), Column("age_fits", "bool", "age of the grade"),
     Column("same_district", "bool", "one district"), Column("ground", "text", "what joins them"), VERDICT),
    ("attender_no", "left_no"),
)  # fmt: skip
PAIR_KEY = Column("pair_key", "text", "keyed digest of what is written about the two records", required=True)
PAIR_NO = Column("pair_no", "text", "number of the pair for people", "核对编号")
LINK_PROPOSALS = _made(
    "link_proposals", "关联建议", "two records the machine would join or show",
    (LEFT_NO, RIGHT_NO, Column("tier", "text", "stage that judged the pair"), WEIGHT, PROBABILITY,
     Column("evidence", "text", "fields that agree, are near, or differ"), DOUBT, VERDICT, PAIR_KEY),
    ("left_no", "right_no"),
)  # fmt: skip
DECISION = Column("decision", "text", "same, different or (answers only) unsure", required=True)
PAIR_ANSWERS = _made(
    "pair_answers", "人工核对答复", "one answer about a pair of records",
    (RECORD_ID, IN_DISTRICT, Column("delivery_id", "text", "the returned list"), Column("sheet", "text", "sheet name"),
     Column("row_no", "int", "row as Excel counts it"), PAIR_NO, replace(PAIR_KEY, required=False), DECISION,
     Column("answered_on", "date", "day of the answer")), ("record_id", "pair_key"),
)  # fmt: skip
PAIR_DECISIONS = Contract(
    "pair_decisions", "link", "人工核对结论", "one pair of records people have decided about",
    (PERIOD, IN_DISTRICT, PAIR_KEY, replace(PAIR_NO, required=True), DECISION,
     Column("decided_on", "date", "day of the answer that counts", "核实日期"),
     Column("decided_period", "text", "period it was given in", required=True),
     Column("fault", "text", "why it has no effect: contradicted, joins_two; empty where it has")),
    ("pair_key",),
)  # fmt: skip
PAIR_ISSUES = Contract(
    "pair_issues", "link", "人工核对答复问题", "one decision on a pair that an office has to look at again",
    (PERIOD, IN_DISTRICT, RECORD_ID, Column("delivery_id", "text", "the returned list", required=True),
     Column("sheet", "text", "sheet name", "工作表"), Column("row_no", "int", "row as Excel counts it", "行"),
     Column("code", "text", "which kind", required=True), Column("sentence", "text", "what to correct", "说明", required=True)),
    ("record_id", "code"),
)  # fmt: skip

GIVEN_PAIRS = _made(
    "given_pairs", "关联结果", "one record of the left and one of the right table that are one person or may be",
    (*_BOTH_IDS, Column("tier", "text", "stage that judged the pair"), WEIGHT, PROBABILITY, Column("decision", "text", "link or review")),
    ("left_record_id", "right_record_id"),
)  # fmt: skip

LINKAGE: tuple[Contract, ...] = (
    GIVEN_LEFT, GIVEN_RIGHT, GIVEN_NUMBERS, SURE_PAIRS,
    GIVEN_RECORDS, PERSON_FIELDS, PERSON_NAMES, KNOWN_NUMBERS, NUMBER_PAIRS, NUMBER_LINKS, TWINS, OPEN_RECORDS, CANDIDATE_PAIRS, PAIR_LEVELS,
    LINK_WEIGHTS, SCORED_PAIRS, JUDGED_PAIRS, SPELLED_RECORDS, SPELLED_PAIRS, SPELLED_WEIGHTS, SPELLED_LINKS, PERSON_LINKS, OTHER_LINKS, ATTENDERS, ROLL_PLACES, ATTENDER_NUMBERS,
    CLASS_LINKS, SCHOOL_LINKS, CITY_LINKS, LINK_PROPOSALS, PAIR_ANSWERS, PAIR_DECISIONS, PAIR_ISSUES, GIVEN_PAIRS,
)  # fmt: skip
