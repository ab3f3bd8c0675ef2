"""Registry, household, vocational, exemption and priority files in several offices' layouts."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.foreign.attendance import CN, grade_word, school_name
from tests.foreign.people import CITY, DISTRICTS, TOWNS, VILLAGES, City, Row, School
from tests.foreign.sheets import Sheet, write

Column = tuple[str, Callable[[Row], Any]]
DATES: dict[str, Callable[[date], Any]] = {
    "compact": lambda d: f"{d:%Y%m%d}",
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "words": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "serial": lambda d: d,
    "dash": lambda d: f"{d:%Y-%m-%d}",
    "slash": lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    "number": lambda d: int(f"{d:%Y%m%d}"),
    "time": lambda d: f"{d:%Y-%m-%d} 00:00:00",
    "month": lambda d: f"{d:%Y%m}",
}
SEXES = {"words": ("", "男", "女"), "codes": ("", "1", "2"), "long": ("", "男性", "女性"), "both": ("", "1-男", "2-女")}


def day(row: Row, key: str, style: str) -> Any:
    value = row[key]
    return DATES[style](value) if isinstance(value, date) else ""


def sex(row: Row, style: str) -> str:
    return SEXES[style][int(str(row["sex"]))]


def guardian(row: Row, which: int, field: int) -> str:
    return row["guardians"][which][field]  # type: ignore[index]


def grade_cell(row: Row, style: str) -> Any:
    grade, school = int(str(row["grade"])), row["school"]
    assert isinstance(school, School)
    if style == "level":
        return f"{2026 - (grade - (7 if grade > 6 else 1))}级" if school.kind != "nine" else grade_word(grade, "cn")
    if style == "digit":
        return grade
    return grade_word(grade, {"junior": "junior", "cn": "cn"}[style])


def class_cell(row: Row, style: str) -> str:
    g, n = int(str(row["grade"])), int(str(row["class_no"]))
    short = CN[g]
    return {
        "plain": f"{n}班",
        "brackets": f"({n})班",
        "full": f"{short}（{n}）班",
        "code": f"{g:02d}{n:02d}",
        "dot": f"{g}.{n}",
        "word": f"{CN[n]}班",
        "bare": f"{n}",
    }[style]


def roll_columns(dialect: str) -> list[Column]:
    """The columns of one office's pupil register."""

    def school(r):
        return r["school"]

    def apostrophe(text):
        return "'" + text if text else "NULL"

    def null(text):
        return text if text not in ("", None) else "NULL"

    def yes(r, key):
        return "是" if r[key] else "否"

    if dialect == "export":
        return [
            ("学校标识码", lambda r: apostrophe(school(r).code)),
            ("学校名称", lambda r: school(r).name),
            ("年级", lambda r: grade_cell(r, "cn")),
            ("班级", lambda r: class_cell(r, "full")),
            ("全国学籍号", lambda r: null(r["student_no"])),
            ("姓名", lambda r: r["name"]),
            ("曾用名", lambda r: null(r["former_name"])),
            ("性别", lambda r: sex(r, "words")),
            ("出生日期", lambda r: day(r, "birth", "compact")),
            ("民族", lambda r: r["nation"]),
            ("国籍/地区", lambda r: "中国"),
            ("身份证件类型", lambda r: r["id_kind"]),
            ("身份证件号", lambda r: apostrophe(str(r["id_number"]))),
            ("户口所在地行政区划", lambda r: apostrophe(str(r["hukou"]))),
            ("入学年月", lambda r: day(r, "entered", "month")),
            ("就读方式", lambda r: r["mode"]),
            ("现住址", lambda r: r["address"]),
            ("联系电话", lambda r: apostrophe(guardian(r, 0, 3))),
            ("是否留守儿童", lambda r: yes(r, "left_behind")),
            ("是否进城务工人员随迁子女", lambda r: yes(r, "migrant")),
            ("学生状态", lambda r: r["status"]),
            ("成员1姓名", lambda r: guardian(r, 0, 1)),
            ("成员1关系", lambda r: guardian(r, 0, 0)),
            ("成员1身份证件号", lambda r: apostrophe(guardian(r, 0, 2))),
            ("成员2姓名", lambda r: guardian(r, 1, 1)),
            ("成员2关系", lambda r: guardian(r, 1, 0)),
            ("成员2身份证件号", lambda r: apostrophe(guardian(r, 1, 2))),
        ]
    if dialect == "levels":
        return [
            ("序号", lambda r: None),
            ("学生基本信息|学生\n姓名", lambda r: r["name"]),
            ("学生基本信息|性 别", lambda r: sex(r, "codes")),
            ("学生基本信息|身份\n证号码", lambda r: r["id_number"]),
            ("学生基本信息|出生年月日", lambda r: day(r, "birth", "dots")),
            ("学籍信息|学校（全称）", lambda r: school(r).name),
            ("学籍信息|学籍号", lambda r: r["student_no"]),
            ("学籍信息|年级", lambda r: grade_cell(r, "level")),
            ("学籍信息|班级", lambda r: class_cell(r, "plain")),
            ("学籍信息|学籍状态", lambda r: r["status"]),
            ("学籍信息|就读\n方式", lambda r: r["mode"]),
            ("家庭情况|家庭住址", lambda r: r["address"]),
            ("家庭情况|监护人姓名", lambda r: guardian(r, 0, 1)),
            ("家庭情况|监护人\n身份证号", lambda r: guardian(r, 0, 2)),
            ("家庭情况|联系\n电话", lambda r: guardian(r, 0, 3)),
            ("备注", lambda r: ""),
        ]
    if dialect == "roster":
        return [
            ("序号", lambda r: None),
            ("学生姓名", lambda r: r["name"]),
            ("性别", lambda r: sex(r, "words")),
            ("民族", lambda r: r["nation"]),
            ("出生年月", lambda r: day(r, "birth", "serial")),
            ("证件号码", lambda r: r["id_number"]),
            ("国网学籍号", lambda r: r["student_no"]),
            ("年级", lambda r: grade_cell(r, "junior")),
            ("班级", lambda r: class_cell(r, "brackets")),
            ("在校状态", lambda r: {"在读": "在校"}.get(str(r["status"]), r["status"])),
            ("寄宿情况", lambda r: r["mode"]),
            ("父亲姓名", lambda r: guardian(r, 0, 1)),
            ("父亲电话", lambda r: guardian(r, 0, 3)),
            ("母亲姓名", lambda r: guardian(r, 1, 1)),
        ]
    if dialect == "simple":
        return [
            ("学校名称", lambda r: school_name(school(r), "no_city")),
            ("姓名", lambda r: r["name"]),
            ("身份证号", lambda r: r["id_number"]),
            ("性别", lambda r: sex(r, "words")),
            ("出生日期", lambda r: day(r, "birth", "dash")),
            ("年级", lambda r: grade_cell(r, "digit")),
            ("班号", lambda r: class_cell(r, "bare")),
            ("学籍号", lambda r: r["student_no"]),
            ("就读状态", lambda r: r["status"]),
            ("就读方式", lambda r: r["mode"]),
            ("户口所在地", lambda r: r["hukou"]),
            ("现住址", lambda r: r["address"]),
            ("家长姓名", lambda r: guardian(r, 0, 1)),
            ("家长联系电话", lambda r: guardian(r, 0, 3)),
            ("随迁子女", lambda r: yes(r, "migrant")),
        ]
    if dialect == "vendor":
        return [
            ("学校代码", lambda r: school(r).code),
            ("学校", lambda r: school(r).name),
            ("班级名称", lambda r: grade_word(int(str(r["grade"])), "cn") + class_cell(r, "plain")),
            ("年级名称", lambda r: grade_cell(r, "cn")),
            ("学籍辅号", lambda r: f"{school(r).code[-6:]}{abs(hash_of(str(r['person']))) % 10**6:06d}"),
            ("学籍号", lambda r: r["student_no"]),
            ("姓名", lambda r: r["name"]),
            ("性别", lambda r: sex(r, "both")),
            ("出生日期", lambda r: day(r, "birth", "time")),
            ("身份证件类型", lambda r: r["id_kind"]),
            ("身份证件号码", lambda r: r["id_number"]),
            ("学生当前状态", lambda r: r["status"]),
            ("就读方式", lambda r: r["mode"]),
            ("居住地址", lambda r: r["address"]),
            ("成员1姓名", lambda r: guardian(r, 1, 1)),
            ("成员1关系", lambda r: guardian(r, 1, 0)),
            ("成员1身份证件号", lambda r: guardian(r, 1, 2)),
            ("成员1联系电话", lambda r: guardian(r, 1, 3)),
            ("成员1是否监护人", lambda r: "是"),
        ]
    raise ValueError(dialect)


