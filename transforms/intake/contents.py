"""Says what a column holds by its cells, where its heading tells nothing: a number, a birth date, a child's name.

Offices invent headings no list can foresee (人员名称, 号码, 所在单位) and exports come without any. A column is only
taken where nearly every cell has the form of one field, no column known by its heading holds that field, and the
heading names no other person and no other time: an unknown column costs a question, a parent's number on the child
costs a wrong match.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from expectations.delivered import ROWS
from transforms.intake.cells import blank, is_footer, text_of
from transforms.intake.headers import (
    OTHER_PERSON,
    SEARCHED_ROWS,
    SEAT,
    Header,
    Understood,
    childs,
    exact,
    holds_values,
    is_key,
    labels_of,
    two_level,
    understand,
)
from transforms.reference import reference_file

SAMPLE = 60
SPARSE_SAMPLE = 3_000
"""Rows looked through for a column that is mostly blank, such as a date of leaving."""
FEWEST = 2
ALL_MUST_FIT_BELOW = 5
DOUBTED_BELOW = 0.2
YOUNGEST, OLDEST = 2, 22
"""How many years before the period a child of these lists may be born."""
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦"
    "贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔葛赖施文安洪庄殷凌樊兰鲁翟温章邢申"
    "倪季涂俞颜聂焦左柴关辛柳祝岳齐梅毕伍耿鲍华盛包詹单管屈牛符舒卓祁霍纪卜欧柏裴童项路解瞿翁骆宁滕苗房冉饶游隋尤阮蒙靳喻"
    "刁甘成车封时佟裘边戚司冷穆古桂艾戈茅初丛苟匡甄谷褚匙宫卞占佘巫牟麦连尚仇沙鄢郎郁景党荆原强晏娄费亢廉仲宗查迟应栾桑娜"
)
DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "夏侯",
    "东方",
    "端木",
    "南宫",
)
_PLACE_END = r"[镇乡村县市区省州路街组队社校班厂院所园庄屯]$|街道$|社区$|学校$|小学$|中学$|族$|年级$|居委会$"
_NAME = r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}"
_DOTTED = r"[\u3400-\u9fff]{1,12}(?:[·•・‧∙⋅．.●][\u3400-\u9fff]{1,12}){1,3}"
_NUMBER = r"[1-9]\d{5}(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?|\d{9})|[1-9]\.\d+E\+1[78]"
_WHOLE = r"[1-9]\d{5}((?:19|20)\d\d)(\d\d)(\d\d)\d{3}[\dXx]"
_MASKED = r"[1-9]\d{2,9}\*{4,12}[\dXx]{2,4}"
_REGISTERED = r"[GJLgjl]\d{17}[\dXx]"
_DATE = r"((?:19|20)\d\d)[-./年]?(0?[1-9]|1[0-2])[-./月]?(0?[1-9]|[12]\d|3[01])[日号]?(?:00:00:00)?"
_SEX = r"男|女|男性|女性|男孩|女孩|男生|女生"
_GRADE = r"(?:小学|初中|高中)?[一二三四五六七八九1-9]年级|20\d\d级|[初高][一二三123]|(?:小学|初中|高中)[一二三四五六123456]年级?"
_CLASS = r".{0,12}[\d一二三四五六七八九十)）]班|[一二三四五六七八九1-9][(（][\d一二三四五六七八九十]{1,2}[)）]"
_SCHOOL = r".{1,30}(?:小学|中学|学校|初中|[一二三四五六七八九十\d]中|学堂|教学点|附小|附中|实验小|中心校)(?:[(（].{1,10}[)）]|.{1,6}(?:校区|分校|校部|教学点))?"
_PHONE = r"1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7}"
_TOWNSHIP = r".{1,14}(?:镇|乡|街道|街道办|办事处|镇人民政府|乡人民政府)"
_COMMUNITY = r".{1,16}(?:村|社区|居委会|村委会|居民委员会|村民委员会)"
_AT_SCHOOL = "在读|在校|在籍|在学|就读"
_GONE = "死亡|病故|迁出|迁往|出国|重户|重复|注销"
_PERSON_BUT_FAMILY = (
    r"父|母|爸|妈|祖|爷|奶|姥|户主|成员|配偶|兄|姐|弟|妹|班主任|教师|老师|村|居委|经办|负责|填表|审核|包保|责任|推荐|派出所|"
    r"民警|干部|校长|单位|学校|传真|学籍|学号|编号|证|档案|卡|账"
)
_ANOTHER = r"曾|原|前|拟|迁|申请人|代理|委托|代办|校长|园长|干部|书记|民警|医生|受理|承办|主任|领导|组长|签|救助人|资助人|结对|帮扶人|帮扶责任"
_ANOTHER_TIME = (
    r"原|曾|转|毕业|前|新|拟|迁|应|是否|去向|流向|录取|志愿|报考|片|学区|对口|升|目标|意向|招生|留级|数$|率$"
)
_ANOTHER_DATE = r"入|批|审|登记|建|办|截|有效|更新|导出|录|填|采|注销|迁|变动|期限|起|止|开始|结束|到期|毕业|转|调查|认定|核|发证|签|离|复|休|销|返|报"
_STAYS = frozenset(("正常", "在册", "有效", "在户", "未注销"))
_STATUS_NOT = r"是否|来源|方式|体检|疫苗|健康|审核|办理|上报|资助|户"


@dataclass(frozen=True)
class Form:
    """The form of one field's cells, the share that must have it, and the headings that rule the field out."""

    column: str
    fits: Callable[[str], bool]
    share: float
    not_headed: str
    telling: Callable[[Sequence[str]], bool] = lambda values: True


