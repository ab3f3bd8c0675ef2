from tests.tables import check

SURE = """
    left_row | right_row | left_record_id | right_record_id | name | birth    | share | is_example
    0        | 0         | 1              | 8               | 张伟 | 20150307 | 2     | false
    1        | 1         | 2              | 9               | 李静 | 20140101 | 2     | true
"""
GIVEN = "side | row_no | record_id | name | birth_date\n"
SETTLED = "left_record_id | right_record_id\n 1 | 8"


def test_a_sure_pair_is_compared_no_further_unless_it_is_an_example():
    check("settled_pairs", {"sure_pairs": SURE, "given_numbers": f"{GIVEN} left | 0 | 1 | 张伟 | 2015-03-07"}, SETTLED)


def test_a_sure_pair_stays_where_another_record_may_be_the_same_child_again():
    for side in ("left", "right"):
        check(
            "settled_pairs",
            {"sure_pairs": SURE, "given_numbers": f"{GIVEN} {side} | 5 | 5 | 张伟 | 2015/03/07"},
            "left_record_id | right_record_id",
        )


def test_a_namesake_born_another_day_is_another_child():
    check("settled_pairs", {"sure_pairs": SURE, "given_numbers": f"{GIVEN} left | 5 | 5 | 张伟 | 2016-01-01"}, SETTLED)