def hash_of(text: str) -> int:
    return sum(ord(sign) * 31**at for at, sign in enumerate(text))


SYNONYMS = {
    "姓名": ("学生姓名", "姓 名", "姓　名"),
    "学生姓名": ("姓名", "学生\n姓名"),
    "身份证号": ("身份证号码", "身份证件号", "居民身份证号", "身份证\n号码", "证件号码"),
    "身份证件号": ("身份证号码", "证件号", "公民身份号码"),
    "证件号码": ("身份证号", "身份证件号码"),
    "公民身份号码": ("身份证号码", "公民身份证号"),
    "出生日期": ("出生年月日", "出生年月", "生日"),
    "性别": ("性 别",),
    "年级": ("所在年级", "就读年级", "年 级"),
    "班级": ("所在班级", "班 级", "教学班"),
    "学籍号": ("全国学籍号", "全国统一学籍号", "学籍号码"),
    "学生状态": ("在籍状态", "学籍状态", "状态"),
    "就读状态": ("学生状态", "学籍状态"),
    "学校名称": ("学校", "就读学校", "所在学校", "学校全称"),
    "现住址": ("家庭住址", "家庭地址", "居住地"),
    "户籍地址": ("户口地址", "户籍所在地详细地址"),
    "乡镇街道": ("乡镇（街道）", "所属乡镇", "乡（镇、街道）"),
    "社区/村": ("村（社区）", "居（村）委会"),
    "迁出/注销原因": ("注销原因", "销户原因", "变动原因"),
    "迁出/注销日期": ("注销日期", "销户日期", "变动日期"),
    "人员姓名": ("姓名",),
}


