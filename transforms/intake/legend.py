"""What a mark in an attendance grid means: the sheet's own legend first, the policy's legend for the rest.

The same sign means different things at different schools (× is absent here and sick there), so a sign the sheet
itself explains is never read by the default. A sign nobody explains is unknown and stays `?`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from transforms.intake.punches import punch_letter

UNKNOWN = "?"
PRESENT_AT_A_TIME = "P"
"""What a time on the clock in a cell means."""
HALF = {"S": "s", "L": "l", "A": "a"}
WORDS: dict[str, str] = {
    "旷课": "A", "旷学": "A", "旷": "A", "缺勤": "A", "缺课": "A", "缺席": "A", "未到": "A", "未到校": "A", "无故缺勤": "A", "无故旷课": "A",
    "无故未到": "A", "无故不到": "A", "无故未到校": "A", "无故不到校": "A", "感冒": "S", "发烧": "S", "发热": "S", "流感": "S", "水痘": "S", "腮腺炎": "S",
    "手足口": "S", "有事": "L", "家中有事": "L", "家里有事": "L", "未返校": "A", "逃学": "A", "逃课": "A", "无故": "A", "擅自离校": "A", "未请假": "A", "无故缺课": "A", "无故缺席": "A",
    "病假": "S", "病": "S", "生病": "S", "因病": "S", "因病请假": "S", "请病假": "S", "住院": "S",
    "事假": "L", "事": "L", "请假": "L", "假": "L", "丧假": "L", "因事请假": "L", "请事假": "L", "其他假": "L",
    "迟到": "T", "迟": "T", "早退": "E", "早": "E", "迟到早退": "T", "迟到或早退": "T",
    "公假": "O", "公差": "O", "公出": "O", "公": "O", "比赛": "O", "集训": "O", "参赛": "O", "外出比赛": "O",
    "休学": "X", "转学": "M", "转出": "M", "转走": "M", "已转": "M", "转": "M", "已转出": "M", "转入他校": "M",
    "出勤": "P", "到校": "P", "正常": "P", "全勤": "P", "到课": "P", "在校": "P", "正常出勤": "P", "已到": "P", "出席": "P", "到": "P", "全天出勤": "P",
    "正常到校": "P", "实到": "P", "按时到校": "P", "上课": "P",
    "放假": "-", "节假日": "-", "法定节假日": "-", "假日": "-", "休息": "-", "周末": "-", "双休日": "-", "双休": "-", "公休": "-", "公休日": "-",
    "节日": "-", "周末及节假日": "-", "周末节假日": "-", "休息日": "-", "非上课日": "-", "不上课": "-", "停课": "-", "无课": "-", "假期": "-",
}  # fmt: skip
_HOLIDAY = re.compile(
    r"放假|节日|国庆|中秋|端午|元旦|清明|劳动节|春节|寒假|暑假|教师节|休息|周六|周日|星期[六日天]|双休|停课"
)
_GONE = re.compile("(?:已经?|疑似|自动|中途)?(?:辍学|失学|流失)")
_AS_BEFORE = re.compile("(?:已经?|长期|一直|全月|本月|整月|连续)(.+)")
"""已转学, 长期病假 say no more than 转学, 病假."""
_BLANKS = (
    "空白",
    "空格",
    "空着",
    "留空",
    "不用填写",
    "无需填写",
    "不用填",
    "不填写",
    "不填",
    "不标注",
    "不标",
    "不写",
    "不划",
    "不画",
    "未填写",
    "未填",
    "未标注",
    "未标",
    "未作标记",
    "无标记",
    "无符号",
    "不做标记",
    "不作标记",
    "空",
)
_BY_LENGTH = sorted(WORDS, key=len, reverse=True)
_PHRASES = "|".join(word for word in _BY_LENGTH if len(word) > 1 and word != "实到")
_LETTERS = "".join(word for word in _BY_LENGTH if len(word) == 1)
_TOKEN = re.compile(
    rf"(?P<word>(?:{_PHRASES})(?!率|人|天|统计|情况|表|登记|记录|簿|册|名单|次数)|(?<![\u4e00-\u9fff])[{_LETTERS}](?![\u4e00-\u9fff]))"
    rf"|(?P<blank>{'|'.join(_BLANKS)})"
    r"|(?P<stop>[，,、；;。\n\t]|\s{2,})"
    r"|(?P<join>[：:=＝“”\"'‘’「」『』【】\[\]()（）《》\s]|-(?=[\u4e00-\u9fff])|[—–]{2}|[\u4e00-\u9fff])"
    r"|(?P<sign>[^\s，,、；;。：:=＝“”\"'‘’「」『』【】\[\]()（）《》\u4e00-\u9fff]{1,3}|.)"
)
_KEYWORDS = re.compile("出勤|到校|正常|病|事假|旷|迟到|早退|缺勤|缺课|请假|空白|休学|转学")
_LEAD = re.compile(
    r"^\s*(?:\d[.、])?\s*(?:考勤|出勤)?(?:图\s*例|说\s*明|注|备\s*注|符\s*号|标\s*记|标\s*志|记\s*号|填写说明|填表说明)(?:说明|符号|记号|标记)?\s*[：:]\s*"
)
_NUMBERING = re.compile(r"(?<![\d.])\d{1,2}\s*[.、．]\s*(?=[\u4e00-\u9fff])")
_EXPLAINS = re.compile("图例|符号|标记|说明|注|表示|代表|=|＝")
_CHARACTER_FIRST = re.compile(
    rf"(?<![\u4e00-\u9fff])[“\"]?([\u4e00-\u9fff])[”\"]?\s*(?:[=＝:：]|表示|代表|为)\s*({'|'.join(_BY_LENGTH)})"
)
_WORD_FIRST = re.compile(rf"({'|'.join(_BY_LENGTH)})(?:填写?|写|标|用|记|打|划)?\s*[“\"(（]([\u4e00-\u9fff])[”\")）]")
GLYPHS = ("√✓✔☑✅∨", "×✗✘╳✕✖❌ⅩXxＸｘ", "○〇◯⚪Оo", "△Δ∆", "▲", "◎⊙☉", "※", "●⚫", "☆", "★", "/／∕", "\\＼", "—－–-―─")
_LESSONS = re.compile(r"[(（](\d{1,2}\s*(?:节课?|小时))[)）]$")
_LATIN_WORD = re.compile("[A-Za-z]{4,}")
"""Present and Sick beside 出勤 and 病假 say the same again."""
_FAMILIAR = re.compile("[√✓✔×✗△○●☆★⊙◎]")
_FAMILY = {sign: number for number, signs in enumerate(GLYPHS) for sign in signs}


def parse_legend(lines: Iterable[str]) -> dict[str, str]:
    """Sign → letter from the lines of a sheet that explain signs; the blank is the sign ``""``."""
    own: dict[str, str] = {}
    for line in lines:
        if len(line) > 600 or not _KEYWORDS.search(line):
            continue
        for sign, letter in _pairs(unicodedata.normalize("NFC", line)):
            own.setdefault(sign, letter)
    return own


SIGN_HEADINGS = frozenset(("符号", "标记", "图例", "标志", "记号", "考勤符号", "考勤标记"))
MEANING_HEADINGS = frozenset(
    ("含义", "说明", "意义", "表示", "代表", "意思", "考勤类型", "类型", "名称", "内容", "情况")
)


def legend_table(row: Sequence[Any], below: Sequence[Any]) -> list[str]:
    """The lines of a legend laid out in cells: a sign and its meaning alone on a row, or a row of each under headings."""
    cells = [(place, text) for place, value in enumerate(row) if (text := _plain(value))]
    if len(cells) == 2 and cells[1][1] in WORDS and re.fullmatch(r"[^\d\u4e00-\u9fff]{1,2}", cells[0][1]):
        return [f"{cells[0][1]} {cells[1][1]}"]
    if not cells or cells[0][1].rstrip(":：") not in SIGN_HEADINGS | MEANING_HEADINGS:
        return []
    under = {place: text for place, value in enumerate(below) if (text := _plain(value))}
    if under.get(cells[0][0], "").rstrip(":：") not in SIGN_HEADINGS | MEANING_HEADINGS:
        return []
    return [f"{text} {under[place]}" for place, text in cells[1:] if place in under]


def digits_explained(rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Digit → letter from a sheet of notes whose rows are a digit and its meaning, one of them that of presence."""
    told = {}
    for row in rows:
        cells = [text for value in row if (text := _plain(value).removesuffix(".0"))]
        if len(cells) == 2 and re.fullmatch(r"\d", cells[0]) and cells[1] in WORDS:
            told[cells[0]] = WORDS[cells[1]]
    return told if "P" in told.values() and len(set(told.values())) == len(told) > 1 else {}


