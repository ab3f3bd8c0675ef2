import pytest

from tests.parameters import parameters
from tests.tables import run

CHILD = "child_id | seen | on_roll | attends_school_code | attends_school_name | grade | class_no | days_present | roll_status\n"


def found(child: str, files: dict[str, str]) -> list[str]:
    """The reasons for ``child`` where each roll file (delivery) names the schools listed, joined by blanks."""
    entries = [(name, school) for name, schools in files.items() for school in schools.split()]
    pupils = "\n".join(f"p{n} | {name}" for n, (name, _) in enumerate(entries))
    rolls = "\n".join(f"p{n} | c{n} | {school} | 1 | true" for n, (_, school) in enumerate(entries))
    rows = run("attends_unregistered", {
        "children": CHILD + child,
        "registry_pupils": f"record_id | delivery_id\n{pupils}",
        "child_rolls": f"record_id | child_id | school_code | place | in_force\n{rolls}",
    }, parameters(), first=["whole_exports"])  # fmt: skip
    return rows["reason"].to_pylist()


ATTENDING = "k | true | false | S1 | 第一小学 | 3 | 2 | 20 | "


def test_attending_on_no_roll():
    assert found(ATTENDING, {"a": "S1", "b": "S2"}) == ["on_no_roll"]


def test_attending_on_a_roll_no_longer_in_force():
    assert found(ATTENDING + "转出", {"a": "S1"}) == ["roll_not_in_force"]


@pytest.mark.parametrize(
    "child", ["k | false | false | S1 | 第一小学 | 3 | 2 | 0 |", "k | true | true | S1 | 第一小学 | 3 | 2 | 20 |"]
)
def test_neither_the_unseen_nor_the_registered(child):
    assert found(child, {"a": "S1"}) == []


def test_pupils_of_a_school_whose_own_roll_file_is_missing_are_not_unregistered():
    assert found(ATTENDING, {"b": "S2", "c": "S3"}) == []


def test_a_school_missing_from_a_whole_districts_export_has_unregistered_pupils():
    assert found(ATTENDING, {"district": "S2 S3"}) == ["on_no_roll"]


def test_children_of_a_kindergarten_class_are_on_no_roll_of_the_nine_years():
    def reasons(grade, class_name, sheet):
        rows = run("attends_unregistered", {
            "children": CHILD + "k | true | false | S1 | 第一小学 | | | 20 | ",
            "registry_pupils": "record_id | delivery_id\np | a\nq | a",
            "child_rolls": "record_id | child_id | school_code | place | in_force\np | c | S1 | 1 | true\nq | d | S2 | 1 | true",
            "child_records": "record_id | child_id\ns | k",
            "attendance_pupils": f"record_id | grade | class_name | sheet\ns | {grade} | {class_name} | {sheet}",
        }, parameters(), first=["whole_exports"])  # fmt: skip
        return rows["reason"].to_pylist()

    assert reasons("", "学前班", "Sheet1") == []
    assert reasons("", "", "幼儿园大班") == []
    assert reasons("", "", "大班") == []
    assert reasons("", "", "特大班") == ["on_no_roll"]
    assert reasons("1", "学前班旁", "Sheet1") == ["on_no_roll"]


@pytest.mark.parametrize(
    ("sheet", "reasons"),
    [("S1 | M", []), ("S1 | P", ["roll_not_in_force"]), ("S2 | M", ["roll_not_in_force"])],
)
def test_who_left_in_the_month_by_its_own_sheet_is_not_attending(sheet, reasons):
    rows = run("attends_unregistered", {
        "children": CHILD + ATTENDING + "转出",
        "registry_pupils": "record_id | delivery_id\np | a",
        "child_rolls": "record_id | child_id | school_code | place | in_force\np | c | S1 | 1 | true",
        "child_attendance": f"child_id | school_code | last_mark\nk | {sheet}",
    }, parameters(), first=["whole_exports"])  # fmt: skip
    assert rows["reason"].to_pylist() == reasons
