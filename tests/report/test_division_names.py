from tests.tables import run


def test_a_county_is_called_by_its_city_and_its_own_name():
    names = {row["code"]: row["name"] for row in run("division_names", {}).to_pylist()}
    assert names["210112"] == "沈阳市浑南区"
    assert names["110101"] == "北京市东城区"
    assert all(len(code) == 6 for code in names)


def test_a_district_the_table_does_not_know_is_called_as_its_schools_are_and_its_city_the_whole_city():
    schools = """
        district_code | school_code | school_name
        990101        | s1          | 清溪区第一中学
        990101        | s2          | 云泽市清溪区小店小学
        990101        | s3          | 实验学校
        990102        | s4          | 东岭区和平小学
        990102        | s5          | 西山县一中
        990102        | s6          | 育才学校
        210112        | s7          | 某某县第一小学
    """
    names = {row["code"]: row["name"] for row in run("division_names", {"schools": schools}).to_pylist()}
    assert names["990101"] == "清溪区"
    assert "990102" not in names, "no name that most of its schools bear"
    assert names["990100"] == "全市"
    assert (names["210112"], names["210100"]) == ("沈阳市浑南区", "沈阳市")
