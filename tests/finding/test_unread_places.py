from tests.parameters import parameters
from tests.tables import check


def test_where_most_pupils_of_an_age_stood_on_a_roll_that_is_missing_its_newcomers_wait_and_nowhere_else():
    check("unread_places", {
        "previous_children": """
            child_id | district_code | township_code | school_code | grade | on_roll
            a        | 990101        | 990101001     | S1          | 7     | true
            b        | 990101        | 990101001     | S1          | 7     | true
            c        | 990101        | 990101001     | S2          | 7     | true
            d        | 990101        | 990101001     | S1          | 8     | true
            e        | 990101        | 990101001     | S2          | 8     | true
            f        | 990101        | 990101002     | S1          | 9     | false
        """,
        "silent_rolls": "school_code\nS1",
    }, """
        district_code | township_code | age
        990101        | 990101001     | 12
    """, parameters())  # fmt: skip


def test_where_most_of_those_on_no_roll_are_named_on_sheets_of_a_school_without_a_roll_the_others_wait_with_them():
    candidates, children = (["child_id | district_code | finding | reason"],
                            ["child_id | name | district_code | township_code | birth_date"])  # fmt: skip
    for child, name, township, born in (("a", "张三", "990101001", "2014-03-01"), ("b", "李四", "990101001", "2013-10-01"),
                                        ("c", "王伍", "990101001", "2014-05-01"), ("d", "张三", "990101002", "2014-05-01"),
                                        ("e", "赵六", "990101002", "2014-05-01")):  # fmt: skip
        candidates.append(f"{child} | 990101 | not_enrolled | on_no_roll")
        children.append(f"{child} | {name} | 990101 | {township} | {born}")
    check("unread_places", {
        "finding_candidates": "\n".join(candidates),
        "children": "\n".join(children),
        "quarantine": """
            record_id | district_code | source     | codes            | row_text
            r         | 990101        | attendance | school_unknown   | {"name":"张三","school_name":"一中"}
            s         | 990101        | attendance | school_unknown   | {"name":"李 四","school_name":"一中"}
            t         | 990101        | attendance | marks_not_understood | {"name":"赵六"}
        """,
    }, """
        district_code | township_code | age
        990101        | 990101001     | 12
    """, parameters())  # fmt: skip
