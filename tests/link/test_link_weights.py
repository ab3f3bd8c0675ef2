from tests.tables import run

P = {"period": "2026-09"}


def weights(levels=""):
    rows = run(
        "link_weights",
        {"pair_levels": "left_no | right_no | kind | name | birth_date | sex | family | place\n" + levels},
        P,
    ).to_pylist()
    return {(r["field"], r["level"]): r for r in rows}


def test_without_confirmed_pairs_the_priors_stand():
    found = weights()
    assert found["sex", "same"]["origin"] == "prior"
    assert found["birth_date", "same"]["weight"] > 10


def test_confirmed_and_random_pairs_teach_the_weights():
    sure = "".join(f"{i} | {i} | confirmed | exact | same | same | guardian | district\n" for i in range(400))
    chance = "".join(
        f"{i} | {i + 1} | random | different | differ | differ | differ | {'district' if i % 2 else 'differ'}\n"
        for i in range(400)
    )
    found = weights(sure + chance)
    assert found["place", "district"]["origin"] == "estimated"
    assert found["place", "district"]["pairs_m"] == 400
    assert 0.3 < found["place", "district"]["u"] < 0.5


def test_family_evidence_never_weighs_more_than_twelve_bits():
    assert max(r["weight"] for (field, _), r in weights().items() if field == "family") <= 12


def test_two_valid_numbers_that_differ_weigh_strongly_against():
    assert weights()["id_number", "two_valid"]["weight"] < -10


def test_where_no_number_confirms_a_pair_likely_ones_teach_place_sex_and_family_but_not_the_name():
    likely = "".join(f"{i} | {i} | likely | exact | same | same | guardian | district\n" for i in range(400))
    found = weights(likely)
    assert found["family", "guardian"]["origin"] == found["place", "district"]["origin"] == "estimated"
    assert found["name", "exact"]["origin"] == found["birth_date", "same"]["origin"] == "prior"