def reworded(rng: Random, columns: list[Column]) -> list[Column]:
    """The same columns under the words, and now and then in the order, that another clerk prefers."""
    named = [
        (rng.choice(SYNONYMS[title]) if title in SYNONYMS and rng.random() < 0.5 else title, value)
        for title, value in columns
    ]
    titles = [title for title, _ in named]
    if len(set(titles)) < len(titles):
        return columns
    if rng.random() < 0.3 and not any("|" in title for title in titles):
        start = 1 if titles[0] == "序号" else 0
        rest = named[start:]
        rng.shuffle(rest)
        named = named[:start] + rest
    return named


def fill(sheet: Sheet, columns: list[Column], rows: list[Row], repeat: int = 0) -> None:
    """Header (two-level where names are `group|field`) and rows; the header again after every `repeat` rows."""

    def heads() -> None:
        if any("|" in title for title, _ in columns):
            groups, fields = (
                [t.split("|")[0] for t, _ in columns],
                [t.split("|")[-1] if "|" in t else None for t, _ in columns],
            )
            at = sheet.add([g if n == 0 or groups[n - 1] != g else None for n, g in enumerate(groups)])
            sheet.add(list(fields))
            start = 0
            for n in range(1, len(groups) + 1):
                if n == len(groups) or groups[n] != groups[start]:
                    if fields[start] is None:
                        sheet.merges.append((at, start, at + 1, start))
                    elif n - start > 1:
                        sheet.merges.append((at, start, at, n - 1))
                    start = n
        else:
            sheet.add([title for title, _ in columns])

    heads()
    for at, row in enumerate(rows, 1):
        if repeat and at > 1 and at % repeat == 1:
            heads()
        sheet.add([at if title == "序号" else value(row) for title, value in columns])


def as_numbers(sheet: Sheet, column: str) -> None:
    """What Excel does to a column of numbers that was typed without an apostrophe."""
    head = next(n for n, row in enumerate(sheet.rows) if column in row)
    at = sheet.rows[head].index(column)
    for row in sheet.rows[head + 1 :]:
        text = str(row[at]).strip() if at < len(row) and row[at] else ""
        if len(text) == 18 and text.isdigit():
            row[at] = float(text[:15] + "000")


