from tests.parameters import parameters
from tests.tables import run

CHILDREN = """
    child_id | district_code | school_code | township_code | birth_date | on_roll | should_attend | of_school_age | class_delivered | grade | class_no
    a        | 990101        | S1          | T1            | 2017-01-01 | true    | true          | true          | true            | 3     | 1
    b        | 990101        | S1          | T1            | 2017-01-01 | true    | true          | true          | true            | 3     | 1
    c        | 990101        | S1          | T2            | 2017-01-01 | true    | true          | true          | false           | 3     | 2
    d        | 990102        | S2          |               | 2012-01-01 | true    | true          | true          | true            | 8     | 1
    e        | 990102        |             | T9            | 2018-01-01 | false   | true          | true          | false           |       |
"""
INPUTS = {
    "children": CHILDREN,
    "findings": """
        child_id | finding            | reason
        a        | absent_from_school | never_seen
        a        | suspected_dropout  | never_seen
        d        | suspected_dropout  | never_seen
        e        | not_enrolled       | on_no_roll
    """,
    "waiting_findings": "child_id | finding | waits_for\nb | absent_from_school | review",
    "cases": """
        case_no | child_id | finding            | state   | overdue | last_seen_period | answer_code
        c1      | a        | absent_from_school | open    | true    | 2026-09          |
        c2      | d        | suspected_dropout  | dropout | false   | 2026-09          | D2
    """,
    "case_events": """
        case_no | event_no | period  | event   | happened_on
        c2      | 1        | 2026-03 | opened  | 2026-03-13
        c2      | 2        | {told}  | dropout | 2026-03-20
    """,
    "finding_kinds": """
        finding
        absent_from_school
        suspected_dropout
        not_enrolled
    """,
}


def figures(
    told: str = "2026-09", before: str = "level | unit_code | stage | indicator", **changes: object
) -> dict[tuple[str, str, str, str], float]:
    drawn = {**INPUTS, "case_events": INPUTS["case_events"].format(told=told), "previous_indicators": before}
    rows = run("indicators", drawn, parameters(**changes)).to_pylist()
    return {(r["level"], r["unit_code"], r["stage"], r["indicator"]): r["value"] for r in rows}


def test_every_level_counts_the_same_children():
    got = figures()
    for indicator in (
        "pupils",
        "children_of_school_age",
        "suspected_dropout",
        "not_enrolled",
        "waiting_review",
        "cases_overdue",
    ):
        districts = got["district", "990101", "all", indicator] + got["district", "990102", "all", indicator]
        assert got["city", "990100", "all", indicator] == districts, indicator
    assert got["city", "990100", "all", "pupils"] == 4


def test_stages_add_up_to_all():
    got = figures()
    assert got["city", "990100", "primary", "pupils"] + got["city", "990100", "junior", "pupils"] == 4


def test_a_unit_without_a_case_has_nought_not_nothing():
    assert figures()["school", "S1", "all", "not_enrolled"] == 0


def test_classes_and_those_that_delivered_are_counted_by_school():
    got = figures()
    assert (got["school", "S1", "all", "classes"], got["school", "S1", "all", "classes_delivered"]) == (2, 1)
    assert got["school", "S1", "all", "delivered_share"] == 0.5


def test_the_dropout_rate_counts_answers_only_never_suspicions():
    got = figures()
    assert got["district", "990102", "junior", "dropout_rate"] == 1
    assert got["district", "990101", "all", "dropout_rate"] == 0


def test_without_a_control_line_nobody_is_over_it():
    assert not [key for key in figures() if key[3] == "over_line"]


def test_over_the_line_is_above_it_not_on_it():
    assert figures(junior_control_line=0.999)["district", "990102", "junior", "over_line"] == 1
    assert figures(junior_control_line=1.0)["district", "990102", "junior", "over_line"] == 0


def test_over_the_line_of_primary_schools_is_above_it_not_on_it():
    primary = {
        name: text.replace("c2      | d        ", "c2      | a        ").replace("{told}", "2026-09")
        for name, text in INPUTS.items()
    }

    def over(line: float) -> float:
        rows = run("indicators", primary, parameters(primary_control_line=line)).to_pylist()
        district = {(row["unit_code"], row["stage"], row["indicator"]): row["value"] for row in rows}
        return district["990101", "primary", "over_line"]

    assert over(0.333) == 1
    assert over(1 / 3) == 0


def test_a_dropout_of_the_last_school_year_is_not_counted_in_this_ones_rate():
    assert figures(told="2026-03")["district", "990102", "junior", "dropout_rate"] == 0
    assert figures(told="2026-03")["district", "990102", "junior", "dropouts"] == 1


def test_the_rate_is_counted_on_the_pupils_the_school_year_began_with():
    head = "period | level | unit_code | stage | indicator | value\n"
    same_year = head + "2026-09 | district | 990102 | junior | pupils_at_start | 4"
    other_year = head + "2026-03 | district | 990102 | junior | pupils_at_start | 4"
    assert figures(before=same_year)["district", "990102", "junior", "dropout_rate"] == 0.25
    assert figures(before=other_year)["district", "990102", "junior", "dropout_rate"] == 1
