"""Damaged files do no harm: each is read with every line accounted for, or refused with a code."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.mutations import EXOTIC, damaged, good_files
from tests.intake.recipes import RECIPES, ROLL, fast_xlsx, zipped
from tests.intake.test_recipes import LEGEND
from transforms.intake.inbox import delivery_of_file
from transforms.intake.reading import read_delivery

GOOD = good_files()
CELL = st.one_of(
    st.sampled_from(
        [
            "姓名",
            "学号",
            "1",
            "2",
            "3",
            "√",
            "×",
            "病",
            "合计",
            "",
            "",
            "张三",
            "三年级2班",
            "9月1日",
            "上午",
            '"',
            "图例：√出勤",
        ]
    ),
    st.text(max_size=6).filter(lambda cell: "\n" not in cell and "\r" not in cell),
)


def read_and_account(content: bytes, source: str, folder: Path) -> None:
    path = folder / "a.xls"
    path.write_bytes(content)
    began = time.monotonic()
    reading = read_delivery(delivery_of_file(path, "2026-09", source), legend=LEGEND)
    assert time.monotonic() - began < 60, "reading never ends"
    assert reading.refused != "reader_failed", reading.refused_detail
    assert reading.rows_read == reading.row_count + reading.rows_not_data
    assert reading.rows.num_rows == reading.row_count
    assert bool(reading.refused) == (reading.row_count == 0)


def test_three_hundred_damaged_files_do_no_harm(tmp_path: Path) -> None:
    for seed in range(300):
        source, content = damaged(GOOD, seed)
        read_and_account(content, source, tmp_path)


def test_workbooks_full_of_what_libraries_can_write_are_read(tmp_path: Path) -> None:
    for source, make in EXOTIC[:3:2]:
        path = tmp_path / "a.xlsx"
        path.write_bytes(make())
        reading = read_delivery(delivery_of_file(path, "2026-09", source), legend=LEGEND)
        assert (reading.refused, reading.row_count >= 2) == (None, True)
        assert "hidden_rows" in {issue.code for issue in reading.issues}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELL, max_size=9), max_size=9), source=st.sampled_from(["registry", "attendance", "answers"])
)
def test_any_text_table_is_read_or_refused(rows: list[list[str]], source: str, tmp_path: Path) -> None:
    read_and_account("\n".join(",".join(row) for row in rows).encode(), source, tmp_path)


def test_an_old_workbook_whose_sectors_run_in_a_circle_is_refused(tmp_path: Path) -> None:
    content = bytearray(next(recipe for recipe in RECIPES if recipe.name == "old workbook").make())
    table = (int.from_bytes(content[76:80], "little") + 1) * 512
    first = next(at for at in range(table, table + 512, 4) if int.from_bytes(content[at : at + 4], "little") < 100)
    content[first : first + 4] = ((first - table) // 4).to_bytes(4, "little")
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert read_delivery(delivery_of_file(path, "2026-09", "registry"), legend=LEGEND).refused == "unreadable"


@pytest.mark.parametrize(
    ("member", "written", "instead"),
    [
        ("xl/sharedStrings.xml", rb' uniqueCount="\d+"', b' uniqueCount="4294967295"'),
        ("xl/worksheets/sheet1.xml", rb'<c r="[A-Z]\d+"', b'<c r="A2147483648"'),
        ("xl/worksheets/sheet1.xml", rb'<c r="[A-Z]\d+"', b'<c r="B1048577"'),
        ("xl/worksheets/sheet1.xml", rb'<row r="\d+"', b'<row r="4294967295"'),
    ],
)
def test_a_workbook_that_asks_for_room_it_cannot_need_is_refused(
    member: str, written: bytes, instead: bytes, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(fast_xlsx(ROLL))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert re.search(written, members[member])
    members[member] = re.sub(written, instead, members[member], count=1)
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(members))
    assert read_delivery(delivery_of_file(path, "2026-09", "registry"), legend=LEGEND).refused == "unreadable"