def write_registry(rng: Random, city: City, inbox: Path, folders: dict[str, str]) -> list[tuple[Path, int]]:
    by_school: dict[str, list[Row]] = defaultdict(list)
    for row in city.registry:
        by_school[row["school"].code].append(row)  # type: ignore[union-attr]
    written: list[tuple[Path, int]] = []
    districts = list(DISTRICTS)
    for district in districts:
        base = inbox / district / folders[district]
        schools = [s for s in city.schools if s.district == district and by_school[s.code]]
        for school in schools:
            by_school[school.code].sort(key=lambda r: (r["grade"], r["class_no"], str(r["person"])[::-1]))
        if district == districts[0]:
            primary = [r for s in schools if s.kind == "primary" for r in by_school[s.code]]
            other = [r for s in schools if s.kind != "primary" for r in by_school[s.code]]
            sheet = Sheet("Sheet1")
            fill(sheet, roll_columns("export"), primary)
            written.append((write(base / "小学学籍导出20260910", "tsv_gbk", [sheet]), len(primary)))
            sheet = Sheet("学生信息")
            columns = roll_columns("levels")
            sheet.add([f"{CITY}{DISTRICTS[district]}2026年秋季初中在籍学生花名册"], len(columns))
            sheet.add(["填报单位：青石区教育局基础教育科        填报时间：2026年9月12日"], len(columns))
            fill(sheet, columns, other)
            sheet.add(["合计", f"{len(other)}人"])
            sheet.add(["填表人：李老师    审核人：        单位（盖章）"], len(columns))
            written.append((write(base / "初中花名册" / "青石区初中（含九年一贯制）", "xlsx", [sheet]), len(other)))
        else:
            for n, school in enumerate(schools):
                written.append(
                    write_school_roll(rng, school, by_school[school.code], base, n, district == districts[1])
                )
    return written


def write_school_roll(
    rng: Random, school: School, rows: list[Row], base: Path, n: int, first: bool
) -> tuple[Path, int]:
    """One school's own register, in one of six manners."""
    manner = (n + (0 if first else 3)) % 6
    if manner in (0, 3):
        columns, sheets = roll_columns("roster"), []
        if manner == 3:
            columns.insert(1, ("学校", lambda r: r["school"].name))  # type: ignore[attr-defined]
        columns = reworded(rng, columns)
        for grade in school.grades:
            part = [r for r in rows if r["grade"] == grade]
            sheet = Sheet(grade_word(grade, "cn"))
            sheet.add([f"{school.name}学生花名册（{grade_word(grade, 'cn')}）"], len(columns))
            fill(sheet, columns, part, 40 if manner == 3 else 0)
            sheet.add(["合计", f"共{len(part)}人"])
            sheets.append(sheet)
        return write(base / f"{school.name}学籍花名册", "xls" if manner == 3 else "xlsx", sheets), len(rows)
    if manner == 1:
        sheet = Sheet("x")
        fill(sheet, reworded(rng, roll_columns("simple")), rows)
        return write(base / f"{school_name(school, 'short')}", "csv_gb18030", [sheet]), len(rows)
    if manner == 2:
        sheet = Sheet("学籍信息")
        fill(sheet, reworded(rng, roll_columns("vendor")), rows)
        return write(base / f"学生信息_{school.code}", rng.choice(("html", "html_gbk")), [sheet]), len(rows)
    if manner == 4:
        sheet = Sheet("Sheet1")
        columns = roll_columns("simple")
        sheet.add(["附件2："])
        sheet.add(["义务教育阶段学生学籍信息表"], len(columns))
        sheet.add(["说明：1.身份证号请认真核对；2.无身份证的学生请注明。"], len(columns))
        fill(sheet, columns, rows)
        as_numbers(sheet, "身份证号")
        for row in rows:
            row["typed_as_number"] = True
        return write(base / f"附件2 {school.name}", "xlsx", [sheet]), len(rows)
    sheet = Sheet("export")
    fill(sheet, reworded(rng, roll_columns("vendor")), rows)
    return write(base / f"{school.code}", "csv_bom", [sheet]), len(rows)


