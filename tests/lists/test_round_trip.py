"""The returned workbook, whatever a clerk's program did to it, gives every answer to its case."""

import random
from datetime import date

import openpyxl
import pytest

from expectations.catalog import TABLES
from expectations.policy import load_policy
from tests.lists.city import AS_OF, TERMS
from tests.lists.programs import needs_office, saved_again
from tests.tables import table
from transforms.calendar import run_parameters
from transforms.clean import clean
from transforms.engine import Engine
from transforms.intake.cache import take_in
from transforms.intake.inbox import delivery_of_file
from transforms.intake.reading import read_delivery
from transforms.lists.deliver import deliver_lists
from transforms.reference import reference_file

LISTS = (
    "第一小学_核实名单",
    "第二中学_核实名单",
    "城东街道_核实名单",
    "城东派出所_核实名单",
    "990102教育局_核实名单",
    "核查台账",
)


def filled(path, target, *, edit=lambda _sheet: None):
    """``path`` with every answer filled in, edited and saved by another library; returns what was answered."""
    book = openpyxl.load_workbook(path)
    answered = []
    for sheet in book:
        heads = {cell.value: cell.column for cell in sheet[4]}
        if "核实结果" not in heads:
            continue
        for row in range(5, sheet.max_row + 1):
            if (number := sheet.cell(row, heads["案号"]).value) is not None:
                sheet.cell(row, heads["核实结果"]).value = "A3 省外就读"
                sheet.cell(row, heads["核实日期"]).value = date(2026, 9, 20)
                answered.append(number)
        edit(sheet)
    book.save(target)
    return sorted(answered)


def read_back(path):
    reading = read_delivery(delivery_of_file(path, "2026-09", "answers", "990101"), legend={})
    assert reading.refused is None
    return reading.rows.select(["case_no", "name", "code", "answered_on"]).to_pylist()


def insert_a_column(sheet):
    sheet.insert_cols(4)
    sheet.cell(4, 4).value = "我的备忘"


def widen_and_hide(sheet):
    sheet.column_dimensions["C"].width = 60
    sheet.row_dimensions[5].hidden = True


def shuffle_the_rows(sheet):
    heads = {cell.value: cell.column for cell in sheet[4]}
    numbered = [r for r in range(5, sheet.max_row + 1) if sheet.cell(r, heads["案号"]).value is not None]
    contents = [[cell.value for cell in sheet[r]] for r in numbered]
    random.Random(1).shuffle(contents)
    for row, values in zip(numbered, contents, strict=True):
        for at, value in enumerate(values, start=1):
            cell = sheet.cell(row, at)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl makes a formula of “=赵四”, a spreadsheet program does not


@pytest.mark.parametrize("edit", [lambda _sheet: None, insert_a_column, widen_and_hide, shuffle_the_rows])
@pytest.mark.parametrize("part", LISTS)
def test_every_answer_comes_back_to_its_case(delivered, tmp_path, part, edit):
    [path] = [p for p in delivered.files if part in p.name]
    answered = filled(path, tmp_path / path.name, edit=edit)
    rows = read_back(tmp_path / path.name)
    assert sorted(row["case_no"] for row in rows) == answered
    assert all(row["name"] and row["code"].startswith("A3") and row["answered_on"] for row in rows)


@pytest.mark.parametrize("part", LISTS)
def test_a_list_filled_in_as_asked_raises_no_question_about_what_we_wrote_ourselves(delivered, tmp_path, part):
    [path] = [p for p in delivered.files if part in p.name]
    filled(path, tmp_path / path.name)
    reading = read_delivery(delivery_of_file(tmp_path / path.name, "2026-09", "answers", "990101"), legend={})
    assert not [(issue.code, issue.sheet) for issue in reading.issues]


def test_a_deleted_row_takes_only_its_own_answer_with_it(delivered, tmp_path):
    [path] = [p for p in delivered.files if "核查台账" in p.name]
    answered = filled(path, tmp_path / path.name)
    book = openpyxl.load_workbook(tmp_path / path.name)
    book["在籍不在校"].delete_rows(5)
    book.save(tmp_path / path.name)
    assert len(read_back(tmp_path / path.name)) == len(answered) - 1


def test_a_decision_on_a_pair_comes_back_under_its_number(delivered, tmp_path):
    [path] = [p for p in delivered.files if "同一人" in p.name]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(5, heads["核实结果"]).value = "不是同一人"
    book.save(tmp_path / path.name)
    [row] = read_back(tmp_path / path.name)
    assert (row["case_no"], row["code"], row["name"]) == ("PAIR-1", "不是同一人", "李二")


def named(code):
    """A name without a figure, which no child's has."""
    return "陈" + code.translate(str.maketrans("0123456789", "安邦昌德恩方光浩嘉凯"))


