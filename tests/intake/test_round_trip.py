"""Round trip: what the demo city's offices wrote against what was read, field by field, for all sources.

The truth writes each office's book as it stands before a layout, errors included (`books/<source>.parquet`), and where
each of its lines was written (`records.parquet`). Here every accepted row is held against its line: a field its file has
a column (or a title) for must be equal, a field it has none for must be empty or follow from another one. The few ways
in which reading must differ from the book (a number Excel cut off stays cut off) are written out below, each in a line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from expectations.delivered import ROWS
from tests.runs import PERIOD
from transforms.demo.city import invent
from transforms.demo.styles import SHEET_STYLES, SheetStyle

Column = pd.Series
SOURCES = {
    "registry": "registry_pupils", "household": "household_children", "attendance": "attendance_pupils",
    "vocational": "vocational_pupils", "exempt": "exempt_children", "priority": "priority_children",
}  # fmt: skip
PROVENANCE = {"period", "district_code", "record_id", "delivery_id", "sheet", "row_no"}
UNUSABLE = {"short": "short17", "truncated": "truncated", "masked": "masked", "typo": "checksum", "guardian": "guardian",
            "blank": "blank", "none": "blank"}  # fmt: skip
"""What the reader must call each kind of broken number the demo plants."""
ISSUE_OF = {kind: f"id_{called}" for kind, called in UNUSABLE.items() if called != "blank"}


def table(folder: Path, name: str) -> pd.DataFrame:
    parts = sorted((folder / name).glob("*.parquet"))
    return pd.concat([pd.read_parquet(part, dtype_backend="pyarrow") for part in parts], ignore_index=True)


def facing(city: Path, results: Path, source: str) -> pd.DataFrame:
    """Each written record of a source with its line of the book (``b_…``) and the row read from it (``r_…``)."""
    records = pd.read_parquet(city / "truth" / "records.parquet", dtype_backend="pyarrow")
    book = pd.read_parquet(city / "truth" / "books" / f"{source}.parquet", dtype_backend="pyarrow").add_prefix("b_")
    deliveries = table(results, "deliveries")
    read = table(results, SOURCES[source]).merge(deliveries[["delivery_id", "path", "understood_as"]], on="delivery_id")
    read["sheet_index"] = [int(record_id.split("-")[1]) - 1 for record_id in read["record_id"]]
    copies = set(deliveries["path"][deliveries["verdict"] == "duplicate"])
    records = records[(records["source"] == source) & ~records["path"].isin(copies)]
    read = read.rename(
        columns={name: f"r_{name}" for name in read.columns if name not in ("path", "sheet_index", "row_no")}
    )
    met = records.merge(read, on=["path", "sheet_index", "row_no"], how="outer", indicator="met")
    assert set(met["met"]) == {"both"}, met["met"].value_counts().to_dict()
    return met.merge(book, left_on="line", right_on="b_line")


def sex(rows: pd.DataFrame) -> Column:
    return rows["b_male"].map({True: "男", False: "女"})


def day(name: str) -> Callable[[pd.DataFrame], Column]:
    return lambda rows: rows[name].astype("timestamp[ns][pyarrow]").dt.date


def month_of(name: str) -> Callable[[pd.DataFrame], Column]:
    """The first of September of a year."""
    return lambda rows: rows[name].map(lambda year: pd.Timestamp(int(year), 9, 1).date())


def same(name: str) -> Callable[[pd.DataFrame], Column]:
    return lambda rows: rows[f"b_{name}"]


def always(value: object) -> Callable[[pd.DataFrame], Column]:
    return lambda rows: pd.Series([value] * len(rows), index=rows.index)


def roll_number(rows: pd.DataFrame) -> Column:
    """The number of a roll entry: one of 17 digits is none; of one Excel cut off a workbook keeps fifteen digits, and a
    text file what Excel showed, 9.90102E+17."""
    gone = (rows["b_number_kind"] == "short") | (
        (rows["b_number_kind"] == "truncated") & ~rows["path"].str.endswith("xlsx")
    )
    return rows["b_id_number"].where(~gone)


def of_parent(field: str) -> Callable[[pd.DataFrame], Column]:
    """The first guardian is the father; a district's own selection of columns (家长姓名) has the mother."""

    def told(rows: pd.DataFrame) -> Column:
        mothers = rows["r_understood_as"].str.contains("家长")
        return rows[f"b_mother{field}"].where(mothers, rows[f"b_father{field}"])

    return told


