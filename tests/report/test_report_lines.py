from datetime import date

from tests.tables import check

PARAMETERS = {"period": "2026-09", "cutoff_on": date(2026, 8, 31)}
CHILDREN = """
    child_id | sex | grade | groups     | priority | township_code | township_name
    a        | 男  | 3     | 低保、留守 | 2        | 990101001     | 城东街道
    b        | 女  | 8     |            | 0        | 990101002     | 城西镇
    c        | 男  | 8     | 低保       | 1        | 990101001     | 城东街道
    d        | 男  | 2     |            | 0        | 990102001     | 外县镇
"""


def lines(cases, expected):
    check("report_lines", {"cases": cases, "children": CHILDREN}, expected, PARAMETERS)


def test_a_county_reports_all_its_children_and_a_township_its_own():
    lines(
        """
        case_no | child_id | finding           | state | last_seen_period | answer_code
        K1      | a        | suspected_dropout | open  | 2026-09          |
        K2      | d        | suspected_dropout | open  | 2026-09          |
    """,
        """
        recipient | unit_code | line_no | part       | label    | children | unanswered | need_aid
        county    | 990101    | 1       | 合计       | 合计     | 2        | 2          | 1
        county    | 990101    | 2       | 按问题     | 疑似辍学 | 2        | 2          | 1
        county    | 990101    | 3       | 按学段     | 小学     | 2        | 2          | 1
        county    | 990101    | 4       | 按性别     | 男       | 2        | 2          | 1
        county    | 990101    | 5       | 按重点群体 | 低保     | 1        | 1          | 1
        county    | 990101    | 6       | 按重点群体 | 留守     | 1        | 1          | 1
        county    | 990101    | 7       | 按乡镇街道 | 城东街道 | 1        | 1          | 1
        county    | 990101    | 8       | 按乡镇街道 | 外县或不详 | 1        | 1          | 0
        township  | 990101001 | 1       | 合计       | 合计     | 1        | 1          | 1
        township  | 990101001 | 2       | 按问题     | 疑似辍学 | 1        | 1          | 1
        township  | 990101001 | 3       | 按学段     | 小学     | 1        | 1          | 1
        township  | 990101001 | 4       | 按性别     | 男       | 1        | 1          | 1
        township  | 990101001 | 5       | 按重点群体 | 低保     | 1        | 1          | 1
        township  | 990101001 | 6       | 按重点群体 | 留守     | 1        | 1          | 1
    """,
    )


def test_lines_stand_in_the_order_an_office_expects():
    lines(
        """
        case_no | child_id | finding           | state | last_seen_period | answer_code
        K1      | a        | suspected_dropout | open  | 2026-09          |
        K2      | b        | not_enrolled      | open  | 2026-09          |
    """,
        """
        recipient | line_no | label
        county    | 1       | 合计
        county    | 2       | 疑似辍学
        county    | 3       | 适龄未入学
        county    | 4       | 小学
        county    | 5       | 初中
        county    | 6       | 男
        county    | 7       | 女
        county    | 8       | 低保
        county    | 9       | 留守
        county    | 10      | 城东街道
        county    | 11      | 城西镇
        township  | 1       | 合计
        township  | 2       | 疑似辍学
        township  | 3       | 小学
        township  | 4       | 男
        township  | 5       | 低保
        township  | 6       | 留守
        township  | 1       | 合计
        township  | 2       | 适龄未入学
        township  | 3       | 初中
        township  | 4       | 女
    """,
    )


ONE_CHILD = "case_no | child_id | finding | state | last_seen_period | answer_code"
COLUMNS = "line_no | children | at_school | register_fault | lawful_absence | out_of_school | unknown | unanswered"


def total_of(cases, expected):
    """The total of the county, from the child of no township of its own, whose lines are few."""
    drawn = "\n".join([ONE_CHILD, *cases])
    rest = "\n".join(f"{line} | {expected}" for line in (1, 2, 3, 4, 5))
    lines(drawn, f"{COLUMNS}\n{rest}")


def test_what_became_of_a_child_is_counted_by_its_answer():
    for answer, state, counts in (
        ("A3", "explained", "1 | 1 | 0 | 0 | 0 | 0 | 0"), ("B2", "explained", "1 | 0 | 1 | 0 | 0 | 0 | 0"),
        ("C2", "explained", "1 | 0 | 0 | 1 | 0 | 0 | 0"), ("D2", "dropout", "1 | 0 | 0 | 0 | 1 | 0 | 0"),
        ("E1", "unresolved", "1 | 0 | 0 | 0 | 0 | 1 | 0"), ("", "open", "1 | 0 | 0 | 0 | 0 | 0 | 1"),
        ("A1", "returned", "1 | 1 | 0 | 0 | 0 | 0 | 0"),
    ):  # fmt: skip
        total_of([f"K | d | suspected_dropout | {state} | 2026-09 | {answer}"], counts)


def test_a_case_of_an_earlier_period_counts_while_it_is_open_and_no_longer_once_it_is_closed():
    total_of(["K | d | suspected_dropout | dropout | 2026-03 | D2", "L | b | suspected_dropout | closed | 2026-03 | B5"],
             "1 | 0 | 0 | 0 | 1 | 0 | 0")  # fmt: skip
