from tests.tables import run

WEIGHTS = """
    field      | level     | m     | u      | weight
    name       | exact     | 0.95  | 0.0001 | 13
    name       | sound     | 0.01  | 0.0001 | 6
    name       | different | 0.004 | 0.998  | -8
    birth_date | same      | 0.98  | 0.0003 | 11
    birth_date | differ    | 0.005 | 0.97   | -7
    family     | number    | 0.5   | 0.0001 | 12
    id_number  | same      | 0.97  | 0.0000001 | 23
    place      | differ    | 0.05  | 0.8    | -4
    school     | same      | 0.9   | 0.01   | 6
"""
PEOPLE = "record_id | person_no | source | name_key | name_sound | surname | given | id_kind\n" + "\n".join(
    f"r{i} | {i} | {'registry' if i < 50 else 'household'} | {'王伟' if i % 2 else f'王{i}'} | s{i} | 王 | g | blank"
    for i in range(100)
)
NAMES = "name | name_key | name_sound | surname | given | records\n王伟 | 王伟 | s1 | 王 | g | 50\n" + "\n".join(
    f"王{i} | 王{i} | s{i} | 王 | g | 1" for i in range(0, 100, 2)
)
HEAD = "left_no | right_no | kind | left_source | name | id_number | birth_date | sex | family | place | school | grade | twin"


def weight(level, *, left=1, right=51, kind="cross", twin="false"):
    rows = run(
        "scored_pairs",
        {
            "pair_levels": f"{HEAD}\n{left} | {right} | {kind} | registry | {level} | {twin}",
            "person_records": PEOPLE,
            "person_names": NAMES,
            "link_weights": WEIGHTS,
            "open_records": "person_no | source\n" + "\n".join(f"{i} | registry" for i in range(100)),
        },
    ).to_pylist()
    return rows[0]["weight"]


def test_a_shared_rare_name_says_more_than_a_common_one():
    level = "exact | blank | same | blank | blank | district | blank | blank"
    assert weight(level, left=2) > weight(level, left=1) + 3


def test_a_birth_date_tells_nothing_beside_the_number_that_contains_it():
    same = weight("exact | same | same | blank | blank | district | blank | blank")
    assert same == weight("exact | same | blank | blank | blank | district | blank | blank")


def test_between_brothers_a_similar_name_says_next_to_nothing():
    alone = weight("sound | blank | differ | blank | blank | district | blank | blank", left=2)
    family = weight("sound | blank | differ | blank | number | district | blank | blank", left=2)
    assert family - alone < 12


def test_who_is_born_that_day_in_that_family_and_no_twin_is_the_child_though_the_name_is_only_similar():
    single = "sound | blank | same | blank | number | district | blank | blank"
    assert weight(single, left=2) > weight(single, left=2, twin="true")


def test_beside_the_very_name_family_evidence_counts_in_full():
    family = "{} | blank | differ | blank | number | district | blank | blank"
    alone = "{} | blank | differ | blank | blank | district | blank | blank"
    assert weight(family.format("exact"), left=2) - weight(alone.format("exact"), left=2) > 12
    assert (
        weight(family.format("exact"), left=2, twin="true") - weight(alone.format("exact"), left=2, twin="true") == 12
    )


def test_a_brothers_number_says_less_than_the_childs_own():
    own = weight("exact | same | blank | blank | number | district | blank | blank")
    brother = weight("different | same | blank | blank | number | district | blank | blank")
    assert own - brother > 20


def test_another_district_is_nothing_against_a_second_roll_entry():
    level = "exact | blank | same | blank | blank | differ | blank | blank"
    assert weight(level, kind="duplicate", right=3) > weight(level) + 3
