"""The invented city: districts, schools, families, and what is true of every child in September 2026."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.foreign import names
from tests.foreign.identifiers import Numbers
from tests.foreign.profiles import PROFILES

CITY = "云栖市"
DISTRICTS = {"980101": "青石区", "980102": "望海区", "980121": "白河县"}
OUTSIDE = ("980704", "981122", "983301", "985225", "987003")
TOWNS = {
    "980101": ("石桥街道", "长宁街道", "柳林街道", "龙泉镇"),
    "980102": ("海星街道", "东港街道", "盐田镇", "望江镇"),
    "980121": ("城关镇", "双河镇", "大坪乡", "马鞍乡", "红土镇"),
}
VILLAGES = ("新建", "和平", "前进", "三合", "柳树", "石门", "青龙", "大湾")
PRIMARY = (
    "实验小学",
    "第一小学",
    "第二小学",
    "第三小学",
    "{town}中心小学",
    "{town}希望小学",
    "育才小学",
    "师范附属小学",
    "逸夫小学",
    "{town}完全小学",
    "红旗小学",
)
JUNIOR = ("第一中学", "第二中学", "{town}初级中学", "外国语学校（初中部）", "第四中学", "{town}中学")
NINE = ("{town}九年一贯制学校", "育英学校")

DAYS = [date(2026, 9, d) for d in range(1, 31)]
WEEKDAYS = [d for d in DAYS if d.weekday() < 5 and d.day != 25]
FIRST_BIRTH, LAST_BIRTH = date(2011, 9, 1), date(2020, 8, 31)
FINDINGS = (
    "absent_from_school",
    "suspected_dropout",
    "not_enrolled",
    "attends_elsewhere",
    "attends_unregistered",
    "duplicate_registration",
    "identity_mismatch",
    "missing_id_number",
    "dropout_risk",
)


@dataclass
class School:
    code: str
    name: str
    district: str
    kind: str
    grades: range
    classes: dict[int, int]
    make_up_day: bool = True
    delivers: bool = True
    missing_classes: set[tuple[int, int]] = field(default_factory=set)
    profile: dict = field(default_factory=dict)
    town: str = ""

    @property
    def profile_numbers(self) -> bool:
        """Whether its attendance sheets carry a number that identifies a pupil."""
        return self.profile["number"] in ("id", "national")

    @property
    def days(self) -> list[date]:
        return sorted([*WEEKDAYS, date(2026, 9, 20)]) if self.make_up_day else WEEKDAYS

    def seen(self, grade: int, class_no: int) -> bool:
        return self.delivers and (grade, class_no) not in self.missing_classes


@dataclass
class Mark:
    """A pupil's row on a class sheet: one letter per school day and half day (P S L U T E)."""

    name: str
    id_number: str
    school: School
    grade: int
    class_no: int
    halves: list[tuple[str, str]]
    note: str = ""
    person: str = ""


@dataclass
class Person:
    key: str
    name: str
    sex: int
    birth: date
    id_number: str
    district: str
    town: int
    village: int
    family: int
    address: str
    guardians: list[tuple[str, str, str, str]]
    migrant: bool = False
    nation: str = "汉族"
    former_name: str = ""
    left_behind: bool = False
    school: School | None = None
    grade: int = 0
    class_no: int = 0
    kinds: list[str] = field(default_factory=list)
    expected: dict[str, str] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    births: set[date] = field(default_factory=set)
    places: set[tuple[str, int, int]] = field(default_factory=set)

    def ignore(self, *findings: str) -> None:
        self.ignored.update(findings or FINDINGS)

    @property
    def hukou(self) -> str:
        return f"{self.district}{self.town + 1:03d}{self.village + 201:03d}"


Row = dict[str, object]


@dataclass
class City:
    schools: list[School]
    people: list[Person]
    registry: list[Row]
    household: list[Row]
    marks: list[Mark]
    vocational: list[Row]
    exempt: list[Row]