def _plain(value: Any) -> str:
    return value.strip() if type(value) is str else "" if value is None else str(value)


@lru_cache(maxsize=5_000)
def _pairs(line: str) -> tuple[tuple[str, str], ...]:
    """The sign–word pairs of one line, whichever of the two it writes first."""
    digits = bool(_EXPLAINS.search(line)) or _counts_meanings(line)
    line = _LATIN_WORD.sub("", _NUMBERING.sub("", _LEAD.sub("", line)))
    spelled = [(c, WORDS[word]) for c, word in _CHARACTER_FIRST.findall(line) if c != "空"]
    spelled += [(c, WORDS[word]) for word, c in _WORD_FIRST.findall(line)]
    line = _WORD_FIRST.sub("；", _CHARACTER_FIRST.sub(lambda m: m[0] if m[1] == "空" else "；", line))
    return (*spelled, *_signs(line, digits))


_DIGIT_AND_WORD = re.compile(rf"(?<![\d.年月])(\d)[-—]?({'|'.join(_BY_LENGTH)})")


def _counts_meanings(line: str) -> bool:
    """Whether digits stand as signs right before their meanings (1正常 2病假 3事假), none of which has another sign."""
    told = dict(_DIGIT_AND_WORD.findall(line))
    meanings = {WORDS[word] for word in told.values()}
    return len(told) > 1 and "P" in meanings and len(meanings) == len(told) and not _FAMILIAR.search(line)


