from tests.tables import run

MONTH = "P" * 31


def replaced(files, heads):
    """The rows replaced, from files as delivery_id → path and rows as source, delivery, part, name, marks, day."""
    facts = "delivery_id | path\n" + "\n".join(f"{name} | {path}" for name, path in files.items())
    lines = ["record_id | source | delivery_id | school_name | class_key | name | marks | data_on"]
    for number, (source, delivery, school, class_key, name, marks, day) in enumerate(heads):
        lines.append(f"{number} | {source} | {delivery} | {school} | {class_key} | {name} | {marks} | {day}")
    got = run("redeliveries", {"delivery_facts": facts, "record_heads": "\n".join(lines)}).to_pylist()
    return sorted((int(row["record_id"]), row["later_delivery_id"]) for row in got)


def sheet(delivery, names, class_key="3/2/2026-09", marks=MONTH, school="一小"):
    return [("attendance", delivery, school, class_key, name, marks, "") for name in names]


def roll(delivery, names, source="registry", day="", school="一小"):
    return [(source, delivery, school, "", name, "", day) for name in names]


TEN = "甲乙丙丁戊己庚辛壬癸"
FILES = {"a": "990101/考勤/三2班.xlsx", "b": "990101/考勤/三2班更正.xlsx"}


def test_a_corrected_sheet_of_the_same_class_and_month_replaces_the_earlier_whole():
    assert replaced(FILES, sheet("a", TEN) + sheet("b", TEN[:9])) == [(i, "b") for i in range(10)]


def test_the_file_that_says_it_corrects_wins_whatever_its_path():
    files = {"a": "990101/考勤/一.xlsx", "b": "990101/考勤/〇更正.xlsx"}
    assert {later for _, later in replaced(files, sheet("a", TEN) + sheet("b", TEN))} == {"b"}


def test_without_a_word_the_later_path_wins():
    files = {"a": "990101/考勤/2.xlsx", "b": "990101/考勤/1.xlsx"}
    assert {later for _, later in replaced(files, sheet("a", TEN) + sheet("b", TEN))} == {"a"}


def test_another_class_another_month_or_other_children_are_no_redelivery():
    assert replaced(FILES, sheet("a", TEN) + sheet("b", TEN, "3/1/2026-09")) == []
    assert replaced(FILES, sheet("a", TEN) + sheet("b", TEN, "3/2/2026-10")) == []
    assert replaced(FILES, sheet("a", TEN) + sheet("b", "子丑寅卯辰巳午未申酉")) == []


def test_two_halves_of_a_month_are_parts_of_one_sheet():
    first, second = "P" * 15 + "." * 16, "." * 15 + "P" * 16
    assert replaced(FILES, sheet("a", TEN, marks=first) + sheet("b", TEN, marks=second)) == []


def test_a_roll_delivered_again_replaces_the_earlier_but_a_supplement_does_not():
    files = {"a": "990101/学籍/一小.xlsx", "b": "990101/学籍/一小2.xlsx"}
    assert len(replaced(files, roll("a", TEN) + roll("b", TEN))) == 10
    assert replaced(files, roll("a", TEN) + roll("b", TEN[:2])) == []


def test_a_roll_that_has_only_grown_replaces_the_earlier():
    """Where every pupil stands in the later roll, nothing is lost with the earlier, however many have joined."""
    files = {"a": "990101/学籍/0901.xlsx", "b": "990101/学籍/0915.xlsx"}
    assert replaced(files, roll("a", TEN[:4]) + roll("b", TEN)) == [(n, "b") for n in range(4)]
    assert replaced(files, roll("a", TEN[:4] + "子") + roll("b", TEN)) == []


def test_a_correction_of_some_pupils_replaces_these_alone():
    files = {"a": "990101/学籍/一小.xlsx", "b": "990101/学籍/一小补正.xlsx"}
    assert replaced(files, roll("a", TEN) + roll("b", TEN[:2])) == [(0, "b"), (1, "b")]


def test_the_same_extract_of_a_later_day_wins():
    files = {"a": "990101/户籍/九月.xlsx", "b": "990101/户籍/八月.xlsx"}
    rows = roll("a", TEN, "household", "2026-08-31", "") + roll("b", TEN, "household", "2026-09-30", "")
    assert {later for _, later in replaced(files, rows)} == {"b"}


def test_two_schools_never_replace_one_another():
    assert replaced(FILES, sheet("a", TEN) + sheet("b", TEN, school="二小")) == []
