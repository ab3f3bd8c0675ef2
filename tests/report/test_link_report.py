from tests.tables import check

P = {"period": "2026-09"}
PEOPLE = """record_id | source | id_kind | birth_date | guardian_name
    a | registry  | valid | 2018-01-01 | \n b | household | valid | 2018-01-01 | \n c | household | blank | |
    d | household | blank | | 张三 \n e | registry | blank | |"""
LINKS = "left_record_id | right_record_id | tier | weight | probability\n a | b | number | 13.4 | 0.9999"
REVIEWS = "left_record_id | right_record_id | tier | weight | probability\n e | d | weight | -2.5 | 0.25"


def figures(expected):
    check("link_report", {"person_records": PEOPLE, "links": LINKS, "review_pairs": REVIEWS}, expected, P)


def test_every_figure_of_the_report_stands_in_the_table():
    figures(
        """
        part   | name      | measure          | value
        source | household | alone            | 1
        source | household | joined           | 1
        source | household | records          | 3
        source | household | shown            | 1
        source | household | unlinkable       | 1
        source | registry  | alone            | 0
        source | registry  | joined           | 1
        source | registry  | records          | 2
        source | registry  | shown            | 1
        source | registry  | unlinkable       | 0
        stage  | number    | links            | 1
        stage  | number    | links_expected   | 0.9999
        stage  | number    | reviews          | 0
        stage  | number    | reviews_expected | 0
        stage  | weight    | links            | 0
        stage  | weight    | links_expected   | 0
        stage  | weight    | reviews          | 1
        stage  | weight    | reviews_expected | 0.25
        weight | -3        | links            | 0
        weight | -3        | reviews          | 1
        weight | 13        | links            | 1
        weight | 13        | reviews          | 0
    """
    )
