"""Names and numbers planted in deliveries are nowhere but in the data folder's own lake, outbox and inbox."""

import os
import re
import shutil
import sys
import traceback
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest

from flows import stages
from flows.bugs import StageFailed, without_values
from tests.runs import AS_OF, PERIOD, ROOT, run_by_command
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.lake import Lake
from transforms.query import query

NAME, NUMBER, PHONE = "欧阳鹮曦", "990101201501010016", "19987651234"
ROLL = f"""学校标识码,学校名称,全国学籍号,姓名,性别,出生日期,身份证件类型,身份证件号,年级,班级,学生状态,联系电话,现住址
2199000001,=cmd|'/c calc'!A1小学,G{NUMBER},{NAME},男,2015-01-01,居民身份证,{NUMBER},三年级,1班,在读,{PHONE},@{NAME}家
2199000001,第一小学,,{NAME}二,男,不知道{NAME},居民身份证,{NUMBER}9,三年级,1班,在读,{PHONE},
"""


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    root, own = folder / "data", folder / "own"
    root.mkdir(mode=0o700)
    (own / "tmp").mkdir(parents=True)
    city = invent(200, 11, PERIOD)
    begin_like_formulas(city)
    write_deliveries(city, root / "inbox", PERIOD)
    district = Lake(root).districts(PERIOD)[0]
    registry = next(p for p in (Lake(root).inbox(PERIOD) / district).iterdir() if p.name in ("registry", "学籍"))
    if sys.platform == "linux":
        (registry / f"{NAME}\x1b[2J.csv").write_text(ROLL, encoding="utf-8")
        (registry / os.fsdecode(f"{NAME}.csv".encode("gbk"))).write_text(ROLL, encoding="utf-8")
    (registry / f"{NAME}{NUMBER}.csv").write_text(ROLL, encoding="utf-8")
    (registry / f"{NAME}坏.xlsx").write_bytes(b"PK\x03\x04" + NAME.encode() * 50)
    (registry / "empty.csv").write_text("")
    done = run_by_command(root, TMPDIR=str(own / "tmp"), HOME=str(own), PYTHONPATH=str(ROOT))
    return root, own, done


def begin_like_formulas(city):
    """Names, addresses and schools as somebody writes them who wants a program run on the reader's machine."""
    for table, columns in (
        (city.rolls, ("name", "lives_at", "father", "mother")),
        (city.household, ("name", "address", "father", "mother")),
        (city.sheets, ("written_name",)),
    ):
        begins = np.array(["=", "+", "-", "@", "", "", "", ""])[table["child"].to_numpy() % 8]
        for column in columns:
            table[column] = begins + table[column].astype(str)
    city.schools["school_name"] = ["=-@+"[n % 4] + name + "<b>x" for n, name in enumerate(city.schools["school_name"])]


def written_outside(root, own):
    kept = {root / "lake", root / "outbox", root / "inbox"}
    for top in (root, own):
        for path in top.rglob("*"):
            if not any(part in kept for part in (path, *path.parents)):
                yield path


def forms(text):
    yield from {text.encode(code) for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "unicode_escape")}


def test_the_planted_child_was_taken_in(planted):
    root, _, done = planted
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    _, folder = Lake(root).opened(PERIOD)
    assert query(folder, f"select 1 as x from children where name = '{NAME}'").num_rows == 1


@pytest.mark.parametrize("secret", [NAME, NUMBER, PHONE])
def test_it_is_nowhere_outside_lake_and_outbox(planted, secret):
    root, own, done = planted
    looked = 0
    for path in written_outside(root, own):
        assert secret not in path.name, "a file is named after it"
        if path.is_file():
            looked += 1
            content = path.read_bytes()
            assert not [form for form in forms(secret) if form in content], path
    assert looked > 1, "Prefect's database at least"
    assert not [form for form in forms(secret) if form in done.stdout + done.stderr]


@pytest.mark.parametrize("secret", [NAME, NUMBER, PHONE])
def test_no_file_of_lake_and_outbox_is_named_after_it_and_the_access_log_does_not_name_it(planted, secret):
    root, _, _ = planted
    for top in ("lake", "outbox"):
        assert not [path for path in (root / top).rglob("*") if secret in path.name]
    for path in (root / "lake" / "access").iterdir():
        assert not [form for form in forms(secret) if form in path.read_bytes()]


def test_no_workbook_holds_a_formula_whatever_the_texts_begin_with(planted):
    root, _, _ = planted
    books = sorted((root / "outbox").rglob("*.xlsx"))
    begun = set()
    for book in books:
        with zipfile.ZipFile(book) as parts:
            for name in parts.namelist():
                content = parts.read(name).decode("utf-8", "replace")
                if name.startswith("xl/worksheets/"):
                    assert not re.search(r"<f[ >/]", content), book
                assert "externalLink" not in name and "vbaProject" not in name
                begun |= set(re.findall(r"<t(?: [^>]*)?>([=+@-])[^<]", content))
    assert len(books) > 20
    assert begun == set("=+-@"), "the test must have met such texts"


def test_a_link_leads_only_from_an_issue_to_a_file_beside_its_workbook(planted):
    root, _, _ = planted
    followed = set()
    for book in sorted((root / "outbox").rglob("*.xlsx")):
        with zipfile.ZipFile(book) as parts:
            for name in parts.namelist():
                if not name.startswith("xl/worksheets/_rels/"):
                    continue
                for link in ElementTree.fromstring(parts.read(name)):
                    if link.get("Type").endswith("/hyperlink"):
                        target = link.get("Target")
                        assert "文件问题清单" in book.name, book
                        assert link.get("TargetMode") == "External"
                        assert not re.search(r"[:/\\]|^\.", target.partition("#")[0]), target
                        followed.add(target)
    assert followed


def test_no_page_holds_a_tag_of_a_delivery(planted):
    root, _, _ = planted
    for page in (root / "outbox").rglob("*.html"):
        assert "<b>x" not in page.read_text(encoding="utf-8")


def test_no_temporary_file_is_left(planted):
    _, own, _ = planted
    assert not [path for path in (own / "tmp").rglob("*") if path.is_file()]


def test_a_bug_in_a_stage_says_where_and_not_what(planted, tmp_path, monkeypatch):
    root, _, _ = planted
    shutil.copytree(root / "inbox", tmp_path / "inbox")

    def fail(*_args, **_named):
        raise ValueError(f"could not convert {NAME} {NUMBER}")

    monkeypatch.setattr(stages, "read_all", fail)
    wanted = stages.prepared(PERIOD, None, tmp_path, None, AS_OF, quiet=True)
    with pytest.raises(StageFailed, match="ValueError in take_in") as raised, stages.beginning(wanted) as run:
        without_values(stages.take_in)(run)
    shown = "".join(traceback.format_exception(raised.value))
    assert NAME not in shown
    assert NUMBER not in shown
    [kept] = (tmp_path / "lake" / "bugs").iterdir()
    assert NAME in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o077 == 0 or os.name == "nt"
    [told] = Lake(tmp_path).history(PERIOD)
    assert (told["state"], told["error"]) == ("failed", "StageFailed")
