"""What titles, sheet names and file names say: school, grade, class and month.

Everything is returned as text under the contract's names; what a grade's text means is the clean stage's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_NUMBER = r"(?:\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SCHOOL_END = (
    r"(?:小学部|初中部|[小中]学校?(?!(?<=[初一二三四五六七八九十\d][小中]学)[生籍部])|学校|"
    r"(?:\d{1,3}|[一二三四五六七八九十〇零]{1,4})[中小](?!队|组|结|考(?!勤)|型|段|学校?(?!生|籍))|[一二三四五六七八九十]校|实验校|实验小|中心小|附小|附中|实小|实中|"
    r"初中|教学点|村[小校]|完小|校点(?!名|到)|九义校|书院|学堂|中心校|职教中心|职业高中|职高|技校|学院)"
)
_SHORT = r"(?:第?(?:[1-9]\d?|[一二三四五六七八九十]{1,3})[中小]|[实附][中小]|中心校|实验校)"
_SHORT_SCHOOL = re.compile(
    rf"(?<![\u3400-\u9fff\d])({_SHORT}(?:小学部|初中部)?)(?:(?![\u3400-\u9fff\d])|(?=20\d\d)"
    r"|(?=学生|学籍|初[一二三中]|高[一二三中]|[一二三四五六七八九]\s*(?:年|[(（])|考勤|出勤|缺勤|到校|点名|花名|名册|名单|在籍|在校|全校|各班|教学|上报|打卡))"
)
"""A school called by its number alone, 一中 or 二小, where nothing else can be meant."""
_SCHOOL_TAIL = r"(?:[(（]?[\u4e00-\u9fff]{1,8}(?:校区|分校|教学点|分部|校部)[)）]?|[(（](?!盖章|公章|[更修订]|补正|补报|最新|新[)）]|终|定稿|已|副本)[\u4e00-\u9fff]{1,6}[)）])?"
_SCHOOL = re.compile(rf"[\u3400-\u9fff\w·()（）]{{0,40}}[\u3400-\u9fff〇○\d]{_SCHOOL_END}{_SCHOOL_TAIL}")
_SCHOOL_LABEL = re.compile(
    r"(?:学校名称|学校全称|学校|校名|填报单位|报送单位|单位名称|单位)[(（]?(?:盖章|公章)?[)）]?\s*[:：]\s*([^\s:：,，;；]{2,40})"
)
_BETWEEN = re.compile(r"[_\s/\\,，;；:：《》【】\[\]\"“”|—-]+")
_OF_A_GRADE = re.compile(rf"(?:{_NUMBER})年级|20\d\d级|(?<![一-龥])(?:初|高)[一二三123](?!中|小)")
_SEAL = re.compile(r"\((?:加?盖?公?章|签章)\)$")
_CLASS_LABEL = re.compile(r"(?:班级名称|班级|年级班级|年班|班别)\s*[:：]\s*([^\s:：,，;；]{1,20})")
_GRADE_LABEL = re.compile(r"年级\s*[:：]\s*([^\s:：,，;；]{1,10})")
_YEAR = r"(?:20\d\d|[二2][〇○零0OoＯ][一二三四五六七八九〇○零\d]{2})"
_YEARS = re.compile("[2二]")
"""What every year begins with: what holds none has neither a date nor a term."""
_TERM = re.compile(
    rf"({_YEAR})\s*[-—–~至/]+\s*({_YEAR})\s*学?年度?\s*第?\s*([一二上下12秋春]?)\s*学?期?|({_YEAR})\s*学年度?\s*第?([一二上下12秋春]?)\s*学?期?"
)
_YEAR_OR_TERM = re.compile(rf"{_YEAR}\s*年度?|第?[一二上下秋春]季?学期|学年度?|学期")
_DATE = re.compile(
    rf"({_YEAR})\s*[年./-]\s*({_NUMBER})\s*(?:[./-]|月(?!\s*{_NUMBER}\s*(?:年|班|[(（]\s*{_NUMBER}\s*[)）])))\s*({_NUMBER})\s*日?"
)
"""Not 2025年9月三年级 nor 2025年9月三(2)班: there a month and a class stand side by side."""
_MONTH = (
    re.compile(rf"({_YEAR})\s*年\s*({_NUMBER})\s*月"),
    re.compile(r"(?<!\d)(20\d\d)\s*[-./_]\s*(1[0-2]|0?[1-9])(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)"),
)
_BARE_MONTH = re.compile(rf"(?<![\d年])({_NUMBER})\s*月(?!\d)")
_RANGE = re.compile(
    rf"({_NUMBER})\s*月\s*({_NUMBER})\s*日?\s*[-—–~～至到]+\s*(?:(?:{_YEAR}年)?\s*({_NUMBER})\s*月)?\s*({_NUMBER})\s*日"
)
_DOTTED_RANGE = re.compile(r"(?<![\d.])(1[0-2]|[1-9])\.(\d{1,2})\s*[-—–~～至到]+\s*(1[0-2]|[1-9])\.(\d{1,2})(?![\d.])")
_UNTIL = re.compile(rf"截[至止]到?\s*(?:{_YEAR}\s*年)?\s*({_NUMBER})\s*月\s*({_NUMBER})\s*日")
_SCHOOL_CODE = (
    r"(?:(?:学校|机构)?(?:标识|识别)码|(?:学校|机构)代码)\s*[)）]?\s*[:：]?\s*(\d{10})(?!\d)"
    r"|(?<=[\u4e00-\u9fff])\s*[(（]\s*(\d{10})\s*[)）]"
    r"|(?<!\d)(\d{10})[-_—\s]*(?=[\u4e00-\u9fff]{2,20}(?:学校|小学|中学|教学点))"
)
"""A school's code by its label, in brackets behind its name, or before it."""
_TEN_DIGITS = re.compile(r"\d{10}")
"""What no text without a code holds: the search for one is spared to all others."""
_MADE_ON = re.compile(
    rf"(?:(?:生成|导出|打印|下载|制表|填表)(?:时间|日期|于)?|(?:填报|上报|报送|审核|签字|创建|更新|制作)(?:时间|日期))\s*[:：]?\s*"
    rf"{_YEAR}\s*[年./-]\s*{_NUMBER}\s*[月./-]\s*{_NUMBER}\s*日?(?:\s*\d{{1,2}}:\d\d(?::\d\d)?)?"
)
"""The day a report was made, which is often in the month after the one it is about."""
_GRADE = (
    re.compile(rf"(?:小学|初中|高中)?({_NUMBER})\s*年级"),
    re.compile(r"(20\d\d\s*级)"),
    re.compile(r"((?:初|高)\s*[一二三123])(?!中|小|十)"),
)
_GRADE_AND_CLASS = (
    re.compile(rf"({_NUMBER})\s*年级\s*[第(（]?\s*({_NUMBER})\s*[)）]?\s*班"),
    re.compile(rf"(20\d\d\s*级)\s*[第(（]?\s*({_NUMBER})\s*[)）]?\s*班"),
    re.compile(rf"((?:初|高)\s*[一二三123])\s*[第(（.]?\s*({_NUMBER})\s*[)）]?\s*班"),
    re.compile(rf"(?<![\d.])({_NUMBER})\s*年\s*[第(（]?\s*({_NUMBER})\s*[)）]?\s*班"),
    re.compile(rf"(?<![\d.])([一二三四五六七八九])\s*[(（]\s*({_NUMBER})\s*[)）]\s*班?"),
    re.compile(rf"(?<![\d.])([1-9])\s*[(（]\s*({_NUMBER})\s*[)）]\s*班"),
    re.compile(rf"^([1-9])\s*[(（]\s*({_NUMBER})\s*[)）]$"),
    re.compile(r"(?<![\d.])([1-9一二三四五六七八九])\s*[.．·-]\s*(\d{1,2})\s*班"),
    re.compile(r"^\s*([1-9一二三四五六七八九])\s*[.．·-]\s*(\d{1,2})\s*$"),
    re.compile(r"^\s*([一二三四五六七八九])\s*(\d{1,2})\s*$"),
    re.compile(r"^\s*((?:初|高)\s*[一二三123])\s*[-.]?\s*(\d{1,2})\s*$"),
    re.compile(r"^\s*([1-9])(0[1-9]|1\d)\s*$"),
    re.compile(r"(?<![\d.])([1-9])(0[1-9]|[1-4]\d)\s*班"),
    re.compile(r"([一二三四五六七八九])\s*(\d{1,2}|[一二三四五六七八九十])\s*班"),
)
_SEVERAL_GRADES = re.compile(
    rf"{_NUMBER}\s*(?:年级|班)?\s*[-—–~～至到和及与、，,]+\s*{_NUMBER}\s*年级|[一二三123]\s*[-—–~～至到、]+\s*[初高][一二三123]"
)
"""一至六年级: grades of which no row is told which."""
_GRADE_AND_BARE_CLASS = re.compile(rf"({_NUMBER})\s*年级\s*[(（]?\s*({_NUMBER})\s*[)）]?(?!\s*[月日年\d])")
_CLASS = re.compile(rf"[(（]?\s*({_NUMBER}|\d{{3,4}})\s*[)）]?\s*班(?!主任|级|长)")
_BEFORE_SCHOOL = re.compile("学前班|学前教育|幼儿园|幼儿班|(?<![\u4e00-\u9fff])[大中小托]班")
"""A class before the school age, whose children stand on no roll of the nine years."""
_NOISE = re.compile(
    r"^(?:附件|附表)\s*\d*\s*[:：.、]?|^\d{1,3}\s*[.、_-]\s*|^(?:副本|复件|拷贝)|关于|上报|报送|最新|终版|最终版?"
)


