from tests.report.test_school_list import PLACES
from tests.tables import check


def test_a_township_sees_where_to_go_and_whom_to_help_but_no_number_and_no_birthday():
    check("township_list", {"list_places": PLACES}, """
        unit_code | name | birth_month | address | groups | school_name
        t1        | 甲   | 2015-09     | 一号    | 低保   | 无学籍
    """)  # fmt: skip
