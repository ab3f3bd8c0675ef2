"""What is found in an inbox, and how one file is told from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.recipes import ROLL, text, xlsx, zipped
from transforms.intake.inbox import find_deliveries
from transforms.intake.reading import read_delivery


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / "2026-09" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_source_folders_go_by_english_or_chinese_name(tmp_path: Path) -> None:
    names = ["registry", "学籍", "1学籍数据", "Registry", "考勤", "重点群体"]
    lay(tmp_path, {f"210106/{name}/a.csv": text(ROLL) for name in names})
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert sorted(str(d.source) for d in found) == ["attendance", "priority", *["registry"] * 4]
    assert refused == []


def test_a_file_in_the_wrong_place_is_reported_not_read(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "a.csv": text(ROLL),
            "210106/a.csv": text(ROLL),
            "210106/杂项/a.csv": text(ROLL),
            "沈河/学籍/a.csv": text(ROLL),
        },
    )
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert found == []
    assert sorted(str(r.refused) for r in refused) == ["unknown_source", "wrong_place", "wrong_place", "wrong_place"]


def test_files_of_editors_and_systems_are_passed_over(tmp_path: Path) -> None:
    names = ["~$a.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", ".hidden/a.csv", "a.tmp"]
    lay(tmp_path, {f"210106/学籍/{name}": b"x" for name in names})
    assert find_deliveries(tmp_path, "2026-09") == ([], [])


def test_only_the_districts_asked_for_are_read(tmp_path: Path) -> None:
    lay(tmp_path, {"210106/学籍/a.csv": text(ROLL), "210107/学籍/a.csv": text(ROLL)})
    found, _ = find_deliveries(tmp_path, "2026-09", ["210107"])
    assert [d.district_code for d in found] == ["210107"]


def test_each_file_of_an_archive_is_a_delivery(tmp_path: Path) -> None:
    archive = zipped({"三年级/a.xlsx": xlsx(ROLL), "b.csv": text(ROLL), "__MACOSX/._b.csv": b"x", "说明/": b""})
    lay(tmp_path, {"210106/学籍/全校.zip": archive})
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert [d.relative_path for d in found] == ["210106/学籍/全校.zip/b.csv", "210106/学籍/全校.zip/三年级/a.xlsx"]
    assert refused == []
    assert [read_delivery(d, legend={}).row_count for d in found] == [2, 2]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "C:\\a.csv", "x/../../a.csv"])
def test_an_archive_member_that_climbs_out_is_refused(name: str, tmp_path: Path) -> None:
    lay(tmp_path, {"210106/学籍/a.zip": zipped({name: text(ROLL), "good.csv": text(ROLL)})})
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert [r.refused for r in refused] == ["unsafe_name"]
    assert [d.relative_path for d in found] == ["210106/学籍/a.zip/good.csv"]


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"210106/学籍/a.zip": zipped({"b.zip": zipped({"c.csv": text(ROLL)})})})
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert found == []
    assert [r.refused for r in refused] == ["nested_archive"]


def test_an_archive_that_expands_beyond_measure_is_not_opened(tmp_path: Path) -> None:
    lay(tmp_path, {"210106/学籍/a.zip": zipped({"b.csv": b" " * 80_000_000})})
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert found == []
    assert [r.refused for r in refused] == ["too_large"]


def test_a_link_out_of_the_inbox_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(text(ROLL))
    lay(tmp_path / "inbox", {"210106/学籍/a.csv": text(ROLL)})
    try:
        (tmp_path / "inbox/2026-09/210106/学籍/b.csv").symlink_to(outside)
    except OSError:
        pytest.skip("links need a privilege here")
    found, refused = find_deliveries(tmp_path / "inbox", "2026-09")
    assert [d.relative_path for d in found] == ["210106/学籍/a.csv"]
    assert [r.refused for r in refused] == ["unsafe_name"]


def test_equal_content_at_two_places_is_two_deliveries_with_one_content_hash(tmp_path: Path) -> None:
    lay(tmp_path, {"210106/学籍/a.csv": text(ROLL), "210106/学籍/b.csv": text(ROLL)})
    found, _ = find_deliveries(tmp_path, "2026-09")
    assert len({d.content_hash for d in found}) == 1
    assert len({d.delivery_id for d in found}) == 2
