"""One district again: its fresh data, everything else as it stood, its results alone, and who else is concerned."""

import csv
import json
import shutil

import pytest

from flows import summary
from tests.runs import PERIOD, contents, run_once
from transforms.lake import Lake
from transforms.query import query

FRESH, OTHER = "990101", "990102"


@pytest.fixture(scope="module")
def rerun(city, results, tmp_path_factory):
    """A vocational school of one district reports a pupil whom a school of the other district never saw."""
    root = tmp_path_factory.mktemp("district")
    shutil.copytree(city / "inbox", root / "inbox")
    for part in ("lake", "outbox"):
        shutil.copytree(city / part, root / part)
    before, kept = results, contents(results)
    missing = query(
        before,
        f"""
        select child_id, name, id_number, sex from findings join children using (child_id, district_code)
        where district_code = '{OTHER}' and finding = 'suspected_dropout' and id_kind = 'valid' order by child_id
    """,
    ).to_pylist()[0]
    vocational = root / "inbox" / PERIOD / FRESH / "vocational" / "late.csv"
    vocational.parent.mkdir(parents=True, exist_ok=True)
    with vocational.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(["学校名称", "姓名", "性别", "身份证号", "专业", "在校状态"])
        rows.writerow(["职业技术学校", missing["name"], missing["sex"], missing["id_number"], "汽修", "在读"])
    held_back = root / "inbox" / PERIOD / OTHER
    [sheet, *_] = sorted(path for path in held_back.rglob("*.*") if {"attendance", "考勤"} & set(path.parts))
    sheet.unlink()  # what another district took away since is no business of this run
    (held_back / "registry").mkdir(exist_ok=True)
    (held_back / "registry" / "new.csv").write_text("姓名,身份证号\n", encoding="utf-8")  # nor what it added
    after = run_once(root, [FRESH])
    return root, kept, missing, after


def test_the_other_district_whose_results_would_change_is_named_with_how_many_children(rerun):
    _, _, _, after = rerun
    counts = json.loads((after / "run.json").read_text(encoding="utf-8"))
    assert counts["changes_elsewhere"] == {OTHER: 1}


def test_the_sentence_says_which_and_what_to_do(rerun, capsys):
    summary.say_elsewhere(json.loads((rerun[3] / "run.json").read_text(encoding="utf-8")))
    said = capsys.readouterr().out
    assert f"{OTHER} (1 children)" in said
    assert f"baoxue run {PERIOD} --district {OTHER}" in said


def test_the_other_districts_results_and_lists_stand_as_they_were(rerun):
    root, kept, _, after = rerun
    assert {n: d for n, d in contents(after).items() if f"/{FRESH}." not in n} == {
        n: d for n, d in kept.items() if f"/{FRESH}." not in n
    }
    manifest = root / "outbox" / PERIOD / OTHER / "manifest.json"
    assert all((manifest.parent / one["file"]).is_file() for one in json.loads(manifest.read_text("utf-8"))["files"])


def test_the_districts_own_results_hold_the_fresh_delivery(rerun):
    _, _, _, after = rerun
    paths = query(after, f"select path from deliveries where district_code = '{FRESH}'")["path"].to_pylist()
    assert f"{FRESH}/vocational/late.csv" in paths


def test_run_again_the_named_district_changes_as_foretold(rerun):
    root, _, missing, _ = rerun
    folder = run_once(root, [OTHER])
    found = query(folder, f"select finding from findings where child_id = '{missing['child_id']}'")[
        "finding"
    ].to_pylist()
    assert "suspected_dropout" not in found
    assert Lake(root).opened(PERIOD)[1] == folder


def test_nothing_new_names_nobody(city, results, tmp_path):
    for part in ("inbox", "lake"):
        shutil.copytree(city / part, tmp_path / part)
    counts = json.loads((run_once(tmp_path, [FRESH]) / "run.json").read_text(encoding="utf-8"))
    assert counts["changes_elsewhere"] == {}
    assert contents(Lake(tmp_path).opened(PERIOD)[1]) == contents(results)