def _headed(pattern: str, persons: bool = True) -> str:
    return f"{OTHER_PERSON.pattern}|{pattern}" if persons else pattern


@lru_cache(maxsize=8)
def words_of(table: str) -> frozenset[str]:
    """The words of a committed table of words."""
    with reference_file(f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["word"] for row in csv.DictReader(handle))


def _one_of(table: str) -> Callable[[str], bool]:
    return lambda text: all(part in words_of(table) for part in re.split(r"[、,，;；/\s]+", text) if part)


def is_name(text: str) -> bool:
    """Whether a text has the form of a person's name: a known surname with one or two names, or a dotted name."""
    if re.fullmatch(_DOTTED, text):
        return True
    return bool(
        re.fullmatch(_NAME, text)
        and (text[0] in SURNAMES or text.startswith(DOUBLE))
        and not re.search(_PLACE_END, text)
        and not is_footer(text)
    )


def is_number(text: str) -> bool:
    """Whether a text has the form of a citizen number, whole, shortened, masked or broken by Excel."""
    return bool(re.fullmatch(_NUMBER, text) or re.fullmatch(_MASKED, text))


def _varied(values: Sequence[str]) -> bool:
    return len(values) < ALL_MUST_FIT_BELOW or len(set(values)) >= 0.6 * len(values)


FORMS: tuple[Form, ...] = (
    Form("pupil_no", lambda t: bool(re.fullmatch(_REGISTERED, t)), 0.6, _headed(_ANOTHER)),
    Form("id_number", is_number, 0.7, _headed(_ANOTHER), _varied),
    Form("birth_date", lambda t: bool(re.fullmatch(_DATE, t)), 0.8, _headed(_ANOTHER_DATE), _varied),
    Form("phone", lambda t: bool(re.fullmatch(_PHONE, t)), 0.8, _PERSON_BUT_FAMILY),
    Form("sex", lambda t: bool(re.fullmatch(_SEX, t)), 0.9, _headed(_ANOTHER)),
    Form("school_name", lambda t: bool(re.fullmatch(_SCHOOL, t)), 0.8, _headed(_ANOTHER_TIME)),
    Form("township_name", lambda t: bool(re.fullmatch(_TOWNSHIP, t)), 0.8, _headed(r"原|迁|前|现|居住|暂住|籍贯|出生|就读|学校", False)),
    Form("community", lambda t: bool(re.fullmatch(_COMMUNITY, t)), 0.8, _headed(r"原|迁|前|现|居住|暂住|籍贯|出生|就读|学校", False)),
    Form("class_name", lambda t: bool(re.fullmatch(_CLASS, t)), 0.8, _headed(_ANOTHER_TIME)),
    Form("grade", lambda t: bool(re.fullmatch(_GRADE, t)), 0.8, _headed(_ANOTHER_TIME)),
    Form("status", _one_of("statuses"), 0.8, _headed(_STATUS_NOT),
         lambda values: sum(1 for v in values if re.search(_AT_SCHOOL, v)) >= 0.4 * len(values)),
    Form("left_reason", lambda t: t in _STAYS or t in words_of("leave_reasons"), 0.8, _headed("是否|与|关系"),
         lambda values: sum(1 for v in values if re.search(_GONE, v)) >= 2),
    Form("kind", _one_of("exempt_kinds"), 0.8, _headed("是否|原因|曾|原")),
    Form("group_name", _one_of("priority_groups"), 0.8, _headed("是否|曾|原"),
         lambda values: any(v not in ("其他", "其它") for v in values)),
    Form("name", is_name, 0.8, _headed(_ANOTHER + r"|镇|乡|社区|民族|籍|地"), _varied),
)  # fmt: skip
_BY_COLUMN = {form.column: form for form in FORMS}
_OF_SOURCE = {source: tuple(f for f in FORMS if f.column in contract.names) for source, contract in ROWS.items()}
_CHILDS = "姓|名|学生|幼儿|儿童|孩子|子女|对象|本人|人员|学员|少儿|新生"
_SHARP = ("id_number", "birth_date", "sex", "phone", "name", "school_name")
_SCHOOL_CODE = r"\d{6,12}[\dXA-Z]?|\d\.\d+E\+\d+"
_TELLS_WHO = {"id_number", "pupil_no", "birth_date", "sex"}


