"""Write an invented city's deliveries and its truth: `python -m tests.foreign.city --out DIR --children N --seed S`."""

import argparse
import csv
import random
import shutil
import stat
from pathlib import Path

from tests.foreign.attendance import write_attendance
from tests.foreign.lives import Lives
from tests.foreign.people import DISTRICTS, City, Person
from tests.foreign.registers import write_household, write_others, write_registry

PERIOD = "2026-09"
ENGLISH = ("registry", "attendance", "household", "vocational", "exempt", "priority")
CHINESE = ("学籍", "考勤", "户籍", "中职", "豁免", "重点群体")


def folder_names() -> dict[str, dict[str, str]]:
    """What each district calls its folders: English, Chinese, or mixed."""
    mixed = tuple(c if n % 2 else e for n, (e, c) in enumerate(zip(ENGLISH, CHINESE, strict=True)))
    tables = dict(zip(DISTRICTS, (ENGLISH, CHINESE, mixed), strict=True))
    return {source: {d: names[n] for d, names in tables.items()} for n, source in enumerate(ENGLISH)}


def write_broken(inbox: Path, folders: dict[str, dict[str, str]], city: City, good: Path) -> list[Path]:
    """Files no program can read, and a second copy of a good one."""
    _first, second, third = DISTRICTS
    silent = next(s for s in city.schools if not s.delivers)
    cut = inbox / silent.district / folders["attendance"][silent.district] / f"{silent.name}考勤表.xlsx"
    cut.parent.mkdir(parents=True, exist_ok=True)
    whole = next(p for p in sorted(inbox.rglob("*.xlsx"))).read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    empty = inbox / second / folders["registry"][second] / "新建 Microsoft Excel 工作表.xlsx"
    empty.write_bytes(b"")
    note = inbox / third / folders["household"][third] / "数据说明.txt"
    note.write_bytes("本数据由县公安局提供，仅供控辍保学比对使用，请注意保密。\r\n联系人：张警官\r\n".encode("gb18030"))
    shutil.copy(good, good.with_name(good.stem + " - 副本" + good.suffix))
    return [cut, empty, note]


def write_truth(out: Path, people: list[Person]) -> None:
    with (out / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            [
                "person",
                "name",
                "names",
                "id_number",
                "id_numbers",
                "birth_date",
                "birth_dates",
                "district_code",
                "school_code",
                "school_name",
                "grade",
                "class_no",
                "places",
                "kinds",
                "finding",
                "reason",
                "verdict",
            ]
        )
        for p in people:
            who = [
                p.key,
                p.name,
                "|".join(sorted(p.names | {p.name})),
                p.id_number,
                "|".join(sorted(p.ids | {p.id_number})),
                p.birth.isoformat(),
                "|".join(sorted(b.isoformat() for b in p.births | {p.birth})),
                p.district,
                p.school.code if p.school else "",
                p.school.name if p.school else "",
                p.grade or "",
                p.class_no or "",
                "|".join(f"{s}/{g}/{c}" for s, g, c in sorted(p.places)),
                "+".join(p.kinds),
            ]
            rows = [(f, r, "expected") for f, r in p.expected.items() if f not in p.ignored] + [
                (f, "", "ignore") for f in sorted(p.ignored)
            ]
            for row in rows or [("", "", "none")]:
                table.writerow([*who, *row])


def build(out: Path, children: int, seed: int) -> City:
    city = Lives(children, seed).found()
    inbox, folders, rng = out / "inbox" / PERIOD, folder_names(), random.Random(seed + 1)
    if (out / "inbox").exists():
        shutil.rmtree(out / "inbox")
    inbox.mkdir(parents=True)
    out.chmod(stat.S_IRWXU)
    written = [(p, n, "registry") for p, n in write_registry(rng, city, inbox, folders["registry"])]
    written += [(p, n, "household") for p, n in write_household(rng, city, inbox, folders["household"])]
    attendance = write_attendance(rng, city, inbox, folders["attendance"])
    written += [(p, n, "attendance") for p, n in attendance]
    written += write_others(rng, city, inbox, folders)
    broken = write_broken(inbox, folders, city, attendance[0][0])
    with (out / "truth_files.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["path", "source", "rows", "verdict"])
        table.writerows((p.relative_to(out).as_posix(), source, rows, "readable") for p, rows, source in written)
        table.writerows((p.relative_to(out).as_posix(), "", 0, "refused") for p in broken)
    people = {p.key: p for p in city.people}
    for row in city.registry:
        if row.get("typed_as_number"):
            people[str(row["person"])].kinds.append("school_lost_digits")
            people[str(row["person"])].ignore("missing_id_number", "identity_mismatch")
    write_truth(out, city.people)
    return city


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--children", type=int, default=3000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    city = build(given.out, given.children, given.seed)
    print(
        f"{len(city.people)} people, {len(city.schools)} schools, {len(city.registry)} roll rows, {len(city.household)} household rows, {len(city.marks)} sheet rows"
    )


if __name__ == "__main__":
    main()
