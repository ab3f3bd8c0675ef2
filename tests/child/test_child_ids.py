"""Ids of children: keyed, stable, never given twice."""

from transforms.children import ID_LENGTH, child_ids


def test_a_known_child_keeps_its_id():
    assert child_ids(["k1", None], ["number|N1", "number|N2"], b"key")[0] == "k1"


def test_without_the_key_a_seed_gives_another_id():
    [one] = child_ids([None], ["number|N1"], b"key")
    [other] = child_ids([None], ["number|N1"], b"other key")
    assert one != other and len(one) == len(other) == ID_LENGTH


def test_the_order_of_the_records_does_not_change_an_id():
    seeds = ["number|N1", "number|N2", "birth|x"]
    forwards = dict(zip(seeds, child_ids([None] * 3, seeds, b"key"), strict=True))
    backwards = dict(zip(seeds[::-1], child_ids([None] * 3, seeds[::-1], b"key"), strict=True))
    assert forwards == backwards


def test_an_id_of_the_period_before_is_never_given_to_another_child():
    [first] = child_ids([None], ["number|N1"], b"key")
    [second] = child_ids([None], ["number|N1"], b"key", taken=[first])
    assert second != first