def head(field: str) -> Callable[[pd.DataFrame], Column]:
    """The head of the household is the father in three families of four."""
    suffix = {"name": "", "number": "_id"}[field]
    return lambda rows: rows[f"b_father{suffix}"].where(
        rows["b_family"].astype(int) % 4 != 0, rows[f"b_mother{suffix}"]
    )


EXPECTED: dict[str, dict[str, Callable[[pd.DataFrame], Column]]] = {
    "registry": {
        "name": same("name"), "former_name": same("former_name"), "sex": sex, "birth_date": day("b_birth_date"),
        "ethnicity": same("ethnicity"), "id_type": same("id_type"), "id_number": roll_number, "pupil_no": same("pupil_no"),
        "id_kind": lambda rows: rows["b_number_kind"].map(lambda kind: UNUSABLE.get(kind, "valid")),
        "hukou_code": same("hukou_code"), "attend_mode": same("attend_mode"), "grade": same("grade"),
        "class_no": same("class_no"), "status": same("status"), "migrant": same("migrant"),
        "left_behind": same("left_behind"), "boarding_aid": same("poor"), "aid_wanted": same("poor"),
        "orphan": always(False), "nationality": always("中国"), "entered_on": month_of("b_entered"),
        "hukou_type": always("农业家庭户口"), "entry_mode": always("就近入学"), "pupil_origin": always("正常入学"),
        "inclusive": always("非随班就读"), "disability": always("无残疾"), "phone": of_parent("_phone"),
        "guardian1_name": of_parent(""), "guardian1_relation": always("父亲"), "guardian1_id_number": same("father_id"),
        "guardian1_phone": of_parent("_phone"), "guardian2_name": same("mother"), "guardian2_relation": always("母亲"),
        "guardian2_id_number": same("mother_id"), "guardian2_phone": same("mother_phone"),
        "address": same("lives_at"), "school_name": lambda rows: rows["school_name"], "school_code": lambda rows: rows["school_code"],
    },
    "household": {
        "name": same("name"), "former_name": same("former_name"), "sex": sex, "birth_date": day("b_birth_date"),
        "ethnicity": same("ethnicity"), "id_number": same("id_number"), "address": same("address"),
        "township_name": same("township_name"), "hukou_code": same("hukou_code"), "community": same("village"),
        "household_no": same("household_no"), "head_name": head("name"), "head_id_number": head("number"),
        "relation": lambda rows: rows["b_male"].map({True: "子", False: "女"}),
        "guardian1_name": same("father"), "guardian1_id_number": same("father_id"), "guardian2_name": same("mother"),
        "guardian2_id_number": same("mother_id"), "phone": same("mother_phone"), "left_on": day("b_left_on"),
        "left_reason": same("left_reason"), "as_of": always(pd.Timestamp("2026-08-27").date()),
        "police_station": lambda rows: rows["b_township_name"].map(lambda name: f"{name.removesuffix('街道')}派出所"),
    },
    "attendance": {
        "name": same("written_name"), "pupil_no": lambda rows: rows["number_written"], "id_number": same("id_number"), "grade": same("grade"),
        "class_no": same("class_no"), "seat_no": lambda rows: rows["r_seat_no"], "month": always("2026-09"), "school_name": lambda rows: rows["school_name"],
        "school_code": lambda rows: rows["school_code"], "marks": lambda rows: rows["as_written"],
    },
    "vocational": {
        "name": same("name"), "sex": sex, "birth_date": day("b_birth_date"), "id_number": same("id_number"),
        "programme": same("programme"), "entered_on": month_of("b_entered"), "status": always("在读"),
        "guardian1_name": same("father"), "phone": same("father_phone"),
    },
    "exempt": {
        "name": same("name"), "sex": sex, "birth_date": day("b_birth_date"), "id_number": same("id_number"),
        "kind": same("kind"), "reason": same("reason"), "approved_on": day("b_approved_on"),
        "valid_until": day("b_valid_until"), "guardian1_name": same("father"), "phone": same("father_phone"),
    },
    "priority": {
        "name": same("name"), "sex": sex, "id_number": same("id_number"), "group_name": same("group"), "address": same("address"),
    },
}  # fmt: skip
FOLLOWS = {"id_prefix", "id_kind", "birth_month_only", "township_code", "birth_date", "sex", "hukou_code", "school_code",
           "id_number", "class_name", "group_name", "seat_no", "remarks", "school_name", "approved_by"}  # fmt: skip
