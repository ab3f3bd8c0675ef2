from tests.tables import check

HEAD = "root_record_id | child_id | step | certain | turn"


def recognised(pairs: str, expected: str) -> None:
    check("plain_recognitions", {"recognition_pairs": f"{HEAD}\n{pairs}"}, f"root_record_id | child_id\n{expected}")


def test_the_strongest_step_on_both_sides_decides():
    recognised("a | k | 5 | false |\nb | k | 4 | false |\nb | l | 6 | false |", "b | k")


def test_of_two_equally_good_ones_none_is_taken_unless_they_are_certain():
    recognised("a | k | 5 | false |\na | l | 5 | false |", "")
    recognised("a | k | 1 | true | 1 0\na | l | 1 | true | 0 0", "a | l")
