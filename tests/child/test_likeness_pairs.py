import pytest

from tests.parameters import parameters
from tests.tables import run

RECORD = "record_id | source | name_key | name_sound | name_shape | given | birth_date | sex | school_code | guardian_name | pupil_no"
YUE = "马春悦 | ma chun yue | 马/马/ 春/春/ 悦/悦/ | 春悦"
YUE_TYPED = "马春玥 | ma chun yue | 马/马/ 春/春/ 玥/玥/ | 春玥"
OTHER = "贾安宁 | jia an ning | 贾/贾/ 安/安/ 宁/宁/ | 安宁"


def step(here: str, *, recognised: bool = False, number: str = "", names: tuple[str, str] = ("甲", "乙")) -> int | None:
    found = run("likeness_pairs", {
        "person_records": f"{RECORD}\na | registry | {here}", "record_roots": "record_id | root_record_id\na | a",
        "root_identities": f"root_record_id | name | id_number | school_code | guardian_name\na | {names[0]} | {number} | S1 | 贾文静",
        "previous_children": f"child_id | name | id_number | id_kind | school_code | guardian_name\nk | {names[1]} | N2 | valid | S1 | 贾文静",
        "previous_child_records": "record_id | child_id\nb | k",
        "previous_person_records": f"{RECORD}\nb | registry | {YUE} | 2012-10-01 | 女 | S1 | 贾文静 | L990101201210010017",
        "plain_recognitions": "root_record_id | child_id" + ("\nz | k" if recognised else ""),
    }, parameters()).to_pylist()  # fmt: skip
    return found[0]["step"] if found else None


@pytest.mark.parametrize(("here", "expected"), [
    (f"{OTHER} | 2012-10-01 | 女 | S9 | 别人 | L990101201210010017", 8),
    (f"{YUE_TYPED} | 2011-10-01 | 女 | S9 | 别人 | L990101201210010017", 8),
    (f"{OTHER} | 2011-10-01 | 女 | S9 | 别人 | L990101201210010017", None),
    (f"{YUE} | 2012-10-01 | 女 | S1 | 贾文静 | ", 8),
    (f"{YUE} | 2012-10-01 | 女 | S9 | 贾文静 | ", 9),
    (f"{YUE} | 2012-10-01 | 女 | S1 | 别人 | ", 9),
    (f"{YUE_TYPED} | 2012-10-01 | 女 | S1 | 别人 | ", 9),
    (f"{YUE_TYPED} | 2012-10-01 | 女 | S9 | 贾文静 | ", 9),
    (f"{YUE_TYPED} | 2012-10-01 | 男 | S1 | 贾文静 | ", None),
    (f"{YUE_TYPED} | 2012-10-02 | 女 | S1 | 贾文静 | ", None),
    (f"{OTHER} | 2012-10-01 | 女 | S1 | 贾文静 | ", None),
])  # fmt: skip
def test_what_makes_two_records_look_like_one_child(here, expected):
    assert step(here) == expected


def test_two_valid_numbers_outweigh_a_likeness():
    like = f"{YUE_TYPED} | 2012-10-01 | 女 | S1 | 贾文静 | "
    assert step(like, number="N2") == 9
    assert step(like, number="N1") is None


def test_one_name_in_one_family_and_school_is_one_child_whatever_the_birth_date():
    there = f"{OTHER} | 2001-01-01 | 女 | S1 | 贾文静 | "
    assert step(there, names=("马春悦", "马春悦")) == 8
    assert step(there, names=("马春悦", "马春悦"), number="N1") is None


def test_who_is_recognised_already_is_not_compared():
    assert step(f"{YUE_TYPED} | 2012-10-01 | 女 | S1 | 贾文静 | ", recognised=True) is None