def household_columns(dialect: str) -> list[Column]:
    def town(r):
        return TOWNS[str(r["district"])][int(str(r["town"]))]

    def village(r):
        return VILLAGES[int(str(r["village"]))]

    def station(r):
        return town(r).removesuffix("街道").rstrip("镇乡") + "派出所"

    def code(r):
        return f"{r['district']}{int(str(r['town'])) + 1:03d}{int(str(r['village'])) + 201:03d}"

    if dialect == "police":
        return [
            ("户号", lambda r: r["household_no"]),
            ("户主姓名", lambda r: guardian(r, 0, 1)),
            ("户主身份号码", lambda r: guardian(r, 0, 2)),
            ("与户主关系", lambda r: "子" if r["sex"] == 1 else "女"),
            ("姓名", lambda r: r["name"]),
            ("曾用名", lambda r: r["former_name"]),
            ("性别", lambda r: sex(r, "words")),
            ("民族", lambda r: r["nation"]),
            ("出生日期", lambda r: day(r, "birth", "compact")),
            ("公民身份号码", lambda r: r["id_number"]),
            ("户籍地址", lambda r: r["address"]),
            ("乡镇街道", town),
            ("社区/村", village),
            ("派出所", station),
            ("监护人一姓名", lambda r: guardian(r, 0, 1)),
            ("监护人一公民身份号码", lambda r: guardian(r, 0, 2)),
            ("监护人二姓名", lambda r: guardian(r, 1, 1)),
            ("监护人二公民身份号码", lambda r: guardian(r, 1, 2)),
            ("联系电话", lambda r: guardian(r, 0, 3)),
            ("迁出/注销日期", lambda r: day(r, "cancelled_on", "compact")),
            ("迁出/注销原因", lambda r: r["cancelled"]),
            ("数据日期", lambda r: "20260831"),
        ]
    if dialect == "station":
        return [
            ("序号", lambda r: None),
            ("公民身份证号码", lambda r: r["id_number"]),
            ("姓名", lambda r: r["name"]),
            ("性别", lambda r: sex(r, "long")),
            ("出生年月日", lambda r: day(r, "birth", "words")),
            ("所属派出所", station),
            ("户籍所在乡镇（街道）", town),
            ("村（居）委会", village),
            ("户籍详址", lambda r: r["address"]),
            ("户主", lambda r: guardian(r, 0, 1)),
            ("监护人", lambda r: guardian(r, 1, 1)),
            ("监护人身份证", lambda r: guardian(r, 1, 2)),
            ("电话", lambda r: guardian(r, 1, 3)),
            ("注销原因", lambda r: {"死亡": "死亡注销"}.get(str(r["cancelled"]), r["cancelled"])),
            ("注销时间", lambda r: day(r, "cancelled_on", "dash")),
        ]
    return [
        ("人员姓名", lambda r: r["name"]),
        ("性别代码", lambda r: sex(r, "codes")),
        ("出生日期", lambda r: day(r, "birth", "dash")),
        ("身份号码", lambda r: r["id_number"]),
        ("民族", lambda r: r["nation"]),
        ("户籍地区划", code),
        ("所属乡镇街道", town),
        ("户籍地址", lambda r: r["address"]),
        ("户号", lambda r: r["household_no"]),
        ("父亲姓名", lambda r: guardian(r, 0, 1)),
        ("父亲身份号码", lambda r: guardian(r, 0, 2)),
        ("母亲姓名", lambda r: guardian(r, 1, 1)),
        ("母亲身份号码", lambda r: guardian(r, 1, 2)),
        ("人员状态", lambda r: r["cancelled"] or "正常"),
        ("状态变更日期", lambda r: day(r, "cancelled_on", "dash")),
    ]


def write_household(rng: Random, city: City, inbox: Path, folders: dict[str, str]) -> list[tuple[Path, int]]:
    written: list[tuple[Path, int]] = []
    rows = sorted(city.household, key=lambda r: hash_of(str(r["person"])) % 9973)
    for n, (district, district_name) in enumerate(DISTRICTS.items()):
        own, base = [r for r in rows if r["district"] == district], inbox / district / folders[district]
        by_town: dict[int, list[Row]] = defaultdict(list)
        for row in own:
            by_town[int(str(row["town"]))].append(row)
        if n == 0:
            sheet, columns = Sheet("数据"), reworded(rng, household_columns("police"))
            sheet.add([f"{district_name}适龄人口信息（2010年9月1日至2023年8月31日出生）"], len(columns))
            sheet.add(["数据来源：公安人口信息系统　　提取时间：2026年8月31日"], len(columns))
            fill(sheet, columns, own)
            written.append((write(base / "青石分局适龄人口数据", "xlsx", [sheet]), len(own)))
        elif n == 1:
            for town, part in sorted(by_town.items()):
                sheet = Sheet("常住人口")
                fill(sheet, reworded(rng, household_columns("station")), part)
                name = TOWNS[district][town].removesuffix("街道").rstrip("镇") + "派出所"
                written.append(
                    (
                        write(
                            base / name / f"{name}学龄儿童",
                            ("csv_gb18030", "xls", "html_gbk", "tsv_utf16")[town % 4],
                            [sheet],
                        ),
                        len(part),
                    )
                )
        else:
            sheets = []
            for town, part in sorted(by_town.items()):
                sheet, columns = Sheet(TOWNS[district][town]), reworded(rng, household_columns("county"))
                sheet.add([f"{TOWNS[district][town]}户籍适龄儿童少年名单"], len(columns))
                fill(sheet, columns, part, 60)
                sheet.add(["合计", f"{len(part)}人"])
                sheets.append(sheet)
            written.append((write(base / "白河县公安局户籍数据", "xlsx", sheets), len(own)))
    return written