"""Fields that follow from another one (the number, the title, the class) where the file has no column of their own, and
running numbers, remarks and stamps, which the books do not hold."""


def with_schools(rows: pd.DataFrame, source: str, truth: Path) -> pd.DataFrame:
    """The rows with what their school is called and how it keeps its class sheets, for the sources that name one."""
    if source not in ("registry", "attendance"):
        return rows
    city = invent(1500, 7, PERIOD)
    assert len(pd.read_parquet(truth / "children.parquet")) == len(city.children)
    schools = city.schools.iloc[rows["b_school"].astype(int)].reset_index(drop=True)
    rows = rows.assign(school_name=schools["school_name"], school_code=schools["school_code"])
    if source == "registry":
        return rows
    styles = [SHEET_STYLES[number] for number in schools["sheet_style"]]
    told = zip(styles, rows["b_pupil_no"], rows["b_id_number"], rows["r_pupil_no"], strict=True)
    number = [
        read if style.number == "学号" else either if isinstance(either, str) else alone
        for style, either, alone, read in told
    ]
    return rows.assign(as_written=written_marks(rows["b_marks"], styles), number_written=number)


def written_marks(letters: pd.Series, styles: list[SheetStyle]) -> list[str]:
    """The letters of a line as its school's signs can say them: what has no sign there is written as present."""
    return [
        "".join(m if m in "-." or m.upper() in style.legend else "P" for m in marks).ljust(31, "-")
        for marks, style in zip(letters, styles, strict=True)
    ]


def plain(value: object) -> object:
    return None if value is None or pd.isna(value) else value


@pytest.mark.parametrize("source", SOURCES)
def test_every_field_of_every_accepted_row_is_what_the_office_wrote(city: Path, results: Path, source: str) -> None:
    rows = with_schools(facing(city, results, source), source, city / "truth")
    assert len(rows) == len(pd.read_parquet(city / "truth" / "books" / f"{source}.parquet"))
    has = [{told["column"] for told in json.loads(text)} for text in rows["r_understood_as"]]
    wrong: dict[str, list[tuple[object, object]]] = {}
    compared = 0
    for name in dict.fromkeys([*(column.name for column in ROWS[source].delivered), *EXPECTED[source]]):
        read = [plain(value) for value in rows[f"r_{name}"]]
        if name not in EXPECTED[source]:
            assert name in FOLLOWS or not any(read), f"{source}.{name} is read and nothing says what it should be"
            continue
        wanted = [plain(value) for value in EXPECTED[source][name](rows)]
        for expected, got, columns in zip(wanted, read, has, strict=True):
            compared += got is not None and expected == got
            if expected != got and (name in columns or not (got is None or name in FOLLOWS)):
                wrong.setdefault(name, []).append((expected, got))
    assert not {name: (len(pairs), pairs[:3]) for name, pairs in wrong.items()}
    assert compared > 4 * len(rows)


def test_every_planted_defect_of_the_registry_is_reported_with_its_kind_and_nothing_else_is(
    city: Path, results: Path
) -> None:
    rows = facing(city, results, "registry")
    issues = table(results, "issues")
    kinds = rows["b_number_kind"]
    number = rows["b_id_number"]
    whole = kinds.isin(["right", "sibling"])
    planted = {code: set(rows["r_record_id"][kinds == kind]) for kind, code in ISSUE_OF.items()}
    born = [plain(day) and day.strftime("%Y%m%d") for day in rows["b_birth_date"]]
    differs = [w and n[6:14] != b for w, n, b in zip(whole, number, born, strict=True)]
    planted["birth_differs_from_number"] = set(rows["r_record_id"][differs])
    boy = [w and (int(n[16]) % 2 == 1) != male for w, n, male in zip(whole, number, rows["b_male"], strict=True)]
    planted["sex_differs_from_number"] = set(rows["r_record_id"][boy])
    told = issues[issues["record_id"].isin(set(rows["r_record_id"]))]
    for code, records in planted.items():
        assert set(told["record_id"][told["code"] == code]) == records, code
    assert sum(map(len, planted.values())) > 50
