"""The link report: figures of its table only, nothing asked of any server, and no word of a child."""

import re
from datetime import date

import pytest

from expectations.catalog import TABLES
from transforms.lists.linkreport import LinkPage, estimated, link_report, summed

ROWS = [
    {"part": part, "name": name, "measure": measure, "value": value}
    for part, name, measure, value in (
        ("stage", "number", "links", 900), ("stage", "number", "links_expected", 899.9),
        ("stage", "weight", "links", 90), ("stage", "weight", "links_expected", 89.0),
        ("stage", "weight", "reviews", 20), ("stage", "weight", "reviews_expected", 10.0),
        ("weight", "13", "links", 900), ("weight", "-1", "reviews", 20),
        ("source", "registry", "records", 1200), ("source", "registry", "joined", 990),
        ("source", "registry", "unlinkable", 7),
    )
]  # fmt: skip
WEIGHTS = [
    {"field": "name", "level": "exact", "m": 0.98, "u": 0.00002, "weight": 15.6, "pairs_m": 2545, "pairs_u": 5,
     "origin": "estimated"},
    {"field": "sex", "level": "differ", "m": 0.005, "u": 0.5, "weight": -6.6, "pairs_m": 0, "pairs_u": 0,
     "origin": "prior"},
]  # fmt: skip


@pytest.fixture(scope="module")
def page():
    return link_report(
        LinkPage("甲县记录关联质量报告", "990101", "990101", "2026-09", summed(ROWS), WEIGHTS), date(2026, 10, 9)
    )


def test_the_figures_of_two_districts_add_up():
    assert summed(ROWS + ROWS)["stage"]["number"]["links"] == 1800


def test_precision_and_recall_are_what_the_probabilities_say():
    assert estimated(summed(ROWS)["stage"]["weight"]) == (89 / 90, 89 / 99)
    assert estimated({}) == (None, None)


def test_it_shows_stages_weights_and_what_could_not_be_linked(page):
    for shown in (
        "证号相同",
        "900",
        "综合比对",
        "98.889%",
        "89.899%",
        "完全相同",
        "+15.6",
        "无从关联",
        "本次估计",
        "预设",
    ):
        assert shown in page, shown
    assert page.count("<svg") >= 5


def test_it_asks_nothing_of_any_server(page):
    assert not re.search(r"(src|href)=|url\(|@import|<script", page)
    assert "default-src 'none'" in page


def test_its_table_holds_no_personal_column():
    assert not any(column.personal for column in TABLES["link_report"].columns)
