from tests.tables import run

HEAD = "left_no | right_no | kind | name | id_number | birth_date | address | phone | guardian | sex | place\n"


def weights(levels=""):
    rows = run("spelled_weights", {"spelled_pairs": HEAD + levels}).to_pylist()
    return {(row["field"], row["level"]): row for row in rows}


def test_without_pairs_the_priors_stand():
    assert {row["origin"] for row in weights().values()} == {"prior"}


def test_each_field_is_measured_by_the_pairs_the_others_confirm():
    sure = "".join(
        f"{i} | {i} | cross | {'near' if i % 2 else 'same'} | same | same | blank | blank | blank | blank | blank\n"
        for i in range(1000)
    )
    found = weights(sure)
    assert 0.4 < found["name", "near"]["m"] < 0.55
    assert found["name", "near"]["pairs_m"] == 500
    assert found["id_number", "same"]["pairs_m"] == 500, "half of the pairs agree in one other field only"


def test_a_level_no_random_pair_shows_is_no_rarer_than_the_prior_says():
    chance = "".join(f"{i} | {i + 1} | random | differ | differ | differ | differ | | | | \n" for i in range(40000))
    found = weights(chance)
    assert found["address", "same"]["u"] == 1 / 40000
    assert found["id_number", "same"]["u"] == 0.00001
