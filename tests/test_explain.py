"""What `baoxue explain` prints, on the results of the small invented city of test_run."""

import shutil

import pyarrow.parquet as pq
import pytest

from expectations.catalog import TABLES
from expectations.errors import WrongArgument
from flows.command import main
from tests.tables import table
from transforms.explain import explain
from transforms.lake import Lake
from transforms.query import query


@pytest.fixture
def suspected(results):
    return query(results, "from cases where finding = 'suspected_dropout' order by case_no limit 1").to_pylist()[0]


def test_a_case_is_explained_by_every_record_link_finding_and_event_behind_its_child(city, results, suspected):
    sections = list(explain(Lake(city), results, suspected["case_no"]))
    titles = " ".join(section.title for section in sections)
    records = query(results, f"from child_records where child_id = '{suspected['child_id']}'").num_rows
    assert titles.count("record: ") == records
    assert "findings: suspected_dropout" in titles
    assert f"case: {suspected['case_no']}" in titles
    assert f"event 1 of {suspected['case_no']}" in titles


def test_a_finding_is_explained_by_its_rule_and_the_settings_with_where_they_come_from(city, results, suspected):
    [finding] = [
        section
        for section in explain(Lake(city), results, suspected["child_id"])
        if section.title == "findings: suspected_dropout"
    ]
    lines = dict(finding.lines)
    assert "疑似辍学" in lines["rule"]
    assert lines["setting unexcused_days"].startswith("5 (")


def test_what_was_written_stands_beside_what_was_understood(city, results):
    broken = query(results, "from registry_pupils where id_kind = 'truncated' limit 1").to_pylist()[0]
    child = query(results, f"from child_records where record_id = '{broken['record_id']}'").to_pylist()[0]["child_id"]
    shown = [text for s in explain(Lake(city), results, child) for _label, text in s.lines if "written:" in text]
    assert any("E+17" in text for text in shown)


def test_a_number_the_run_does_not_know_is_one_sentence(city, results, capsys):
    with pytest.raises(WrongArgument):
        list(explain(Lake(city), results, "AAAA-AAAA"))
    assert main(["explain", "AAAA-AAAA", "--data", str(city)]) == 2
    assert "AAAA" not in capsys.readouterr().err


def test_a_link_weighed_field_by_field_shows_what_each_field_adds(city, results):
    pairs = "select left_record_id as record_id, weight from links where tier = 'weight' and evidence like '%family=%' order by all limit 1"
    link = query(results, pairs).to_pylist()[0]
    child = query(results, f"from child_records where record_id = '{link['record_id']}'").to_pylist()[0]["child_id"]
    weighed = [s for s in explain(Lake(city), results, child) if any(label == "weight of 姓名" for label, _ in s.lines)]
    bits = [float(text.split()[0]) for label, text in weighed[0].lines if label.startswith("weight of ")]
    assert sum(bits) == pytest.approx(link["weight"], abs=0.5)


def test_a_pair_left_to_people_shows_the_other_record_too(city, results, tmp_path):
    one, other = query(
        results, "from child_records where source = 'registry' and district_code = '990101' order by child_id limit 2"
    ).to_pylist()
    run = tmp_path / "run"
    shutil.copytree(results, run)
    asked = f"""period | district_code | left_record_id | right_record_id | left_source | right_source | tier | weight | probability | evidence
        2026-09 | 990101 | {one["record_id"]} | {other["record_id"]} | registry | registry | duplicate | 9.1234 | 0.99966 | name=exact"""
    (run / "review_pairs").mkdir(exist_ok=True)
    pq.write_table(table(TABLES["review_pairs"], asked), run / "review_pairs" / "990101.parquet")
    sections = [dict(section.lines) for section in explain(Lake(city), run, one["child_id"])]
    assert other["record_id"] in [lines.get("记录编号") for lines in sections]
    [pair] = [lines for lines in sections if lines.get("关联依据") == "同一来源重复 (duplicate)"]
    assert (pair["权重"], pair["概率"], pair["逐项比对"]) == ("9.12", "99.97%", "姓名 完全相同")


def test_whatever_is_shown_has_a_chinese_heading(city, results, suspected):
    shown = [
        label
        for section in explain(Lake(city), results, suspected["case_no"])
        for label, _ in section.lines
        if label != "rule" and not label.startswith(("setting ", "weight of "))
    ]
    assert shown
    assert [label for label in shown if label.isascii()] == []
