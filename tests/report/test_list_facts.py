from tests.tables import check, run

CHILDREN = """
    child_id | name | sex | birth_date | school_name | grade | class_no | hukou_code   | priority
    a        | 甲   | 男  | 2015-09-01 | 一小        | 5     | 2        | 990101001001 | 0
    b        | 乙   | 女  | 2015-09-02 | 一小        | 5     |          | 990102003    | 2
"""
FINDINGS = """
    child_id | finding            | school_code
    a        | absent_from_school | s1
    b        | missing_id_number  |
    lost     | not_enrolled       |
"""


def test_a_finding_is_never_lost_for_want_of_a_detail():
    check("list_facts", {"findings": FINDINGS, "children": CHILDREN}, """
        child_id | finding            | name | class_text  | school_name
        a        | absent_from_school | 甲   | 五年级(2)班 | 一小
        b        | missing_id_number  | 乙   | 五年级      | 一小
        lost     | not_enrolled       |      |             |
    """)  # fmt: skip


def test_a_township_without_a_name_is_called_by_its_code_and_one_named_elsewhere_by_that_name():
    inputs = {
        "findings": """
            child_id | finding      | township_code
            a        | not_enrolled | 990101001
            b        | not_enrolled | 990101002
            c        | not_enrolled | 城西镇
        """,
        "children": """
            child_id | township_code | township_name
            a        | 990101001     |
            x        | 990101001     | 城东街道
            b        | 990101002     |
            c        | 城西镇        |
        """,
        "townships": """
            township_code | township_name
            990101001     | 城东街道
        """,
    }
    check("list_facts", inputs, """
        child_id | township_name
        a        | 城东街道
        b        | 乡镇街道990101002
        c        | 城西镇
    """)  # fmt: skip


def test_only_a_household_in_another_county_is_elsewhere():
    check("list_facts", {"findings": FINDINGS, "children": CHILDREN}, """
        child_id | hukou_county
        a        |
        b        | 990102
        lost     |
    """)  # fmt: skip


def test_the_last_answer_is_given_in_words_with_its_date():
    cases = """
        case_no | child_id | finding            | last_seen_period | answer_code | answered_on
        K2      | a        | absent_from_school | 2026-09          | A3          | 2026-04-02
        K1      | a        | absent_from_school | 2026-03          | E1          | 2026-03-02
    """
    rows = run("list_facts", {"findings": FINDINGS, "children": CHILDREN, "cases": cases}).to_pylist()
    assert [row["last_answer"] for row in rows] == ["A3 省外就读（2026-04-02）", None, None]
    assert rows[0]["case_no"] == "K2"


def test_the_entry_in_force_is_what_the_police_compare():
    inputs = {
        "findings": FINDINGS, "children": CHILDREN,
        "child_records": """
            child_id | record_id | source
            a        | r1        | registry
            a        | r2        | registry
            a        | h1        | household
            a        | h2        | household
        """,
        "registry_pupils": """
            record_id | name | status
            r1        | 旧名 | 转出
            r2        | 甲   | 在读
        """,
        "household_children": """
            record_id | name   | left_on
            h1        | 迁出者 | 2020-01-01
            h2        | 甲某   |
        """,
    }  # fmt: skip
    check("list_facts", inputs, """
        child_id | registry_name | household_name
        a        | 甲            | 甲某
        b        |               |
        lost     |               |
    """)  # fmt: skip


def test_a_station_is_that_of_the_address_and_lies_in_the_addresss_county():
    inputs = {
        "findings": """
            district_code | child_id | finding           | township_code
            990101        | named    | missing_id_number | 990101001
            990101        | unnamed  | missing_id_number | 990101001
            990102        | moved    | missing_id_number | 990101001
            990102        | far      | missing_id_number | 210112001
        """,
        "children": """
            child_id | township_code | police_station
            named    | 990101001     | 清溪分局小店派出所
            unnamed  | 990101001     |
            moved    | 990101001     | 小店派出所
            far      | 210112001     |
        """,
        "townships": """
            township_code | township_name | police_station
            990101001     | 小店街道      | 小店派出所
            990102001     | 和平街道      | 小店派出所
        """,
        "deliveries": """
            district_code
            990101
            990102
        """,
    }
    check("list_facts", inputs, """
        child_id | police_station | station_district
        far      |                | 990102
        moved    | 小店派出所     | 990101
        named    | 小店派出所     | 990101
        unnamed  | 小店派出所     | 990101
    """)  # fmt: skip


def test_a_schools_papers_lie_in_its_own_district():
    inputs = {
        "findings": """
            district_code | child_id | finding            | school_code
            990101        | a        | absent_from_school | s1
            990101        | b        | absent_from_school | s9
        """,
        "school_homes": """
            district_code | school_code | school_name
            990102        | s1          | 一小
        """,
    }
    check("list_facts", inputs, """
        child_id | school_district
        a        | 990102
        b        | 990101
    """)  # fmt: skip


def test_whose_answer_the_class_sheets_contradict_is_told_with_the_reason_though_it_is_no_finding_any_more():
    inputs = {
        "findings": "child_id | finding | reason | explanation\nb | missing_id_number | blank | 没有号码",
        "children": CHILDREN,
        "cases": """
            period  | case_no | child_id | finding            | state  | school_code
            2026-09 | K1      | a        | absent_from_school | open   | s1
            2026-09 | K2      | b        | missing_id_number  | open   |
            2026-09 | K3      | b        | absent_from_school | open   | s1
            2026-09 | K4      | b        | dropout_risk       | closed | s1
        """,
        "case_events": """
            period  | case_no | event_no | event        | note
            2026-09 | K1      | 1        | contradicted | 曾答复“死亡”，本期考勤显示在一小到校
            2026-09 | K2      | 1        | contradicted | 曾答复“查无此人”
            2026-03 | K3      | 1        | contradicted | 早已说过
            2026-09 | K4      | 1        | contradicted | 已销号
        """,
    }
    check("list_facts", inputs, """
        child_id | finding            | reason       | school_code | explanation                          | case_no
        a        | absent_from_school | contradicted | s1          | 曾答复“死亡”，本期考勤显示在一小到校 | K1
        b        | missing_id_number  | blank        |             | 没有号码                             | K2
    """)  # fmt: skip
