"""What `baoxue check` tells a clerk of whatever files are named, and that none of them ends the call."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.stages import checking_terms
from tests.intake.recipes import ROLL, A, B, daily, grid, text, xlsx, zipped
from transforms.intake.checking import Checked, check, files_among


def checked(folder: Path, files: dict[str, bytes]) -> dict[str, Checked]:
    for name, content in files.items():
        path = folder / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    found = check(
        files_among([folder / "given"]),
        folder / "work",
        source=None,
        advance=lambda done: None,
        **checking_terms("2026-09", None),
    )
    return {Path(one.file).relative_to(folder / "given").as_posix(): one for one in found}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    lines = [
        [f"2026/09/{day:02d} 星期二", "张三", "s1", "文艺小学-三年级-2班", "学生", "07:20", "16:40", "正常"]
        for day in (1, 2, 3)
    ]
    return checked(
        tmp_path_factory.mktemp("check"),
        {
            "a/名册.xlsx": xlsx(ROLL), "b/名册.xlsx": xlsx(ROLL), "考勤.xlsx": xlsx(grid(A, B)), "日报.xlsx": xlsx(daily(*lines)),
            "坏.xlsx": xlsx(ROLL)[:900], "空.csv": b"", "字.txt": b"xx", "包.zip": zipped({"内/名册.csv": text([ROLL[0], [1, "育红小学", "", "王五", "男", "2015-09-03", "", "三年级", "1班"]]), "坏.xlsx": b"xx"}),
            "~$名册.xlsx": b"x",
        },
    )  # fmt: skip


def test_every_file_and_every_file_of_an_archive_is_told_and_what_editors_leave_is_not(
    told: dict[str, Checked],
) -> None:
    assert set(told) == {
        "a/名册.xlsx", "b/名册.xlsx", "考勤.xlsx", "日报.xlsx", "坏.xlsx", "空.csv", "字.txt", "包.zip/内/名册.csv", "包.zip/坏.xlsx",
    }  # fmt: skip


def test_the_source_is_guessed_and_a_file_nobody_understands_is_refused_with_a_sentence(
    told: dict[str, Checked],
) -> None:
    assert {name: one.source for name, one in told.items()} == {
        "a/名册.xlsx": "registry", "b/名册.xlsx": "registry", "考勤.xlsx": "attendance", "日报.xlsx": "attendance", "坏.xlsx": None,
        "空.csv": None, "字.txt": None, "包.zip/内/名册.csv": "registry", "包.zip/坏.xlsx": None,
    }  # fmt: skip
    refused = {name: one.reason or "" for name, one in told.items() if one.verdict == "refused"}
    assert set(refused) == {"坏.xlsx", "空.csv", "字.txt", "包.zip/坏.xlsx"}
    assert not [reason for reason in refused.values() if not reason or "程序" in reason]


def test_the_same_file_in_two_folders_is_told_twice_and_counted_once(told: dict[str, Checked]) -> None:
    assert (told["a/名册.xlsx"].accepted, told["b/名册.xlsx"].accepted) == (2, 0)
    assert "duplicate_file" in {issue["code"] for issue in told["b/名册.xlsx"].issues}


def test_a_school_told_by_its_folder_alone_is_known_as_in_a_run(tmp_path: Path) -> None:
    sheet = xlsx(grid(A, B, title=["三年级(2)班2026年9月考勤"]))
    told = checked(
        tmp_path, {"名册.xlsx": xlsx(ROLL), "文艺小学/三2.xlsx": sheet, "包.zip": zipped({"文艺小学/三2.xlsx": sheet})}
    )
    assert told["文艺小学/三2.xlsx"].accepted == 2
    assert told["包.zip/文艺小学/三2.xlsx"].verdict != "refused"
