from tests.tables import check

PUPILS = "record_id | delivery_id\na | 1\nb | 1\nc | 2"
ROLLS = "record_id | district_code | school_code | child_id | place | in_force\n"


def whole(rolls, expected):
    check("whole_exports", {"registry_pupils": PUPILS, "child_rolls": ROLLS + rolls}, f"district_code\n{expected}")


def test_a_file_of_several_schools_is_a_whole_export():
    whole("a | 990101 | S1 | a | 1 | true\nb | 990101 | S2 | b | 1 | true\nc | 990101 | S3 | c | 1 | true", "990101")


def test_files_of_one_school_each_are_none():
    whole("a | 990101 | S1 | a | 1 | true\nc | 990101 | S3 | c | 1 | true", "")


def test_a_districts_only_file_is_its_whole_roll():
    whole("a | 990101 | S1 | a | 1 | true\nb | 990101 | S1 | b | 1 | true", "990101")
