"""Searches every file a run handed out for what its office may not hold, by rules written here a second time.

    python -m tests.lists.leaks --data DIR [--period 2026-09]

Nothing of the lists' own tables or declarations is used to say who may be told what: only children, findings, cases and
the registers, the manifest's line of each file, and domain.md, "Personal data". Prints each leak without its value.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from transforms.lake import Lake
from transforms.query import query

NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
TOLD = {
    "school": {"suspected_dropout", "absent_from_school", "dropout_risk", "attends_elsewhere", "attends_unregistered",
               "duplicate_registration", "identity_mismatch", "missing_id_number"},
    "township": {"not_enrolled", "suspected_dropout"},
    "police": {"missing_id_number", "identity_mismatch"},
    "elsewhere": {"suspected_dropout", "absent_from_school"},
}  # fmt: skip
MAY_VISIT = {"township"}
MAY_HOLD_ADDRESSES = {"township", "police", "county"}
MAY_HOLD_GROUPS = {"township", "county"}
EVERYDAY = {"困难", "其他", "其它", "司法", "流动"}  # words of the groups' table that forms and answers use too


@dataclass
class File:
    """One file handed out: its line of the manifest, the texts of its cells, and all its text."""

    path: Path
    district: str
    line: dict[str, Any]
    cells: set[str] = field(default_factory=set)
    text: str = ""
    cases: list[str] = field(default_factory=list)


@dataclass
class City:
    """What is true of the children, read from the published tables."""

    children: dict[str, dict[str, Any]]
    findings: list[dict[str, Any]]
    cases: dict[str, dict[str, Any]]
    numbers: dict[str, set[str]]
    names: dict[str, set[str]]
    review: set[str]
    homes: dict[str, str]
    groups: list[str]
    flags: set[str]


def read_city(folder: Path) -> City:
    """The tables of a run."""
    rows = {name: query(folder, f"from {name}").to_pylist() for name in (
        "children", "findings", "cases", "child_records", "registry_pupils", "household_children", "attendance_pupils",
        "review_pairs", "schools",
    )}  # fmt: skip
    record = {
        r["record_id"]: r for name in ("registry_pupils", "household_children", "attendance_pupils") for r in rows[name]
    }
    numbers, names = defaultdict(set), defaultdict(set)
    for row in rows["child_records"]:
        held = record.get(row["record_id"], {})
        numbers[row["child_id"]] |= {held.get("id_number"), held.get("id_number_raw")} - {None}
        names[row["child_id"]] |= {held.get("name"), held.get("name_raw")} - {None}
    for row in rows["children"]:
        numbers[row["child_id"]].add(row["id_number"] or "")
        names[row["child_id"]].add(row["name"] or "")
    owner = {row["record_id"]: row["child_id"] for row in rows["child_records"]}
    paired = {r[f"{side}_record_id"] for r in rows["review_pairs"] for side in ("left", "right")}
    with Path("data/reference/priority_groups.csv").open(encoding="utf-8", newline="") as handle:
        groups = sorted(
            {word for row in csv.DictReader(handle) for word in (row["word"], row["group_name"])} - EVERYDAY
        )
    homes = {}
    for row in sorted(rows["schools"], key=lambda r: (r["kind"] != "registry", r["district_code"])):
        homes.setdefault(row["school_code"], row["district_code"])
    return City(
        {row["child_id"]: row for row in rows["children"]}, rows["findings"],
        {row["case_no"]: row for row in rows["cases"]}, numbers, names, {owner[r] for r in paired if r in owner}, homes, groups,
        {group for row in rows["children"] for group in (row["groups"] or "").split("、")} - {""},
    )  # fmt: skip


def read_files(outbox: Path) -> list[File]:
    """Every file of every manifest; a file beside the manifest that it does not name is a leak of its own."""
    found = []
    for manifest in sorted(outbox.glob("*/manifest.json")):
        listed = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        on_disk = {p.relative_to(manifest.parent).as_posix() for p in manifest.parent.rglob("*") if p.is_file()}
        assert on_disk == {line["file"] for line in listed} | {"manifest.json"}, manifest.parent.name
        found += [_opened(manifest.parent, line) for line in listed]
    return found


def _opened(folder: Path, line: dict[str, Any]) -> File:
    path = folder / line["file"]
    file = File(path, folder.name, line)
    if path.suffix == ".html":
        file.text = path.read_text(encoding="utf-8")
        return file
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    file.text = html.unescape("\n".join(re.sub(r"</?(?:w:|)(?:r|t|rPr|rFonts|sz)\b[^>]*>", "", part) for part in parts))
    if path.suffix == ".docx":
        text = re.sub(r"<[^>]*>", "\n", file.text)
        file.cells = {cell.strip() for cell in text.split("\n")} - {""}
        file.cases = re.findall(r"编号：(\S+)", text)
        return file
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        if name == "选项":
            continue
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        file.cells |= {str(cell).strip() for row in rows for cell in row if cell not in ("", None)}
        heads = rows[3] if len(rows) > 3 else []
        if "案号" in heads:
            at = heads.index("案号")
            file.cases += [str(row[at]) for row in rows[4:] if row[at] not in ("", None)]
    return file


def allowed(city: City) -> dict[tuple[str, str], set[str]]:
    """The children each office may know of: kind of office and its code (of a police station: its name or code)."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_child = defaultdict(set)
    for row in city.findings:
        by_child[row["child_id"]].add(row["finding"])
        child = city.children[row["child_id"]]
        for kind, findings in TOLD.items():
            if row["finding"] in findings:
                told[kind, _office(kind, row, child)].add(row["child_id"])
        told["county", row["district_code"]].add(row["child_id"])
    for row in city.cases.values():  # the ledgers: of school and county, of cases of this and earlier periods
        child = city.children.get(row["child_id"])
        told["county", row["district_code"]].add(row["child_id"])
        school = row["school_code"] or (child or {}).get("school_code")
        if row["finding"] in TOLD["school"]:
            told["school", school or ""].add(row["child_id"])
    for child_id, child in city.children.items():  # the ledger of all children of school age
        told["county", child["district_code"]].add(child_id)
    return told


