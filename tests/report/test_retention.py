from datetime import date
from pathlib import Path

import pytest

from tests.parameters import parameters
from tests.tables import check
from transforms import engine
from transforms.reference import reference_file

HEAD = "district_code,stage,entry_year,entrants,moved_in,moved_out,graduates\n"


@pytest.fixture
def cohorts(tmp_path, monkeypatch):
    def write(*lines: str) -> None:
        path = tmp_path / "cohort_entrants.csv"
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        monkeypatch.setattr(
            engine, "reference_file", lambda name: path if name == "cohort_entrants.csv" else reference_file(name)
        )

    return write


def test_both_rates_and_the_goal(cohorts):
    cohorts("990101,junior,2023,1000,20,10,1000", "990102,junior,2023,1000,0,0,989")
    check("retention", {}, """
        level    | unit_code | entry_year | rate_of_entrants | rate_adjusted | plausible | goal_met
        city     | 990100    | 2023       | 0.9945           | 0.989552      | true      | false
        district | 990101    | 2023       | 1                | 0.990099      | true      | true
        district | 990102    | 2023       | 0.989            | 0.989         | true      | false
    """, parameters())  # fmt: skip


@pytest.mark.parametrize(
    ("graduates", "plausible", "met"),
    [(100, "true", "true"), (101, "false", ""), (99, "true", "true"), (98, "true", "false")],
)
def test_more_than_all_cannot_have_finished_and_then_nothing_is_said_of_the_goal(cohorts, graduates, plausible, met):
    cohorts(f"990101,primary,2020,100,0,0,{graduates}")
    check("retention", {}, f"""
        level    | plausible | goal_met
        city     | {plausible} | {met}
        district | {plausible} | {met}
    """, parameters())  # fmt: skip


def test_a_city_is_not_right_while_one_of_its_counties_is_wrong(cohorts):
    cohorts("990101,junior,2023,100,0,0,101", "990102,junior,2023,100,0,0,99")
    check("retention", {}, """
        level    | unit_code | rate_adjusted | plausible | goal_met
        city     | 990100    | 1             | false     |
        district | 990101    | 1.01          | false     |
        district | 990102    | 0.99          | true      | true
    """, parameters())  # fmt: skip


def test_all_nine_years_are_a_cohort_too_and_stages_may_be_named_in_chinese(cohorts):
    cohorts("990101,九年,2017,4,0,0,", "990101,小学,2020,4,0,0,", "990101,初中,2023,4,0,0,")
    children = "child_id | roll_status | grade\na | 毕业 | 9\nb | 毕业 | 9\nc | 毕业 | 6"
    check("retention", {"children": children}, """
        level    | stage   | entry_year | graduates
        city     | all     | 2017       | 2
        city     | junior  | 2023       | 2
        city     | primary | 2020       | 1
        district | all     | 2017       | 2
        district | junior  | 2023       | 2
        district | primary | 2020       | 1
    """, parameters("2026-06", date(2026, 6, 30)))  # fmt: skip


def test_graduates_nobody_wrote_are_counted_on_the_roll_in_the_year_the_cohort_leaves(cohorts):
    cohorts("990101,junior,2023,4,0,0,", "990101,junior,2024,4,0,0,")
    children = "child_id | roll_status | grade\na | 毕业 | 9\nb | 毕业 | 9\nc | 毕业 | 6\nd | 在读 | 9"
    check("retention", {"children": children}, """
        level    | entry_year | graduates | rate_adjusted
        city     | 2023       | 2         | 0.5
        city     | 2024       |           |
        district | 2023       | 2         | 0.5
        district | 2024       |           |
    """, parameters("2026-06", date(2026, 6, 30)))  # fmt: skip


def test_the_file_as_delivered_says_nothing_of_any_cohort():
    assert reference_file("cohort_entrants.csv").read_text(encoding="utf-8") == HEAD
    assert Path(reference_file("cohort_entrants.csv")).is_file()
    check("retention", {}, "level | unit_code", parameters())