def grade_of(birth: date) -> int:
    start = birth.year + 6 + (1 if (birth.month, birth.day) > (8, 31) else 0)
    return 2026 - start + 1


class Founder:
    """Invents the city from one seed."""

    def __init__(self, children: int, seed: int) -> None:
        self.rng, self.children = Random(seed), children
        self.numbers = Numbers(self.rng)
        self.people: list[Person] = []
        self.registry: list[Row] = []
        self.household: list[Row] = []
        self.marks: list[Mark] = []
        self.vocational: list[Row] = []
        self.exempt: list[Row] = []
        self.schools: list[School] = []

    # schools ------------------------------------------------------------------------------------------------------

    def build_schools(self) -> None:
        rng, wanted = self.rng, max(15, self.children // 150)
        serial = defaultdict(lambda: 100 + rng.randrange(50))
        used: set[str] = set()
        codes = list(DISTRICTS)
        for n in range(wanted):
            district = codes[n % 3]
            kind = "nine" if n % 10 == 8 else "junior" if n % 10 in (2, 4, 6) else "primary"
            pattern = {"nine": NINE, "junior": JUNIOR, "primary": PRIMARY}[kind]
            choices = [(p, t) for p in pattern for t in (TOWNS[district] if "{" in p else ("",))]
            rng.shuffle(choices)
            choices.sort(key=lambda c: bool(c[1]))
            for p, town in choices:
                base = p.format(town=town.rstrip("镇乡").removesuffix("街道"))
                if DISTRICTS[district] + base not in used:
                    break
            else:
                base, town = (
                    f"第{'一二三四五六七八九十'[n // 10 % 10]}{'一二三四五六七八九十'[n % 10]}{'小学' if kind == 'primary' else '学校'}",
                    "",
                )
                while DISTRICTS[district] + base in used:
                    base = "新" + base
            used.add(DISTRICTS[district] + base)
            serial[kind] += rng.randrange(1, 9)
            prefix = {"nine": "31", "junior": "31", "primary": "21"}[kind]
            code = f"{prefix}98{n:03d}{serial[kind]:03d}"
            grades = {"nine": range(1, 10), "junior": range(7, 10), "primary": range(1, 7)}[kind]
            per = {"nine": 1, "junior": 3, "primary": rng.choice((1, 1, 2))}[kind]
            self.schools.append(
                School(
                    code,
                    CITY + DISTRICTS[district] + base,
                    district,
                    kind,
                    grades,
                    dict.fromkeys(grades, per),
                    rng.random() < 0.7,
                    town=town,
                )
            )
        profiles = rng.sample(PROFILES, len(PROFILES))
        base = next(s for s in self.schools if s.kind == "primary")
        twin = School(
            f"2198990{rng.randrange(100, 999)}",
            base.name + "（东校区）",
            base.district,
            "primary",
            range(1, 7),
            dict.fromkeys(range(1, 7), 1),
            True,
        )
        self.schools.append(twin)
        for n, school in enumerate(self.schools):
            school.profile = profiles[n % len(profiles)]
            if school.kind == "nine" and school.profile.get("stage_bound"):
                school.profile = PROFILES[0]

    # people -------------------------------------------------------------------------------------------------------

    def person(
        self, family: int, surname: str, birth: date, sex: int, like: Person | None, twin: Person | None = None
    ) -> Person:
        rng = self.rng
        if like is None:
            district = rng.choice(list(DISTRICTS))
            migrant = rng.random() < 0.12
            town, village = rng.randrange(len(TOWNS[district])), rng.randrange(len(VILLAGES))
            road = rng.choice(
                ("人民路", "解放街", "滨河路", "幸福巷", "建设路", f"{VILLAGES[village]}村{rng.randrange(1, 9)}组")
            )
            address = f"{CITY}{DISTRICTS[district]}{TOWNS[district][town]}{road}{rng.randrange(1, 300)}号"
            guardians = []
            for role, parent_sex in (("父亲", 1), ("母亲", 2)):
                region = rng.choice(OUTSIDE) if migrant else district
                born = date(rng.randrange(1975, 1993), rng.randrange(1, 13), rng.randrange(1, 29))
                name = (surname if parent_sex == 1 else names.surname(rng)) + names.given(rng, parent_sex)
                guardians.append(
                    (
                        role,
                        name,
                        self.numbers.new(region, born, parent_sex),
                        f"1{rng.choice('35789')}0000{rng.randrange(10**5):05d}",
                    )
                )
        else:
            district, migrant, town, village, address, guardians = (
                like.district,
                like.migrant,
                like.town,
                like.village,
                like.address,
                like.guardians,
            )
        region = rng.choice(OUTSIDE) if migrant else (district if rng.random() < 0.92 else rng.choice(list(DISTRICTS)))
        if twin:
            region = twin.id_number[:6]
        is_minority = like.nation != "汉族" if like else rng.random() < 0.025
        name = names.minority(rng) if is_minority else surname + names.given(rng, sex)
        if twin and not is_minority:
            family_name, first = names.parts(twin.name)
            fresh = rng.choice([c for c in (names.BOYS if sex == 1 else names.GIRLS) if c not in twin.name])
            name = family_name + first[:-1] + fresh
        p = Person(
            f"P{len(self.people) + 1:06d}",
            name,
            sex,
            birth,
            self.numbers.new(region, birth, sex, twin.id_number if twin else ""),
            district,
            town,
            village,
            family,
            address,
            guardians,
            migrant,
            rng.choice(("维吾尔族", "哈萨克族")) if is_minority else "汉族",
        )
        p.left_behind = like.left_behind if like else (district == "980121" and rng.random() < 0.2)
        self.people.append(p)
        return p

    def build_people(self) -> None:
        rng, span = self.rng, (LAST_BIRTH - FIRST_BIRTH).days
        of_age, family = 0, 0
        for edge in (LAST_BIRTH, LAST_BIRTH + timedelta(1), FIRST_BIRTH, FIRST_BIRTH - timedelta(1)):
            for _ in range(3):
                family += 1
                self.person(family, names.surname(rng), edge, rng.choice((1, 2)), None)
        while of_age < self.children:
            family += 1
            surname, first, members = names.surname(rng), None, rng.choices((1, 2, 3), (55, 37, 8))[0]
            birth = FIRST_BIRTH + timedelta(rng.randrange(-700, span + 700))
            for _ in range(members):
                sex = rng.choice((1, 2))
                p = self.person(family, surname, birth, sex, first)
                first = first or p
                of_age += FIRST_BIRTH <= p.birth <= LAST_BIRTH
                if rng.random() < 0.015:
                    t = self.person(family, surname, birth, sex if rng.random() < 0.7 else 3 - sex, p, p)
                    t.kinds.append("twin")
                    p.kinds.append("twin")
                    of_age += FIRST_BIRTH <= p.birth <= LAST_BIRTH
                birth += timedelta(rng.randrange(400, 2200))
                if birth > date(2023, 8, 1):
                    break

    def place(self, p: Person, grade: int) -> None:
        rng = self.rng
        district = p.district if rng.random() < 0.96 else rng.choice(list(DISTRICTS))
        options = [s for s in self.schools if grade in s.grades and s.district == district] or [
            s for s in self.schools if grade in s.grades
        ]
        chosen = options[(p.family * 7 + p.town) % len(options)]
        p.school, p.grade, p.class_no = chosen, grade, rng.randrange(chosen.classes[grade]) + 1

    # records ------------------------------------------------------------------------------------------------------

    def enrol(self, p: Person, school: School | None = None, class_no: int = 0, **changes: object) -> Row:
        rng, at = self.rng, school or p.school
        assert at is not None
        first_grade = 7 if at.kind == "junior" else 1
        entered = 2026 - (p.grade - first_grade)
        row: Row = {
            "person": p.key,
            "school": at,
            "grade": p.grade,
            "class_no": class_no or p.class_no,
            "name": p.name,
            "former_name": p.former_name,
            "sex": p.sex,
            "birth": p.birth,
            "nation": p.nation,
            "id_number": p.id_number,
            "student_no": "G" + p.id_number,
            "id_kind": "居民身份证",
            "hukou": (p.id_number[:6] + "002203") if p.migrant else p.hukou,
            "entered": date(entered, 9, 1),
            "mode": rng.choice(("走读", "走读", "住校")),
            "status": "在读",
            "address": p.address,
            "guardians": p.guardians,
            "migrant": p.migrant,
            "left_behind": p.left_behind,
        }
        row.update(changes)
        self.registry.append(row)
        self.note(p, row)
        p.places.add((at.code, p.grade, int(str(row["class_no"]))))
        return row

    def settle(self, p: Person, **changes: object) -> Row:
        row: Row = {
            "person": p.key,
            "district": p.district,
            "town": p.town,
            "village": p.village,
            "household_no": f"{p.district[-3:]}{p.family:07d}",
            "name": p.name,
            "former_name": p.former_name,
            "sex": p.sex,
            "birth": p.birth,
            "nation": p.nation,
            "id_number": p.id_number,
            "address": p.address,
            "guardians": p.guardians,
            "cancelled": "",
            "cancelled_on": None,
        }
        row.update(changes)
        self.household.append(row)
        self.note(p, row)
        return row

    def note(self, p: Person, row: Row) -> None:
        p.names.add(str(row["name"]))
        if row["id_number"]:
            p.ids.add(str(row["id_number"]))
        if isinstance(row["birth"], date):
            p.births.add(row["birth"])

    def halves(self, school: School, pattern: str) -> list[tuple[str, str]]:
        """A month of marks: ordinary days with the noise of ordinary life, then the pattern of the kind of child."""
        rng, days = self.rng, school.days
        marks = [("P", "P")] * len(days)
        if (
            pattern in ("ordinary", "risk_scattered", "below_risk", "dropout", "risk_run", "risk_tail")
            and rng.random() < 0.12
        ):
            at, kind = rng.randrange(len(days)), rng.choice("SSLTE")
            for step in range(rng.choice((1, 1, 2, 3)) if kind in "SL" else 1):
                if at + step < len(days):
                    marks[at + step] = {"T": ("T", "P"), "E": ("P", "E")}.get(
                        kind, ((kind, kind) if rng.random() < 0.8 else (kind, "P"))
                    )
        if pattern == "dropout":
            start = len(days) - rng.choice((5, 5, 6, 7, 8, 10, 12, 15, 18))
            marks[start:] = [("U", "U")] * (len(days) - start)
        elif pattern == "never":
            marks = [("U", "U")] * len(days)
        elif pattern == "sick":
            marks = [("S", "S")] * len(days)
        elif pattern == "long_leave":
            start = rng.randrange(0, 8)
            marks[start : start + 9] = [("L", "L")] * 9
            marks = marks[: len(days)]
        elif pattern == "risk_run":
            start = rng.randrange(2, len(days) - 6)
            marks[start : start + 3] = [("U", "U")] * 3
        elif pattern == "risk_tail":
            marks[-4:] = [("U", "U")] * 4
        elif pattern == "risk_scattered":
            for at in rng.sample(range(0, len(days), 2), rng.choice((3, 4, 5))):
                marks[at] = ("U", "U")
        elif pattern == "below_risk":
            for at in rng.sample(range(0, len(days), 2), rng.choice((1, 2))):
                marks[at] = ("U", "U")
        return marks

    def attend(self, p: Person, pattern: str, school: School | None = None, class_no: int = 0, note: str = "") -> Mark:
        at = school or p.school
        assert at is not None
        mark = Mark(p.name, p.id_number, at, p.grade, class_no or p.class_no, self.halves(at, pattern), note, p.key)
        self.marks.append(mark)
        p.places.add((at.code, p.grade, mark.class_no))
        return mark