@dataclass(frozen=True)
class Token:
    """One sign or one meaning on a legend's line, with where it stands."""

    is_sign: bool
    value: str
    start: int
    end: int


def _signs(line: str, digits: bool) -> list[tuple[str, str]]:
    """The pairs whose sign is no Chinese character."""
    segments: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(line):
        kind, at = found.lastgroup, found.span()
        if kind == "stop":
            segments.append([])
        elif kind == "word":
            segments[-1].append(Token(False, WORDS[found[0]], *at))
        elif kind == "blank":
            segments[-1].append(Token(True, "", *at))
        elif kind == "sign":
            sign = found[0].strip(_BETWEEN) or found[0].strip()
            if sign and (not sign.isdigit() or (digits and len(sign) == 1)):
                segments[-1].append(Token(True, sign, *at))
    segments = _without_separators(segments)
    telling = [s for s in segments if {token.is_sign for token in s} == {True, False}]
    if telling and all(len({token.value for token in s if not token.is_sign}) == 1 for s in telling):
        return [
            (sign.value, word.value) for s in telling for sign in s if sign.is_sign for word in s if not word.is_sign
        ]
    return _alternating([token for s in segments for token in s])


_BETWEEN = "-_. —–→/|"
"""What may stand between a sign and its meaning; alone, each may be a sign itself."""


def _without_separators(segments: list[list[Token]]) -> list[list[Token]]:
    """The segments without a dash or arrow that stands in each of several pairs beside the pair's sign."""
    signs = [token.value for segment in segments for token in segment if token.is_sign]
    between = {value for value in signs if value and value in _BETWEEN and 2 <= signs.count(value) <= len(signs) / 2}
    return [[token for token in segment if not token.is_sign or token.value not in between] for segment in segments]


def _alternating(tokens: list[Token]) -> list[tuple[str, str]]:
    """Sign word sign word …, or word sign word sign …: pairs stand closer together than neighbours of two pairs."""
    sign_first = [(a, b) for a, b in pairwise(tokens) if a.is_sign and not b.is_sign]
    word_first = [(a, b) for a, b in pairwise(tokens) if b.is_sign and not a.is_sign]
    if not sign_first and not word_first:
        return []

    def gap(pairs: list[tuple[Token, Token]]) -> float:
        return sum(b.start - a.end for a, b in pairs) / len(pairs) if pairs else 1e9

    signs_lead = gap(sign_first) < gap(word_first) or (gap(sign_first) == gap(word_first) and tokens[0].is_sign)
    if signs_lead:
        return list(dict.fromkeys((a.value, b.value) for a, b in sign_first))
    return list(dict.fromkeys((b.value, a.value) for a, b in word_first))


