import pyarrow as pa

from expectations.recipients import routes
from tests.tables import check
from transforms.lists.deliver import routes_table

HEAD = "recipient | finding | finding_text | sheet_no | rank\n"
ROUTES = HEAD + "\n".join(" | ".join(str(v) for v in row.values()) for row in (
    {k: r[k] for k in ("recipient", "finding", "finding_text", "sheet_no", "rank")} for r in routes_table().to_pylist()
))  # fmt: skip
FACTS = """
    child_id | finding            | school_code | school_name | township_code | township_name | police_station | hukou_county | priority | grade | name
    a        | absent_from_school | s1          | 一小        | t1            | 东街          |                |              | 0        | 5     | 甲
    a        | suspected_dropout  | s1          | 一小        | t1            | 东街          |                |              | 0        | 5     | 甲
    b        | absent_from_school | s1          | 一小        | t1            | 东街          |                | 990102       | 0        | 3     | 乙
    c        | absent_from_school | s1          | 一小        | t1            | 东街          |                |              | 1        | 6     | 丙
    d        | missing_id_number  |             |             | t1            | 东街          |                |              | 0        |       | 丁
    e        | not_enrolled       |             |             |               |               |                |              | 0        |       | 戊
"""


def places(recipient):
    """The places of one kind of office only: the others' routes are left out."""
    kept = [line for line in ROUTES.splitlines()[1:] if line.startswith(recipient)]
    return {"list_facts": FACTS, "list_routes": HEAD + "\n".join(kept)}


def test_the_suspected_stand_first_then_priority_groups_then_by_class():
    check("list_places", places("school"), """
        child_id | finding            | unit_code | sheet_no | row_no | part_no | problem
        a        | absent_from_school | s1        | 1        | 1      | 2       | 疑似辍学、在籍不在校
        a        | suspected_dropout  | s1        | 1        | 1      | 1       | 疑似辍学、在籍不在校
        b        | absent_from_school | s1        | 1        | 3      | 1       | 在籍不在校
        c        | absent_from_school | s1        | 1        | 2      | 1       | 在籍不在校
    """)  # fmt: skip


def test_a_finding_without_a_school_reaches_no_school_and_one_without_an_office_is_the_countys():
    check("list_places", {"list_facts": FACTS, "list_routes": ROUTES}, """
        child_id | finding            | recipient | asked_of
        a        | absent_from_school | county    | 一小
        a        | absent_from_school | school    | 一小
        a        | suspected_dropout  | county    | 一小、东街
        a        | suspected_dropout  | school    | 一小、东街
        a        | suspected_dropout  | township  | 一小、东街
        b        | absent_from_school | county    | 990102教育局、一小
        b        | absent_from_school | elsewhere | 990102教育局、一小
        b        | absent_from_school | school    | 990102教育局、一小
        c        | absent_from_school | county    | 一小
        c        | absent_from_school | school    | 一小
        d        | missing_id_number  | county    | 东街派出所
        d        | missing_id_number  | police    | 东街派出所
        e        | not_enrolled       | county    | 县级
    """)  # fmt: skip


def test_the_county_is_told_every_finding():
    county = {finding for recipient, finding, _, _ in routes() if recipient == "county"}
    assert county == set(pa.array([row["finding"] for row in routes_table().to_pylist()]).unique().to_pylist())


def test_a_bureau_writes_to_its_own_townships_and_police_only():
    facts = """
        child_id | finding           | township_code | township_name | police_station | hukou_county
        a        | not_enrolled      | 990101001     | 东街          |                |
        b        | not_enrolled      | 990102001     | 远乡          |                | 990102
        c        | missing_id_number | 990102001     | 远乡          |                | 990102
        d        | missing_id_number | 990101001     | 东街          |                |
        e        | not_enrolled      | 城西镇        | 城西镇        |                |
    """
    kept = [line for line in ROUTES.splitlines()[1:] if not line.startswith("county")]
    check("list_places", {"list_facts": facts, "list_routes": HEAD + "\n".join(kept)}, """
        child_id | recipient | unit_code | unit_name
        a        | township  | 990101001 | 东街
        c        | police    | 990101    | 990101公安局
        d        | police    | 990101001 | 东街派出所
        e        | township  | 城西镇    | 城西镇
    """)  # fmt: skip


def test_the_police_see_first_who_has_no_number_in_the_household_register():
    facts = """
        child_id | finding           | police_station | household_id_number | priority | name
        a        | missing_id_number | 东街所         | 990101201509010016  | 1        | 甲
        b        | missing_id_number | 东街所         |                     | 0        | 乙
    """
    check("list_places", {**places("police"), "list_facts": facts}, """
        child_id | row_no
        a        | 2
        b        | 1
    """)  # fmt: skip


def test_school_and_station_have_one_folder_in_their_own_district():
    facts = """
        district_code | child_id | finding           | school_code | school_name | police_station | school_district | station_district
        990101        | a        | dropout_risk      | s1          | 一小        |                | 990102          |
        990102        | b        | dropout_risk      | s1          | 一小        |                | 990102          |
        990101        | c        | missing_id_number |             |             | 小店派出所     |                 | 990102
        990102        | d        | missing_id_number |             |             | 小店派出所     |                 | 990102
        990102        | e        | missing_id_number |             |             |                |                 | 990102
    """
    kept = [line for line in ROUTES.splitlines()[1:] if line.split(" | ")[0] in ("school", "police")]
    check("list_places", {"list_facts": facts, "list_routes": HEAD + "\n".join(kept)}, """
        child_id | finding           | recipient | district_code | unit_code  | row_no
        a        | dropout_risk      | school    | 990102        | s1         | 1
        b        | dropout_risk      | school    | 990102        | s1         | 2
        c        | missing_id_number | police    | 990102        | 小店派出所 | 1
        d        | missing_id_number | police    | 990102        | 小店派出所 | 2
        e        | missing_id_number | police    | 990102        | 990102     | 1
    """)  # fmt: skip


def test_a_contradicted_answer_is_worked_on_by_the_school_and_the_county_and_nobody_else():
    facts = """
        child_id | finding           | reason       | school_code | school_name | township_code | township_name | hukou_county
        a        | suspected_dropout | contradicted | s1          | 一小        | t1            | 东街          | 990102
        b        | not_enrolled      | contradicted |             |             | t1            | 东街          |
    """
    check("list_places", {"list_facts": facts, "list_routes": ROUTES}, """
        child_id | recipient | problem        | asked_of
        a        | county    | 答复与考勤矛盾 | 一小
        a        | school    | 答复与考勤矛盾 | 一小
        b        | county    | 答复与考勤矛盾 | 县级
    """)  # fmt: skip
