"""A child keeps its id from period to period through the whole flow, whatever was put right about it meanwhile."""

from datetime import date
from pathlib import Path

import pytest

from tests.runs import run_once
from transforms.query import query

HEADER = "学校名称,学校标识码,学籍号,姓名,性别,出生日期,身份证件号,年级,班级,学生状态,成员1姓名,成员1联系电话\n"
SCHOOL = "第一小学,2199000001"
RIGHT = "990101201701010028"  # of nobody: region 990101 does not exist
OTHER = "990101201701010044"
CLASSMATE = "990101201705050019"


def roll(name: str, number: str, grade: str, birth: str = "2017-01-01", pupil_no: str = "") -> str:
    return f"{SCHOOL},{pupil_no},{name},女,{birth},{number},{grade},1班,在读,贾文静,10000000001"


def children(root: Path, *rows: str) -> list[dict[str, bool]]:
    """The children of each period and whether they left the roll; every roll is the row drawn and one classmate."""
    found = []
    for (period, as_of), row in zip((("2026-03", date(2026, 4, 9)), ("2026-09", date(2026, 10, 9))), rows, strict=True):
        inbox = root / "inbox" / period / "990101" / "学籍"
        inbox.mkdir(parents=True)
        mate = f"{SCHOOL},,李安宁,男,2017-05-05,{CLASSMATE},{row.split(',')[7]},1班,在读,李父,10000000002"
        (inbox / "学籍.csv").write_text(HEADER + row + "\n" + mate + "\n", encoding="utf-8")
        folder = run_once(root, period=period, as_of=as_of)
        of = query(folder, "select child_id, left_roll from children").to_pylist()
        found.append({child["child_id"]: child["left_roll"] for child in of})
    return found


@pytest.mark.parametrize(("before", "after"), [
    pytest.param(roll("马春悦", RIGHT, "三年级"), roll("马春悦", OTHER, "四年级"), id="the number is corrected"),
    pytest.param(roll("马春悦", RIGHT, "三年级"), roll("马春悦", "", "四年级"), id="the number is lost"),
    pytest.param(roll("马春悦", "", "三年级"), roll("马春悦", RIGHT, "四年级"), id="the number is found"),
    pytest.param(roll("马春悦", RIGHT, "三年级"), roll("贾安然", RIGHT, "四年级"), id="the name changes"),
    pytest.param(roll("马春悦", "", "三年级"), roll("马春玥", RIGHT, "四年级"), id="number found, name typed otherwise"),
    pytest.param(roll("马春悦", "", "三年级", "2017-01-11"), roll("马春悦", RIGHT, "四年级"), id="birth date put right"),
])  # fmt: skip
def test_a_child_keeps_its_id_when(before, after, tmp_path):
    earlier, later = children(tmp_path, before, after)
    assert len(earlier) == 2
    assert earlier == later and not any(later.values())


def test_a_twin_who_takes_the_place_of_the_other_is_another_child(tmp_path):
    earlier, later = children(tmp_path, roll("马春悦", RIGHT, "三年级"), roll("马春燕", OTHER, "四年级"))
    assert len(earlier) == 2 and len(later) == 3
    [left] = [child for child, has_left in later.items() if has_left]
    assert left in earlier
