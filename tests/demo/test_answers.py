from datetime import date

import openpyxl

from transforms.demo.answers import OUTCOMES, fill_in, outcome


def test_a_list_is_filled_from_the_truth_and_handed_in_under_its_district(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for values in (["名单"], [], [], ["序号", "姓名", "核实结果", "核实日期", "案号"], [1, "甲", None, None, "K1"],
                   [2, "乙", None, None, "K2"], [3, "丙", None, None, "K3"]):  # fmt: skip
        sheet.append(values)
    path = tmp_path / "out" / "990101" / "school" / "一小_核实名单_2026-03.xlsx"
    path.parent.mkdir(parents=True)
    book.save(path)
    outcomes = {"K1": "A3", "K2": "D2", "K3": None}
    given = fill_in(tmp_path / "out", tmp_path / "in", outcomes, date(2026, 4, 20))
    assert given == {"K1": "A3", "K2": "D2"}
    [answered] = (tmp_path / "in" / "990101" / "answers").rglob("*.xlsx")
    rows = openpyxl.load_workbook(answered).active
    assert [(rows.cell(r, 3).value, bool(rows.cell(r, 4).value)) for r in (5, 6, 7)] == [
        ("A3", True),
        ("D2", True),
        (None, False),
    ]


def test_two_offices_of_one_name_in_a_district_both_hand_in_theirs(tmp_path):
    for number in (1, 2):
        book = openpyxl.Workbook()
        for values in (["名单"], [], [], ["序号", "核实结果", "案号"], [1, None, f"K{number}"]):
            book.active.append(values)
        folder = tmp_path / "out" / "990101" / f"学校_219900000{number}_中心小学"
        folder.mkdir(parents=True)
        book.save(folder / "990101_中心小学_核实名单_2026-03.xlsx")
    given = fill_in(tmp_path / "out", tmp_path / "in", {"K1": "A3", "K2": "D2"}, date(2026, 4, 20))
    handed_in = [openpyxl.load_workbook(path).active for path in (tmp_path / "in").rglob("*.xlsx")]
    assert given == {"K1": "A3", "K2": "D2"} == {book["C5"].value: book["B5"].value for book in handed_in}


def test_a_list_nobody_can_answer_is_not_handed_in(tmp_path):
    (tmp_path / "out").mkdir()
    assert fill_in(tmp_path / "out", tmp_path / "in", {}, date(2026, 4, 20)) == {}
    assert not (tmp_path / "in").exists()


def test_all_offices_answer_a_child_alike_and_some_of_them_wrong():
    told = {outcome(f"{n:08x}0000", "not_enrolled") for n in range(9)}
    assert told == set(OUTCOMES["not_enrolled"])
    assert outcome("00000001ff", "not_enrolled") == outcome("00000001ee", "not_enrolled")
    assert outcome("00000001ff", "risk_run") is None
