"""Files made to harm: XML that expands or fetches, archive members and file names that lead elsewhere."""

from __future__ import annotations

import io
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from tests.intake.recipes import ROLL, fast_xlsx, html, locked, text, xlsx, zipped
from transforms.intake import formats
from transforms.intake.formats import CannotRead, open_book
from transforms.intake.inbox import deliveries_of_file, find_deliveries
from transforms.intake.reading import read_delivery

LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
"""A thousand million times what &a; stands for, as &j;."""
INBOX = "210106/学籍"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "outside.txt"
    path.write_text("GEHEIM", encoding="utf-8")
    return path


def types(outside: Path) -> dict[str, tuple[str, str]]:
    """Declarations of a document type, and the reference that uses them."""
    return {
        "laughs": (f'<!DOCTYPE x [<!ENTITY a "lol">{LAUGHS}]>', "&j;"),
        "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"l" * 100_000}">]>', "&a;" * 1000),
        "external entity": (f'<!DOCTYPE x [<!ENTITY a SYSTEM "{outside.as_uri()}">]>', "&a;"),
        "parameter entity": (f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{outside.as_uri()}"> %a;]>', ""),
        "external DTD": (f'<!DOCTYPE x SYSTEM "{outside.as_uri()}">', "&a;"),
    }


def cells_of(data: bytes) -> str:
    """Everything read of a file, or why it is refused."""
    try:
        return "|".join(str(cell) for sheet in open_book(data).sheets for row in sheet.all_rows() for cell in row)
    except CannotRead as error:
        return error.code


def with_type(data: bytes, part: str, declared: str, used: str) -> bytes:
    """An archive whose ``part`` declares a document type and uses it in a cell or a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            content = given.read(name)
            if name == part:
                head, end, rest = content.decode().rpartition("?>")
                rest = rest.replace("张三", used, 1).replace(' name="', f' name="{used}', 1)
                rest = rest.replace(
                    "<sheetData>", f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{used}</t></is></c></row>'
                )
                content = f"{head}{end}{declared}{rest}".encode()
            archive.writestr(name, content)
    return out.getvalue()


PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "[Content_Types].xml",
         "xl/_rels/workbook.xml.rels", "_rels/.rels")  # fmt: skip


@pytest.mark.parametrize("written", [xlsx, fast_xlsx])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["laughs", "quadratic", "external entity", "parameter entity", "external DTD"])
def test_no_part_of_a_workbook_expands_or_fetches(written, part: str, kind: str, outside: Path) -> None:
    read = cells_of(with_type(written(ROLL), part, *types(outside)[kind]))
    assert "GEHEIM" not in read
    assert "lol" not in read and "lll" not in read
    assert len(read) < 10_000


SPREADSHEET = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>{}</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize("kind", ["laughs", "quadratic", "external entity", "parameter entity", "external DTD"])
@pytest.mark.parametrize("page", ["html", "html with an XML head", "Excel 2003 XML"])
def test_no_page_and_no_old_xml_expands_or_fetches(page: str, kind: str, outside: Path) -> None:
    declared, used = types(outside)[kind]
    if page == "Excel 2003 XML":
        data = f'<?xml version="1.0"?>{declared}{SPREADSHEET.format(used)}'.encode()
    else:
        head = '<?xml version="1.0"?>' if "XML" in page else ""
        data = f"{head}{declared}{html([['姓名', '学号'], ['NAME', '1']]).decode()}".replace("NAME", used).encode()
    read = cells_of(data)
    assert "GEHEIM" not in read
    assert "lol" not in read and "lll" not in read


def test_the_description_of_a_lock_expands_nothing() -> None:
    data = locked(xlsx(ROLL), "x")
    start = data.index(b"<?xml", data.index(b"\x04\x00\x04\x00"))
    end = data.index(b"</encryption>", start) + len(b"</encryption>")
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">{LAUGHS[: LAUGHS.index("<!ENTITY g")]}]><x>&f;</x>'
    assert len(declared) <= end - start
    data = data[:start] + declared.encode().ljust(end - start) + data[end:]
    with pytest.raises(CannotRead) as refused:
        open_book(data, ["x"])
    assert refused.value.code == "unreadable"


# ------------------------------------------------------------------------------------------- names that lead elsewhere


def lay(folder: Path, name: str, content: bytes) -> None:
    path = folder / "2026-09" / INBOX / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def archive_of(*members: tuple[str, bytes]) -> bytes:
    """An archive whose members are named as given, unlike `zipfile`, which would tidy the names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            told = zipfile.ZipInfo("x")
            told.filename = name
            archive.writestr(told, content)
    return out.getvalue()


UNSAFE = ("../a.csv", "..", "../..", "x/../../a.csv", "..\\..\\a.csv", "/etc/a.csv", "//host/share/a.csv", "\\\\host\\a.csv",
          "C:\\a.csv", "c:a.csv", "C:/a.csv", "a\0b.csv", "a.csv\0.txt", "a\nb.csv", "a\x1b[2J.csv", "\u202evsc.a")  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE, ids=ascii)
