"""The declared life of a case: complete, deterministic, and no dropout but by an answer."""

import csv

from expectations.case_states import EVENTS, NONE, STATES, TRANSITIONS
from transforms.reference import reference_file


def outcomes() -> list[dict[str, str]]:
    with reference_file("outcomes.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_step_is_between_declared_states_by_a_declared_event():
    assert {t.before for t in TRANSITIONS} | {t.after for t in TRANSITIONS} == set(STATES)
    assert {t.event for t in TRANSITIONS} == set(EVENTS)


def test_one_event_leads_from_one_state_to_one_state():
    steps = [(t.before, t.event) for t in TRANSITIONS]
    assert len(steps) == len(set(steps))


def test_only_an_answer_makes_a_dropout():
    assert {t.event for t in TRANSITIONS if t.after == "dropout" and t.before != "dropout"} == {"dropout"}
    assert {row["event"] for row in outcomes() if row["code"][0] == "A"} == {"at_school"}
    assert {row["code"][0] for row in outcomes() if row["event"] == "dropout"} == {"D"}


def test_nothing_leads_back_to_no_case():
    assert all(t.after != NONE for t in TRANSITIONS)


def test_outcomes_are_the_codes_of_the_field_each_with_a_declared_event():
    rows = outcomes()
    assert [row["code"] for row in rows] == [
        *(f"A{n}" for n in range(1, 7)), *(f"B{n}" for n in range(1, 7)), *(f"C{n}" for n in range(1, 7)),
        *(f"D{n}" for n in range(1, 10)), "E1", "E2",
    ]  # fmt: skip
    assert {row["event"] for row in rows} <= set(EVENTS)
    assert len({row["wording"] for row in rows}) == len(rows)
    assert all((row["explains"] == "yes") == (row["event"] in {"at_school", "explained", "closed"}) for row in rows)