def plain(value: Any) -> str:
    """A cell as the forms want it: half-width, no blanks, no quotation marks."""
    return re.sub(r"[\s\u200b\ufeff'’‘`\"]+", "", unicodedata.normalize("NFKC", text_of(value) or ""))


def cells_at(rows: Sequence[Sequence[Any]], place: int) -> list[str]:
    """What is written in one column of a sample, blanks and words for nothing left out."""
    return [
        text
        for row in rows
        if place < len(row)
        and not blank(row[place])
        and (text := plain(row[place])) not in ("", "无", "/", "-", "NULL", "null")
    ]


def share_of(column: str, values: Sequence[str]) -> float:
    """The share of ``values`` that have the form of ``column``."""
    if column == "school_code":
        return sum(1 for v in values if re.fullmatch(_SCHOOL_CODE, v)) / len(values) if values else 0.0
    return sum(map(_BY_COLUMN[column].fits, values)) / len(values) if values else 0.0


def has_form(form: Form, values: Sequence[str], period: str) -> bool:
    """Whether a column's cells are those of a field; few cells must all have the form."""
    if len(values) < FEWEST:
        return False
    needed = 1.0 if len(values) < ALL_MUST_FIT_BELOW else form.share
    if share_of(form.column, values) < needed or not form.telling(values):
        return False
    return form.column not in ("id_number", "birth_date") or _of_children(values, form.column, period)


def _of_children(values: Sequence[str], column: str, period: str) -> bool:
    """Numbers and dates of birth must be children's: a parent's number has the same form."""
    pattern = _WHOLE if column == "id_number" else _DATE
    years = [int(found[1]) for value in values if (found := re.fullmatch(pattern, value))]
    if not years:
        return column == "id_number" and not any(re.fullmatch(_WHOLE, v) for v in values)
    latest = int(period[:4])
    young = sum(1 for year in years if latest - OLDEST <= year <= latest - YOUNGEST)
    return young >= 0.8 * len(years)


def of_adults(values: Sequence[str], column: str, period: str) -> bool:
    """Whether whole numbers or dates of birth stand in a column and most are grown-ups'."""
    pattern = _WHOLE if column == "id_number" else _DATE
    return any(re.fullmatch(pattern, value) for value in values) and not _of_children(values, column, period)


