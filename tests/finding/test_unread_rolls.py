from tests.tables import check


def test_a_refused_roll_counts_until_its_school_s_roll_was_read():
    check("unread_rolls", {
        "deliveries": """
            district_code | delivery_id | source     | verdict  | path
            990101        | a           | registry   | refused  | 990101/学籍/文艺小学学籍.xls
            990101        | b           | registry   | refused  | 990101/学籍/育红小学学籍.xls
            990101        | c           | registry   | accepted | 990101/学籍/文艺小学更正.xls
            990101        | d           | attendance | refused  | 990101/考勤/育红小学.xls
            990101        | e           | registry   | refused  | 990101/学籍/户籍.xls
            990101        | g           | registry   | refused  | 990101/学籍/新建 Microsoft Excel 工作表.xlsx
            990101        | h           | registry   | refused  | 990101/学籍/育红小学学籍报送说明.docx
            990101        | f           | registry   | refused  | 990101/学籍/大文艺小学学籍.xls
        """,
        "issues": "delivery_id | code\nh | no_list\ne | wrong_source\ng | empty_file\na | unreadable\nb | unreadable",
        "schools": "district_code | school_code | school_name | kind\n990101 | 1 | 沈河区文艺小学 | registry",
        "school_aliases": "district_code | school_text | school_code | method\n990101 | 文艺小学 | 1 | name",
    }, """
        delivery_id
        b
        f
    """)  # fmt: skip
