"""What is typed into a request for a run is made certain, and never repeated where it might be personal."""

import pytest

from expectations.errors import NotReady, WrongArgument
from flows.asked import district_codes, period_of


@pytest.mark.parametrize(
    ("given", "codes"),
    [("210106", ["210106"]), (210106, ["210106"]), ("210111，210106", ["210106", "210111"]), (["210106"], ["210106"]),
     ("210106 210106", ["210106"])],
)  # fmt: skip
def test_codes_are_taken_as_text_number_or_list(given, codes):
    assert district_codes(given) == codes


@pytest.mark.parametrize("given", ["", [], "2101", "21010a", "010106", "铁西区", -5])
def test_what_is_no_code_is_refused_with_what_one_looks_like(given):
    with pytest.raises(WrongArgument, match="six digits such as 210106"):
        district_codes(given)


def test_a_pasted_citizen_number_is_not_repeated():
    with pytest.raises(WrongArgument) as refused:
        district_codes("110101201501011237")
    assert "110101201501011237" not in str(refused.value)
    with pytest.raises(WrongArgument) as refused:
        period_of("110101201501011237", None)
    assert "110101201501011237" not in str(refused.value)


def test_a_month_is_checked_and_the_latest_is_meant_where_none_is_named(tmp_path):
    assert period_of(" 2026-09 ", tmp_path) == "2026-09"
    with pytest.raises(WrongArgument):
        period_of("2026-13", tmp_path)
    with pytest.raises(NotReady):
        period_of(None, tmp_path)
    for period in ("2026-03", "2026-09"):
        (tmp_path / "lake" / period).mkdir(parents=True)
        (tmp_path / "lake" / period / "current").write_text("r\n")
    assert period_of("", tmp_path) == "2026-09"
