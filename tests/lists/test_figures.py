from types import SimpleNamespace

import openpyxl

from expectations.catalog import TABLES
from tests.lists.city import AS_OF, city
from tests.tables import table
from transforms.lists.deliver import deliver_lists
from transforms.lists.figures import CountyFigures

EDITION = SimpleNamespace(month="2026年9月", as_of=AS_OF)
TOLD = {
    "indicator_changes": """
        level    | unit_code | stage   | indicator         | value | previous_value | change | last_year_value | change_on_year
        district | 990101    | all     | suspected_dropout | 12    | 9              | 3      | 15              | -3
        district | 990101    | primary | suspected_dropout | 2     | 2              | 0      |                 |
        district | 990101    | primary | cases_open        | 2     |                |        |                 |
        district | 990102    | all     | suspected_dropout | 77    |                |        |                 |
        school   | 990101    | all     | suspected_dropout | 88    |                |        |                 |
    """,
    "group_indicators": """
        level    | unit_code | stage | division | member | indicator         | value
        district | 990101    | all   | group    | 留守   | suspected_dropout | 3
        district | 990101    | all   | sex      | 女     | pupils            | 400
        district | 990101    | all   | sex      | 男     | pupils            | 500
        district | 990101    | all   | sex      | 男     | suspected_dropout | 7
    """,
    "retention": """
        level    | unit_code | stage  | entry_year | entrants | moved_in | moved_out | graduates | rate_of_entrants | rate_adjusted | plausible | goal_met
        district | 990101    | junior | 2023       | 400      | 10       | 20        | 388       | 0.97             | 0.99487       | true      | true
        district | 990101    | junior | 2022       | 400      | 0        | 0         | 408       | 1.02             | 1.02          | false     |
    """,
}  # fmt: skip


def sheets_of(tmp_path):
    with city(tmp_path / "run") as engine:
        for name, text in TOLD.items():
            engine.put(name, table(TABLES[name], text))
        return {sheet.name: sheet for sheet in CountyFigures(engine).sheets("990101", "某区教育局", EDITION)}


def test_a_countys_figures_stand_beside_the_period_before_and_a_year_ago(tmp_path):
    assert sheets_of(tmp_path)["同比环比"].rows == [
        [1, "疑似辍学（人）", "合计", 12, 9, "+3", 15, "-3"],
        [2, "疑似辍学（人）", "小学", 2, 2, 0, None, None],
    ]


def test_its_groups_are_counted_whole_the_greatest_first(tmp_path):
    sheet = sheets_of(tmp_path)["分组情况"]
    at = [field.label for field in sheet.fields].index("疑似辍学")
    assert [(row[1], row[2], row[3], row[at]) for row in sheet.rows] == [
        ("性别", "男", 500, 7), ("性别", "女", 400, 0), ("重点群体", "留守", 0, 3),
    ]  # fmt: skip


def test_each_cohort_has_its_rate_and_one_over_a_hundred_per_cent_is_called_wrong(tmp_path):
    rows = sheets_of(tmp_path)["巩固率"].rows
    assert {tuple(row[1:3]): tuple(row[-3:]) for row in rows} == {
        ("初中", 2022): ("102.00%", "102.00%", "人数有误，请核对"),
        ("初中", 2023): ("97.00%", "99.49%", "达到目标"),
    }


def test_what_nothing_is_known_of_has_no_sheet_and_what_is_known_stands_in_the_countys_workbook(tmp_path):
    with city(tmp_path / "run") as engine:
        engine.put("group_indicators", table(TABLES["group_indicators"], TOLD["group_indicators"]))
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "核查台账" in path.name]
    names = openpyxl.load_workbook(path).sheetnames
    assert "分组情况" in names and not {"巩固率", "零报告学校"} & set(names)
