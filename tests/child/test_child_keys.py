"""Ids of children: keyed, stable, never given twice."""

import hmac

import pytest

from tests.tables import run
from transforms.children import ID_LENGTH, key_pads

KEY = bytes(range(32))


def ids(identities, before="", key=KEY, length=ID_LENGTH):
    rows = "root_record_id | known_child_id | seed\n" + "\n".join(identities)
    inputs = {"child_identities": rows, "previous_children": f"child_id\n{before}"}
    found = run("child_keys", inputs, {**key_pads(key), "id_length": length})
    return dict(zip(found["root_record_id"].to_pylist(), found["child_id"].to_pylist(), strict=True))


def digest(seed, key=KEY):
    return hmac.digest(key, seed.encode(), "sha256").hex()[:ID_LENGTH]


def test_a_known_child_keeps_its_id():
    assert ids(["a | k1 | number,N1", "b | | number,N2"])["a"] == "k1"


@pytest.mark.parametrize("seed", ["number,N1", "birth,欧阳·买买提,2015-03-01,男#2", "x" * 300])
def test_an_id_is_the_shortened_hmac_of_the_seed(seed):
    assert ids([f"a | | {seed}"]) == {"a": digest(seed)}


def test_without_the_key_a_seed_gives_another_id():
    assert ids(["a | | number,N1"]) != ids(["a | | number,N1"], key=KEY[::-1])


def test_the_order_of_the_records_does_not_change_an_id():
    seeds = ["number,N1", "number,N2", "birth,x"]
    forwards = ids(f"{seed} | | {seed}" for seed in seeds)
    assert forwards == ids(f"{seed} | | {seed}" for seed in seeds[::-1])


def test_an_id_of_the_period_before_is_never_given_to_another_child():
    first = digest("number,N1")
    assert ids(["a | | number,N1"], before=first) == {"a": digest("number,N1~1")}
    second = digest("number,N1~1")
    assert ids(["a | | number,N1"], before=f"{first}\n{second}") == {"a": digest("number,N1~2")}
    assert ids([f"a | {first} | number,N1"], before=first) == {"a": first}


def test_two_seeds_that_come_to_one_id_are_told_apart():
    """Ids of two characters show what ids of twenty never do in practice."""
    rows = [f"r{number} | | number,N{number}" for number in range(40)]
    short = ids(rows, length=2)
    assert len({digest(f"number,N{number}")[:2] for number in range(40)}) < 40 == len(short)
    alone = [root for root, given in short.items() if given == digest(f"number,N{root[1:]}")[:2]]
    for given in {digest(f"number,N{number}")[:2] for number in range(40)}:
        assert len([root for root in alone if short[root] == given]) == 1
