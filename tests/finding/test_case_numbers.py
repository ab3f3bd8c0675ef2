import duckdb
import pytest

from tests.tables import run
from transforms.engine import SQL_FOLDER

FOUND = "child_id | finding\na | not_enrolled\nb | not_enrolled"


def numbers(**inputs: str) -> dict[str, str]:
    rows = run("case_numbers", {"finding_candidates": FOUND, **inputs}, {"period": "2026-09"}).to_pylist()
    return {row["child_id"]: row["case_no"] for row in rows}


def test_a_case_keeps_its_number():
    assert numbers(previous_cases="case_no | child_id | finding\nK3F7-92QX | a | not_enrolled")["a"] == "K3F7-92QX"


def test_every_run_of_a_period_gives_the_same_numbers():
    assert numbers() == numbers()
    assert len(set(numbers().values())) == 2


def test_a_number_already_in_use_is_not_given_again():
    taken = numbers()["a"]
    again = numbers(previous_cases=f"case_no | child_id | finding\n{taken} | z | not_enrolled")
    assert again["a"] != taken


@pytest.fixture(scope="module")
def rules():
    con = duckdb.connect()
    con.execute((SQL_FOLDER / "macros.sql").read_text(encoding="utf-8"))
    return con


ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def test_no_letter_of_a_number_is_mistaken_over_the_telephone(rules):
    [[number]] = rules.execute("select case_number('a', 'not_enrolled', '2026-09', 0)").fetchall()
    assert set(number.replace("-", "")) <= set(ALPHABET)
    assert not set("01OILUV") & set(ALPHABET)


def test_one_wrong_character_or_two_swapped_neighbours_break_the_check_character(rules):
    body = "K3F7A92"
    [[right]] = rules.execute("select case_check(?)", [body]).fetchall()
    wrong = [body[:i] + c + body[i + 1 :] for i in range(7) for c in ALPHABET if c != body[i]]
    wrong += [body[:i] + body[i + 1] + body[i] + body[i + 2 :] for i in range(6) if body[i] != body[i + 1]]
    for other in wrong:
        assert rules.execute("select case_check(?)", [other]).fetchall() != [(right,)], other
