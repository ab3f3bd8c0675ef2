import numpy as np

from transforms.demo.numbers import citizen_numbers, mistyped, sequences, valid, within


def test_the_check_character_is_that_of_gb_11643():
    # the standard's own worked example has region 110105, birth 1949-12-31, sequence 002 and check X
    [number] = citizen_numbers(np.array([110105]), np.array(["1949-12-31"], "M8[D]"), np.array([2]))
    assert number == "11010519491231002X"
    assert valid(number)


def test_a_typo_never_leaves_a_number_valid():
    rng = np.random.default_rng(1)
    number = "11010519491231002X"
    typed = {mistyped(number, rng) for _ in range(500)}
    assert number not in typed
    assert not any(valid(other) for other in typed)
    assert {len(other) for other in typed} == {18}


def test_children_of_one_day_region_and_sex_share_no_sequence():
    region, birth = np.full(400, 990101), np.full(400, np.datetime64("2016-05-05"))
    male = np.arange(400) % 2 == 0
    drawn = sequences(region, birth, male, within(region, birth, male))
    assert len(set(drawn.tolist())) == 400
    assert ((drawn % 2 == 1) == male).all()
    assert drawn.min() >= 1
    assert drawn.max() <= 999


def test_within_counts_the_rows_of_a_group_in_their_order():
    assert within(np.array([5, 3, 5, 5, 3])).tolist() == [0, 0, 1, 2, 1]
