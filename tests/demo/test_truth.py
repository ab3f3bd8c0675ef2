"""The truth, counted a second time from the offices' books alone, pupil by pupil."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from transforms.demo.city import City, invent, school_days
from transforms.demo.truth import FINDINGS, expected_findings

IN_FORCE = ("在读", "休学")


def longest_run(marks: str) -> int:
    return max(len(run) for run in "".join("A" if m == "A" else " " for m in marks).split(" "))


def by_child(table: pd.DataFrame) -> dict[int, list[dict]]:
    rows: dict[int, list[dict]] = defaultdict(list)
    for row in table.to_dict("records"):
        rows[row["child"]].append(row)
    return rows


def recount(city: City) -> Iterator[tuple[int, str]]:
    days = [day - 1 for day in school_days(city.period)]
    marks = ["".join(row) for row in city.marks[:, days].astype(str)]
    rolls = by_child(city.rolls[city.rolls["status"].isin(IN_FORCE)])
    lines = by_child(city.sheets.assign(marks=marks))
    household = by_child(city.household[city.household["left_reason"].isna()])
    vocational = set(city.vocational["child"])
    start = np.datetime64(f"{city.period}-01")
    exempt = set(city.exempt["child"][city.exempt["valid_until"] >= start])
    classes = set(city.sheets[["school", "grade", "class_no"]].itertuples(index=False, name=None))
    for child in range(len(city.children)):
        on, seen, home = rolls[child], lines[child], household[child]
        own_schools = {entry["school"] for entry in on}
        elsewhere = [line for line in seen if line["school"] not in own_schools]
        if len(own_schools) > 1:
            yield child, "duplicate_registration"
        elif on and on[0]["status"] == "在读":
            yield from (
                (child, finding) for finding in of_pupil(on[0], seen, elsewhere, classes, child in vocational | exempt)
            )
        if seen and not on:
            yield child, "attends_unregistered"
        if home and 6 <= city.children["age"][child] < 15 and not on and not seen and child not in vocational | exempt:
            yield child, "not_enrolled"
        own_known = any(entry["id_number"] is not None for entry in home)
        borrowed = any(entry["number_kind"] == "guardian" for entry in on) and not own_known
        if borrowed or any(unusable(entry) for entry in on) or any(entry["id_number"] is None for entry in home):
            yield child, "missing_id_number"
        if on and home and differ(on[0], home[0]):
            yield child, "identity_mismatch"


def of_pupil(roll: dict, seen: list[dict], elsewhere: list[dict], classes: set, lawful: bool) -> Iterator[str]:
    own = [line for line in seen if line not in elsewhere]
    delivered = (roll["school"], roll["grade"], roll["class_no"]) in classes
    if elsewhere:
        yield "attends_elsewhere"
        if delivered:
            yield "absent_from_school"
        return
    if not delivered or lawful or roll["attend_mode"] == "送教上门":
        return
    marks = own[0]["marks"] if own else ""
    present = any(mark in "PTEOsl" for mark in marks)
    if longest_run(marks) >= 5 or (not present and set(marks) <= {"A", "."}):
        yield "absent_from_school"
        yield "suspected_dropout"
    elif not present and "L" in marks:
        yield "absent_from_school"
    elif present and (longest_run(marks) >= 3 or marks.count("A") >= 0.1 * len(marks.replace(".", ""))):
        yield "dropout_risk"


def unusable(entry: dict) -> bool:
    number = entry["id_number"]
    return number is None or len(number) != 18 or "*" in number or entry["number_kind"] == "truncated"


def differ(roll: dict, home: dict) -> bool:
    numbers = not unusable(roll) and home["id_number"] is not None and roll["id_number"] != home["id_number"]
    return numbers or any(roll[field] != home[field] for field in ("name", "male", "birth_date"))


@pytest.mark.parametrize(("period", "seed"), [("2026-09", 11), ("2026-03", 12), ("2025-09", 13)])
def test_the_truth_is_what_the_books_say(period: str, seed: int):
    invented = invent(12_000, seed, period)
    expected = expected_findings(invented)
    assert not expected.duplicated(["child", "finding"]).any()
    declared = set(expected[["child", "finding"]].itertuples(index=False, name=None))
    counted = set(recount(invented))
    for finding in FINDINGS:
        assert {c for c, f in declared if f == finding} == {c for c, f in counted if f == finding}, finding


def test_every_finding_happens_often_enough_to_be_measured(city: City):
    counts = expected_findings(city)["finding"].value_counts()
    assert set(counts.index) == set(FINDINGS)
    assert counts.min() >= 20


def test_an_absence_at_another_school_or_on_leave_is_not_suspected(city: City):
    expected = expected_findings(city)
    suspected = set(expected["child"][expected["finding"] == "suspected_dropout"])
    explained = city.children.index[
        city.children["fate"].isin(["elsewhere", "leave_all_month", "sick_all_month", "suspended"])
    ]
    assert not suspected & set(explained)


def test_pupils_of_schools_that_handed_in_no_sheets_are_never_absent(city: City):
    expected = expected_findings(city)
    absent = expected["child"][expected["finding"] == "absent_from_school"]
    assert city.children["class_delivered"][absent].all()
    silent = city.children["pupil"] & ~city.schools["delivers"].to_numpy()[city.children["school"]]
    assert silent.sum() > 100
