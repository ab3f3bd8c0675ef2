from tests.tables import check

WORDS = """
    code          | severity | sentence
    name_spaced   | info     | 姓名中有空格
    missing_value | warning  | “{detail}”没有填写
    not_understood | info    | “{detail}”无法识别
    repeated_row  | warning  | 重复填写
    school_unknown | critical | 没有这所学校：{detail}
    school_roll_unread | critical | 没有这所学校：{detail}未能读取
    superseded    | info     | 已由“{detail}”更正
    duplicate_file | info    | 与“{detail}”相同
    same_name     | info     | 同名
    month_past    | info     | 这是{detail}的
"""
COLUMNS = """
    source     | column_name | label    | message        | severity
    registry   | name        | 姓名     | 请补填姓名     | warning
    registry   | hukou_code  | 户口所在地 |              | warning
    registry   | birth_date  | 出生日期 | 请按样式填写   | info
"""


def found(inputs: dict[str, str], expected: str, month: str | None = "2026-09") -> None:
    check("issues", inputs, expected, {"month": month})


def test_a_columns_own_sentence_goes_before_the_general_one_and_the_worst_comes_first():
    found({
        "code_words": WORDS, "column_words": COLUMNS,
        "record_heads": """
            record_id | source   | delivery_id | sheet | row_no | notes
            1         | registry | d           | 甲    | 2      | name:name_spaced,birth_date:not_understood,hukou_code:not_understood
            2         | registry | d           | 甲    | 3      |
        """,
        "suite_failures": """
            source   | record_id | column_name | code          | severity
            registry | 2         | name        | missing_value | warning
        """,
    }, """
        issue_no | row_no | column_name | code           | severity | sentence
        1        | 3      | name        | missing_value  | warning  | 请补填姓名
        2        | 2      | birth_date  | not_understood | info     | 请按样式填写
        3        | 2      | hukou_code  | not_understood | info     | “户口所在地”无法识别
        4        | 2      | name        | name_spaced    | info     | 姓名中有空格
    """)  # fmt: skip


def test_a_sheet_of_an_unknown_school_has_one_issue_with_the_nearest_names_and_its_rows_none():
    found({
        "code_words": WORDS,
        "record_heads": """
            record_id | source     | delivery_id | sheet | row_no | school_name | notes
            1         | attendance | d           | 甲    | 5      | 九小        | name:name_spaced
            2         | attendance | d           | 甲    | 6      | 九小        |
        """,
        "set_aside": """
            record_id | source     | delivery_id | code
            1         | attendance | d           | school_unknown
            2         | attendance | d           | school_unknown
        """,
        "school_aliases": """
            district_code | school_text | candidates
            990101        | 九小        | 第一小学、第二小学
        """,
    }, """
        issue_no | sheet | row_no | code           | severity | sentence
        1        | 甲    |        | school_unknown | critical | 没有这所学校：九小；相近的有：第一小学、第二小学
    """)  # fmt: skip


def test_a_school_whose_roll_could_not_be_read_is_told_which_file_and_not_that_it_does_not_exist():
    found({
        "code_words": WORDS,
        "delivery_facts": """
            delivery_id | source     | path                      | refusal  | duplicate_of
            a           | registry   | 990101/学籍/九小学籍.xls  | 已损坏   |
            b           | registry   | 990101/学籍/八小学籍.xls  | 已损坏   |
            c           | registry   | 990101/学籍/九小说明.docx | 没有名单 |
            d           | attendance | 990101/考勤/九小.xlsx     |          |
            e           | attendance | 990101/考勤/七小.xlsx     |          |
        """,
        "reading_issues": """
            delivery_id | code       | severity | sentence | given_no
            c           | no_list    | critical | 没有名单 | 0
            a           | unreadable | critical | 已损坏   | 0
            b           | unreadable | critical | 已损坏   | 0
        """,
        "record_heads": """
            record_id | source     | delivery_id | sheet | row_no | school_name
            1         | attendance | d           | 甲    | 5      | 九小
            2         | attendance | e           | 甲    | 5      | 七小
        """,
        "set_aside": """
            record_id | source     | delivery_id | code
            1         | attendance | d           | school_unknown
            2         | attendance | e           | school_unknown
        """,
    }, """
        delivery_id | issue_no | code               | sentence
        a           | 1        | unreadable         | 已损坏
        b           | 1        | unreadable         | 已损坏
        c           | 1        | no_list            | 没有名单
        d           | 1        | school_roll_unread | 没有这所学校：九小；本区县学籍文件“990101/学籍/九小学籍.xls”未能读取
        e           | 1        | school_roll_unread | 没有这所学校：七小；本区县学籍文件“990101/学籍/九小学籍.xls、990101/学籍/八小学籍.xls”未能读取
    """)  # fmt: skip