def test_an_archive_member_whose_name_leads_elsewhere_is_refused_and_shown_harmless(name: str, tmp_path: Path) -> None:
    lay(tmp_path, "a.zip", archive_of((name, text(ROLL)), ("good.csv", text(ROLL))))
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert [one.refused for one in refused] == ["unsafe_name"]
    assert [one.relative_path for one in found] == [f"{INBOX}/a.zip/good.csv"]
    for shown in (refused[0].delivery.relative_path, str(refused[0].delivery.member)):
        assert shown.isprintable() or "\ufffd" in shown
        assert not any(ord(letter) < 32 or letter == "\u202e" for letter in shown)
    assert refused[0].delivery.relative_path.startswith(f"{INBOX}/a.zip/")
    assert ".." not in refused[0].delivery.relative_path


def test_two_refused_members_are_two_deliveries(tmp_path: Path) -> None:
    lay(
        tmp_path, "a.zip", archive_of(("../a.csv", b"1"), ("../../a.csv", b"2"), ("a\x01.csv", b""), ("a\x02.csv", b""))
    )
    _, refused = find_deliveries(tmp_path, "2026-09")
    assert len({one.delivery.delivery_id for one in refused}) == 4


def test_a_member_that_begins_with_here_is_read(tmp_path: Path) -> None:
    lay(tmp_path, "a.zip", archive_of(("./一班/a.csv", text(ROLL)), ("./.DS_Store", b"x"), ("b//c.csv", text(ROLL))))
    found, refused = find_deliveries(tmp_path, "2026-09")
    assert [one.relative_path for one in found] == [f"{INBOX}/a.zip/b/c.csv", f"{INBOX}/a.zip/一班/a.csv"]
    assert [read_delivery(one, legend={}).row_count for one in found] == [2, 2]
    assert refused == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_each_is_itself(tmp_path: Path) -> None:
    other = [ROLL[0], ROLL[1]]
    lay(tmp_path, "a.zip", archive_of(("a.csv", text(ROLL)), ("a.csv", text(other)), ("a.csv", text(ROLL))))
    found, _ = find_deliveries(tmp_path, "2026-09")
    assert sorted(read_delivery(one, legend={}).row_count for one in found) == [1, 2]
    assert len({one.delivery_id for one in found}) == 2


def test_a_link_in_an_archive_leads_nowhere(tmp_path: Path, outside: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("a.csv")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(outside))
    lay(tmp_path, "a.zip", out.getvalue())
    found, _ = find_deliveries(tmp_path, "2026-09")
    [reading] = [read_delivery(one, legend={}) for one in found]
    assert reading.refused
    assert "GEHEIM" not in repr(reading)


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
@pytest.mark.parametrize("name", ["a\n.csv", "a\x1b[2J.csv", "\u202evsc.a"], ids=ascii)
def test_a_delivery_whose_name_would_move_the_terminal_is_refused(name: str, tmp_path: Path) -> None:
    lay(tmp_path, name, text(ROLL))
    found, [refused] = find_deliveries(tmp_path, "2026-09")
    assert found == []
    assert refused.refused == "unsafe_name"
    assert "\ufffd" in refused.delivery.relative_path


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always text")
def test_a_name_in_gbk_is_read_and_shown_as_what_it_says(tmp_path: Path) -> None:
    folder = tmp_path / "2026-09" / INBOX
    folder.mkdir(parents=True)
    (folder / os.fsdecode("第一小学.csv".encode("gbk"))).write_bytes(text(ROLL))
    [one], refused = find_deliveries(tmp_path, "2026-09")
    assert refused == []
    assert one.relative_path == f"{INBOX}/第一小学.csv"
    assert read_delivery(one, legend={}).row_count == 2
    [path] = folder.iterdir()
    [checked], _ = deliveries_of_file(path, "x.csv", "2026-09", "000000")
    assert checked.size_bytes == one.size_bytes


def test_a_link_out_of_the_inbox_is_refused_a_folder_s_too(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "b.csv").write_bytes(text(ROLL))
    lay(tmp_path / "inbox", "a.csv", text(ROLL))
    here = tmp_path / "inbox/2026-09" / INBOX
    try:
        (here / "b.csv").symlink_to(away / "b.csv")
        (here / "folder").symlink_to(away, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    found, refused = find_deliveries(tmp_path / "inbox", "2026-09")
    assert [one.relative_path for one in found] == [f"{INBOX}/a.csv"]
    assert {one.refused for one in refused} == {"unsafe_name"}


def test_nothing_of_an_archive_is_written_anywhere(tmp_path: Path) -> None:
    lay(tmp_path / "inbox", "a.zip", zipped({"../../../b.csv": text(ROLL), "c.csv": text(ROLL)}))
    before = sorted(tmp_path.rglob("*"))
    found, _ = find_deliveries(tmp_path / "inbox", "2026-09")
    read_delivery(found[0], legend={})
    assert sorted(tmp_path.rglob("*")) == before


def test_the_blank_rows_of_a_sheet_that_reaches_far_down_take_no_memory_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "CHUNK_ROWS", 10)
    [sheet] = open_book(xlsx([*ROLL, *[[]] * 40, ["合计"]])).sheets
    rows = sheet.all_rows()
    assert len(rows) == len(ROLL) + 41 and rows[-1][0] == "合计"
    assert len({id(row) for row in rows[len(ROLL) : -1]}) == 1
