from tests.tables import run


def test_each_outcome_is_its_code_and_its_wording():
    options = {row["code"]: row["text"] for row in run("answer_options", {}).to_pylist()}
    assert options["A3"] == "A3 省外就读"
    assert len(options) == 29
