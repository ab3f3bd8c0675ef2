"""What offices write and what it means: the macros of the clean stage, one kind of value a test."""

from datetime import date

import duckdb
import pytest

from transforms.engine import SQL_FOLDER

VALID = "210102201509010016"
OTHER_VALID = "210102201403150029"


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        con.execute((SQL_FOLDER / "macros.sql").read_text(encoding="utf-8"))
        yield con


@pytest.fixture
def said(con):
    def ask(expression, *values):
        [[value]] = con.execute(f"select {expression}", list(values)).fetchall()
        return value

    return ask


@pytest.mark.parametrize("written", ["", " ", "NULL", "无", "/", "／", "—", "--", "#N/A", "\u3000", "\u200b"])
def test_the_words_for_nothing_are_nothing(said, written):
    assert said("plain_text(?)", written) is None


@pytest.mark.parametrize("written", ["无名", "张", "0", "-1"])
def test_what_only_begins_like_nothing_is_something(said, written):
    assert said("plain_text(?)", written) == written


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 伟", "张伟"), ("张\u3000伟", "张伟"), ("\u200b张\u00a0伟\t", "张伟"), ("张伟（转）", "张伟"), ("张伟*", "张伟"), ("★张伟", "张伟"),
        ("1、张伟", "张伟"), ("12张伟", "张伟"), ("张伟2", "张伟"), ("张伟A", "张伟"), ("张伟（借读）*", "张伟"),
        ("John  Smith", "John Smith"), ("Ｊｏｈｎ Ｓｍｉｔｈ", "John Smith"), ("J. Smith", "J. Smith"), ("䶮㛃", "䶮㛃"),
        ("买买提 · 阿不都", "买买提·阿不都"), ("王yan", "王yan"), ("李子yan", "李子yan"),
    ],
)  # fmt: skip
def test_a_name_is_what_stands_behind_its_decoration(said, written, name):
    assert said("plain_name(?)", written) == name


@pytest.mark.parametrize("written", ["417人", "共417人", "417", "无"])
def test_a_count_is_nobodys_name(said, written):
    assert said("plain_name(?)", written) is None


@pytest.mark.parametrize("dot", "·•・‧∙⋅．.●")
def test_nine_name_dots_are_one(said, dot):
    assert said("plain_name(?)", f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


def test_a_bracketed_remark_behind_a_name_is_kept_as_a_remark(said):
    assert said("name_remark(name_closed(half_width(?)))", "张伟（转）") == "转"


@pytest.mark.parametrize("name", ["张?", "张□", "张\ue000", "张�"])
def test_characters_nobody_can_read_are_seen(said, name):
    assert said("has_unreadable(?)", name)


@pytest.mark.parametrize(
    ("written", "kind", "prefix"),
    [
        (VALID, "valid", VALID[:15]), ("'" + VALID, "valid", VALID[:15]), (f'="{VALID}"', "valid", VALID[:15]),
        (VALID.translate(str.maketrans("0123456789", "０１２３４５６７８９")), "valid", VALID[:15]),
        (f"\t{VALID[:6]} {VALID[6:14]} {VALID[14:]}", "valid", VALID[:15]), ("G" + VALID, "valid", VALID[:15]), ("身份证号：" + VALID, "valid", VALID[:15]),
        ("21010220150901001x", "checksum", None), ("２１０１０２２０１５０９０１００１ｘ", "checksum", None),
        ("210102201502300011", "checksum", None),
        ("210102201509010000", "truncated", "210102201509010"), ("2.10102E+17", "truncated", "210102"),
        ("2.10102201509e+17", "truncated", "210102201509"),
        ("210102********0016", "masked", "210102"), ("2101022015****0016", "masked", "2101022015"),
        ("210102XXXXXXXX0016", "masked", "210102"), ("****0016", "masked", None),
        ("210102150901001", "short15", None), ("21010220150901001", "short17", "210102201509010"),
        (f"{VALID}/{OTHER_VALID}", "several", None), (f"{VALID} {OTHER_VALID}", "several", None),
        ("L" + VALID, "other", None), ("J" + VALID, "other", None), ("H12345678", "other", None), ("无", "blank", None),
    ],
)  # fmt: skip
def test_a_written_number_is_of_one_kind(said, written, kind, prefix):
    got = said("id_text(?)", written)
    assert said("id_kind_of(?)", got) == kind
    assert said("id_prefix_of(?, ?)", got, kind) == prefix


@pytest.mark.parametrize(
    "written",
    ["20150901", "2015.9.1", "2015/9/1", "2015-9-1", "2015-09-01", "2015年9月1日", "2015 年 9 月 1 日", "42248", "42248.0", "20150901.0",
     "2015-09-01 00:00:00", "2015-09-01T08:30:00", "2015/9/1 0:00", "２０１５．９．１", "2015、9、1".replace("、", ".")],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(said, written):
    assert said("date_of(date_text(?))", written) == date(2015, 9, 1)
    assert not said("is_month_only(date_text(?))", written)


@pytest.mark.parametrize("written", ["2015-09", "201509", "2015.9", "2015年9月", "20150900"])
def test_a_month_stands_for_its_first_day_and_says_so(said, written):
    assert said("date_of(date_text(?))", written) == date(2015, 9, 1)
    assert said("is_month_only(date_text(?))", written)


@pytest.mark.parametrize("written", ["15-9-1", "9/1/2015", "2015-02-30", "20151301", "2015", "三年级", "1015-09-01"])
def test_a_date_that_can_be_read_two_ways_or_cannot_be_is_not_guessed(said, written):
    assert said("date_of(date_text(?))", written) is None


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("男", "男"),
        ("1", "男"),
        ("01", "男"),
        ("M", "男"),
        ("男性", "男"),
        ("1-男", "男"),
        ("女", "女"),
        ("2", "女"),
        ("f", "女"),
        ("女生", "女"),
        ("0", None),
        ("未知", None),
        ("X", None),
    ],
)
def test_sex_is_a_word_a_code_or_a_letter(said, written, sex):
    assert said("sex_of(plain_code(?))", written) == sex


