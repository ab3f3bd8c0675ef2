"""What became of a delivery stands for as long as all that decides it is the same, and not a night longer."""

import shutil

import pyarrow.parquet as pq
import pytest

from tests.parameters import parameters as run_parameters
from transforms import settled as module
from transforms.checked import Checked
from transforms.clean import clean
from transforms.demo.city import invent
from transforms.demo.deliveries import write_deliveries
from transforms.engine import Engine, inputs, sql_file
from transforms.intake.cache import take_in
from transforms.intake.inbox import find_deliveries
from transforms.settled import DECIDE, RECORD, Settled
from transforms.understood import Understood

PERIOD = "2026-09"


class Town:
    """An inbox taken in night after night, each on what the night before left."""

    def __init__(self, root):
        self.root, self.inbox, self.nights = root, root / "inbox", 0
        self.before = self.settled = None
        self.parameters = run_parameters(PERIOD)

    def night(self):
        """Take in once on what stands and once with nothing settled; gives the files of both."""
        found, misplaced = find_deliveries(self.inbox, PERIOD)
        readings = [*misplaced, *take_in(found, self.root / "cache", legend={}, processes=1)]
        self.nights += 1
        self.settled = Settled.read(self.before)
        self.before = self._cleaned(f"night{self.nights}", readings, self.settled)
        (self.before / RECORD).write_text(self.settled.as_text(), encoding="ascii")
        return tables(self.before), tables(self._cleaned(f"anew{self.nights}", readings, Settled()))

    def _cleaned(self, name, readings, settled):
        folder = self.root / name
        folder.mkdir()
        checked = Checked.read(self.root / "checked.json")
        with Engine(folder, self.parameters) as engine:
            clean(engine, readings, checked, Understood(self.root / "understood"), settled)
        (self.root / "checked.json").write_text(checked.as_text(), encoding="utf-8")
        return folder

    def anew(self):
        """How many deliveries do not stand."""
        return len(self.settled._now) - len(self.settled.deliveries)

    def file(self, source, suffix=".csv", nth=0):
        """A file of the inbox, of more than a few rows."""
        folders = {"attendance": "考勤", "registry": "学籍", "household": "户籍"}
        return [
            path for path in sorted(self.inbox.rglob(f"*{suffix}"))
            if {source, folders[source]} & set(path.parts) and path.stat().st_size > 600
        ][nth]  # fmt: skip


def tables(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*.parquet")}


def without_lines(path, count):
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-count]))


def nothing_happens(_town):
    pass


def a_sheet_is_withdrawn(town):
    town.file("attendance").unlink()


def a_sheet_is_corrected_in_place(town):
    without_lines(town.file("attendance"), 2)


def a_roll_is_corrected_in_place(town):
    without_lines(town.file("registry"), 3)


def a_roll_is_delivered_again(town):
    roll = town.file("registry")
    later = roll.with_name(f"{roll.stem}更正.csv")
    shutil.copyfile(roll, later)
    without_lines(later, 1)


def the_later_roll_is_withdrawn_again(town):
    next(town.inbox.rglob("*更正.csv")).unlink()


def a_sheet_is_renamed(town):
    sheet = town.file("attendance")
    sheet.rename(sheet.with_name(f"新{sheet.name}"))


def a_sheet_is_handed_in_twice(town):
    sheet = town.file("attendance", nth=1)
    shutil.copyfile(sheet, sheet.with_name(f"{sheet.stem} - 副本.csv"))


def a_roll_is_withdrawn(town):
    roll = town.file("registry")
    town.put_by = roll.rename(town.root / "put by"), roll


def a_roll_cannot_be_read(town):
    _, roll = town.put_by
    roll.write_bytes(b"")


def the_roll_comes_back(town):
    kept, roll = town.put_by
    kept.replace(roll)


def a_school_is_called_another_name(town):
    roll = town.file("registry")
    text = roll.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            said = text.decode(encoding)
        except UnicodeDecodeError:
            continue
        roll.write_bytes(said.replace("小学", "实验小学").replace("初级中学", "实验中学").encode(encoding))
        return


def a_sheet_of_an_unknown_school_comes(town):
    days = ",".join(str(day) for day in range(1, 31))
    rows = "".join(f"{n},{name},{','.join(['√'] * 30)}\n" for n, name in enumerate(("张伟", "李娜", "王芳"), 1))
    text = f"红星路第八小学三年级(1)班2026年9月学生考勤表\n序号,姓名,{days}\n{rows}"
    town.file("attendance").with_name("红星.csv").write_text(text, encoding="utf-8")


