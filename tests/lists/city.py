"""A small invented county, drawn as text tables, that every test of the lists reads."""

from datetime import date
from pathlib import Path

from expectations.catalog import TABLES
from tests.tables import table
from transforms.engine import Engine

AS_OF = date(2026, 9, 30)
TERMS = {"period": "2026-09", "cutoff_on": date(2026, 8, 31)}
NUMBERS = {"a": "990101201509010016", "b": "990101201509020024", "c": "990101201609030032", "d": "990102201409040040"}

CITY = {
    "schools": """
        district_code | school_code | school_name | kind
        990101        | 2199000001  | 第一小学    | registry
        990101        | 3199000002  | 第二中学    | registry
    """,
    "children": """
        child_id | name   | sex | birth_date | id_number          | school_code | school_name | grade | class_no | township_code | township_name | groups    | priority | guardian_name | phone       | address        | police_station | hukou_code   | attends_school_name | of_school_age
        a        | 张一丰 | 男  | 2015-09-01 | 990101201509010016 | 2199000001  | 第一小学    | 5     | 2        | 990101001     | 城东街道      | 低保、留守 | 2        | 张大          | 13900000001 | 城东街道1号    | 城东派出所     | 990101001001 | | true
        b        | 李二   | 女  | 2015-09-02 | 990101201509020024 | 2199000001  | 第一小学    | 5     | 1        | 990101001     | 城东街道      |           | 0        | 李大          | 13900000002 | 城东街道2号    | 城东派出所     | 990101001001 | | true
        c        | 王三   | 男  | 2016-09-03 | 990101201609030032 |             |             |       |          | 990101002     | 城西镇        | 残疾      | 1        | 王大          | 13900000003 | 城西镇3号      |                | 990101002001 | | true
        d        | =赵四  | 男  | 2014-09-04 | 990102201409040040 | 3199000002  | 第二中学    | 7     | 3        |               |               |           | 0        | 赵大光        |             | 出租屋         |                | 990102003004 | | true
        e        | 钱五   | 女  | 2016-01-05 |                    | 2199000001  | 第一小学    | 4     | 2        | 990101001     | 城东街道      |           | 0        | 钱大          |             |                | 城东派出所     | 990101001001 | 第三小学 | true
        f        | 孙六   | 男  | 2013-01-05 | 990101201301050018 | 2199000001  | 第一小学    | 6     | 1        | 990101001     | 城东街道      |           | 0        | 孙大          |             |                | 城东派出所     | 990101001001 |          | true
    """,
    "findings": """
        child_id | finding            | reason         | school_code | township_code | explanation                                     | first_period
        a        | absent_from_school | never_seen     | 2199000001  | 990101001     | 开学以来一直未到校                              | 2026-09
        a        | suspected_dropout  | never_seen     | 2199000001  | 990101001     | 开学以来一直未到校，没有任何就读迹象            | 2026-09
        b        | dropout_risk       | share          | 2199000001  | 990101001     | 本月旷课3天                                     | 2026-09
        b        | identity_mismatch  | name+id_number | 2199000001  | 990101001     | 学籍号码990101201509020024，户籍号码990101201509020032 | 2026-09
        c        | not_enrolled       | none           |             | 990101002     | 户籍在册，未见学籍                              | 2026-09
        d        | absent_from_school | unexcused      | 3199000002  |               | 连续旷课8天                                     | 2026-03
        e        | attends_elsewhere  | other_school   | 2199000001  | 990101001     | 在第三小学就读                                  | 2026-09
        e        | missing_id_number  | registry       | 2199000001  | 990101001     | 学籍中没有身份证号                              | 2026-09
    """,
    "cases": """
        case_no | child_id | finding            | state | opened_period | last_seen_period | answer_code | answered_on | due_on     | overdue
        CASE-A1 | a        | absent_from_school | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-A2 | a        | suspected_dropout  | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-B1 | b        | dropout_risk       | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-B2 | b        | identity_mismatch  | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-C1 | c        | not_enrolled       | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-D1 | d        | absent_from_school | open  | 2026-03       | 2026-09          | E1          | 2026-04-02  | 2026-03-29 | true
        CASE-E1 | e        | attends_elsewhere  | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-E2 | e        | missing_id_number  | open  | 2026-09       | 2026-09          |             |             | 2026-09-29 | false
        CASE-F1 | f        | suspected_dropout  | dropout | 2026-03     | 2026-03          | D2          | 2026-03-20  | 2026-03-29 | false
    """,
    "child_records": """
        child_id | record_id | source
        b        | r1        | registry
        b        | h1        | household
    """,
    "registry_pupils": """
        record_id | name | sex | birth_date | id_number          | status | school_code
        r1        | 李二 | 女  | 2015-09-02 | 990101201509020024 | 在读   | 2199000001
    """,
    "household_children": """
        record_id | name | sex | birth_date | id_number
        h1        | 李贰 | 女  | 2015-09-02 | 990101201509020032
    """,
    "missing_deliveries": """
        source     | school_code | school_name | grade | class_no | pupils | due_on     | days_overdue
        attendance | 3199000002  | 第二中学    | 8     | 1        | 45     | 2026-09-15 | 15
        attendance | 3199000002  | 第二中学    | 8     | 2        | 44     | 2026-09-15 | 15
    """,
    "findings_off": """
        district_code | finding                | missing_source
        990101        | duplicate_registration | registry
    """,
    "deliveries": """
        delivery_id | source     | path                      | verdict              | format
        f1          | registry   | 990101/学籍/全区.xlsx     | accepted_with_issues | xlsx
        f2          | household  | 990101/户籍/分局.csv      | refused              | csv
    """,
    "issues": """
        delivery_id | issue_no | sheet  | row_no | column_name | code     | severity | sentence
        f1          | 1        | Sheet1 | 12     | id_number   | checksum | info     | 身份证号校验位不对，请核对
        f2          | 1        |        |        |             | no_rows  | critical | 只有表头，没有数据行
    """,
    "indicators": """
        level    | unit_code  | stage   | indicator          | value
        city     | 990100     | all     | pupils             | 4000
        city     | 990100     | all     | suspected_dropout  | 30
        city     | 990100     | all     | absent_from_school | 41
        city     | 990100     | all     | children_found     | 70
        city     | 990100     | all     | cases_asked        | 80
        city     | 990100     | all     | cases_answered     | 20
        district | 990101     | all     | pupils             | 4000
        district | 990101     | all     | classes            | 100
        district | 990101     | all     | classes_delivered  | 98
        district | 990101     | all     | delivered_share    | 0.98
        district | 990101     | all     | suspected_dropout  | 30
        district | 990101     | all     | absent_from_school | 41
        district | 990101     | all     | children_found     | 70
        district | 990101     | all     | cases_asked        | 80
        district | 990101     | all     | cases_answered     | 20
        district | 990101     | primary | dropout_rate       | 0.007
        district | 990101     | primary | over_line          | 1
        district | 990101     | primary | dropouts           | 14
        district | 990101     | primary | pupils             | 2000
        school   | 2199000001 | all     | pupils             | 2000
        school   | 2199000001 | all     | suspected_dropout  | 3
        school   | 2199000001 | all     | absent_from_school | 20
        school   | 2199000001 | all     | delivered_share    | 1
        school   | 3199000002 | all     | pupils             | 2000
        school   | 3199000002 | all     | suspected_dropout  | 27
        school   | 3199000002 | all     | absent_from_school | 21
        school   | 3199000002 | all     | delivered_share    | 0.96
        township | 990101001  | all     | suspected_dropout  | 30
    """,
    "person_records": """
        record_id | source    | name | sex | birth_date | id_number          | school_code | grade | class_no | guardian_name | in_force
        r1        | registry  | 李二 | 女  | 2015-09-02 | 990101201509020024 | 2199000001  | 5     | 1        | 李大          | true
        h9        | household | 李而 | 女  | 2015-09-02 |                    |             |       |          | 李大          | true
    """,
    "review_pairs": """
        left_record_id | right_record_id | left_source | right_source | tier   | weight | probability | evidence   | pair_no | reason
        r1             | h9              | registry    | household    | weight | 6      | 0.93        | name=sound | PAIR-1  | 仅姓名读音与生日相同
    """,
}


def fill(engine: Engine) -> None:
    """Put the county's tables into ``engine``."""
    for name, text in CITY.items():
        engine.put(name, table(TABLES[name], text))


def city(folder: Path) -> Engine:
    """An engine over the county."""
    engine = Engine(folder, {"small_cell": 5, "as_of": AS_OF, **TERMS})
    fill(engine)
    return engine