def a_school_of_many(folder, count):
    """An engine with ``count`` absent pupils of one school, each with its case."""
    codes = [f"{number:04d}" for number in range(count)]
    engine = Engine(folder, {"small_cell": 5, "as_of": AS_OF, **TERMS})
    drawn = {
        "children": ("child_id | name | school_code | school_name", "c{0} | {2} | s1 | 大学校"),
        "findings": ("child_id | finding | school_code | explanation", "c{0} | absent_from_school | s1 | 一直未到校"),
        "cases": ("case_no | child_id | finding", "{1} | c{0} | absent_from_school"),
    }
    engine.need_macros("case_shown() case_body()")
    numbers = dict(engine.con.execute(
        "select code, case_shown(case_body(sha256(code))) from (select unnest($codes) as code)", {"codes": codes}
    ).fetchall())  # fmt: skip
    for name, (head, row) in drawn.items():
        engine.put(
            name,
            table(TABLES[name], "\n".join([head, *(row.format(code, numbers[code], named(code)) for code in codes)])),
        )
    return engine


@pytest.mark.parametrize(
    "program",
    ["openpyxl", pytest.param("LibreOffice", marks=needs_office), pytest.param("LibreOffice xls", marks=needs_office)],
)
def test_five_hundred_answers_survive_random_edits_and_every_damaged_one_is_reported(tmp_path, program):
    with a_school_of_many(tmp_path / "run", 500) as engine:
        files = deliver_lists(engine, tmp_path / "out", period="2026-09", as_of=AS_OF)
    [path] = [path for path in files if "大学校_核实名单" in path.name]
    chance = random.Random(7)
    book = openpyxl.load_workbook(path)
    sheet = book["在籍不在校"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    given = {}
    for row in range(5, 505):
        answer = chance.choice(["A1 在校已注册学籍", "A3 省外就读", "D2 务工", "E1 失联"])
        sheet.cell(row, heads["核实结果"]).value = answer
        sheet.cell(row, heads["核实日期"]).value = chance.choice([date(2026, 9, 20), "2026-09-20", "2026.9.20"])
        given[sheet.cell(row, heads["案号"]).value] = answer
        sheet.row_dimensions[row].hidden = chance.random() < 0.1
    shuffle_the_rows(sheet)
    for row in sorted(chance.sample(range(5, 505), 40), reverse=True):
        given.pop(sheet.cell(row, heads["案号"]).value)
        sheet.delete_rows(row)
    damaged = set()
    for row in chance.sample(range(5, 465), 30):  # a case number typed over, an answer that is none, an answer alone
        number = sheet.cell(row, heads["案号"]).value
        damaged.add(number)
        given.pop(number)
        harm = chance.choice(["number", "answer", "gone"])
        if harm == "answer":
            sheet.cell(row, heads["核实结果"]).value = "不知道"
        else:
            sheet.cell(row, heads["案号"]).value = None if harm == "gone" else "K" + number
    insert_a_column(sheet)
    sheet.column_dimensions["C"].width = 60
    sheet.auto_filter.ref = f"A4:K{sheet.max_row}"
    returned = tmp_path / "back" / path.name
    returned.parent.mkdir()
    book.save(returned)
    if program != "openpyxl":
        returned = saved_again(returned, tmp_path / "saved", "xls" if "xls" in program else "xlsx")
    taken, told = taken_in(returned, tmp_path)
    assert taken == {case: answer[:2] for case, answer in given.items()}, "every intact answer is given to its case"
    assert len(told) == len(damaged), "every damaged one is reported, and nothing else"


def taken_in(path, folder):
    """What a returned workbook gives to which case, and the rows reported: as a run does it, from reading to the cases."""
    parameters = {
        **run_parameters("2026-09", AS_OF, load_policy(reference_file("policy.toml"))),
        "previous_period": None,
    }
    delivery = delivery_of_file(path, "2026-09", "answers", "990101")
    with Engine(folder / "run", parameters) as before, Engine(folder / "back" / "run", parameters) as engine:
        clean(engine, take_in([delivery], folder / "cache", legend={}))
        asked = [(row["case_no"], row["child_id"]) for row in before.rows("cases").to_pylist()]
        text = "\n".join(f"{case} | {child} | absent_from_school" for case, child in asked)
        engine.put("case_findings", table(TABLES["case_findings"], f"case_no | child_id | finding\n{text}"))
        engine.put("children", before.rows("children"))
        engine.build("answer_issues")
        read = {row["row_no"]: row for row in engine.rows("answers").to_pylist()}
        wrong = {row["row_no"] for row in engine.rows("answer_issues").to_pylist()}
        set_aside = {row["row_no"] for row in engine.rows("issues").to_pylist() if row["severity"] != "info"} - {None}
    taken = {row["case_no"]: row["code"] for number, row in read.items() if number not in wrong | set_aside}
    return taken, wrong | set_aside
