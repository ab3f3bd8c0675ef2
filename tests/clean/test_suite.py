"""The suite derived from a contract finds exactly the rows that break it, and forgets their values."""

from datetime import date

import pyarrow as pa
import pytest

from expectations.delivered import ACCEPTED, ATTENDANCE_PUPILS, REGISTRY_PUPILS
from expectations.suite import Failure, SuiteBroken, checked_columns, failures

GOOD = {"name": "甲", "sex": "男", "birth_date": date(2015, 9, 1), "grade": 3, "status": "在读"}


def registry(*rows):
    full = [{"record_id": str(number), **GOOD, **row} for number, row in enumerate(rows)]
    fields = [
        ("record_id", pa.string()),
        *((c.name, REGISTRY_PUPILS.schema.field(c.name).type) for c in checked_columns(REGISTRY_PUPILS)),
    ]
    return pa.Table.from_pylist(full, pa.schema(fields))


@pytest.mark.parametrize(
    ("broken", "column", "rule"),
    [
        ({"name": None}, "name", "missing_value"), ({"sex": "X"}, "sex", "not_allowed"),
        ({"birth_date": date(1915, 1, 1)}, "birth_date", "out_of_range"), ({"grade": 33}, "grade", "out_of_range"),
        ({"grade": 0}, "grade", "out_of_range"), ({"status": "?"}, "status", "not_allowed"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_found_in_its_row_alone(broken, column, rule):
    assert failures(REGISTRY_PUPILS, registry({}, broken, {})) == [Failure("1", column, rule)]


def test_what_is_blank_breaks_only_what_is_required():
    assert failures(REGISTRY_PUPILS, registry({"sex": None, "birth_date": None, "grade": None, "status": None})) == []


def test_marks_have_one_known_letter_for_each_day():
    rows = pa.table({
        "record_id": ["1", "2", "3"], "name": ["甲"] * 3, "sex": pa.nulls(3, pa.string()), "grade": pa.array([3] * 3, pa.int32()),
        "month": ["2026-09", "2026-13", "2026-09"], "marks": ["P" * 31, "P" * 31, "P" * 30 + "?"],
    })  # fmt: skip
    assert failures(ATTENDANCE_PUPILS, rows) == [
        Failure("2", "month", "wrong_form"),
        Failure("3", "marks", "wrong_form"),
    ]


def test_a_suite_that_cannot_be_run_is_a_bug_and_not_a_verdict():
    with pytest.raises(SuiteBroken):
        failures(REGISTRY_PUPILS, registry({}).drop_columns(["sex"]))


@pytest.mark.parametrize("contract", ACCEPTED, ids=lambda c: c.name)
def test_every_rule_a_clerk_can_break_has_a_sentence(contract):
    for column in checked_columns(contract):
        assert column.message or column.name in {"sex", "birth_date"}, column.name
