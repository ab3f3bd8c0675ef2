from tests.tables import check, run

GOOD = "990101201503070011"
OTHER = "990101201503070134"
WITH_X = "99010120150307002X"


def pairs(left, right, examples=40_000):
    given = "record_id | name | id_number\n"
    tables = {"given_left": given + left, "given_right": given + right}
    return run("sure_pairs", tables, {"examples": examples}, first=["given_numbers"])


def test_one_valid_number_and_one_name_are_sure():
    check(
        "sure_pairs",
        {
            "given_left": f"record_id | row_no | name | id_number\n 1 | 5 | 张伟 | {GOOD}\n 2 | 6 | 李静 | {WITH_X}",
            "given_right": f"record_id | row_no | name | id_number\n 8 | 7 | 张伟 | {GOOD}\n 9 | 8 | 李静 | {WITH_X}",
        },
        """
        left_row | right_row | left_record_id | right_record_id | name
        5        | 7         | 1              | 8               | 张伟
        6        | 8         | 2              | 9               | 李静
        """,
        {"examples": 40_000},
        first=["given_numbers"],
    )


def test_another_name_beside_the_number_is_not_sure():
    assert pairs(f"1 | 张伟 | {GOOD}", f"8 | 张炜 | {GOOD}").num_rows == 0


def test_a_number_whose_check_character_or_day_is_wrong_is_not_sure():
    for wrong in (
        "990101201503070012",
        "990101201513070015",
        "99010120150307002x",
        "+9010120150307001X",
        "99010120*****70011",
    ):
        assert pairs(f"1 | 张伟 | {wrong}", f"8 | 张伟 | {wrong}").num_rows == 0


def test_a_number_that_stands_twice_in_a_table_is_not_sure():
    assert pairs(f"1 | 张伟 | {GOOD}\n 2 | 张伟 | {GOOD}", f"8 | 张伟 | {GOOD}").num_rows == 0
    assert pairs(f"1 | 张伟 | {GOOD}", f"8 | 张伟 | {GOOD}\n 9 | 李静 | {GOOD}").num_rows == 0


def test_few_sure_pairs_are_all_examples():
    rows = pairs(f"1 | 张伟 | {GOOD}\n 2 | 李静 | {OTHER}", f"8 | 张伟 | {GOOD}\n 9 | 李静 | {OTHER}").to_pylist()
    assert [row["is_example"] for row in rows] == [True, True]


def test_of_many_sure_pairs_one_in_so_many_is_an_example():
    rows = pairs(f"1 | 张伟 | {GOOD}\n 2 | 李静 | {OTHER}", f"8 | 张伟 | {GOOD}\n 9 | 李静 | {OTHER}", 1).to_pylist()
    assert [(row["share"], row["is_example"]) for row in rows] == [(2, True), (2, False)]


def settled(left="", right=""):
    """Which of two sure pairs are settled, of which one is an example, beside a record more in either table."""
    head = "row_no | record_id | name | id_number | birth_date\n"
    tables = {
        "given_left": f"{head} 0 | 1 | 张伟 | {GOOD} |\n 1 | 2 | 李静 | {OTHER} |\n{left}",
        "given_right": f"{head} 0 | 8 | 张伟 | {GOOD} |\n 1 | 9 | 李静 | {OTHER} |\n{right}",
    }
    rows = run("sure_pairs", tables, {"examples": 1}, first=["given_numbers"]).to_pylist()
    return {row["name"] for row in rows if row["is_settled"]}


def test_a_sure_pair_is_compared_no_further_unless_it_is_an_example():
    assert settled() == {"李静"}


def test_a_sure_pair_stays_where_another_record_may_be_the_same_child_again():
    assert settled(left="2 | 3 | 李静 | | 2015/03/07") == set()
    assert settled(right="2 | 7 | 李静 | | 2015-03-07") == set()


def test_a_namesake_born_another_day_is_another_child():
    assert settled(left="2 | 3 | 李静 | | 2016-03-07") == {"李静"}
