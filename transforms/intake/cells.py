"""Cells as text, and which rows are no data.

Identifiers are text: a whole number loses its `.0`, a number too long for Excel keeps the mark of its damage
(`2.10102201509010E+17`), so that the rules can tell a truncated number from a short one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

EXCEL_DIGITS = 1e15


def text_of(value: Any) -> str | None:
    """One cell as text, nothing for a blank."""
    if isinstance(value, str):
        return value if value.strip() else None
    if type(value) is dt.date:
        return str(value)
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str | None:
    if value != value or value in (float("inf"), float("-inf")):
        return None
    if abs(value) >= EXCEL_DIGITS:
        return f"{value:.14E}"
    if value == int(value):
        return str(int(value))
    return repr(value)


def texts(values: Sequence[Any]) -> pa.Array:
    """A column of cells as text, blanks as null; what stands in many cells is looked at once."""
    try:
        whole = "".join(values)
    except TypeError:
        whole = " "
    if whole.isprintable() and " " not in whole:  # no blank but the empty one can be among them
        return pa.array(values if all(values) else [value or None for value in values], pa.string())
    kinds = set(map(type, values))
    if kinds == {str} and not any(map(str.isspace, values)):
        return pa.array(values if all(values) else [value or None for value in values], pa.string())
    if bool in kinds:  # True is 1 to a dictionary
        return pa.array([text_of(value) for value in values], pa.string())
    written = {value: text_of(value) for value in set(values)}
    return pa.array(list(map(written.__getitem__, values)), pa.string())


_TOTAL = (
    r"合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|平均|总人数|应到(?:人数)?|实到(?:人数)?|出勤(?:人数|合计|率)|缺勤(?:人数|合计|率)|到校人数|到课人数|"
    r"病假(?:人数|合计)|事假(?:人数|合计)|旷课(?:人数|合计)|迟到(?:人数|合计)|早退(?:人数|合计)|男生?人数|女生?人数|全班人数|本页(?:小|合)计|"
    r"日合计|每日(?:出勤|缺勤).{0,4}|合计人数|人数"
)
_SIGNATURE = (
    r"填表(?:人|单位|日期|时间)|填报(?:人|单位|日期|时间)|审核(?:人|签字)?|审批(?:人|意见)?|制表(?:人|日期|时间|单位)?|班主任(?:签字|签名|意见)?|"
    r"(?:分管)?(?:副?校长|园长|领导|负责人|主任)(?:签字|签名|审核|意见)?|单位负责人|统计(?:人|员)|经办人|联系人|复核人?|记录人|考勤(?:员|人)|"
    r"(?:教务|教导|政教|德育|学生)(?:处|科)(?:主任|负责人)?(?:签字|签名|审核|意见|盖章)?|(?:任课)?教师签[字名]|签字|签名|盖章|公章|日期|报送(?:单位|日期)|单位[(（]?盖?公?章?[)）]?|学校[(（](?:盖章|公章)[)）]"
)
_NOTE = r"注|备注|说明|填表说明|填写说明|图例|注意事项|附注|考勤符号|符号说明|标记说明|备\s*注\s*说明|注释|例"
FOOTER_LINE = re.compile(
    rf"^\s*(?:(?:(?:本[班月周页]|当月|全月)?(?:{_TOTAL})|{_SIGNATURE}|{_NOTE})\s*(?:\d*[人名]?\s*$|[:：])|填表人|审核人|制表人|填报人|班主任签|单位[(（]盖章|校长签|"
    r"注\s*\d?[、.．:：]|以下空白|以上|共\s*\d+\s*[人名页条]|第\s*\d+\s*页|全班共|本表|本班共|[-—=*]{3,})"
)
"""A total, a signature or a note, by its word alone or by how its line begins."""
_COUNTED = re.compile(
    r"^\s*(?:(?:其中|合\s*计|总\s*计|小\s*计|共\s*计|共有?|总人数|人数|应到|实到|男女?生?|女生?)\s*[:：]?\s*)*"
    r"(?:\d+(?:\.\d+)?\s*(?:人|名|条|[%％])|(?:(?:男|女)生?(?:人数)?\s*[:：]?\s*\d+\s*[人名]?[\s,，、;；]*)+)\s*$"
)
"""A count where a name should stand: 424人, 共30人, 男生 20 女生 25."""
_SUM = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总人数|人数|男生|女生|男生?人数|女生?人数)\s*[:：]?\s*"
)
_LONG_NUMBER = re.compile(r"[\dGJLgjl]\d{13,}")
FOOTER_BEGINS = frozenset(
    "合总小共累平应实出缺到病事旷迟早男女全本当日每人填审制班分副校园领负单统经联复记考任教政德签盖公报学注备说图附符标例以第主其0123456789-—=*"
)
"""What a footer's first character can be; most names need no further look."""
LONG_TEXT = 16