def _office(kind: str, row: dict[str, Any], child: dict[str, Any]) -> str:
    if kind == "school":
        return row["school_code"] or ""
    if kind == "township":
        return row["township_code"] or ""
    if kind == "elsewhere":
        return (child["hukou_code"] or child["township_code"] or "")[:6]
    return "*"


def search(city: City, files: list[File]) -> list[str]:
    """Every leak as file kind, recipient and what, without the value."""
    told = allowed(city)
    every_name = defaultdict(set)
    for child_id, names in city.names.items():
        for name in names:
            every_name[name].add(child_id)
    guardians = {child["guardian_name"] for child in city.children.values()}
    phones = {child["phone"] for child in city.children.values()} - {None}
    addresses = {child["address"] for child in city.children.values() if child["address"] and len(child["address"]) > 5}
    leaks = []
    for file in files:
        kind, unit = file.line["recipient"], file.line["unit_code"]
        own = told.get((kind, unit), set())
        if kind == "police":
            own = _of_station(city, told["police", "*"], file)
        say = lambda what, file=file, kind=kind: leaks.append(f"{file.district} {kind} {file.line['kind']}: {what}")  # noqa: E731
        review = city.review if file.line["kind"] == "疑似同一人核对" else set()
        if not file.line["personal"] and (named := [n for n in every_name if len(n) > 2 and n in file.cells]):
            say(f"{len(named)} names in a file for everybody")
        strangers = [
            name for name in file.cells & set(every_name)
            if name not in guardians and not every_name[name] & (own | review)
        ]  # fmt: skip
        if strangers:
            say(f"{len(strangers)} children it is not told of")
        _numbers(city, file, own, say)
        if kind not in MAY_VISIT and any(match in phones for match in PHONE.findall(file.text)):
            say("a telephone")
        if kind not in MAY_HOLD_ADDRESSES and file.cells & addresses:
            say("an address")
        if kind not in MAY_HOLD_GROUPS and file.line["personal"] and any(_flags(cell, city) for cell in file.cells):
            say("a group flag")
        foreign = [case for case in file.cases if case in city.cases and city.cases[case]["child_id"] not in own]
        if foreign:
            say(f"{len(foreign)} cases of others")
        if any(child_id in file.text for child_id in (*list(own)[:200], *list(city.children)[:200])):
            say("a child_id")
    return leaks


