import hashlib
import json
import os
import stat
from collections import Counter

import openpyxl
import pyarrow as pa
import pytest

from expectations.findings import BY_CODE as FINDINGS
from expectations.recipients import RECIPIENTS, routes
from tests.lists.city import NUMBERS, city
from tests.lists.conftest import AS_OF
from transforms.lists.deliver import deliver_lists, memory_for
from transforms.lists.offices import FULL_NUMBER

ADDRESSES = ("城东街道1号", "城东街道2号", "城西镇3号", "出租屋")
GROUPS = ("低保", "留守", "残疾")
PHONES = ("13900000001", "13900000002", "13900000003")


def words(path):
    """Every cell of a workbook as text, hidden sheets and columns included, the drop-downs' sheet left out."""
    book = openpyxl.load_workbook(path)
    return [
        str(cell) for sheet in book if sheet.title != "选项"
        for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]  # fmt: skip


def book(delivered, part):
    [path] = [path for path in delivered.files if part in path.name]
    return path


def case_numbers(path):
    """The case of every row of a workbook, from the column headed 案号."""
    found = []
    for sheet in openpyxl.load_workbook(path):
        heads = {cell.value: cell.column for cell in sheet[4]}
        if "案号" in heads:
            found += [sheet.cell(row, heads["案号"]).value for row in range(5, sheet.max_row + 1)]
    return [number for number in found if number]


def test_every_finding_reaches_each_office_declared_for_it_exactly_once(delivered):
    told = Counter()
    for recipient in RECIPIENTS:
        for row in delivered.engine.rows(recipient.table).to_pylist():
            told[recipient.code, row["child_id"], row["finding"]] += 1
    findings = delivered.engine.rows("findings").to_pylist()
    children = {row["child_id"]: row for row in delivered.engine.rows("children").to_pylist()}
    wanted = Counter()
    for row in findings:
        child = children[row["child_id"]]
        reachable = {
            "school": row["school_code"], "township": row["township_code"], "police": True, "county": True,
            "elsewhere": child["hukou_code"][:6] != row["district_code"],
        }  # fmt: skip
        for recipient, finding, _, _ in routes():
            if finding == row["finding"] and reachable[recipient]:
                wanted[recipient, row["child_id"], finding] += 1
    assert told == wanted
    assert set(told.values()) == {1}


def test_the_workbooks_hold_the_rows_of_the_tables_one_line_a_child(delivered):
    first_grade = [path for path in delivered.files if "第一小学_核实名单" in path.name]
    assert sorted(case_numbers(first_grade[0])) == ["CASE-A2", "CASE-B1", "CASE-B2", "CASE-E1", "CASE-E2"]
    assert len(case_numbers(book(delivered, "核查台账"))) == delivered.engine.count("findings")


def test_only_the_police_hold_whole_numbers(delivered):
    for path in delivered.files:
        if path.suffix == ".xlsx":
            whole = [word for word in words(path) if FULL_NUMBER.search(word)]
            assert bool(whole) == ("派出所_核实名单" in path.name), path.name


def test_addresses_and_telephones_are_for_those_who_visit(delivered):
    for path in delivered.files:
        if path.suffix == ".xlsx":
            said = set(words(path))
            if "街道_核实名单" not in path.name and "镇_核实名单" not in path.name:
                assert not said & set(PHONES), path.name
                assert not said & set(ADDRESSES) or "派出所_" in path.name, path.name


def test_priority_groups_are_named_only_where_help_is_arranged(delivered):
    for path in delivered.files:
        if path.suffix == ".xlsx" and any(group in word for word in words(path) for group in GROUPS):
            told = ("核查台账", "街道_核实", "镇_核实", "一个月报告表")  # the last counts them, for the same offices
            assert any(part in path.name for part in told), path.name


