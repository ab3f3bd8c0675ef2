import hashlib
import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from transforms.demo.city import City, invent
from transforms.demo.deliveries import write_deliveries
from transforms.demo.truth import write_truth

Delivered = tuple[City, Path]


def rows_of(path: Path, sheet: int) -> list[list[str]]:
    """The cells of a delivered sheet, however it is written."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet)
        return [[str(cell) for cell in row] for row in cells.to_python(skip_empty_area=False)]
    if content.startswith(b"<html"):
        lines = content.decode("utf-8").split("<tr>")[1:]
        return [[cell.split("</td>")[0] for cell in line.split("<td>")[1:]] for line in lines]
    encodings = {b"\xff\xfe": "utf-16", b"\xef\xbb": "utf-8-sig"}
    text = content.decode(encodings.get(content[:2], "gb18030"))
    return [line.split("\t" if "\t" in text.splitlines()[0] else ",") for line in text.splitlines()]


def test_every_record_stands_where_the_truth_says(delivered: Delivered):
    city, folder = delivered
    records = city.delivered
    assert records is not None
    names = {
        "registry": city.lives.children["id_number"], "attendance": city.lives.children["name"],
        "household": city.lives.children["id_number"], "vocational": city.lives.children["id_number"],
        "exempt": city.lives.children["id_number"], "priority": city.lives.children["id_number"],
    }  # fmt: skip
    found = dict.fromkeys(names, 0)
    for (source, path, sheet), part in records.groupby(["source", "path", "sheet_index"]):
        rows = rows_of(folder / "inbox" / "2026-09" / path, sheet)
        for row_no, child in zip(part["row_no"], part["child"], strict=True):
            written = "".join(rows[row_no - 1]).replace("　", "").replace("Ｘ", "X").upper()
            found[source] += names[source][child].upper() in written
    for source, right in found.items():
        assert right > 0.93 * (records["source"] == source).sum(), source


def test_each_record_of_each_book_is_written_once(delivered: Delivered):
    city, _ = delivered
    records = city.delivered
    assert records is not None
    assert not records.duplicated(["path", "sheet_index", "row_no"]).any()
    counts = records.drop_duplicates(["source", "line"])["source"].value_counts()
    twice = records[records["path"].str.contains("副本")]
    assert len(records) == counts.sum() + len(twice)
    assert counts["registry"] == len(city.rolls)
    assert counts["attendance"] == len(city.sheets)
    for source in ("household", "vocational", "exempt", "priority"):
        assert counts[source] == len(getattr(city, source))


def test_the_books_behind_the_files_are_kept_with_the_truth(delivered: Delivered):
    city, folder = delivered
    records = pd.read_parquet(folder / "truth" / "records.parquet")
    for source in records["source"].unique():
        book = pd.read_parquet(folder / "truth" / "books" / f"{source}.parquet")
        joined = records[records["source"] == source].merge(book, on="line", suffixes=("", "_book"))
        assert (joined["child"] == joined["child_book"]).all()
    marks = pd.read_parquet(folder / "truth" / "books" / "attendance.parquet")["marks"]
    assert set(marks.str.len()) == {city.days}


def test_workbooks_open_with_another_library(delivered: Delivered):
    _, folder = delivered
    books = sorted((folder / "inbox").rglob("*.xlsx"))
    assert len(books) > 20
    for path in books[::4]:
        book = openpyxl.load_workbook(path)
        assert all(sheet.max_row > 2 for sheet in book.worksheets)


def test_the_inbox_holds_deliveries_only_under_period_district_and_source(delivered: Delivered):
    city, folder = delivered
    sources = {"学籍", "考勤", "户籍", "中职", "豁免", "重点群体", "registry", "attendance", "household", "vocational",
               "exempt", "priority"}  # fmt: skip
    for path in (folder / "inbox").rglob("*.*"):
        period, district, source, *_ = path.relative_to(folder / "inbox").parts
        assert period == "2026-09"
        assert district in set(city.lives.places.districts["district_code"])
        assert source in sources
    assert city.delivered is not None
    assert {str(p.relative_to(folder / "inbox/2026-09").as_posix()) for p in (folder / "inbox").rglob("*.*")} == set(
        city.delivered["path"]
    )


def test_the_deliveries_come_in_many_dialects(delivered: Delivered):
    _, folder = delivered
    inbox = folder / "inbox"
    starts = {path.read_bytes()[:2] for path in inbox.rglob("*.*")}
    assert {b"PK", b"\xff\xfe", b"\xef\xbb"} <= starts
    tabs = [p for p in inbox.rglob("*.xls") if b"\t'" in p.read_bytes()]
    assert tabs and "NULL" in tabs[0].read_bytes().decode("gb18030")
    assert any(p.read_bytes().startswith(b"<html") for p in inbox.rglob("*.xls"))


def test_the_same_seed_writes_the_same_bytes_and_the_hash_is_of_them(delivered: Delivered, tmp_path: Path):
    first, _ = delivered
    again = invent(5000, 3, "2026-09")
    done: list[int] = []
    write_deliveries(again, tmp_path, "2026-09", done.append)
    assert first.delivered is not None and again.delivered is not None
    pd.testing.assert_frame_equal(first.delivered, again.delivered)
    row = again.delivered.iloc[0]
    assert hashlib.sha256((tmp_path / "2026-09" / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    assert set(done) == {1}


def test_truth_without_deliveries_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="deliveries"):
        write_truth(invent(400, 1, "2026-09"), tmp_path)