@pytest.mark.parametrize(
    ("written", "flag"),
    [
        ("是", True),
        ("Y", True),
        ("1", True),
        ("√", True),
        ("单亲留守儿童", True),
        ("否", False),
        ("0", False),
        ("N", False),
        ("×", False),
        ("非留守儿童", False),
        ("无", False),
        ("也许", None),
        ("", None),
    ],
)
def test_a_flag_is_yes_no_or_not_understood(said, written, flag):
    assert said("flag_of(bare_code(half_width(one_blank(?))))", written) is flag


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("138 0000 0000", "13800000000"),
        ("13800000000/13900000000", "13800000000"),
        ("13800000000.0", "13800000000"),
        ("+86-138-0000-0000", "13800000000"),
        ("024-12345678", "02412345678"),
        ("1.38E+10", None),
        ("家里", None),
    ],
)
def test_a_telephone_is_its_first_mobile_number(said, written, phone):
    assert said("phone_of(plain_code(?))", written) == phone


@pytest.mark.parametrize(
    ("written", "division", "township"),
    [
        ("210102", "210102", None),
        ("210102001", "210102001", "210102001"),
        ("210102001000", "210102001000", "210102001"),
        ("210102001000.0", "210102001000", "210102001"),
        ("210102000000", "210102000000", None),
        ("210102001和平街道", "210102001", "210102001"),
        ("辽宁省", None, None),
        ("2101020011", None, None),
    ],
)
def test_a_division_code_has_6_9_or_12_digits(said, written, division, township):
    assert said("division_of(plain_code(?))", written) == division
    assert said("township_of(?)", division) == township


