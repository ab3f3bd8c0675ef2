"""Puts the city's books into the inbox as offices hand them in, and notes where each record was written."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.demo import classbooks, rollbooks
from transforms.demo.city import City, school_days
from transforms.demo.classbooks import ClassBook
from transforms.demo.files import File, write_file
from transforms.demo.places import JUNIOR
from transforms.demo.rollbooks import ListBook, RollBook
from transforms.demo.styles import DISTRICT_STYLES

Book = ClassBook | RollBook | ListBook
Written = tuple[str, str, int, npt.NDArray[np.int64], npt.NDArray[np.int64]]
FOLDERS = {
    "registry": "学籍", "attendance": "考勤", "household": "户籍", "vocational": "中职", "exempt": "豁免",
    "priority": "重点群体",
}  # fmt: skip
BOOKS = {source: source for source in FOLDERS} | {"registry": "rolls", "attendance": "sheets"}
"""The table of `City` each source's files are written from."""

POOL_FROM = 4000
"""The books of fewer children than this are written faster than a second process starts."""
AHEAD = 12


def write_deliveries(
    city: City, inbox: Path, period: str | None = None, advance: Callable[[int], None] | None = None
) -> None:
    """Write ``inbox/<period>/<district>/<source>/…`` and set ``city.delivered``.

    ``advance(1)`` is called after each book (a school's sheets, a register's file). The grain of
    ``city.delivered``: one written record, with ``source``, ``path`` below the period's folder, ``sha256`` of the file,
    ``sheet_index`` from 0, ``row_no`` from 1, its true ``child``, and ``line``, its row in the book's table of ``city``.
    """
    root = inbox / (period or city.period)
    parts = []
    for source, written in _written(city, root):
        table = getattr(city, BOOKS[source])
        child = table["child"].to_numpy()
        for path, sha256, sheet_index, row_no, key in written:
            parts.append(
                pd.DataFrame(
                    {
                        "source": source, "path": path, "sha256": sha256, "sheet_index": sheet_index, "row_no": row_no,
                        "child": child[key], "line": key,
                    }
                )
            )  # fmt: skip
        if advance:
            advance(1)
    city.delivered = pd.concat(parts, ignore_index=True).sort_values(
        ["path", "sheet_index", "row_no"], ignore_index=True
    )


def _written(city: City, root: Path) -> Iterator[tuple[str, list[Written]]]:
    """Each book's source and what was written of it, in the order of `books`; few books wait in memory at a time."""
    if len(city.children) < POOL_FROM:
        for source, book in books(city):
            yield source, write_book((book, str(root)))
        return
    waiting: deque[tuple[str, Future[list[Written]]]] = deque()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        for source, book in books(city):
            waiting.append((source, pool.submit(write_book, (book, str(root)))))
            if len(waiting) >= AHEAD:
                first, done = waiting.popleft()
                yield first, done.result()
        for source, done in waiting:
            yield source, done.result()


def write_book(task: tuple[Book, str]) -> list[Written]:
    """Write one book's files; for each sheet its path, hash, number, row numbers and the records in them."""
    book, root = task
    written: list[Written] = []
    for file in _files(book):
        sha256 = write_file(file, Path(root))
        for index, sheet in enumerate(file.sheets):
            records = np.array(sheet.records, np.int64).reshape(-1, 2)
            written.append((file.path, sha256, index, records[:, 0] + 1, records[:, 1]))
    return written


def _files(book: Book) -> list[File]:
    if isinstance(book, ClassBook):
        return classbooks.files(book)
    return rollbooks.registry_files(book) if isinstance(book, RollBook) else rollbooks.list_files(book)


def books(city: City) -> Iterator[tuple[str, Book]]:
    """Every book of the period with its source, large ones first."""
    yield from (("registry", book) for book in _registers(city))
    yield from (("household", book) for book in _households(city))
    yield from (("attendance", book) for book in _class_books(city))
    yield from _special_lists(city)


