"""How schools write: layouts and signs of class sheets, columns and file formats of registers.

The same sign means different things at different schools (○ is sick leave here and leave there; / is presence at
one school and no school at another); each sheet's own legend tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WORDS = {
    "P": "出勤", "S": "病假", "L": "事假", "A": "旷课", "T": "迟到", "E": "早退", "O": "公假", "X": "休学",
}  # fmt: skip


@dataclass(frozen=True)
class SheetStyle:
    """How one school keeps its class sheets.

    ``legend``: the sign of each mark; marks without a sign do not occur at such a school. ``days``: how day columns
    are headed (number, serial, chinese, dotted, suffixed), ``only_school_days`` whether others are left out.
    ``named``: where grade and class stand (title, sheet, file).
    """

    name: str
    legend: Mapping[str, str]
    legend_at: str = "top"  # top, foot, none
    legend_form: str = "{word}{sign}"
    blank_is_present: bool = False
    number: str | None = None
    days: str = "number"
    only_school_days: bool = False
    weekday_row: bool = False
    halves: bool = False
    weekend: str | None = "/"
    totals: tuple[str, ...] = ()
    footer: bool = True
    title: str = "{school}{grade}（{class_no}）班{year}年{month}月学生考勤表"
    sheet: str = "{grade}({class_no})班"
    named: str = "title"
    file_per_class: bool = False
    format: str = "xlsx"
    repeat_header_every: int = 0
    seat: str = "序号"
    always_31: bool = False  # the printed form has a column 31 in every month
    instructions: bool = False  # a first sheet says how to fill in the form
    daily_counts: bool = False  # a last line counts the pupils present each day


SHEET_STYLES: tuple[SheetStyle, ...] = (
    SheetStyle(
        "classic", {"P": "√", "S": "○", "L": "△", "A": "×", "T": "⊙", "E": "早", "O": "公", "X": "休"},
        number="学籍号", weekday_row=True, totals=("S", "L", "A", "T"), legend_form="{word}“{sign}”", always_31=True, instructions=True,
    ),
    SheetStyle(
        "names only, absences only", {"P": "", "S": "〇", "L": "△", "A": "×", "T": "※"}, legend_at="top",
        blank_is_present=True, days="dotted", only_school_days=True, weekend=None, sheet="{arabic}.{class_no}",
        title="{school}{grade}{class_no}班{year}年{month}月份考勤登记表",
    ),
    SheetStyle(
        "signs the other way round", {"P": "√", "S": "△", "L": "○", "A": "●", "T": "◎", "O": "公"}, number="学号",
        days="serial", weekend=None, totals=("P", "S", "L", "A"), title="{school}学生考勤表（{year}年{month}月）",
        sheet="{short}({class_no})班", named="sheet", legend_form="{sign}{word}", seat="编号",
        daily_counts=True,
    ),
    SheetStyle(
        "mornings and afternoons", {"P": "√", "S": "病", "L": "事", "A": "旷", "T": "迟", "X": "休"}, number="身份证号",
        halves=True, only_school_days=True, weekend=None, legend_at="foot", days="suffixed",
        title="{year}年{month}月{school}{grade}({class_no})班考勤统计表",
    ),
    SheetStyle(
        "words", {"P": "到", "S": "病", "L": "事", "A": "旷", "T": "迟", "E": "早", "X": "休"}, legend_at="none",
        days="suffixed", weekend="", named="sheet", title="{school}{year}年{month}月考勤", sheet="{short}{class_no}班",
        repeat_header_every=25, seat="序号", number="学籍号",
    ),
    SheetStyle(
        "digits in text files", {"P": "1", "S": "2", "L": "3", "A": "4", "T": "5"}, legend_at="foot",
        legend_form="{sign}={word}", number="身份证号", weekend=None, footer=False, named="file", file_per_class=True,
        format="csv", only_school_days=True, days="chinese", title="",
    ),
    SheetStyle(
        "letters", {"P": "P", "S": "B", "L": "S", "A": "K", "T": "L", "O": "G"}, number="学籍号", days="chinese",
        weekend="—", file_per_class=True, sheet="Sheet1", totals=("P", "S", "L", "A", "T"), legend_form="{sign}：{word}",
        title="{school}{grade}（{class_no}）班 {year}年{month}月 考勤表",
    ),
    SheetStyle(
        "strokes", {"P": "/", "S": "○", "L": "□", "A": "×", "T": "φ"}, number=None, weekend=None, weekday_row=True,
        legend_form="{sign}{word}", totals=("A",), sheet="{grade}{class_no}班",
        title="{school}（{grade}{class_no}班）学生出勤情况记录 {year}.{month:02d}",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class RegistryStyle:
    """How an export of the rolls looks: file format and encoding, title rows, columns, and how values are written."""

    name: str
    format: str  # xlsx, csv, tsv
    encoding: str = ""
    columns: str = "own"  # full, own, short
    titled: bool = False
    dates: str = "dashed"  # dashed, plain, dotted, serial, chinese
    sexes: tuple[str, str] = ("男", "女")
    grades: str = "grade"  # grade, cohort, combined
    quoted: bool = False  # ' before digits and NULL for nothing, as one real tool writes
    padded: bool = False  # 张 伟
    dot: str = "·"  # how the dot in names is typed
    repeat_header_every: int = 0  # the header stands on every printed page
    sloppy: bool = False  # x for X, blanks and full-width letters in numbers
    extension: str = ""


REGISTRY_STYLES: tuple[RegistryStyle, ...] = (
    RegistryStyle("national export", "xlsx", columns="full", dates="plain"),
    RegistryStyle(
        "the school's own list",
        "xlsx",
        titled=True,
        dates="dotted",
        grades="combined",
        padded=True,
        sloppy=True,
        repeat_header_every=40,
    ),
    RegistryStyle(
        "tool's tab-separated .xls", "tsv", "gb18030", columns="full", quoted=True, extension=".xls", dot="•"
    ),
    RegistryStyle("csv with byte order mark", "csv", "utf-8-sig", columns="short", grades="cohort", dot="．"),
    RegistryStyle(
        "csv as Excel saves it",
        "csv",
        "gb18030",
        columns="own",
        sexes=("1", "2"),
        dates="chinese",
        sloppy=True,
        dot=".",
    ),
    RegistryStyle("unicode text", "tsv", "utf-16", columns="short", dates="dashed", extension=".txt", dot="・"),
    RegistryStyle("dates as numbers", "xlsx", columns="short", dates="serial", titled=True, grades="cohort"),
    RegistryStyle("web table named .xls", "html", "utf-8", columns="short", dates="slashed", extension=".xls", dot="∙"),
)
OWN_STYLES = (1, 7, 4, 5, 6, 3, 2, 0)
"""Styles of schools that export their own roll, in turn, so that small cities have them too."""

DISTRICT_STYLES = (0, 2, 3)
"""Styles a whole district's export comes in."""

GRADES = "一二三四五六七八九"


def grade_text(grade: int) -> str:
    """三年级."""
    return f"{GRADES[grade - 1]}年级"


def short_grade(grade: int) -> str:
    """三, or 初二 for junior grades."""
    return GRADES[grade - 1] if grade <= 6 else f"初{GRADES[grade - 7]}"
