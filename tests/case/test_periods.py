"""Children, findings and cases over consecutive periods, through the real entry points, each stage on its own engine."""

from datetime import date
from pathlib import Path

import pytest

from expectations.case_states import TRANSITIONS
from expectations.catalog import TABLES
from tests.parameters import parameters
from tests.tables import table
from transforms.cases import follow_cases, report
from transforms.children import form_children
from transforms.engine import Engine
from transforms.findings import find
from transforms.lake import Lake

PRESENT = "PPPPP--PPPPP--PPPPP--PPPPP--PP."
AWAY = "PPPPP--AAAAA--AAAAA--AAAAA--AA."
ROLL = """
    record_id | delivery_id | name | status | school_name
    r1        | d           | 王一 | 在读   | 第一小学
    r2        | d           | 王二 | 在读   | 第一小学
"""
LINKS = """
    left_record_id | right_record_id | left_source | right_source
    r1             | a1              | registry    | attendance
    r2             | a2              | registry    | attendance
"""


def run(folder: Path, period: str, marks: dict[str, str], previous: Path | None = None, answers: str = "", grade: int = 3,
        left: tuple[str, ...] = ()) -> Path:  # fmt: skip
    """One run of ``period`` over two pupils of one class, whose marks are given by name; ``left`` are off the roll."""
    year, month = int(period[:4]), int(period[5:])
    numbers = {"王一": "1", "王二": "2"}
    people = [
        "record_id | source | name | birth_date | id_number | id_kind | school_code | grade | class_no | in_force"
    ]
    sheets = ["record_id | name | month | marks"]
    roll = [line for line in ROLL.strip().splitlines() if not any(name in line for name in left)]
    for name, number in numbers.items():
        if name not in left:
            people.append(
                f"r{number} | registry | {name} | 2017-01-0{number} | N{number} | valid | S1 | {grade} | 1 | true"
            )
        if name in marks:
            people.append(f"a{number} | attendance | {name} | | | | S1 | {grade} | 1 | true")
            sheets.append(f"a{number} | {name} | {period} | {marks[name]}")
    links = [line for line in LINKS.strip().splitlines() if not any(f"r{numbers[n]} " in line or f"a{numbers[n]} " in line
                                                                   for n in numbers if n in left or n not in marks)]  # fmt: skip
    settings = parameters(period, date(year, month, 28))
    with Engine(folder, settings, previous=previous) as engine:
        drawn = {"registry_pupils": "\n".join(roll), "person_records": "\n".join(people),
                 "attendance_pupils": "\n".join(sheets), "links": "\n".join(links)}  # fmt: skip
        if answers:
            drawn["answers"] = answers
        for name, text in drawn.items():
            rows = text if "period |" in text else "\n".join(
                f"{'period' if n == 0 else period} | {line}" for n, line in enumerate(text.strip().splitlines())
            )  # fmt: skip
            engine.put(name, table(TABLES[name], rows))
    for stage in (lambda engine: form_children(engine, b"key"), find, follow_cases, report):
        with Engine(folder, settings, previous=previous) as engine:
            stage(engine)
    return folder


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    with Engine(folder) as engine:
        return engine.rows(name).to_pylist()


def states(folder: Path) -> dict[str, str]:
    return {str(row["finding"]): str(row["state"]) for row in rows(folder, "cases")}


def absent_case(folder: Path) -> str:
    return next(str(row["case_no"]) for row in rows(folder, "cases") if row["finding"] == "absent_from_school")


@pytest.fixture
def september(tmp_path):
    return run(tmp_path / "2026-09", "2026-09", {"王一": PRESENT, "王二": AWAY})


def test_a_missing_pupil_opens_two_cases(september):
    assert states(september) == {"absent_from_school": "open", "suspected_dropout": "open"}


def test_an_answered_child_is_not_listed_again_and_its_answer_is_shown(september, tmp_path):
    answers = f"record_id | case_no | name | code | answered_on\nq | {absent_case(september)} | 王二 | A3 | 2026-10-12"
    october = run(tmp_path / "2026-10", "2026-10", {"王一": PRESENT, "王二": AWAY}, september, answers)
    assert rows(october, "findings") == []
    assert states(october) == {"absent_from_school": "explained", "suspected_dropout": "explained"}
    november = run(tmp_path / "2026-11", "2026-11", {"王一": PRESENT, "王二": AWAY}, october)
    assert rows(november, "findings") == []
    [child] = [row for row in rows(november, "children") if row["name"] == "王二"]
    assert child["explanation_text"] == "2026-10-12核实：省外就读（有效期至2027-04-10）"


def test_a_pupil_back_at_school_closes_its_cases(september, tmp_path):
    october = run(tmp_path / "2026-10", "2026-10", {"王一": PRESENT, "王二": PRESENT}, september)
    assert states(october) == {"absent_from_school": "closed", "suspected_dropout": "closed"}