def _flags(cell: str, city: City) -> bool:
    """Whether a cell names a priority group: as the children's column writes them, or any word for one."""
    return set(cell.split("、")) <= city.flags or any(group in cell for group in city.groups)


def _of_station(city: City, told: set[str], file: File) -> set[str]:
    """Of the children told to any police: those of this station's addresses, else of its township or district."""
    unit, own = file.line["unit_code"], set()
    stations = defaultdict(set)
    for child in city.children.values():
        stations[child["township_code"]].add(_station(child))
    for child_id in told:
        child = city.children[child_id]
        instead = {child["township_code"], file.district, *stations[child["township_code"]]}
        if _station(child) == unit or (not _station(child) and unit in instead):
            own.add(child_id)
    return own


def _station(child: dict[str, Any]) -> str:
    return (child["police_station"] or "").split("分局")[-1].split("公安局")[-1]


def _numbers(city: City, file: File, own: set[str], say: Any) -> None:
    text = re.sub(r"<[^>]*>", " ", file.text) if file.path.suffix != ".html" else file.text
    whole = {n.upper() for n in NUMBER.findall(text)}
    if file.line["recipient"] != "police":
        if whole:
            say("a whole number")
        return
    may = {n.upper() for child in own for n in city.numbers[child]}
    if strays := [n for n in whole if n not in may]:
        say(f"{len(strays)} whole numbers of others")


def lists_of(files: list[File]) -> list[File]:
    """The files that are sent back filled in: one row of them for each finding and recipient."""
    return [file for file in files if file.line["kind"] in ("核实名单", "核查台账")]


def twice_listed(files: list[File]) -> list[str]:
    """Cases that stand in more than one row of one kind of office's lists."""
    seen = Counter((file.line["recipient"], case) for file in lists_of(files) for case in file.cases)
    return [f"{kind} {case}" for (kind, case), count in seen.items() if count > 1]


def unlisted(city: City, files: list[File]) -> list[str]:
    """Children of a finding that stand on no list of an office that must be told of it."""
    on = defaultdict(set)
    for file in lists_of(files):
        for case in file.cases:
            on[file.line["recipient"]].add(city.cases[case]["child_id"])
    missing = []
    for row in city.findings:
        if row["child_id"] not in on["county"]:
            missing.append(f"county {row['finding']}")
        if row["school_code"] and row["finding"] in TOLD["school"] and row["child_id"] not in on["school"]:
            missing.append(f"school {row['finding']}")
        if row["finding"] in TOLD["police"] and row["child_id"] not in on["police"]:
            missing.append(f"police {row['finding']}")
        if (row["finding"] in TOLD["township"] and (row["township_code"] or "")[:6] == row["district_code"]
                and row["child_id"] not in on["township"]):  # fmt: skip
            missing.append(f"township {row['finding']}")
    return missing


def main() -> int:
    """Search one data folder and say what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--period")
    wanted = options.parse_args()
    lake = Lake(wanted.data)
    period, folder = lake.opened(wanted.period)
    city, files = read_city(folder), read_files(lake.outbox(period))
    leaks = [*search(city, files), *twice_listed(files), *unlisted(city, files)]
    print(
        f"{len(files)} files, {len(city.children)} children, {len(city.findings)} findings: {len(leaks)} leaks or gaps"
    )
    for leak, count in Counter(leaks).most_common(40):
        print(f"  {count:5d} {leak}")
    return bool(leaks)


if __name__ == "__main__":
    raise SystemExit(main())
