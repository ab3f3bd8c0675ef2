"""Which column is which: exactly first, then by likeness, never another person's for the child's."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from expectations.delivered import ROWS
from transforms.intake.headers import find_header, normal, source_scores, understand


@pytest.mark.parametrize("source", ROWS)
def test_every_heading_of_the_contract_is_understood_as_its_column(source: str) -> None:
    taken: set[str] = set()
    for column in ROWS[source].delivered:
        for heading in (column.label, *column.headers):
            key = normal(heading)
            if key in taken:
                continue
            taken.add(key)
            [understood] = understand(source, (key,), 0, 1).understood
            assert (understood.column, understood.method) == (column.name, "exact")


@pytest.mark.parametrize(
    "heading",
    [
        "母亲身份证号",
        "班主任姓名",
        "联系人姓名",
        "父亲姓名",
        "原学校名称",
        "转入学校",
        "班级人数",
        "户主电话",
        "毕业学校",
        "推荐人姓名",
        "休学时间",
        "复学时间",
        "是否在校",
    ],
)
def test_another_persons_or_another_times_column_is_not_taken_by_likeness(heading: str) -> None:
    header = understand("registry", ("姓名", heading), 0, 1)
    assert set(header.places) - {"name"} <= {
        c.name for c in ROWS["registry"].delivered if c.name.startswith("guardian")
    }


@pytest.mark.parametrize(
    ("heading", "column"),
    [("学生状况", "status"), ("入学年月份", "entered_on"), ("现居住址", "address"), ("学校名", "school_name")],
)
def test_a_like_heading_is_understood_and_marked_so(heading: str, column: str) -> None:
    header = understand("registry", ("姓名", heading), 0, 1)
    assert [(u.column, u.method) for u in header.understood] == [("name", "exact"), (column, "similar")]


def test_the_header_with_most_headings_wins_over_a_title_that_holds_one() -> None:
    rows = [["学校", "文艺小学", ""], ["姓名", "填表人", ""], ["姓名", "性别", "身份证号"], ["张三", "男", "1"]]
    header = find_header(rows, "registry")
    assert header is not None
    assert header.row == 2


def test_the_first_of_two_equal_headings_is_kept_and_the_second_told() -> None:
    header = understand("registry", ("姓名", "电话", "手机"), 0, 1)
    assert (header.places["phone"], header.rivals) == (1, (("phone", 2),))


def test_a_household_register_scores_as_one() -> None:
    scores = source_scores(["户号", "户主姓名", "姓名", "公民身份号码", "派出所"])
    assert max(scores, key=lambda source: scores[source]) == "household"


@pytest.mark.parametrize("source", ROWS)
def test_no_order_of_adding_decides_which_source_headings_fit(source: str) -> None:
    labels = [normal(column.label) for column in ROWS[source].delivered]
    sources_of = Counter(column.name for contract in ROWS.values() for column in contract.delivered)
    found = {understood.column for understood in understand(source, tuple(labels), 0, 1).understood}
    assert source_scores(labels)[source] == float(sum(Fraction(1.0 / sources_of[column]) for column in found))