BLANKS = "\u200b\ufeff \t\r\n\xa0\u3000"


def blank(value: Any) -> bool:
    """Whether a cell holds nothing to read."""
    return value is None or (type(value) is str and not value.strip(BLANKS))


def column_of(rows: Sequence[Sequence[Any]], place: int) -> list[Any]:
    """One column as it stands, short rows filled up."""
    try:
        return [row[place] for row in rows]
    except IndexError:
        return [row[place] if place < len(row) else "" for row in rows]


def is_persons(name: Any, first: Any) -> bool:
    """Whether a row with this name and this first cell is a person's at first glance: most need no further look."""
    return is_plain(name) and (type(first) is float or first is name or begins_no_footer(first))


def is_plain(name: Any) -> bool:
    """Whether a name is one at first glance: characters that begin no total, signature or note."""
    return (
        type(name) is str
        and 1 < len(name) < LONG_TEXT
        and "\u3400" <= name[0] <= "\u9fff"
        and name[0] not in FOOTER_BEGINS
    )


def is_footer(text: str) -> bool:
    """Whether a text is a total, a signature, a note or a count."""
    return FOOTER_LINE.search(text) is not None or _COUNTED.search(text) is not None


def begins_no_footer(first: Any) -> bool:
    """Whether a row's first cell, at first glance, is no word of a footer."""
    if type(first) is not str:
        return first is not None
    if not first:
        return False
    return ("\u3400" <= first[0] <= "\u9fff" and first[0] not in FOOTER_BEGINS) or (first.isascii() and first.isalnum())


def is_not_data(row: Sequence[Any], name_at: int | None) -> bool:
    """Whether a row is a title, a total, a signature, a note or blank — never one with a child's name and more.

    A row without a name is data only if it holds at least two further things beside a running number: then a child
    was meant, and the row is to be set aside with the reason, not lost.
    """
    if name_at is not None and 0 < len(row) > name_at and is_plain(row[name_at]) and begins_no_footer(row[0]):
        return False
    filled = [(place, value) for place, value in enumerate(row) if not blank(value)]
    if not filled:
        return True
    name = row[name_at] if name_at is not None and name_at < len(row) else None
    first = filled[0][1]
    first_text = first if type(first) is str else ""
    if _is_sum(filled, name, name_at):
        return True
    if not blank(name):
        written = name if type(name) is str else str(name)
        others = sum(1 for place, _ in filled if place != name_at)
        if is_footer(written):
            return True
        if first_text and filled[0][0] != name_at and is_footer(first_text) and len(filled) <= 6:
            return True
        return len(written) > LONG_TEXT and others == 0
    if is_footer(first_text) or (
        first_text and len(filled) <= 2 and any(type(value) is str and is_footer(value) for _, value in filled)
    ):
        return True
    telling = [value for place, value in filled if not (place == filled[0][0] and _running_number(value))]
    return len(telling) < 2 or (len(telling) == 2 and any(type(v) is str and len(v) > LONG_TEXT + 3 for v in telling))


def _is_sum(filled: Sequence[tuple[int, Any]], name: Any, name_at: int | None) -> bool:
    """Whether a row is a total, wherever its word stands: no number of a person, and no name but a count or the word."""
    if blank(name):
        if name_at is None:
            return False
    elif not re.fullmatch(r"\s*\d+(?:\.\d+)?\s*[人名]?\s*", str(name)) and not _SUM.fullmatch(str(name)):
        return False
    sums = [place for place, value in filled if type(value) is str and _SUM.fullmatch(value)]
    if not sums and not (not blank(name) and filled[0][1] in ("男", "女") and len(filled) <= 6):
        return False
    return not any(_LONG_NUMBER.search(text_of(value) or "") for _, value in filled)


def _running_number(value: Any) -> bool:
    return isinstance(value, int | float) or (
        type(value) is str and value.strip().isdigit() and len(value.strip()) <= 5
    )


def texts_above(rows: Sequence[Sequence[Any]], which: range) -> list[str]:
    """The texts of some rows, one line a row."""
    lines = []
    for at in which:
        texts = [told for v in rows[at] if v and type(v) is str and (told := v.strip())]
        if texts:
            lines.append("  ".join(texts))
    return lines
