"""Lists go out once, on their day or the next night there is a run, and stay as they went out."""

import json
from datetime import date

import pytest

from expectations.handouts import BY_CODE, HANDOUTS
from tests.test_calendar import POLICY, with_settings
from transforms.calendar import handout_days
from transforms.lists import handout
from transforms.lists.handout import due, hand_out, handed_out, outstanding

PERIOD = "2026-09"


@pytest.fixture
def outbox(tmp_path):
    folder = tmp_path / "outbox"
    for district in ("990101", "990102", "全市_990100"):
        written(folder, district, "first night")
    return folder


def written(outbox, district, content):
    kinds = ["核实名单", "十五日报告表", "一个月报告表", "看板"]
    for kind in kinds:
        file = outbox / district / "学校_1" / f"{kind}.xlsx"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    files = [{"file": f"学校_1/{kind}.xlsx", "kind": kind, "sha256": "x"} for kind in kinds]
    (outbox / district / "manifest.json").write_text(json.dumps({"period": PERIOD, "files": files}))


def night(outbox, day, policy=POLICY, run="r"):
    made = hand_out(outbox, outbox.parent / "handed_out.json", period=PERIOD, as_of=day, policy=policy, run=run)
    return [(one.handout, one.district) for one in made]


def test_the_days_of_a_campaign_are_ten_and_fifteen_working_days_and_one_month_after_opening():
    assert handout_days("2026-09", POLICY) == {
        "check": date(2026, 9, 15), "report": date(2026, 9, 21), "month": date(2026, 10, 8),
    }  # fmt: skip
    assert list(handout_days("2026-03", POLICY)) == ["check", "report", "month"]


def test_a_month_outside_the_campaigns_has_its_last_day():
    assert handout_days("2026-10", POLICY) == {"monthly": date(2026, 10, 31)}
    assert handout_days("2026-02", POLICY) == {"monthly": date(2026, 2, 28)}


def test_a_term_that_opens_at_the_end_of_august_has_its_campaign_in_september():
    early = with_settings(opening_autumn="08-31")
    assert handout_days("2026-09", early)["check"] == date(2026, 9, 14)
    assert handout_days("2026-08", early) == {"monthly": date(2026, 8, 31)}


def test_a_county_with_its_own_opening_day_gets_its_lists_on_its_own_days(outbox):
    own = with_settings(openings={"990102": ["2026-09-02"]})
    assert night(outbox, date(2026, 9, 15), own) == [("check", "990101"), ("check", "全市_990100")]
    assert night(outbox, date(2026, 9, 16), own) == [("check", "990102")]


def test_before_its_day_nothing_goes_out(outbox):
    assert night(outbox, date(2026, 9, 14)) == []
    assert not (outbox / "下发").exists()


def test_on_its_night_each_districts_lists_of_that_day_go_out_and_no_others(outbox):
    assert night(outbox, date(2026, 9, 15)) == [("check", "990101"), ("check", "990102"), ("check", "全市_990100")]
    place = outbox / "下发" / "2026-09-15_十日核查" / "990101"
    assert sorted(path.stem for path in place.rglob("*.xlsx")) == ["核实名单", "看板"]
    assert [one["kind"] for one in json.loads((place / "manifest.json").read_text())["files"]] == ["核实名单", "看板"]


def test_a_second_run_of_the_same_night_hands_nothing_out_and_changes_nothing_handed_out(outbox):
    night(outbox, date(2026, 9, 15))
    written(outbox, "990101", "second run")
    assert night(outbox, date(2026, 9, 15)) == []
    assert (
        outbox / "下发" / "2026-09-15_十日核查" / "990101" / "学校_1" / "核实名单.xlsx"
    ).read_text() == "first night"
    assert (outbox / "990101" / "学校_1" / "核实名单.xlsx").read_text() == "second run"


def test_a_missed_night_is_made_up_by_the_next_run_under_the_day_it_was_due(outbox):
    assert night(outbox, date(2026, 9, 18))[0] == ("check", "990101")
    assert (outbox / "下发" / "2026-09-15_十日核查" / "990101" / "manifest.json").is_file()
    [first, *_] = handed_out(outbox.parent / "handed_out.json")
    assert (first.due_on, first.handed_out_on, first.files) == ("2026-09-15", "2026-09-18", 2)


def test_a_district_that_had_nothing_yet_gets_its_lists_once_it_has(outbox):
    late = outbox / "990102"
    late.rename(outbox.parent / "late")
    night(outbox, date(2026, 9, 15))
    (outbox.parent / "late").rename(late)
    assert night(outbox, date(2026, 9, 16)) == [("check", "990102")]


def test_a_power_cut_between_copy_and_record_neither_loses_nor_doubles(outbox, monkeypatch):
    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(handout, "_write", cut)
        with pytest.raises(KeyboardInterrupt):
            night(outbox, date(2026, 9, 15))
    written(outbox, "990101", "second run")
    assert len(night(outbox, date(2026, 9, 16))) == 3
    assert (
        outbox / "下发" / "2026-09-15_十日核查" / "990101" / "学校_1" / "核实名单.xlsx"
    ).read_text() == "first night"
    assert len(handed_out(outbox.parent / "handed_out.json")) == 3


def test_a_copy_that_was_cut_off_is_made_anew(outbox):
    half = outbox / "下发" / "2026-09-15_十日核查" / ".990101.new" / "学校_1"
    half.mkdir(parents=True)
    (half / "alien.xlsx").write_text("half")
    night(outbox, date(2026, 9, 15))
    assert not list((outbox / "下发").rglob("alien.xlsx"))
    assert not list((outbox / "下发").rglob(".*"))


def test_what_is_still_to_be_handed_out_is_known_without_a_run(outbox):
    record = outbox.parent / "handed_out.json"
    night(outbox, date(2026, 9, 21))
    assert outstanding(record, PERIOD, date(2026, 10, 7), POLICY, ["990101"]) == set()
    assert outstanding(record, PERIOD, date(2026, 10, 8), POLICY, ["990101"]) == {"990101"}


def test_everything_due_by_a_day_is_named_in_the_order_of_the_days():
    assert [code for code, _, _ in due(PERIOD, date(2026, 10, 9), POLICY, ["990101"])] == ["check", "report", "month"]


def test_what_goes_out_is_for_its_owner_only(outbox):
    night(outbox, date(2026, 9, 15))
    for path in (outbox / "下发" / "2026-09-15_十日核查").rglob("*"):
        if path.is_file():
            assert not path.stat().st_mode & 0o077


def test_every_kind_of_list_goes_out_some_day(results, city):
    made = {
        one["kind"]
        for manifest in (city / "outbox" / PERIOD).glob("*/manifest.json")
        for one in json.loads(manifest.read_text(encoding="utf-8"))["files"]
    }
    campaign = {kind for one in HANDOUTS if one.code != "monthly" for kind in one.kinds}
    assert made <= campaign
    assert made - {"十五日报告表", "一个月报告表"} <= set(BY_CODE["monthly"].kinds)