def _folder(city: City, district: int, source: str) -> str:
    """District code and source; one district in three uses the English folder names."""
    code = city.lives.places.districts["district_code"][district]
    return f"{code}/{source if district % 3 == 1 else FOLDERS[source]}"


def _registers(city: City) -> Iterator[RollBook]:
    """A district's export by stage, and the lists of schools that export their own."""
    schools = city.schools
    at = city.rolls["school"].to_numpy()
    lines = city.rolls.assign(
        **{column: schools[column].to_numpy(object)[at] for column in ("school_name", "school_code", "kind")}
    ).sort_values(["school", "grade", "class_no", "child"])
    own, district = schools["own_export"].to_numpy(), schools["district"].to_numpy()
    of_school = lines["school"].to_numpy()
    for number, name in enumerate(city.lives.places.districts["district_name"]):
        style = DISTRICT_STYLES[number % len(DISTRICT_STYLES)]
        for stage, junior in (("小学", False), ("初中", True)):
            chosen = (district[of_school] == number) & ~own[of_school]
            chosen &= (schools["kind"].to_numpy()[of_school] == JUNIOR) == junior
            if chosen.any():
                folder = _folder(city, number, "registry")
                yield RollBook(folder, f"{name}{stage}", style, city.period, lines[chosen])
    for _, part in lines[own[of_school]].groupby("school"):
        row = schools.iloc[int(part["school"].iloc[0])]
        folder = _folder(city, int(row["district"]), "registry")
        yield RollBook(folder, str(row["school_name"]), int(row["registry_style"]), city.period, part)


def _households(city: City) -> Iterator[ListBook]:
    townships = city.lives.places.townships
    lines = city.household.sort_values(["township", "household_no", "child"])
    district = townships["district"].to_numpy()[lines["township"].to_numpy()]
    for number, name in enumerate(city.lives.places.districts["district_name"]):
        form, folder = number % 3, _folder(city, number, "household")
        part = lines[district == number]
        if form != 0:
            yield ListBook(folder, f"{name}公安分局户籍数据", "household", form, city.period, part)
            continue
        for name_of, of_township in part.groupby("township_name", sort=False):
            title = f"{name_of}派出所户籍人口信息"
            yield ListBook(folder, title, "household", form, city.period, of_township)


def _class_books(city: City) -> Iterator[ClassBook]:
    days = tuple(school_days(city.period))
    columns = ["child", "grade", "class_no", "guest", "pupil_no", "id_number", "written_name"]
    for _, lines in city.sheets.groupby("school"):
        row = city.schools.iloc[int(lines["school"].iloc[0])]
        folder = _folder(city, int(row["district"]), "attendance")
        yield ClassBook(
            folder, str(row["school_name"]), int(row["sheet_style"]), city.period, days, lines[columns],
            city.marks[lines.index.to_numpy()], sent_twice=bool(row["sends_twice"]),
        )  # fmt: skip


def _special_lists(city: City) -> Iterator[tuple[str, ListBook]]:
    places = city.lives.places
    of_township = places.townships["district"].to_numpy()
    for district, name in enumerate(places.districts["district_name"]):
        roster = city.vocational[city.vocational["school"] == district]
        title = str(places.vocational["school_name"][district])
        exempt = city.exempt[of_township[city.exempt["township"].to_numpy()] == district]
        helped = city.priority[of_township[city.priority["township"].to_numpy()] == district]
        poor = helped[helped["group"] != "残疾"]
        disabled = helped[helped["group"] == "残疾"]
        for source, lines, heading, form in (
            ("vocational", roster, title, 0), ("exempt", exempt, str(name), 0),
            ("priority", poor, f"{name}困难家庭子女", 0), ("priority", disabled, f"{name}残疾儿童名单", 1),
        ):  # fmt: skip
            if len(lines):
                yield source, ListBook(_folder(city, district, source), heading, source, form, city.period, lines)