def test_a_dropout_by_answer_back_at_school_has_returned(september, tmp_path):
    answers = f"record_id | case_no | code | answered_on\nq | {absent_case(september)} | D2 | 2026-10-12"
    october = run(tmp_path / "2026-10", "2026-10", {"王一": PRESENT, "王二": AWAY}, september, answers)
    assert states(october) == {"absent_from_school": "dropout", "suspected_dropout": "dropout"}
    november = run(tmp_path / "2026-11", "2026-11", {"王一": PRESENT, "王二": PRESENT}, october)
    assert states(november) == {"absent_from_school": "returned", "suspected_dropout": "returned"}


def test_a_class_that_hands_in_nothing_keeps_its_cases_as_they_are(september, tmp_path):
    october = run(tmp_path / "2026-10", "2026-10", {}, september)
    assert rows(october, "findings") == []
    assert states(october) == {"absent_from_school": "open", "suspected_dropout": "open"}
    assert [row["pupils"] for row in rows(october, "missing_deliveries")] == [2]


def test_a_child_that_vanishes_from_the_roll_keeps_its_id_and_is_suspected(september, tmp_path):
    october = run(tmp_path / "2026-10", "2026-10", {"王一": PRESENT}, september, left=("王二",))
    ids = {row["name"]: row["child_id"] for row in rows(september, "children")}
    assert [(row["child_id"], row["reason"]) for row in rows(october, "findings")] == [(ids["王二"], "left_the_roll")]
    assert states(october)["suspected_dropout"] == "open"


def test_a_second_run_gives_the_same_rows(september, tmp_path):
    again = run(tmp_path / "again", "2026-09", {"王一": PRESENT, "王二": AWAY})
    for name in ("children", "findings", "cases", "case_events", "indicators"):
        assert rows(again, name) == rows(september, name), name


def replayed(folder: Path) -> dict[str, str]:
    """The state of every case, folded here from its events over the declared steps alone."""
    steps = {(step.before, step.event): step.after for step in TRANSITIONS}
    now: dict[str, str] = {}
    for event in sorted(rows(folder, "case_events"), key=lambda row: (row["case_no"], row["event_no"])):
        case, state = str(event["case_no"]), now.get(str(event["case_no"]), "none")
        now[case] = steps.get((state, str(event["event"])), state)
    return now


def test_every_case_history_replays_to_its_state_and_takes_declared_steps_only(september, tmp_path):
    answers = f"record_id | case_no | code | answered_on\nq | {absent_case(september)} | {{}} | {{}}"
    october = run(
        tmp_path / "2026-10", "2026-10", {"王一": AWAY, "王二": AWAY}, september, answers.format("D2", "2026-10-12")
    )
    november = run(
        tmp_path / "2026-11", "2026-11", {"王一": PRESENT, "王二": PRESENT}, october, answers.format("D1", "2026-11-12")
    )
    steps = {(step.before, step.event) for step in TRANSITIONS}
    for folder in (september, october, november):
        states_now = {str(row["case_no"]): str(row["state"]) for row in rows(folder, "cases")}
        assert replayed(folder) == states_now
    history = [str(row["event"]) for row in rows(november, "case_events") if row["case_no"] == absent_case(september)]
    assert [event for event in history if event in ("dropout", "persuaded", "gone")] == ["dropout", "persuaded", "gone"]
    state = "none"
    for event in history:
        assert (state, event) in steps, (state, event)
        state = next(step.after for step in TRANSITIONS if (step.before, step.event) == (state, event))


def test_may_after_march_is_a_period_like_any_other(tmp_path):
    march = run(tmp_path / "2026-03", "2026-03", {"王一": PRESENT, "王二": AWAY})
    may = run(tmp_path / "2026-05", "2026-05", {"王一": PRESENT, "王二": AWAY}, march)
    assert {row["opened_period"] for row in rows(may, "cases")} == {"2026-03"}
    assert {row["last_seen_period"] for row in rows(may, "cases")} == {"2026-05"}
    assert {row["first_period"] for row in rows(may, "findings")} == {"2026-03"}
    changes = {row["indicator"]: row["change"] for row in rows(may, "indicator_changes") if row["level"] == "district"}
    assert changes["suspected_dropout"] == 0


def test_the_period_before_is_whatever_ran_last_before_it_a_backfilled_one_too(tmp_path):
    lake = Lake(tmp_path)

    def publish(period: str) -> None:
        lake.begin(period, "r1")
        lake.publish(period, "r1", None)

    publish("2026-03")
    publish("2026-05")
    assert lake.previous("2026-09") == "2026-05"
    assert lake.previous("2026-05") == "2026-03"
    publish("2026-04")
    assert lake.previous("2026-05") == "2026-04"
    assert lake.previous("2026-03") is None
