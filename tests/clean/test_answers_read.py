from tests.tables import check


def test_an_answer_is_the_code_at_the_head_of_its_text_or_the_decision_on_a_pair():
    check("answers_read", {"answers_rows": """
        record_id | case_no   | name | code             | answered_on
        1         | 2609-01-7 | 甲   | A1 在校已注册学籍 | 2026.9.10
        2         | 2609-02-7 |      | ｄ2              |
        3         |           | 甲   | 不是同一人       |
        4         |           | 甲   | 同一人           |
        5         |           | 甲   | 不能确定         |
        6         | 2609-03-7 | 甲   |                  |
        7         | 2609-04-7 | 甲   | 再看看           |
    """}, """
        record_id | code       | answered_on
        1         | A1         | 2026-09-10
        2         | D2         |
        3         | 不是同一人 |
        4         | 同一人     |
        5         | 不能确定   |
        6         |            |
        7         | 再看看     |
    """, {"period": "2026-09"})  # fmt: skip


def test_an_outcome_in_words_alone_is_understood_where_only_one_is_meant_and_a_failed_call_is_no_doubt_about_a_pair():
    check("answers_read", {"answers_rows": """
        record_id | name | code
        1         | 甲   | 省外就读。
        2         | 甲   | 已出国（随父母）
        3         | 甲   | 厌学
        4         | 甲   | 无法联系
        5         | 甲   | 无法确定
        6         | 甲   | 外地就读
    """}, """
        record_id | code
        1         | A3
        2         | C6
        3         | D1
        4         | E1
        5         | 不能确定
        6         | 外地就读
    """, {"period": "2026-09"})  # fmt: skip


def test_a_day_without_its_year_is_of_the_year_that_ends_some_months_after_the_period():
    for period, written, day in (
        ("2026-03", "10月15日", "2025-10-15"), ("2026-03", "3月2日", "2026-03-02"), ("2026-03", "6.30", "2026-06-30"),
        ("2026-09", "10月15日", "2026-10-15"), ("2026-09", "2月3日", "2026-02-03"), ("2026-09", "2月30日", ""),
    ):  # fmt: skip
        check("answers_read", {"answers_rows": f"""
            record_id | case_no   | code | answered_on
            1         | 2609-01-7 | A2   | {written}
        """}, f"record_id | answered_on\n1 | {day}", {"period": period})  # fmt: skip


def test_an_outcome_as_offices_put_it_is_understood_where_every_clause_means_it():
    check("answers_read", {"answers_rows": """
        record_id | name | district_code | code                       | whereabouts
        1         | 甲   | 410922        | 在外省读书，省外就读       |
        2         | 甲   | 410922        | 随父母外省就读             |
        3         | 甲   | 410922        | 已转往外省上学。           |
        4         | 甲   | 410922        | 在外地上学                 | 广东省东莞市某小学
        5         | 甲   | 410922        | 随父母到外地读书           | 河南省安阳市某小学
        6         | 甲   | 410922        | 在外地上学                 | 打工子弟学校
        7         | 甲   | 410922        | 外省就读，已辍学           |
        8         | 甲   | 410922        | 外省打工，外省就读         |
        9         | 甲   | 410922        | 外出打工                   |
        10        | 甲   | 410922        | 在外省就读（随父母，东莞） |
    """}, """
        record_id | code
        1         | A3
        10        | A3
        2         | A3
        3         | A3
        4         | A3
        5         | A2
        6         | 在外地上学
        7         | 外省就读，已辍学
        8         | 外省打工，外省就读
        9         | D2
    """, {"period": "2026-09"})  # fmt: skip
