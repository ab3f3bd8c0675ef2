from tests.tables import run


def test_a_county_is_called_by_its_city_and_its_own_name():
    names = {row["code"]: row["name"] for row in run("division_names", {}).to_pylist()}
    assert names["210112"] == "沈阳市浑南区"
    assert names["110101"] == "北京市东城区"
    assert all(len(code) == 6 for code in names)