def completed(
    header: Header, source: str, rows: Sequence[Sequence[Any]], period: str, places: Sequence[int] | None = None
) -> Header:
    """The header with what the cells beneath tell about headings nobody knows; ``rows`` are those beneath it.

    ``places`` are the columns that may be taken, else every one with a heading. A column taken by likeness whose
    cells contradict it is given up first.
    """
    sample = rows[:SAMPLE]
    header = _undoubted(header, source, sample)
    header = _childs_wins(_national_wins(header, sample), sample, period)
    known = {u.place for u in header.understood} | {place for _, place in header.rivals}
    if places is None:
        places = [p for p, label in enumerate(header.headings) if label and label not in SEAT]
    open_places = [p for p in places if p not in known]
    if not open_places:
        return header
    cells = {place: cells_at(sample, place) for place in open_places}
    for place, values in cells.items():
        sparse = len(values) < ALL_MUST_FIT_BELOW
        if sparse or (source == "household" and share_of("left_reason", values) >= DOUBTED_BELOW):
            cells[place] = cells_at(rows[:SPARSE_SAMPLE], place)
    understood = list(header.understood)
    for form in _OF_SOURCE[source]:
        taken = next((u for u in understood if u.column == form.column), None)
        if taken and not (form.column == "pupil_no" and _auxiliary(cells_at(sample, taken.place))):
            continue
        fitting = [
            p
            for p, values in cells.items()
            if _may_stand_for(form, childs(_heading(header, p))) and has_form(form, values, period)
        ]
        found = _the_one(form, fitting, header, understood, sample)
        if found is not None:
            if taken:
                understood.remove(taken)
            understood.append(Understood(form.column, found, _heading(header, found) or _column(found), "content"))
            del cells[found]
    understood.extend(_bare_codes(header, source, understood, cells, sample, period))
    if understood == list(header.understood):
        return header
    understood.sort(key=lambda u: u.place)
    told = {u.heading for u in understood}
    return replace(header, understood=tuple(understood), unknown=tuple(h for h in header.unknown if h not in told))


