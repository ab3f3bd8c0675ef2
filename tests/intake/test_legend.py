"""A sheet's own legend, in the many ways teachers write one, and what single cells mean under it."""

from __future__ import annotations

import pytest

from tests.intake.test_recipes import LEGEND
from transforms.intake.legend import Marks, combine, legend_table, parse_legend

LEGENDS = {
    "√出勤 ○病假 △事假 ×旷课": "√P ○S △L ×A",
    "图例：√出勤　○病假　△事假　×旷课　⊙迟到　※早退": "√P ○S △L ×A ⊙T ※E",
    "班主任：某某 应到：3 √出勤 ○病假 △事假 ×旷课": "√P ○S △L ×A",
    "图例：出勤“/”、病假“B”、事假“S”、旷课“K”": "/P BS SL KA",
    "出勤√ 病假○ 事假△ 旷课×": "√P ○S △L ×A",
    "图例：出勤 √ 病假 ○ 事假 △ 旷课 ×": "√P ○S △L ×A",
    "用√表示出勤，用○表示病假，用×表示旷课": "√P ○S ×A",
    "√代表到校，×代表病假，△代表事假，Ф代表旷课": "√P ×S △L ФA",
    "出勤：√；病假：○；事假：△；旷课：×": "√P ○S △L ×A",
    "备注：出勤打√，病假打○，旷课打×，周末及节假日用—表示": "√P ○S ×A —-",
    "病假:B 事假:S 旷课:K 迟到:L 早退:Z": "BS SL KA LT ZE",
    "A 出勤 B 病假 C 事假 D 旷课": "AP BS CL DA",
    "出勤(√) 迟到(<) 早退(>) 旷课(×)": "√P <T >E ×A",
    "图例：1=出勤，2=病假，3=事假，4=旷课，5=迟到": "1P 2S 3L 4A 5T",
    "/：出勤；+：事假；#：病假；×：旷课": "/P +L #S ×A",
    "休：休息 /：到校": "休- /P",
    "●出勤 ○旷课": "●P ○A",
    "第一小学2026年9月考勤数据（1正常 2病假 3事假 4旷课 5迟到 6早退）": "1P 2S 3L 4A 5T 6E",
    "1出勤√ 2病假○ 3事假△": "√P ○S △L",
    "代码：1—出勤；2—迟到；3—旷课": "1P 2T 3A",
    "√/出勤、○/事假、×/旷课": "√P ○L ×A",
    "√ - 出勤，○ - 病假": "√P ○S",
    "P=Present出勤 S=Sick病假 L=Leave事假 A=Absent旷课": "PP SS LL AA",
    "本月：出勤22天 病假1 事假2 旷课0": "",
    "本月应出勤22天，病假3人次": "",
    "班主任：张  任课教师：李  2026年9月": "",
}


@pytest.mark.parametrize(("line", "pairs"), LEGENDS.items())
def test_a_legend_is_read_whichever_side_the_sign_stands(line: str, pairs: str) -> None:
    assert parse_legend([line]) == {pair[:-1]: pair[-1] for pair in pairs.split()}


@pytest.mark.parametrize(
    "line", ["注：空白为出勤", "说明：1.出勤不填，缺勤填写：病假“病”", "正常出勤不用填写，病假填B", "病=病假 空=出勤"]
)
def test_a_legend_may_say_that_blank_is_present(line: str) -> None:
    assert parse_legend([line])[""] == "P"


CELLS = {
    "√": "P", "✔": "P", "病": "S", "病假2天": "S", "旷": "A", "×": "A", "Ｂ": "S", "迟到5分钟": "T", "病/√": "s", "√/×": "a", "上午事": "l",
    "下午旷": "a", "上午病下午事": "S", "×/×": "A", "√ ×": "a", "√×": "a", "病假(半天)": "s", "事0.5": "l", "国庆放假": "-", "转": "M", "休学": "X",
    "": "", " \xa0": "", "☆": "?", "病/☆": "?", "好": "?", "已转学": "M", "长期病假": "S", "一直未到": "A", "辍学在外打工": "A", "已失学": "A", "已联系": "?",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "letter"), CELLS.items())
def test_a_cell_without_own_legend(cell: str, letter: str) -> None:
    assert Marks({}, LEGEND).letter(cell) == letter


def test_numbers_and_truth_values_are_marks() -> None:
    marks = Marks({}, LEGEND)
    assert [marks.letter(v) for v in (1.0, 0.0, 0.5, True, False, 7.0)] == ["P", "A", "a", "P", "A", "?"]


def test_a_sign_the_sheet_explains_is_never_read_by_the_default() -> None:
    marks = Marks({"×": "S", "○": "A"}, LEGEND)
    assert [marks.letter(sign) for sign in ("×", "✗", "x", "○", "〇", "△")] == ["S", "S", "S", "A", "A", "L"]


def test_two_signs_of_one_shape_with_two_meanings_stay_apart() -> None:
    marks = Marks({"×": "A", "X": "S"}, LEGEND)
    assert [marks.letter(sign) for sign in ("×", "X")] == ["A", "S"]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    ["PPP", "PSs", "APa", "SAS", "LAL", "-S S".replace(" ", ""), "PTT", "P??", "XAX"],
    ids=str,
)
def test_halves_make_a_day_and_a_day_away_takes_the_excuse(first: str, second: str, whole: str) -> None:
    assert combine(first, second) == whole


@pytest.mark.parametrize(
    ("cell", "letter"),
    {
        "×(病)": "S",
        "×（事假）": "L",
        "旷(2节)": "a",
        "×(3天)": "A",
        "×(外婆家)": "?",
        "√(迟到)": "T",
        "无故未到": "A",
    }.items(),
)
def test_the_reason_in_brackets_beside_an_absence_counts_and_an_unknown_one_accuses_nobody(
    cell: str, letter: str
) -> None:
    assert Marks({}, LEGEND).letter(cell) == letter


def test_a_legend_may_be_laid_out_in_cells_across_or_down() -> None:
    assert legend_table(["", "☆", "出勤"], []) == ["☆ 出勤"]
    assert legend_table(["符号", "☆", "⊕"], ["含义", "出勤", "病假"]) == ["☆ 出勤", "⊕ 病假"]
    assert legend_table(["张三", "病"], ["李四", "病"]) == []
    assert legend_table([3, "病"], []) == []
