"""Taking in whole: what each file becomes, and that not one row is lost."""

import json

import pyarrow as pa
import pytest

from expectations.policy import load_policy
from tests.parameters import parameters
from transforms.clean import account, clean
from transforms.engine import ContractBroken, Engine
from transforms.intake.cache import take_in
from transforms.intake.inbox import find_deliveries
from transforms.reference import reference_file

LEGEND = load_policy(reference_file("policy.toml")).legend
REGISTRY = "学校名称,学校标识码,姓名,性别,出生日期,身份证号,年级,班级\n"
PUPILS = (
    "第一小学,2100000001,张伟,男,2017-09-01,,三年级,1班\n第一小学,2100000001,李娜,女,2017-10-01,,三年级,1班\n"
    "第一小学,2100000001,,女,2017-10-01,,三年级,1班\n第一小学,2100000001,王芳,女,1917-10-01,,三年级,1班\n"
    "第一小学,2100000001,李娜,女,2017-10-01,,三年级,1班\n"
)


def grid(school, names, mark="√"):
    days = ",".join(str(day) for day in range(1, 31))
    body = "".join(f"{n},{name},{','.join([mark] * 30)}\n" for n, name in enumerate(names, 1))
    return f"{school}三年级(1)班2026年9月学生考勤表\n序号,姓名,{days}\n{body}"


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """Every table of one run over a small inbox, as lists of rows."""
    root = tmp_path_factory.mktemp("city")
    files = {
        "990101/学籍/一小.csv": REGISTRY + PUPILS,
        "990101/学籍/一小 - 副本.csv": REGISTRY + PUPILS,
        "990101/考勤/一小三1班.csv": grid("第一小学", ["张伟", "李娜", "王芳"]),
        "990101/考勤/一小三1班更正.csv": grid("第一小学", ["张伟", "李娜", "王芳"], "旷"),
        "990101/考勤/九小.csv": grid("第九小学", ["赵六"]),
        "990101/考勤/坏.csv": "",
        "990102/考勤/九小.csv": grid("第九小学", ["赵七"]),
        "放错.csv": REGISTRY + PUPILS,
    }
    for path, text in files.items():
        (root / "inbox" / "2026-09" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "inbox" / "2026-09" / path).write_text(text, encoding="utf-8")
    found, misplaced = find_deliveries(root / "inbox", "2026-09")
    readings = [*misplaced, *take_in(found, root / "cache", legend=LEGEND, processes=1)]
    (root / "run").mkdir()
    wanted = ("deliveries", "issues", "quarantine", "registry_pupils", "attendance_pupils", "schools", "school_aliases")
    with Engine(root / "run", parameters()) as engine:
        clean(engine, readings)
        first = {name: engine.rows(name).to_pylist() for name in wanted}
    (root / "again").mkdir()
    with Engine(root / "again", parameters()) as engine:
        clean(engine, readings[::-1])
        assert {name: engine.rows(name).to_pylist() for name in wanted} == first, (
            "the order of files changed the result"
        )
    return first


def test_every_file_has_its_verdict(taken):
    assert {row["path"]: row["verdict"] for row in taken["deliveries"]} == {
        "990101/学籍/一小.csv": "accepted_with_issues", "990101/学籍/一小 - 副本.csv": "duplicate",
        "990101/考勤/一小三1班.csv": "superseded", "990101/考勤/一小三1班更正.csv": "accepted",
        "990101/考勤/九小.csv": "refused", "990101/考勤/坏.csv": "refused", "990102/考勤/九小.csv": "accepted",
        "放错.csv": "refused",
    }  # fmt: skip


def test_no_row_is_lost(taken):
    for row in taken["deliveries"]:
        assert row["rows_read"] == row["rows_accepted"] + row["rows_set_aside"] + row["rows_not_data"], row["path"]


def test_a_refused_sheet_names_the_nearest_school(taken):
    [row] = [row for row in taken["deliveries"] if row["path"] == "990101/考勤/九小.csv"]
    assert "第九小学" in row["reason"] and "第一小学" in row["reason"]


def test_a_nameless_and_a_repeated_row_are_set_aside_whole(taken):
    aside = {row["codes"]: json.loads(row["row_text"]) for row in taken["quarantine"] if row["source"] == "registry"}
    assert set(aside) == {"missing_value", "repeated_row"}
    assert aside["missing_value"]["birth_date"].startswith("2017-10-01")


def test_a_birth_day_beyond_reason_is_reported_and_left_out(taken):
    [wang] = [row for row in taken["registry_pupils"] if row["name"] == "王芳"]
    assert wang["birth_date"] is None
    assert [row["column_name"] for row in taken["issues"] if row["code"] == "out_of_range"] == ["birth_date"]


def test_the_corrected_sheet_is_the_one_that_counts(taken):
    assert {row["marks"][0] for row in taken["attendance_pupils"] if row["district_code"] == "990101"} == {"A"}


def test_a_district_without_a_roll_keeps_its_sheets_under_the_schools_name(taken):
    [row] = [row for row in taken["attendance_pupils"] if row["district_code"] == "990102"]
    assert row["school_code"] == "第九小学"


def test_rows_that_do_not_add_up_stop_the_run(taken):
    lost = {**taken["deliveries"][0], "rows_read": 99}
    with pytest.raises(ContractBroken, match="99 rows read"):
        account(pa.Table.from_pylist([lost]), {}, {})


@pytest.mark.parametrize("lying", [{}, {"d1": 1}, {"d1": 2, "d2": 1}])
def test_rows_accepted_that_do_not_lie_in_the_tables_stop_the_run(taken, lying):
    told = {**taken["deliveries"][0], "delivery_id": "d1", "rows_read": 2, "rows_accepted": 2, "rows_set_aside": 0,
            "rows_not_data": 0}  # fmt: skip
    account(pa.Table.from_pylist([told]), {"d1": 2}, {})
    with pytest.raises(ContractBroken, match="rows_accepted of d"):
        account(pa.Table.from_pylist([told]), lying, {})