def test_no_office_holds_a_child_that_is_not_its_own(delivered):
    assert "王三" not in " ".join(words(book(delivered, "第一小学_核实名单")))
    assert "王三" not in " ".join(words(book(delivered, "城东街道_核实名单")))
    assert "张一丰" not in " ".join(words(book(delivered, "第二中学_核实名单")))
    assert set(case_numbers(book(delivered, "990102教育局_核实名单"))) == {"CASE-D1"}


def test_a_birth_day_never_stands_beside_the_end_of_a_number(delivered):
    for path in delivered.files:
        if path.suffix == ".xlsx" and "派出所" not in path.name and "同一人" not in path.name:
            assert not [word for word in words(path) if "2015-09-01" in word or "2014-09-04" in word], path.name


def test_no_file_or_folder_name_says_anything_of_a_child(delivered):
    for path in delivered.files:
        name = path.relative_to(delivered.outbox).as_posix()
        assert not any(part in name for part in ("张一丰", "李二", "王三", "赵四", "钱五", *NUMBERS.values()))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps access in lists, not in modes")
def test_files_are_for_their_owner_only(delivered):
    for path in delivered.outbox.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path.name


def test_the_manifest_names_every_file_with_its_recipient_rows_and_hash(delivered):
    manifest = json.loads((delivered.outbox / "990101" / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["file"]: entry for entry in manifest["files"]}
    own = delivered.outbox / "990101"
    handed_out = {p.relative_to(own).as_posix(): p for p in delivered.files if own in p.parents and p.suffix != ".json"}
    assert set(listed) == set(handed_out)
    for name, path in handed_out.items():
        assert listed[name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    school = next(entry for name, entry in listed.items() if "第一小学_核实名单" in name)
    assert (school["recipient"], school["rows"], school["findings"]) == ("school", 5, 6)


def test_equal_tables_give_equal_files(delivered, tmp_path):
    with city(tmp_path / "run") as engine:
        again = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in delivered.files]


def test_one_district_alone_can_be_handed_out(tmp_path):
    with city(tmp_path / "run") as engine:
        assert deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF, districts=["990199"]) == []


def test_the_summary_counts_what_the_tables_hold_and_says_what_was_not_judged(delivered):
    page = openpyxl.load_workbook(book(delivered, "核查台账"))["汇总"]
    lines = {row[1]: row for row in page.iter_rows(min_row=5, values_only=True)}
    counts = Counter(row["finding"] for row in delivered.engine.rows("findings").to_pylist())
    for code, kind in FINDINGS.items():
        if code == "duplicate_registration":
            assert lines[kind.chinese][2] is None
            assert lines[kind.chinese][6] == "未开展：本期没有收到学籍数据"
        else:
            assert lines[kind.chinese][2] == counts[code]
    assert lines["合计"][2] == sum(counts.values())


def test_a_whole_number_that_strays_into_an_address_leaves_with_its_end_only(tmp_path):
    with city(tmp_path / "run") as engine:
        children = engine.rows("children")
        at = children.schema.get_field_index("address")
        stray = pa.array(["城东街道1号，身份证990101201509010016"] * children.num_rows, pa.string())
        engine.put("children", children.set_column(at, "address", stray))
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "城东街道_核实名单" in path.name]
    assert "城东街道1号，身份证尾号0016" in words(path)


def test_the_county_keeps_its_ledgers_and_the_school_those_of_its_pupils(delivered):
    county = openpyxl.load_workbook(book(delivered, "工作台账"))
    assert county.sheetnames == ["适龄儿童", "疑似辍学", "辍学"]
    assert county["适龄儿童"].max_row == 4 + 6
    school = openpyxl.load_workbook(book(delivered, "第一小学_控辍保学台账"))
    assert school.sheetnames == ["有辍学倾向", "辍学"]
    assert [cell.value for cell in school["辍学"][5]][4] == "孙六"


def test_the_database_is_held_to_what_city_and_machine_need():
    assert memory_for(2_000, 1) == memory_for(1_000_000, 2) == 800_000_000
    assert memory_for(4_000_000, 2) == memory_for(1_000_000, 8) == 3_200_000_000
