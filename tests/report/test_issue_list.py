from tests.tables import check


def test_an_issue_is_told_with_the_heading_the_office_itself_wrote():
    inputs = {
        "deliveries": """
            delivery_id | source   | path  | understood_as
            d1          | registry | a.xls | [{"sheet": "S", "header": "身份证件号", "column": "id_number", "method": "exact"}]
            d2          | registry | b.xls |
        """,
        "delivery_offices": """
            delivery_id | unit_kind | unit_code | unit_name
            d1          | registry  | registry  | 学籍
            d2          | registry  | registry  | 学籍
        """,
        "issues": """
            delivery_id | issue_no | sheet | row_no | column_name | severity | sentence
            d1          | 1        | S     | 12     | id_number   | info     | 校验位不对
            d1          | 2        | S     | 13     | name        | info     | 有空格
            d2          | 1        |       |        |             | critical | 空文件
        """,
    }
    check("issue_list", inputs, """
        delivery_id | issue_no | path  | row_no | header
        d1          | 1        | a.xls | 12     | 身份证件号
        d1          | 2        | a.xls | 13     |
        d2          | 1        | b.xls |        |
    """)  # fmt: skip


def test_an_answer_that_fits_no_case_goes_back_to_who_gave_it():
    inputs = {
        "deliveries": """
            delivery_id | source  | path
            d1          | answers | r.xlsx
        """,
        "delivery_offices": """
            delivery_id | unit_kind | unit_code | unit_name
            d1          | answers   | answers   | 核实反馈
        """,
        "answer_issues": """
            delivery_id | record_id | sheet | row_no | code         | sentence
            d1          | r1        | S     | 7      | unknown_case | 案号有误
        """,
    }
    check("issue_list", inputs, """
        path   | row_no | severity | column_name | sentence
        r.xlsx | 7      | warning  | case_no     | 案号有误
    """)  # fmt: skip