def test_what_reading_noticed_is_kept_with_the_row_it_stands_in():
    found({
        "code_words": WORDS,
        "record_heads": """
            record_id | source     | delivery_id | sheet | row_no
            1         | attendance | d           | 甲    | 5
        """,
        "reading_issues": """
            delivery_id | sheet | row_no | code         | severity | sentence     | given_no
            d           | 甲    | 5      | unknown_mark | warning  | 符号没有说明 | 0
            d           |       |        | hidden_rows  | info     | 有隐藏行     | 1
        """,
    }, """
        issue_no | row_no | code         | record_id
        1        | 5      | unknown_mark | 1
        2        |        | hidden_rows  |
    """)  # fmt: skip


def test_namesakes_of_a_class_without_numbers_are_reported():
    found({
        "code_words": WORDS,
        "record_heads": """
            record_id | source     | delivery_id | class_key | name | numbered | row_no
            1         | attendance | d           | 三2       | 甲   | false    | 1
            2         | attendance | d           | 三2       | 甲   | false    | 2
            3         | attendance | d           | 三1       | 甲   | false    | 3
            4         | attendance | d           | 三2       | 甲   | true     | 4
        """,
    }, """
        issue_no | row_no | code
        1        | 1      | same_name
        2        | 2      | same_name
    """)  # fmt: skip


def test_a_replaced_and_a_doubled_file_each_say_so_once():
    found({
        "code_words": WORDS,
        "redeliveries": """
            record_id | source   | delivery_id | later_delivery_id
            1         | registry | d           | e
            2         | registry | d           | e
        """,
        "delivery_facts": """
            delivery_id | path  | duplicate_of
            d           | 甲    |
            e           | 乙    |
            f           | 丙    | 甲
        """,
    }, """
        delivery_id | issue_no | sentence
        d           | 1        | 已由“乙”更正
        f           | 1        | 与“甲”相同
    """)  # fmt: skip


def test_rows_of_a_sheet_that_was_not_understood_have_the_one_issue_of_their_sheet():
    found({
        "code_words": WORDS,
        "record_heads": """
            record_id | source   | delivery_id | sheet | row_no
            1         | registry | d           | 甲    | 2
            2         | registry | d           | 乙    | 2
        """,
        "suite_failures": """
            source   | record_id | column_name | code          | severity
            registry | 1         | name        | missing_value | warning
            registry | 2         | name        | missing_value | warning
        """,
        "reading_issues": """
            delivery_id | sheet | code                | severity | sentence | given_no
            d           | 乙    | rows_not_understood | warning  | 没有认出 | 0
        """,
    }, """
        issue_no | sheet | row_no | code
        1        | 乙    |        | rows_not_understood
        2        | 甲    | 2      | missing_value
    """)  # fmt: skip


def test_a_file_of_past_months_alone_is_told_to_be_so_unless_no_month_is_named():
    def told(month: str | None, expected: str) -> None:
        found({
            "code_words": WORDS,
            "delivery_facts": """
                delivery_id | source     | path  | duplicate_of
                old         | attendance | a.xls |
                both        | attendance | b.xls |
                twice       | attendance | c.xls | a.xls
            """,
            "attendance_read": """
                record_id | delivery_id | month
                1         | old         | 2026-02
                2         | old         | 2026-01
                3         | both        | 2026-02
                4         | both        | 2026-03
                5         | twice       | 2026-02
            """,
        }, f"delivery_id | code | sentence\n{expected}{doubled}", month)  # fmt: skip

    doubled = "twice | duplicate_file | 与“a.xls”相同"
    told("2026-03", "old | month_past | 这是2026年1月、2026年2月的\n")
    told(None, "")
