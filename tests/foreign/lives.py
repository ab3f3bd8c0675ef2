"""What happens to each child, and so which records of it exist and which findings are true of it."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from tests.foreign import names
from tests.foreign.identifiers import check, full_width, masked, one_digit_wrong, one_lost, truncated
from tests.foreign.people import DISTRICTS, FIRST_BIRTH, LAST_BIRTH, City, Founder, Person, Row, School, grade_of

SHARES = {
    "dropout": 0.009,
    "never_came": 0.008,
    "never_came_listed": 0.004,
    "elsewhere": 0.011,
    "elsewhere_listed": 0.003,
    "unregistered_local": 0.007,
    "unregistered_migrant": 0.006,
    "two_rolls": 0.007,
    "two_rolls_no_number": 0.001,
    "not_enrolled": 0.013,
    "vocational": 0.006,
    "delayed": 0.003,
    "suspended": 0.004,
    "suspended_by_list": 0.002,
    "taught_at_home": 0.003,
    "abroad_by_list": 0.002,
    "abroad_by_police": 0.002,
    "dead_by_police": 0.003,
    "moved_by_police": 0.007,
    "double_marked": 0.004,
    "double_unmarked": 0.004,
    "sick_all_month": 0.005,
    "long_leave": 0.01,
    "risk_run": 0.009,
    "risk_scattered": 0.008,
    "risk_tail": 0.003,
    "below_risk": 0.015,
    "moved_school": 0.006,
    "gone_from_roll": 0.002,
    "lapsed_delay": 0.001,
    "unknown_mark": 0.001,
}
PATTERNS = {"dropout", "risk_run", "risk_scattered", "risk_tail", "below_risk", "long_leave"}


class Lives(Founder):
    def found(self) -> City:
        self.build_schools()
        self.build_people()
        self.choose_missing_deliveries()
        plan = self.plan()
        self.busy = Counter(p.name for p in self.people)
        for p in self.people:
            kind = plan.get(p.key, "")
            p.kinds.append(kind or "ordinary")
            self.live(p, kind)
        self.break_numbers()
        self.break_identities()
        self.break_sheet_names()
        self.ignore_namesakes()
        return City(self.schools, self.people, self.registry, self.household, self.marks, self.vocational, self.exempt)

    def choose_missing_deliveries(self) -> None:
        rng = self.rng
        plain = [s for s in self.schools if "实验" not in s.name]
        for school in rng.sample(plain, max(2, len(plain) // 12)):
            school.delivers = False
        for school in rng.sample([s for s in plain if s.delivers], max(3, len(plain) // 8)):
            grade = rng.choice(list(school.grades))
            school.missing_classes.add((grade, rng.randrange(school.classes[grade]) + 1))

    def plan(self) -> dict[str, str]:
        rng, plan = self.rng, {}
        of_age = [p for p in self.people if FIRST_BIRTH <= p.birth <= LAST_BIRTH]
        rng.shuffle(of_age)
        locals_, migrants = [p for p in of_age if not p.migrant], [p for p in of_age if p.migrant]
        for kind, share in SHARES.items():
            pool: list[Person] = migrants if kind == "unregistered_migrant" else locals_

            def fits(p: Person) -> bool:
                return True

            if kind in ("delayed", "lapsed_delay"):

                def fits(p):
                    return grade_of(p.birth) == 1
            elif kind == "vocational":

                def fits(p):
                    return grade_of(p.birth) >= 8

            wanted = max(2, round(share * self.children))
            for p in [p for p in pool if p.key not in plan and fits(p)][:wanted]:
                plan[p.key] = kind
        return plan

    def seen_school(self, grade: int, other_than: School) -> tuple[School, int]:
        """A class of the grade at another school that delivered its sheet."""
        options = [
            (s, c)
            for s in self.schools
            if s is not other_than and grade in s.grades
            for c in range(1, s.classes[grade] + 1)
            if s.seen(grade, c)
        ]
        near = [(s, c) for s, c in options if s.district == other_than.district]
        return self.rng.choice(near if near and self.rng.random() < 0.7 else options)

    def live(self, p: Person, kind: str) -> None:
        grade = grade_of(p.birth)
        if not 1 <= grade <= 9:
            self.out_of_age(p, grade)
            return
        if p.birth.month in (9, 10) and grade > 1 and self.rng.random() < 0.02:
            grade -= 1
        self.place(p, grade)
        assert p.school is not None
        tell = getattr(self, "_" + kind, None)
        if tell:
            tell(p)
            return
        if not p.migrant:
            self.settle(p)
        self.enrol(p)
        seen = p.school.seen(p.grade, p.class_no)
        mark = self.attend(p, kind if kind in PATTERNS else "ordinary")
        if not seen:
            p.kinds.append("no_delivery")
        elif kind == "dropout":
            p.expected.update(absent_from_school="", suspected_dropout="")
        elif kind in ("risk_run", "risk_scattered", "risk_tail"):
            p.expected["dropout_risk"] = ""
        elif kind == "long_leave":
            mark.note = self.rng.choice(("家中有事", "回老家", "事假", ""))

    def out_of_age(self, p: Person, grade: int) -> None:
        if p.migrant:
            return
        self.settle(p)
        if grade == 10 and self.rng.random() < 0.25:
            self.place(p, 9)
            self.enrol(p)
            self.attend(p, "ordinary")
            p.kinds.append("over_age_in_grade_9")
        elif grade >= 10 and self.rng.random() < 0.2:
            self.vocational.append(self.vocational_row(p))
        else:
            p.kinds.append("out_of_age")

    # one method for each kind of life -----------------------------------------------------------------------------

    def _never_came(self, p: Person) -> None:
        self.settle(p)
        self.enrol(p)
        if self.ensure_seen(p):
            p.expected.update(absent_from_school="", suspected_dropout="")

    def _never_came_listed(self, p: Person) -> None:
        self._never_came(p)
        self.attend(p, "never", note=self.rng.choice(("", "未报到", "联系不上")))

    def ensure_seen(self, p: Person) -> bool:
        assert p.school is not None
        seen = p.school.seen(p.grade, p.class_no)
        if not seen:
            p.kinds.append("no_delivery")
        return seen

    def _unknown_mark(self, p: Person) -> None:
        self.settle(p)
        self.enrol(p)
        mark = self.attend(p, "ordinary")
        mark.halves[4:8] = [("?", "?")] * 4
        p.ignore("absent_from_school", "suspected_dropout", "dropout_risk")

    def _elsewhere(self, p: Person, listed: bool = False) -> None:
        assert p.school is not None
        self.settle(p)
        self.enrol(p)
        school, class_no = self.seen_school(p.grade, p.school)
        self.attend(p, "ordinary", school, class_no)
        if self.ensure_seen(p):
            p.expected.update(absent_from_school="", attends_elsewhere="")
        else:
            p.expected["attends_elsewhere"] = ""
            p.ignore("absent_from_school")
        if not school.profile_numbers:
            p.kinds.append("names_only")
            if self.busy[p.name] > 1:
                p.ignore()
            elif listed or not p.school.seen(p.grade, p.class_no):
                p.ignore("absent_from_school", "attends_elsewhere")
        elif school.district != p.school.district:
            p.kinds.append("other_district")

    def _elsewhere_listed(self, p: Person) -> None:
        self._elsewhere(p, listed=True)
        self.attend(p, "never")

    def _unregistered_local(self, p: Person) -> None:
        assert p.school is not None
        self.settle(p)
        p.school, p.class_no = self.seen_school(p.grade, p.school)
        self.attend(p, "ordinary")
        p.expected["attends_unregistered"] = ""
        if not p.school.profile_numbers:
            p.kinds.append("names_only")
            p.ignore()

    def _unregistered_migrant(self, p: Person) -> None:
        assert p.school is not None
        p.school, p.class_no = self.seen_school(p.grade, p.school)
        self.attend(p, "ordinary")
        p.expected["attends_unregistered"] = ""
        p.ignore("missing_id_number")
        if not p.school.profile_numbers:
            p.kinds.append("names_only")
            if self.busy[p.name] > 1:
                p.ignore()

    def _two_rolls(self, p: Person, **changes: object) -> None:
        assert p.school is not None
        self.settle(p)
        self.enrol(p)
        school, class_no = self.seen_school(p.grade, p.school)
        self.enrol(p, school, class_no, **changes)
        self.attend(p, "ordinary", school, class_no)
        p.expected["duplicate_registration"] = ""
        p.ignore("absent_from_school", "attends_elsewhere")

    def _two_rolls_no_number(self, p: Person) -> None:
        self._two_rolls(p, id_number="", student_no="", id_kind="其他")
        p.ignore()

    def _not_enrolled(self, p: Person) -> None:
        self.settle(p)
        p.expected["not_enrolled"] = ""

    def _lapsed_delay(self, p: Person) -> None:
        self._not_enrolled(p)
        self.excuse(p, "延缓入学", date(2025, 8, 20), date(2026, 7, 31))

    def _vocational(self, p: Person) -> None:
        self.settle(p)
        self.enrol(p)
        self.vocational.append(self.vocational_row(p))

    def vocational_row(self, p: Person) -> Row:
        return {
            "person": p.key,
            "name": p.name,
            "sex": p.sex,
            "birth": p.birth,
            "id_number": p.id_number,
            "school": p.school,
            "major": self.rng.choice(("汽车运用与维修", "计算机应用", "幼儿保育", "中餐烹饪", "电子商务")),
        }

    def excuse(self, p: Person, what: str, start: date | None = None, end: date | None = None) -> None:
        self.exempt.append(
            {
                "person": p.key,
                "name": p.name,
                "sex": p.sex,
                "birth": p.birth,
                "id_number": p.id_number,
                "district": p.district,
                "what": what,
                "start": start or date(2026, 8, self.rng.randrange(10, 30)),
                "end": end or date(2027, 7, 31),
                "guardian": p.guardians[0],
                "school": p.school,
                "address": p.address,
            }
        )

    def _delayed(self, p: Person) -> None:
        self.settle(p)
        self.excuse(p, "延缓入学")

    def _suspended(self, p: Person) -> None:
        self.settle(p)
        self.enrol(p, status="休学")

    def _suspended_by_list(self, p: Person) -> None:
        self.settle(p)
        self.enrol(p)
        self.excuse(p, "休学")

    def _taught_at_home(self, p: Person) -> None:
        self.settle(p)
        listed = self.rng.random() < 0.5
        self.enrol(p, mode="走读" if listed else "送教上门")
        if listed:
            self.excuse(p, "送教上门")

    def _abroad_by_list(self, p: Person) -> None:
        self.settle(p)
        self.excuse(p, self.rng.choice(("出国（境）", "出国")))

    def _abroad_by_police(self, p: Person) -> None:
        self.settle(p, cancelled="出国", cancelled_on=date(2025, 11, 3))

    def _dead_by_police(self, p: Person) -> None:
        self.settle(p, cancelled="死亡", cancelled_on=date(2026, 2, 14))

    def _moved_by_police(self, p: Person) -> None:
        self.settle(p, cancelled="迁出", cancelled_on=date(2026, self.rng.randrange(1, 8), 20))

    def _double(self, p: Person, marked: bool) -> None:
        self.settle(p)
        other = self.rng.choice([d for d in DISTRICTS if d != p.district])
        self.settle(
            p,
            district=other,
            town=0,
            household_no=f"{other[-3:]}9{p.family:06d}",
            **({"cancelled": "重户", "cancelled_on": date(2026, 5, 6)} if marked else {}),
        )
        self.enrol(p)
        self.attend(p, "ordinary")

    def _double_marked(self, p: Person) -> None:
        self._double(p, True)

    def _double_unmarked(self, p: Person) -> None:
        self._double(p, False)
        p.ignore("duplicate_registration")

    def _sick_all_month(self, p: Person) -> None:
        self.settle(p)
        self.enrol(p)
        self.attend(p, "sick", note=self.rng.choice(("住院", "因病在家休养", "")))

    def _moved_school(self, p: Person) -> None:
        """Moved within the city: the old roll keeps the row as moved out, the new one has the pupil."""
        assert p.school is not None
        old, old_class = p.school, p.class_no
        new, class_no = self.seen_school(p.grade, old)
        self.settle(p)
        self.enrol(p, old, old_class, status="转出")
        p.school, p.class_no = new, class_no
        self.enrol(p)
        self.attend(p, "ordinary")

    def _gone_from_roll(self, p: Person) -> None:
        """A roll row of a pupil who is no longer one: left the country; the household row says the same."""
        self.settle(p, cancelled="出国", cancelled_on=date(2026, 3, 3))
        self.enrol(p, status="出国")

    # what clerks do to records ------------------------------------------------------------------------------------

    def break_numbers(self) -> None:
        """Numbers that are missing or arrive broken in the registry, and a few missing in the household register."""
        rng, known = self.rng, {p.key: p for p in self.people}
        rows = [r for r in self.registry if r["status"] == "在读" and r["id_number"]]
        faults = (
            ["blank"] * 9
            + ["truncated"] * 5
            + ["masked"] * 3
            + ["one_lost"] * 2
            + ["guardian"] * 2
            + ["two_in_a_cell"] * 2
            + ["full_width"] * 6
            + ["spaced"] * 6
        )
        for row in rng.sample(rows, round(len(rows) * 0.035)):
            p, fault, number = known[str(row["person"])], rng.choice(faults), str(row["id_number"])
            if "two_rolls" in p.kinds:
                continue
            row["number_fault"] = fault
            first = number[:14] + f"{rng.randrange(1000):03d}"
            stand_in = f"{'J' if rng.random() < 0.5 else 'L'}{first}{check(first)}" if rng.random() < 0.7 else ""
            if fault in ("full_width", "spaced"):
                row["id_number"] = (
                    full_width(number)
                    if fault == "full_width"
                    else rng.choice(
                        (f" {number}", f"{number} ", f"{number[:6]} {number[6:14]} {number[14:]}", f"{number}\t")
                    )
                )
                continue
            p.kinds.append("number_" + fault)
            row["student_no"] = stand_in
            p.expected["missing_id_number"] = ""
            if fault == "blank":
                row["id_number"], row["id_kind"] = "", rng.choice(("其他", "Z", "其他"))
                continue
            p.ignore("identity_mismatch")
            if fault == "guardian":
                row["id_number"] = p.guardians[0][2]
                p.ignore("missing_id_number")
            elif fault == "two_in_a_cell":
                row["id_number"] = number + rng.choice(("/", "、", " ", "\n")) + p.guardians[0][2]
                p.ignore("missing_id_number")
            else:
                row["id_number"] = (
                    {"truncated": truncated, "masked": masked}[fault](number)
                    if fault != "one_lost"
                    else one_lost(rng, number)
                )
        for row in rng.sample(self.household, round(len(self.household) * 0.004)):
            p = known[str(row["person"])]
            if (
                row["cancelled"]
                or not FIRST_BIRTH <= p.birth <= LAST_BIRTH
                or any(k.startswith("double") for k in p.kinds)
            ):
                continue
            row["id_number"] = ""
            p.kinds.append("no_number_in_household")
            p.expected["missing_id_number"] = ""
            if any(k in p.kinds for k in ("abroad_by_list", "unregistered_local")):
                p.ignore()

    def break_identities(self) -> None:
        """The registry and the police disagree about a child; small spelling habits that are no disagreement."""
        rng, known = self.rng, {p.key: p for p in self.people}
        at_home = {str(r["person"]) for r in self.household if not r["cancelled"]}
        rows = [
            r
            for r in self.registry
            if str(r["person"]) in at_home
            and r["status"] == "在读"
            and "number_fault" not in r
            and not {"two_rolls", "two_rolls_no_number", "double_marked", "double_unmarked", "no_number_in_household"}
            & set(known[str(r["person"])].kinds)
        ]
        kinds = (
            ["name"] * 12
            + ["sex"] * 7
            + ["birth_date"] * 8
            + ["id_number"] * 9
            + ["name+birth_date"] * 2
            + ["new_name"] * 3
            + ["swapped_with_twin"] * 1
        )
        for row in rng.sample(rows, round(len(rows) * 0.035)):
            p, kind = known[str(row["person"])], rng.choice(kinds)
            reason = kind
            if kind.startswith("name"):
                wrong = names.mistyped(rng, p.name)
                if wrong == p.name:
                    continue
                row["name"] = wrong
            if "birth_date" in kind:
                row["birth"] = self.wrong_day(p.birth)
                p.births.add(row["birth"])  # type: ignore[arg-type]
            if kind == "sex":
                row["sex"] = 3 - p.sex
            elif kind == "id_number":
                row["id_number"] = one_digit_wrong(rng, p.id_number)
                row["student_no"] = "G" + str(row["id_number"])
                p.ignore("missing_id_number")
            elif kind == "new_name":
                reason, home = "name", next(r for r in self.household if r["person"] == p.key)
                if "·" in p.name:
                    continue
                family, first = names.parts(p.name)
                home["name"] = rng.choice((names.parts(p.guardians[1][1])[0] + first, family + names.given(rng, p.sex)))
                home["former_name"] = p.name if rng.random() < 0.5 else ""
                p.names.add(str(home["name"]))
                former_name_is_delivered = p.district == "980101" and home["former_name"]
                if names.parts(str(home["name"]))[1] != first and not former_name_is_delivered:
                    p.ignore()
            elif kind == "swapped_with_twin":
                twin = next(
                    (q for q in self.people if q.family == p.family and q.birth == p.birth and q is not p), None
                )
                if twin is None:
                    continue
                row["id_number"], row["student_no"] = twin.id_number, "G" + twin.id_number
                p.ignore()
                twin.ignore()
                p.kinds.append("identity_swapped")
                continue
            self.note(p, row)
            p.kinds.append("identity_" + kind)
            p.expected["identity_mismatch"] = reason
        for row in rng.sample(rows, round(len(rows) * 0.02)):
            p = known[str(row["person"])]
            if p.expected.get("identity_mismatch"):
                continue
            habit = rng.choice(("padded", "padded", "traditional", "dot"))
            if habit == "padded" and len(p.name) == 2:
                row["name"] = p.name[0] + rng.choice((" ", "　", "\u00a0")) + p.name[1]
            elif habit == "traditional" and names.traditional(p.name) != p.name:
                row["name"] = names.traditional(p.name)
                p.ignore("identity_mismatch")
                p.names.add(str(row["name"]))
                p.kinds.append("traditional")
        for row in self.registry + self.household:
            if "·" in str(row["name"]):
                row["name"] = str(row["name"]).replace("·", rng.choice(names.DOTS))
                known[str(row["person"])].kinds.append("dot")

    def wrong_day(self, birth: date) -> date:
        rng = self.rng
        while True:
            if birth.day <= 12 and birth.day != birth.month and rng.random() < 0.4:
                wrong = date(birth.year, birth.day, birth.month)
            else:
                wrong = birth + timedelta(rng.choice((-10, 10, -1, 1, 30, -31, 5)))
            if wrong != birth:
                return wrong

    def break_sheet_names(self) -> None:
        """Class teachers write names as they hear them, and lengthen two-character ones with a space."""
        rng, known = self.rng, {p.key: p for p in self.people}
        for mark in self.marks:
            p = known[mark.person]
            if rng.random() < 0.02 and not {
                "elsewhere",
                "elsewhere_listed",
                "unregistered_local",
                "unregistered_migrant",
            } & set(p.kinds):
                mark.name = names.mistyped(rng, mark.name)
            mark.name = mark.name.replace("·", rng.choice(names.DOTS))
            p.names.add(mark.name)

    def ignore_namesakes(self) -> None:
        """Two of one name in a class cannot be told apart by a sheet of names only."""
        known, groups = {p.key: p for p in self.people}, defaultdict(set)
        for row in self.registry:
            school = row["school"]
            assert isinstance(school, School)
            groups[school.code, row["grade"], row["class_no"], row["name"]].add(str(row["person"]))
        for mark in self.marks:
            groups[mark.school.code, mark.grade, mark.class_no, mark.name].add(mark.person)
        for keys in groups.values():
            for key in keys if len(keys) > 1 else ():
                known[key].kinds.append("namesake_in_class")
                known[key].ignore()