@dataclass(frozen=True)
class Said:
    """What one text says; what it does not say is nothing."""

    school: str | None = None
    grade: str | None = None
    class_no: str | None = None
    class_name: str | None = None
    year: int | None = None
    month: int | None = None
    first_day: int | None = None
    last_day: int | None = None
    made: tuple[int, int] | None = None
    school_code: str | None = None


def number(written: str) -> int:
    """A Chinese or Arabic number up to ninety-nine."""
    written = written.strip()
    if written.isdigit():
        return int(written)
    if "十" in written:
        tens, _, ones = written.partition("十")
        return (DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)
    value = 0
    for letter in written:
        value = value * 10 + (int(letter) if letter.isdigit() else DIGITS.get(letter, 0))
    return value


@lru_cache(maxsize=20_000)
def said(text: str) -> Said:
    """Everything ``text`` says about the class and the month it is for."""
    text = unicodedata.normalize("NFKC", text).replace("\n", " ")
    code = re.search(_SCHOOL_CODE, text) if _TEN_DIGITS.search(text) else None
    if code:
        text = re.sub(_SCHOOL_CODE, " ", text)
    made: tuple[int | None, int | None] = (None, None)
    if written := _MADE_ON.search(text):
        made = _when(written[0])[:2]
        text = _MADE_ON.sub(" ", text)
    year, month, first, last = _when(text)
    dated = _TERM.sub(" ", _DATE.sub(" ", text)) if _YEARS.search(text) else text
    for pattern in _MONTH:
        dated = pattern.sub(" ", dated)
    dated = _DOTTED_RANGE.sub(" ", dated if "月" not in dated else _RANGE.sub(" ", dated))
    if "月" in dated:
        dated = _BARE_MONTH.sub(" ", dated)
    dated = _YEAR_OR_TERM.sub(" ", dated)
    school = _school(dated)
    beside = dated.replace(school, " ", 1) if school else dated
    grade, class_no, class_name = _class(beside)
    made_on = (made[0], made[1]) if made[0] and made[1] else None
    written = next(filter(None, code.groups())) if code else None
    return Said(school, grade, class_no, class_name, year, month, first, last, made_on, written)