GRADE = "coalesce(grade_named(c), grade_of_pair(c), grade_bare(c))"


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("三年级", 3),
        ("小学三年级", 3),
        ("3年级", 3),
        ("3", 3),
        ("三", 3),
        ("03", 3),
        ("3.2", 3),
        ("三(2)班", 3),
        ("三（2）班", 3),
        ("三年级2班", 3),
        ("303", 3),
        ("0302", 3),
        ("三二班", 3),
        ("小三", 3),
        ("初二", 8),
        ("八年级", 8),
        ("初中二年级", 8),
        ("初八", 8),
        ("九年级", 9),
        ("初三(1)班", 9),
        ("高一", 10),
        ("高中一年级", 10),
        ("十年级", 10),
        ("十二年级", 12),
        ("12年级", 12),
        ("学前班", None),
        ("2023级", None),
        ("实验", None),
    ],
)
def test_a_grade_is_read_in_all_its_forms(said, written, grade):
    assert said(f"(select {GRADE} from (select without_point_zero(plain_code(?)) as c))", written) == grade


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(2)班", 2),
        ("二班", 2),
        ("2班", 2),
        ("02", 2),
        ("2", 2),
        ("2.0", 2),
        ("三(2)班", 2),
        ("三（12）班", 12),
        ("三年级2班", 2),
        ("三年级(二)班", 2),
        ("初二(3)班", 3),
        ("3.2", 2),
        ("3-2", 2),
        ("302", 2),
        ("0302", 2),
        ("2023级3班", 3),
        ("2021级07班", 7),
        ("202302", 2),
        ("甲班", 1),
        ("B班", 2),
        ("十二班", 12),
        ("三2班", 2),
        ("三二班", 2),
        ("实验一班", 1),
        ("三年级", None),
        ("火箭班", None),
    ],
)
def test_a_class_has_a_number_within_its_grade(said, written, number):
    assert said("class_of(without_point_zero(plain_code(?)))", written) == number


@pytest.mark.parametrize(
    ("written", "stage", "expected", "grade"),
    [
        ("2023级", "primary", None, 4),
        ("2023级", "junior", None, None),
        ("2024级", "junior", None, 9),
        ("2026级", "junior", None, 7),
        ("2025级", "junior", 2, 2),
        ("2025级", "junior", 8, 8),
        ("2025级", "senior", None, 11),
        ("2025级", None, 2, 2),
        ("2025级", None, 8, 8),
        ("2025级", None, None, None),
        ("2021级", None, None, 6),
        ("23级", "primary", None, 4),
        ("2027届", "junior", None, 9),
        ("2029届", "junior", None, 7),
        ("2032届", "primary", None, 1),
        ("2028级", "primary", None, None),
    ],
)
def test_a_cohort_is_a_grade_of_the_school_year_where_its_stage_is_known(said, written, stage, expected, grade):
    assert (
        said("cohort_grade(cohort_of(plain_code(?)), school_year_of('2026-09'), ?, ?)", written, stage, expected)
        == grade
    )


def test_spring_belongs_to_the_school_year_before(said):
    assert said("school_year_of('2026-03')") == 2025
    assert said("school_year_of('2026-09')") == 2026


@pytest.mark.parametrize(
    ("written", "month"), [("2026-09", "2026-09"), ("2026年9月", "2026-09"), ("202609", "2026-09"), ("9月", None)]
)
def test_the_month_of_a_sheet(said, written, month):
    assert said("month_of(?)", written) == month


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("2027-07-31", date(2027, 7, 31)), ("2027年7月", date(2027, 7, 31)), ("2026.9.1-2027.7.15", date(2027, 7, 15)),
        ("2026年9月1日至2027年8月31日止", date(2027, 8, 31)), ("2026年9月至2027年2月", date(2027, 2, 28)), ("至2027-08-31", date(2027, 8, 31)),
        ("2026-2027学年", date(2027, 8, 31)), ("2026—2027学年度", date(2027, 8, 31)), ("20260901-20270831", date(2027, 8, 31)),
        ("一年", date(2027, 9, 1)), ("1年", date(2027, 9, 1)), ("半年", date(2027, 3, 1)), ("6个月", date(2027, 3, 1)), ("一学年", date(2027, 9, 1)),
        ("一学期", date(2027, 2, 1)), ("长期", None), ("视情况", None),
    ],
)  # fmt: skip
def test_a_term_ends_on_its_last_day(said, written, until):
    assert said("until_of(date_text(?), date '2026-09-01')", written) == until


def test_a_length_without_a_day_of_approval_has_no_end(said):
    assert said("until_of(date_text('一年'), cast(null as date))") is None