def a_roll_of_a_school_like_it_comes(town):
    """The unknown school is not this one; but it is named to who wrote the sheet."""
    head = "学校名称,学校标识码,姓名,性别,出生日期,身份证号,年级,班级\n"
    place = (
        town.inbox / PERIOD / town.file("attendance").relative_to(town.inbox / PERIOD).parts[0] / "学籍" / "红星.csv"
    )
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"{head}红星路第九小学,2100000009,张伟,男,2017-09-01,,三年级,1班\n", encoding="utf-8")


def a_register_is_withdrawn(town):
    town.file("household", suffix=".*").unlink()


def another_year_is_meant(town):
    town.parameters = run_parameters(PERIOD) | {"period": "2027-09"}


NIGHTS = (
    nothing_happens, a_sheet_is_corrected_in_place, a_roll_is_delivered_again, the_later_roll_is_withdrawn_again,
    a_sheet_is_renamed, a_sheet_is_handed_in_twice, a_sheet_is_withdrawn, a_roll_is_corrected_in_place,
    a_roll_is_withdrawn, a_roll_cannot_be_read, the_roll_comes_back, a_school_is_called_another_name,
    a_sheet_of_an_unknown_school_comes, a_roll_of_a_school_like_it_comes, a_register_is_withdrawn, another_year_is_meant,
)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("town"))
    write_deliveries(invent(300, 23, PERIOD), town.inbox, PERIOD)
    return town


@pytest.fixture(scope="module")
def nights(town):
    """Of every night: the files it left, those it leaves with nothing settled, how many deliveries were settled anew."""
    town.night()
    told = {}
    for happens in NIGHTS:
        happens(town)
        before = town.before
        told[happens] = *town.night(), town.anew(), len(town.settled.deliveries), before, town.before
    return told


@pytest.mark.parametrize("happens", NIGHTS, ids=lambda happens: happens.__name__)
def test_a_night_leaves_byte_for_byte_what_one_leaves_that_finds_nothing_settled(nights, happens):
    left, anew, *_ = nights[happens]
    assert sorted(left) == sorted(anew)
    assert [name for name in left if left[name] != anew[name]] == []


def test_where_nothing_happens_every_file_lies_where_it_lay(nights):
    left, _, anew, _, before, now = nights[nothing_happens]
    assert anew == 0
    linked = [name for name in left if not name.startswith("school")]
    assert linked
    assert all((before / name).samefile(now / name) for name in linked)


def test_a_file_nobody_touched_is_told_of_a_school_that_is_new(nights):
    *_, before, now = nights[a_roll_of_a_school_like_it_comes]
    told = [
        {row["delivery_id"] for part in (folder / "issues").glob("*.parquet") for row in pq.read_table(part).to_pylist()
         if "第八小学" in row["sentence"] and "第九小学" in row["sentence"]}
        for folder in (before, now)
    ]  # fmt: skip
    assert not told[0]
    assert len(told[1]) == 1


def test_another_year_leaves_nothing_settled(nights):
    *_, standing, _, _ = nights[another_year_is_meant]
    assert standing == 0


@pytest.mark.parametrize("happens", NIGHTS[1:-1], ids=lambda happens: happens.__name__)
def test_what_happens_to_one_file_unsettles_few_others(nights, happens):
    _, _, anew, standing, _, _ = nights[happens]
    assert 0 < anew < standing


def test_files_of_districts_nothing_happened_in_are_not_written_again(nights):
    left, _, _, _, before, now = nights[a_sheet_is_corrected_in_place]
    same = {name for name in left if (before / name).is_file() and (before / name).samefile(now / name)}
    assert {name.split("/")[0] for name in same} >= {"registry_pupils", "household_children", "attendance_pupils"}
    assert {name for name in left if name.startswith("attendance_pupils")} - same


def test_a_record_that_cannot_be_read_settles_nothing(tmp_path):
    (tmp_path / RECORD).write_text("[1", encoding="ascii")
    assert Settled.read(tmp_path)._known == {}


def test_a_run_for_some_districts_keeps_what_decided_the_others():
    settled = Settled(None, {"a": "1", "b": "1", "gone": "1"})
    settled._now, settled._district = {"a": "2", "b": "2"}, {"a": "990101", "b": "990102"}
    assert settled.as_text(["990101"]) == '{"b": "1", "a": "2"}'
    assert settled.as_text() == '{"a": "2", "b": "2"}'


def test_the_tables_that_decide_read_nothing_beside_what_the_hash_is_of():
    known = {f"{source.name}_{kind}" for source in module.SOURCES for kind in ("read", "rows")} | {
        "suite_failures", "reading_issues", "delivery_facts", "schools", "school_aliases", "household_townships",
        "code_words", "column_words",
    }  # fmt: skip
    read = {name for table in DECIDE for name in inputs(sql_file(table).read_text(encoding="utf-8"))}
    assert read - set(DECIDE) == known