def _when(text: str) -> tuple[int | None, int | None, int | None, int | None]:
    year = month = first = last = None
    for pattern in _MONTH:
        if found := pattern.search(text):
            year, month = number(found[1]), number(found[2])
            break
    if month is None and (found := _BARE_MONTH.search(text)):
        month = number(found[1])
        if term := _TERM.search(text):
            starts = number(term[1] or term[4])
            year = starts if month >= 8 else starts + 1
        elif alone := re.search(rf"({_YEAR})\s*年", text):
            year = number(alone[1])
    if month is not None and not 1 <= month <= 12:
        month = None
    if found := _RANGE.search(text) or _DOTTED_RANGE.search(text):
        if month is None or number(found[1]) == month:
            month, first = number(found[1]), number(found[2])
        if found[3] is None or number(found[3]) == month:
            last = number(found[4])
    elif (found := _UNTIL.search(text)) and number(found[1]) == month:
        last = number(found[2])
    return year, month, first, last


def _school(text: str) -> str | None:
    if found := _SCHOOL_LABEL.search(text):
        named = _SEAL.sub("", found[1]).strip()
        named = named.strip("()") if named.count("(") != named.count(")") else named
        if not re.search(r"年级|^\d+$", named):
            return named
    text = _BETWEEN.sub(" ", text)
    best = None
    for part in text.split(" "):
        part = _NOISE.sub("", part)
        part = _OF_A_GRADE.split(part, 1)[0] or part
        for found in _SCHOOL.finditer(part):
            named = re.sub(r"^.*?(?:教育局|教体局|教育体育局|教委)(?=.{3,})", "", found[0])
            named = named.strip("_- ")
            if (
                named in ("小学", "中学", "初中", "学校", "高中", "全校", "本校", "我校", "小学部", "初中部", "各学校")
                or (len(named) < 3 and not _SHORT_SCHOOL.fullmatch(named))
                or named.endswith("中小学")
            ):
                continue
            if best is None or len(named) > len(best):
                best = named
    short = None if best else _SHORT_SCHOOL.search(text)
    return short[1] if short else best