def _bare_codes(
    header: Header,
    source: str,
    understood: Sequence[Understood],
    cells: Mapping[int, Sequence[str]],
    sample: Sequence[Sequence[Any]],
    period: str,
) -> list[Understood]:
    """Columns of bare digits the children's numbers explain: 1 and 2 that are their sex, a grade that fits their age, and
    the class right of such a grade. Digits nothing explains stay unknown."""
    told = {u.column: u.place for u in understood}
    people_at = told.get("id_number", told.get("pupil_no"))
    if people_at is None or source in ("household", "answers"):
        return []
    people = [_number_of(row, people_at) for row in sample]
    found: list[Understood] = []

    def take(column: str, place: int) -> None:
        found.append(Understood(column, place, _heading(header, place) or _column(place), "content"))

    for place, values in cells.items():
        heading = childs(_heading(header, place))
        if len(values) < ALL_MUST_FIT_BELOW or not all(re.fullmatch(r"0?\d{1,2}(?:\.0)?", value) for value in values):
            continue
        pairs = [
            (number, int(float(plain(row[place]))))
            for row, number in zip(sample, people, strict=True)
            if number is not None and place < len(row) and not blank(row[place])
        ]
        taken = {u.column for u in (*understood, *found)}
        if len(pairs) < ALL_MUST_FIT_BELOW:
            continue
        if "sex" not in taken and _may_stand_for(_BY_COLUMN["sex"], heading) and _are_sexes(pairs):
            take("sex", place)
        elif "grade" not in taken and _may_stand_for(_BY_COLUMN["grade"], heading) and _are_grades(pairs, period):
            take("grade", place)
            right = cells.get(place + 1, ())
            numbers = {value for value in right if re.fullmatch(r"[1-9]|[12]\d", value)}
            free = "class_name" not in taken and _may_stand_for(
                _BY_COLUMN["class_name"], childs(_heading(header, place + 1))
            )
            if free and numbers and numbers == set(right) and len(numbers) <= max(2, len(right) // 3):
                take("class_name", place + 1)
                return found
    return found


def _number_of(row: Sequence[Any], place: int) -> re.Match[str] | None:
    return re.fullmatch(_WHOLE, plain(row[place]).lstrip("GJLgjl")) if place < len(row) else None


def _are_sexes(pairs: Sequence[tuple[re.Match[str], int]]) -> bool:
    """Whether 1 and 2 say what the last digit but one of the numbers says: odd male, even female."""
    agreeing = sum(1 for number, code in pairs if code == (1 if int(number[0][16]) % 2 else 2))
    return {code for _, code in pairs} == {1, 2} and agreeing >= 0.9 * len(pairs)


def _are_grades(pairs: Sequence[tuple[re.Match[str], int]], period: str) -> bool:
    """Whether digits are the grades of children of these ages, of which there must be several."""
    begins = int(period[:4]) - (0 if period[5:7] >= "08" else 1)
    fitting = sum(1 for number, grade in pairs if 1 <= grade <= 12 and -1 <= begins - int(number[1]) - 5 - grade <= 2)
    return len({grade for _, grade in pairs}) >= 3 and fitting >= 0.9 * len(pairs)


def _national_wins(header: Header, sample: Sequence[Sequence[Any]]) -> Header:
    """Of two columns for the registry number, the one that holds national numbers."""
    for column, rival in header.rivals:
        place = header.places.get(column) if column == "pupil_no" else None
        if place is not None and _nationals(sample, rival) > _nationals(sample, place):
            understood = tuple(
                replace(u, place=rival, heading=header.headings[rival]) if u.column == column else u
                for u in header.understood
            )
            header = replace(header, understood=understood)
    return header


def _childs_wins(header: Header, sample: Sequence[Sequence[Any]], period: str) -> Header:
    """Of two columns for a number or a date of birth, the one that holds children's: the other is a parent's."""
    for column, rival in header.rivals:
        place = header.places.get(column) if column in ("id_number", "birth_date") else None
        if place is None or not of_adults(cells_at(sample, place), column, period):
            continue
        theirs = cells_at(sample, rival)
        if has_form(_BY_COLUMN[column], theirs, period):
            understood = tuple(
                replace(u, place=rival, heading=header.headings[rival]) if u.column == column else u
                for u in header.understood
            )
            header = replace(header, understood=understood)
    return header


def _nationals(sample: Sequence[Sequence[Any]], place: int) -> int:
    return sum(2 if re.fullmatch(_REGISTERED, v) else 1 for v in cells_at(sample, place) if len(v) >= 18)


def _auxiliary(values: Sequence[str]) -> bool:
    """Whether a column of registry numbers holds none that is national or a citizen number."""
    return len(values) >= ALL_MUST_FIT_BELOW and not any(re.fullmatch(_REGISTERED, v) or is_number(v) for v in values)


@lru_cache(maxsize=20_000)
def _may_stand_for(form: Form, heading: str) -> bool:
    """Whether a heading leaves a field possible: one that any source knows as another field's never does."""
    elsewhere = {found[0] for source in ROWS if heading and (found := exact(source, heading))}
    return not re.search(form.not_headed, heading) and (not elsewhere or form.column in elsewhere)


def _heading(header: Header, place: int) -> str:
    return header.headings[place] if place < len(header.headings) else ""


def _column(place: int) -> str:
    return f"第{place + 1}列"


def _undoubted(header: Header, source: str, sample: Sequence[Sequence[Any]]) -> Header:
    """Headings understood by likeness stay so only where the cells do not contradict."""
    doubted = [
        u
        for u in header.understood
        if u.method == "similar"
        and u.column in (*_SHARP, "school_code")
        and len(values := cells_at(sample, u.place)) >= ALL_MUST_FIT_BELOW
        and share_of(u.column, values) < DOUBTED_BELOW
    ]
    if not doubted:
        return header
    return replace(
        header,
        understood=tuple(u for u in header.understood if u not in doubted),
        unknown=(*header.unknown, *(u.heading for u in doubted)),
    )


def _the_one(
    form: Form,
    fitting: Sequence[int],
    header: Header,
    understood: Sequence[Understood],
    sample: Sequence[Sequence[Any]],
) -> int | None:
    """The one column that may stand for the field; of several equal ones none, since one is another's."""
    if form.column == "birth_date":
        fitting = [p for p in fitting if _agrees_with_number(p, understood, sample)]
    if len(fitting) > 1 and form.column == "name":
        fitting = [p for p in fitting if re.search(_CHILDS, _heading(header, p))]
    return fitting[0] if len(fitting) == 1 else None


def _agrees_with_number(place: int, understood: Sequence[Understood], sample: Sequence[Sequence[Any]]) -> bool:
    """A date beside whole numbers must be the date in most of them, else it is the date of something else."""
    number_at = next((u.place for u in understood if u.column in ("id_number", "pupil_no")), None)
    if number_at is None:
        return True
    compared = agreeing = 0
    for row in sample:
        if max(place, number_at) >= len(row):
            continue
        number, date = (
            re.fullmatch(_WHOLE, plain(row[number_at]).lstrip("GJLgjl")),
            re.fullmatch(_DATE, plain(row[place])),
        )
        if number and date:
            compared += 1
            agreeing += (number[1], int(number[2]), int(number[3])) == (date[1], int(date[2]), int(date[3]))
    return compared < 3 or agreeing >= 0.6 * compared


# ------------------------------------------------------------------------------------- headers nobody knows


def header_by_content(rows: Sequence[Sequence[Any]], source: str, period: str) -> Header | None:
    """A header whose heading for the name is unknown: short texts above rows one column of which holds names."""
    best: tuple[int, Header] | None = None
    labelled = [labels_of(row) for row in rows[: SEARCHED_ROWS + 1]]
    for at, labels in enumerate(labelled[:SEARCHED_ROWS]):
        if not _may_be_header(rows[at]):
            continue
        tried = [understand(source, tuple(labels), at, 1)]
        if (
            at + 1 < len(labelled)
            and not holds_values(rows[at + 1])
            and (two := two_level(source, labels, labelled[at + 1]))
        ):
            tried.append(understand(source, tuple(two), at, 2))
        for header in tried:
            beneath = rows[at + header.levels :]
            header = completed(header, source, beneath, period)
            fields = {u.column for u in header.understood}
            if not is_key(source, fields) or not fields & _TELLS_WHO or _is_data(rows[at], header):
                continue
            score = sum(2 if u.method == "exact" else 1 for u in header.understood)
            if best is None or score > best[0]:
                best = (score, header)
    return best[1] if best else None


def _may_be_header(row: Sequence[Any]) -> bool:
    filled = [value for value in row if not blank(value)]
    return len(filled) >= 2 and all(type(v) is str and len(v) <= 30 and not re.search(r"\d{5}", v) for v in filled)


def _is_data(row: Sequence[Any], header: Header) -> bool:
    """Whether the row itself holds what its columns hold, so that it is no header."""
    judged = [u for u in header.understood if u.column in _BY_COLUMN and u.place < len(row) and not blank(row[u.place])]
    return 2 * sum(1 for u in judged if _BY_COLUMN[u.column].fits(plain(row[u.place]))) > len(judged)


def no_header(rows: Sequence[Sequence[Any]], source: str, period: str) -> Header | None:
    """The columns of a sheet without any header: only where names stand beside numbers or dates of birth."""
    start = next((at for at, row in enumerate(rows[:SEARCHED_ROWS]) if _is_childs_row(row)), None)
    if start is None or source == "answers":
        return None
    beneath = rows[start : start + SAMPLE]
    width = max(len(row) for row in beneath)
    nameless = Header(start, 0, (), headings=("",) * width)
    others = {
        place
        for row in rows[:start]
        if _may_be_header(row)
        for place, label in enumerate(labels_of(row))
        if OTHER_PERSON.search(childs(label))
    }
    header = completed(nameless, source, beneath, period, [place for place in range(width) if place not in others])
    fields = {u.column for u in header.understood}
    return header if "name" in fields and fields & {"id_number", "pupil_no", "birth_date"} else None


def _is_childs_row(row: Sequence[Any]) -> bool:
    """Whether a row holds a name and a number or a date."""
    written = [plain(value) for value in row if not blank(value)]
    return any(map(is_name, written)) and any(
        is_number(text) or re.fullmatch(_REGISTERED, text) or re.fullmatch(_DATE, text) for text in written
    )


def people_among(rows: Sequence[Sequence[Any]], first_row: int) -> list[tuple[int, str]]:
    """The rows of a sheet nobody understood that look like children's, with their number and what they hold.

    A row with a name or a number and two further cells; columns headed by another person (班主任, 校长) do not count.
    """
    heads = [labels_of(row) for row in rows[:SEARCHED_ROWS] if _may_be_header(row)]
    heading = max(heads, key=lambda labels: sum(1 for label in labels if label), default=[])
    others = {place for place, label in enumerate(heading) if re.search(_OTHERS, childs(label))}
    found = []
    for at, row in enumerate(rows):
        filled = [(place, plain(value)) for place, value in enumerate(row) if not blank(value)]
        if len(filled) >= 3 and any(
            is_name(text) or is_number(text) or re.fullmatch(_REGISTERED, text)
            for place, text in filled
            if place not in others
        ):
            found.append((first_row + at, " | ".join(text for _, text in filled)))
    return found


_OTHERS = _headed(_ANOTHER)