class Marks:
    """The meaning of every cell of one block; looked up once per different cell.

    ``own`` is the sheet's legend, ``policy`` the default. The blank is not decided here.
    """

    def __init__(self, own: Mapping[str, str], policy: Mapping[str, str]) -> None:
        self.own = dict(own)
        self.policy = policy
        self._families: dict[int, str] = {}
        for sign, letter in self.own.items():
            family = _FAMILY.get(sign)
            if family is not None:
                self._families[family] = letter if self._families.get(family, letter) == letter else UNKNOWN

    def letter(self, value: Any) -> str:
        """The letter of one cell, ``""`` for a blank, `UNKNOWN` where no legend explains it."""
        if isinstance(value, bool):
            return "P" if value else "A"
        if isinstance(value, float | int):
            value = str(int(value)) if value == int(value) else repr(value)
            return self._number(value)
        if isinstance(value, dt.time | dt.datetime | dt.timedelta):
            return PRESENT_AT_A_TIME
        if value is None or not isinstance(value, str):
            return UNKNOWN if value is not None else ""
        text = value.strip(" \t\r\n\xa0\u3000\u200b\ufeff'")
        if not text:
            return ""
        return self._text(text)

    def _number(self, written: str) -> str:
        known = self._known(written)
        if known:
            return known
        return {"0": "A", "0.5": "a"}.get(written, UNKNOWN) if self._known("1") == "P" else UNKNOWN

    def _known(self, sign: str) -> str | None:
        """A sign as it stands, by the sheet, by its glyph family in the sheet, by policy, by plain words."""
        if sign in self.own:
            return self.own[sign]
        family = _FAMILY.get(sign)
        if family is not None and family in self._families:
            return self._families[family]
        found = self.policy.get(sign) or WORDS.get(sign)
        if found:
            return found
        folded = unicodedata.normalize("NFKC", sign)
        if folded != sign:
            return self._known(folded)
        return (
            next((self.policy[other] for other in GLYPHS[family] if other in self.policy), None)
            if family is not None
            else None
        )

    def _text(self, text: str) -> str:
        known = self._known(text)
        if known:
            return known
        text = _LESSONS.sub(r"\1", text)
        punched = punch_letter(text, self._known)
        if punched is not None:
            return punched
        if re.fullmatch(r"[01](?:\.[05])?", text):
            return self._number(str(int(float(text))) if float(text) == int(float(text)) else text)
        halves = re.findall(r"(上午|下午|上|下|[AaPp][Mm])[:：]?([^上下]+)", text)
        if halves and "".join(a + b for a, b in halves) == re.sub(r"[:：]", "", text):
            return self._halves([self._clean(part) for _, part in halves])
        if found := re.fullmatch(r"(.+?)\s{0,9}[(（]?(?:半天|0\.5天?|½|半日|上午|下午|半)[)）]?", text) or re.fullmatch(
            r"(?:半天|0\.5天?|½|半日|半)(.+)", text
        ):
            return self._halves([self._clean(found[1])])
        parts = [part for part in re.split(r"\s*[/／\\|、，,;；+\n]\s*|\s+", text) if part]
        if len(parts) == 1 and len(text) == 2 and parts[0] == text:
            parts = list(text)
        if len(parts) == 1 and parts[0] != text:
            return self._halves([self._clean(parts[0])])
        if len(parts) == 2:
            return combine(*(self._clean(part) for part in parts))
        if _HOLIDAY.search(text):
            return "-"
        if _GONE.match(text):
            return "A"
        if found := _AS_BEFORE.fullmatch(text):
            return self._clean(found[1])
        begins = next((word for word in _BY_LENGTH if len(word) > 1 and text.startswith(word)), None)
        if begins and re.fullmatch(r"\s*[(（]?\d*\s*(?:分钟?|天|节课?|次|小时|半)?[)）]?", text[len(begins) :]):
            return self._clean(begins)
        stripped = re.sub(r"[(（].*?[)）]|\d+(?:天|日|节)?|假$", "", text)
        letter = (self._known(stripped) or UNKNOWN) if stripped and stripped != text else UNKNOWN
        return self._explained(text) if letter == "A" else letter

    def _explained(self, text: str) -> str:
        """An absence whose reason stands in brackets beside it: ×(病) is sick; a reason nobody explains accuses nobody."""
        reasons = [
            reason
            for reason in re.findall(r"[(（](.*?)[)）]", text)
            if not re.fullmatch(r"\s*(?:\d+\s*)?(?:(?:天|日|节课?)\s*)?", reason)
        ]
        return next((letter for reason in reasons if (letter := self.letter(reason)) != "A"), "A")

    def _clean(self, part: str) -> str:
        return self._known(part.strip("()（） ")) or UNKNOWN

    def _halves(self, letters: list[str]) -> str:
        """One half named: present the other half."""
        return combine(*letters[:2]) if len(letters) > 1 else HALF.get(letters[0], letters[0])


def combine(first: str, second: str) -> str:
    """The letter of a day whose two halves have the letters ``first`` and ``second``.

    A whole day away with two reasons takes the excused one: nobody is accused on half a day.
    """
    if first == second:
        return first
    both = {first, second}
    if UNKNOWN in both:
        return UNKNOWN
    for letter in "XM":
        if letter in both:
            return letter
    for nothing in ("-", "."):
        if nothing in both:
            [other] = both - {nothing}
            return other
    absent = [letter for letter in (first, second) if letter in HALF]
    if len(absent) == 2:
        return next(letter for letter in "SLA" if letter in both)
    if absent:
        return HALF[absent[0]]
    return next((letter for letter in "TEO" if letter in both), "P")
