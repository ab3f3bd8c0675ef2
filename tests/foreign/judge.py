"""Compare what the pipeline found in the invented city with what is true: `python -m tests.foreign.judge --data DIR`.

Prints, per finding, expected, found, right, precision and recall; writes judge/missed.csv, wrong.csv, splits.csv and
files.csv beside the truth so that a developer can see which child and which file went wrong.
"""

import argparse
import csv
import io
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tests.foreign.identifiers import valid
from tests.foreign.names import DOTS
from tests.foreign.people import CITY, FINDINGS

Table = list[dict[str, str]]
CHINESE = {c: n for n, c in enumerate("零一二三四五六七八九")}


def query(data: Path, period: str, sql: str) -> Table:
    command = [
        str(Path(sys.executable).parent / "baoxue"),
        "query",
        sql,
        "--data",
        str(data),
        "--period",
        period,
        "--format",
        "csv",
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"baoxue query failed ({done.returncode}): {done.stderr.strip()[-1500:]}\n  {sql}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def bare(name: str) -> str:
    return "".join(sign for sign in name if sign not in DOTS and not sign.isspace())


def bare_school(name: str) -> str:
    return name.replace("(", "（").replace(")", "）").replace(" ", "").removeprefix(CITY)


def number(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0")
    return digits or next((str(CHINESE[sign]) for sign in text if sign in CHINESE), "")


class Truth:
    """Who is meant by a row of the pipeline's output, and what is true of that person."""

    def __init__(self, path: Path) -> None:
        self.people: dict[str, dict[str, str]] = {}
        self.expected: dict[str, dict[str, str]] = {f: {} for f in FINDINGS}
        self.ignored: set[tuple[str, str]] = set()
        self.schools: dict[str, str] = {}
        self.index: dict[tuple[str, ...], set[str]] = defaultdict(set)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["person"] not in self.people:
                    self.learn(row)
                if row["verdict"] == "expected":
                    self.expected[row["finding"]][row["person"]] = row["reason"]
                elif row["verdict"] == "ignore":
                    self.ignored.add((row["person"], row["finding"]))

    def learn(self, row: dict[str, str]) -> None:
        key = row["person"]
        self.people[key] = row
        if row["school_name"]:
            self.schools[bare_school(row["school_name"])] = row["school_code"]
        for id_number in row["id_numbers"].split("|"):
            self.index["id", id_number.strip().upper()].add(key)
        for name in map(bare, row["names"].split("|")):
            self.index["name", name].add(key)
            for birth in row["birth_dates"].split("|"):
                self.index["birth", name, birth].add(key)
            for place in filter(None, row["places"].split("|")):
                self.index["place", name, *place.split("/")].add(key)

    def who(self, child: dict[str, str]) -> str:
        """The person's key, or nothing where the row could be several people or none."""
        name, id_number = bare(child["name"]), child["id_number"].strip().upper()
        keys: list[tuple[str, ...]] = [("id", id_number)] if valid(id_number) else []
        keys += [
            ("birth", name, child["birth_date"][:10]),
            (
                "place",
                name,
                self.schools.get(bare_school(child["school_name"]), child["school_code"]),
                number(child["grade"]),
                number(child["class_no"]),
            ),
            ("name", name),
        ]
        for key in keys:
            if len(self.index.get(key, ())) == 1:
                return next(iter(self.index[key]))
        return ""


def save(path: Path, rows: Table) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        if rows:
            table = csv.DictWriter(file, list(rows[0]), extrasaction="ignore", restval="")
            table.writeheader()
            table.writerows(rows)


def judge_findings(data: Path, truth: Truth, children: Table, findings: Table) -> None:
    owner = {child["child_id"]: truth.who(child) for child in children}
    by_person: dict[str, Table] = defaultdict(list)
    for child in children:
        by_person[owner[child["child_id"]]].append(child)
    by_id = {child["child_id"]: child for child in children}
    found: dict[str, dict[str, dict[str, str]]] = {f: {} for f in FINDINGS}
    unknown: dict[str, Table] = defaultdict(list)
    for row in findings:
        key = owner.get(row["child_id"], "")
        if key:
            found[row["finding"]][key] = row
        else:
            unknown[row["finding"]].append(row)
    missed, wrong, wrong_kinds, missed_kinds = [], [], Counter(), Counter()
    print(f"{'finding':26}{'expected':>9}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for finding in FINDINGS:
        expected = {k: r for k, r in truth.expected[finding].items() if (k, finding) not in truth.ignored}
        got = {k: r for k, r in found[finding].items() if (k, finding) not in truth.ignored}
        right, total = expected.keys() & got.keys(), len(got) + len(unknown[finding])
        print(
            f"{finding:26}{len(expected):9}{total:7}{len(right):7}{len(right) / max(total, 1):11.4f}{len(right) / max(len(expected), 1):8.4f}"
        )
        for key in sorted(expected.keys() - right):
            person = truth.people[key]
            missed.append(
                {
                    "finding": finding,
                    **{
                        c: person[c]
                        for c in (
                            "person",
                            "kinds",
                            "names",
                            "id_number",
                            "birth_date",
                            "district_code",
                            "school_name",
                            "places",
                        )
                    },
                    "children": " ; ".join(
                        "/".join(
                            (
                                c["name"],
                                c["id_number"],
                                c["birth_date"][:10],
                                c["school_name"],
                                c["grade"],
                                c["on_roll"],
                                c["explanation"],
                            )
                        )
                        for c in by_person[key]
                    ),
                }
            )
            missed_kinds[
                finding, person["kinds"], "one child" if len(by_person[key]) == 1 else f"{len(by_person[key])} children"
            ] += 1
        for key in sorted(got.keys() - right):
            row, person = got[key], truth.people[key]
            wrong.append(
                {
                    **row,
                    "person": key,
                    "kinds": person["kinds"],
                    "true_names": person["names"],
                    "places": person["places"],
                    "children_of_person": str(len(by_person[key])),
                }
            )
            wrong_kinds[finding, person["kinds"], row["reason"], f"{len(by_person[key])} children"] += 1
        for row in unknown[finding]:
            wrong.append({**row, "person": "?", "kinds": "", "true_names": "", "places": "", "children_of_person": ""})
            wrong_kinds[finding, "unknown person", row["reason"], ""] += 1
    same = [
        truth.expected["identity_mismatch"][k] == "+".join(sorted(r["reason"].split("+")))
        or set(truth.expected["identity_mismatch"][k].split("+")) == set(r["reason"].split("+"))
        for k, r in found["identity_mismatch"].items()
        if k in truth.expected["identity_mismatch"]
    ]
    print(f"identity_mismatch with the right fields named: {sum(same)} of {len(same)}")
    splits = [
        {"person": k, "kinds": truth.people[k]["kinds"], **c}
        for k, cs in sorted(by_person.items())
        if k and len(cs) > 1
        for c in cs
    ]
    absent = [k for k in truth.people if k not in by_person]
    print(
        f"children {len(children)}, of nobody known {len(by_person[''])}, people in several children {len({s['person'] for s in splits})}, people in none {len(absent)}"
    )
    for title, counts in (("missed", missed_kinds), ("wrong", wrong_kinds)):
        print(f"\n{title}, by kind:")
        for kind, count in counts.most_common(40):
            print(f"  {count:4} {' | '.join(kind)}")
    save(data / "judge" / "missed.csv", missed)
    save(data / "judge" / "wrong.csv", wrong)
    save(data / "judge" / "splits.csv", splits)
    save(data / "judge" / "unknown_children.csv", by_person[""])
    save(data / "judge" / "absent_people.csv", [truth.people[k] for k in absent])
    assert all(row["child_id"] in by_id for row in findings)


def judge_files(data: Path, period: str) -> None:
    deliveries = query(data, period, "select * from deliveries")
    path_column = next(c for c in deliveries[0] if "path" in c or c in ("file", "file_name"))

    def count(row, name):
        return int(float(row.get(name) or 0))

    unbalanced = [
        d
        for d in deliveries
        if count(d, "rows_read") != sum(count(d, f"rows_{k}") for k in ("accepted", "set_aside", "not_data"))
    ]
    print(
        f"\ndeliveries {len(deliveries)}, not balanced {len(unbalanced)}; rows read {sum(count(d, 'rows_read') for d in deliveries)}, "
        f"accepted {sum(count(d, 'rows_accepted') for d in deliveries)}, set aside {sum(count(d, 'rows_set_aside') for d in deliveries)}, not data {sum(count(d, 'rows_not_data') for d in deliveries)}"
    )
    known = {d[path_column].replace("\\", "/"): d for d in deliveries}
    rows = []
    with (data / "truth_files.csv").open(encoding="utf-8", newline="") as file:
        for wanted in csv.DictReader(file):
            hits = [d for path, d in known.items() if wanted["path"].endswith(path) or path.endswith(wanted["path"])]
            got = hits[0] if hits else {}
            accepted, set_aside = count(got, "rows_accepted"), count(got, "rows_set_aside")
            if (
                not hits
                or (wanted["verdict"] == "readable" and (accepted != int(wanted["rows"])))
                or (wanted["verdict"] == "refused" and accepted)
            ):
                print(
                    f"  {wanted['verdict']:8} expected rows {wanted['rows']:>5} accepted {accepted:5} set aside {set_aside:4}  {wanted['path']}"
                    f"  {'NOT LISTED' if not hits else ' '.join(v for k, v in got.items() if k in ('verdict', 'reason', 'refused', 'status'))}"
                )
            rows.append({**wanted, "accepted": str(accepted), "set_aside": str(set_aside), "listed": str(bool(hits))})
    save(data / "judge" / "files.csv", rows)
    print("issues:")
    for row in query(
        data, period, "select severity, code, count(*) as n from issues group by all order by n desc limit 40"
    ):
        print("  ", *row.values())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--period", default="2026-09")
    given = arguments.parse_args()
    truth = Truth(given.data / "truth.csv")
    children = query(
        given.data,
        given.period,
        "select child_id, name, sex, birth_date, id_number, district_code, school_code, school_name, grade, class_no, "
        "on_roll, attends_school_code, explanation from children",
    )
    findings = query(
        given.data,
        given.period,
        "select f.finding, f.reason, f.explanation as why, f.child_id, c.name, c.birth_date, c.id_number, c.school_code, c.school_name, "
        "c.grade, c.class_no, c.on_roll, c.attends_school_code, c.explanation from findings f join children c using (child_id)",
    )
    judge_findings(given.data, truth, children, findings)
    judge_files(given.data, given.period)


if __name__ == "__main__":
    main()
