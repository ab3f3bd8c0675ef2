from tests.tables import run

HEAD = "person_no | source | words | whole_name | name_in_order | number | birth | address_words | pieces | phone"


def levels(left, right):
    rows = run(
        "spelled_pairs", {"spelled_records": f"{HEAD}\n 1 | registry | {left}\n 2 | household | {right}"}
    ).to_pylist()
    return next(iter([row for row in rows if row["kind"] == "cross"]), None)


def named(left, right, number="1234567"):
    def written(words):
        return f"{words} | {''.join(sorted(words.split(',')))} | {words.replace(',', '')} | {number} | | | | "

    return levels(written(left), written(right))["name"]


def test_words_of_a_name_may_stand_in_any_order_or_run_together():
    assert named("gabrielle,langer", "langer,gabrielle") == "same"
    assert named("hayden,thredgold", "hayden,thred,gold") == "same"


def test_a_slip_in_a_word_leaves_it_near():
    assert named("bridget,knopf", "bridegt,knopf") == "near"
    assert named("emily,rosenstangl", "emlly,rosentsangl") == "near"


def test_one_word_of_two_that_differs_is_half_a_name():
    assert named("delaney,kiernan", "delaney,majetic") == "half"
    assert named("zali,shepherd", "zalk,matthews") == "half_near"
    assert named("david,candida", "tom,hyland") == "differ"


def test_a_word_left_out_is_not_a_word_that_differs():
    assert named("elton", "elton,john") == "one_word"
    assert named("joel", "joell,smith") == "one_near"


def test_birth_dates_are_compared_as_digits():
    def born(a, b):
        return levels(f"ann | ann | ann | 1234567 | {a} | | | ", f"ann | ann | ann | 1234567 | {b} | | | ")[
            "birth_date"
        ]

    assert born("19480225", "19480225") == "same"
    assert born("19480225", "19482025") == "near"
    assert born("19480502", "19480205") == "near"
    assert born("19480225", "19490225") == "near"
    assert born("19480225", "19530225") == "part"
    assert born("19480225", "19530416") == "differ"


def test_a_number_without_check_character_may_hold_a_slip():
    def number(a, b):
        return levels(f"ann | ann | ann | {a} | 19480225 | | | ", f"ann | ann | ann | {b} | 19480225 | | | ")[
            "id_number"
        ]

    assert number("4173804", "4178304") == "near"
    assert number("4173804", "4173904") == "near"
    assert number("4173804", "4563804") == "part"
    assert number("4173804", "9120057") == "differ"


def test_records_that_share_no_trace_are_not_compared():
    assert levels("ann | ann | ann | 1234567 | 19480225 | | | ", "tom | tom | tom | 7654321 | 19530416 | | | ") is None


def test_a_trace_hundreds_share_is_no_trace():
    many = "".join(f" {n} | registry | ann | ann | ann | | 19480225 | | | \n" for n in range(10, 450))
    rows = run(
        "spelled_pairs",
        {"spelled_records": f"{HEAD}\n{many} 2 | household | tom | tom | tom | | 19480225 | | | "},
    ).to_pylist()
    assert [row for row in rows if row["kind"] == "cross"] == []