def write_others(
    rng: Random, city: City, inbox: Path, folders: dict[str, dict[str, str]]
) -> list[tuple[Path, int, str]]:
    """Vocational rosters, exemptions and priority groups."""
    written: list[tuple[Path, int, str]] = []
    first, second = list(DISTRICTS)[:2]
    columns: list[Column] = [
        ("序号", lambda r: None),
        ("姓名", lambda r: r["name"]),
        ("性别", lambda r: sex(r, "words")),
        ("身份证号", lambda r: r["id_number"]),
        ("出生日期", lambda r: day(r, "birth", "dots")),
        ("专业", lambda r: r["major"]),
        ("年级", lambda r: "2026级"),
        ("班级", lambda r: str(r["major"])[:2] + "1班"),
        ("原初中学校", lambda r: r["school"].name if r["school"] else ""),
        ("学籍状态", lambda r: "在读"),
        ("入学时间", lambda r: "2026.9"),
    ]
    for n, district in enumerate((first, second)):
        part = city.vocational[n::2]
        name = ("云栖市职业技术学校", "望海区中等职业学校")[n]
        sheet = Sheet("花名册")
        sheet.add([f"{name}2026年秋季在校学生花名册"], len(columns))
        fill(sheet, columns, part)
        written.append(
            (
                write(
                    inbox / district / folders["vocational"][district] / f"{name}花名册", ("xlsx", "xls")[n], [sheet]
                ),
                len(part),
                "vocational",
            )
        )
    for n, (district, name) in enumerate(DISTRICTS.items()):
        part = [r for r in city.exempt if r["district"] == district]
        if not part:
            continue
        columns = [
            ("序号", lambda r: None),
            ("儿童姓名", lambda r: r["name"]),
            ("性别", lambda r: sex(r, "words")),
            ("出生日期", lambda r: day(r, "birth", "words")),
            ("身份证号码", lambda r: r["id_number"]),
            (("申请事项", "类别", "豁免类型")[n], lambda r: r["what"]),
            ("批准文号", lambda r: f"云教审〔2026〕{hash_of(str(r['person'])) % 90 + 1}号"),
            (("批准日期", "起始日期", "开始日期")[n], lambda r: day(r, "start", "dash")),
            (("截止日期", "终止日期", "结束日期")[n], lambda r: day(r, "end", "dash")),
            ("监护人姓名", lambda r: r["guardian"][1]),
            ("监护人电话", lambda r: r["guardian"][3]),
            ("家庭住址", lambda r: r["address"]),
        ]
        sheet = Sheet("Sheet1")
        sheet.add([f"{name}延缓入学、休学、送教上门等学生备案表"], len(columns))
        fill(sheet, columns, part)
        sheet.add([f"审核人：          {name}教育局（章）"], len(columns))
        written.append(
            (
                write(inbox / district / folders["exempt"][district] / "备案表", ("xlsx", "xls", "html")[n], [sheet]),
                len(part),
                "exempt",
            )
        )
    poor = [
        r for r in city.household if r["district"] == first and hash_of(str(r["person"])) % 37 == 0 and r["id_number"]
    ]
    columns = [
        ("户主姓名", lambda r: guardian(r, 0, 1)),
        ("成员姓名", lambda r: r["name"]),
        ("证件号码", lambda r: r["id_number"]),
        ("性别", lambda r: sex(r, "words")),
        ("出生日期", lambda r: day(r, "birth", "dash")),
        ("人群类别", lambda r: "脱贫户"),
        ("家庭地址", lambda r: r["address"]),
    ]
    sheet = Sheet("脱贫户")
    fill(sheet, columns, poor)
    written.append(
        (write(inbox / first / folders["priority"][first] / "脱贫户子女名单", "xlsx", [sheet]), len(poor), "priority")
    )
    return written