def _class(text: str) -> tuple[str | None, str | None, str | None]:
    """Grade as text, class number as text, and the class as written."""
    if (label := _CLASS_LABEL.search(text)) and (value := label[1]):
        grade, class_no, name = _class(value) if value != text else (None, None, None)
        if grade is None and (told := _GRADE_LABEL.search(text)):
            grade = grade_text(told[1])
        if class_no is None and (bare := re.fullmatch(rf"[(（]?({_NUMBER}|\d{{3}})[)）]?班?", value)):
            class_no = str(number(bare[1]))
        return grade, class_no, name or value
    for pattern in (*_GRADE_AND_CLASS, _GRADE_AND_BARE_CLASS):
        if found := pattern.search(text):
            return grade_text(found[1]), str(number(found[2])), found[0].strip()
    several = _SEVERAL_GRADES.search(text)
    grade = None if several else next((grade_text(f[1]) for pattern in _GRADE if (f := pattern.search(text))), None)
    if found := _CLASS.search(text):
        return grade, str(number(found[1])), found[0].strip()
    if grade is None and (found := _BEFORE_SCHOOL.search(text)):
        return None, None, found[0]
    return grade, None, None


def grade_text(written: str) -> str:
    """A grade's words as a sheet would write them in full: 三 → 三年级, 2023 级 → 2023级."""
    written = re.sub(r"\s+", "", written)
    return f"{written}年级" if re.fullmatch(_NUMBER, written) else written


def first_said(texts: Sequence[Said], field: str) -> tuple[str | int | None, list[str]]:
    """The first thing said about ``field``, and what later texts say otherwise."""
    value: str | int | None = None
    others: list[str] = []
    for told in texts:
        here = getattr(told, field)
        if here is None:
            continue
        if value is None:
            value = here
        elif here != value and str(here) not in others:
            others.append(str(here))
    return value, others


def year_of(year: int | None, month: int | None, period: str) -> int | None:
    """The year of a month written without one: the one nearest to the period."""
    if year is not None or month is None:
        return year
    period_year, period_month = int(period[:4]), int(period[5:7])
    return min((period_year - 1, period_year, period_year + 1),
               key=lambda y: abs((y * 12 + month) - (period_year * 12 + period_month)))  # fmt: skip
