"""How often things happen in the invented city: every rate in one place.

Shares are of the children they can happen to (see `transforms.demo.fates`). They are higher than in life where a
city of 20,000 would otherwise have too few cases to measure precision and recall by.
"""

from __future__ import annotations

# What becomes of a pupil of grades 1–9 (share of pupils; the rest attend like everybody).
PUPIL_FATES: dict[str, float] = {
    "dropped_out": 0.0030,  # present, then unexcused to the end of the month
    "away_and_back": 0.0008,  # unexcused for five days or more, then back
    "never_marked": 0.0010,  # on the sheet, unexcused every day
    "never_blank": 0.0008,  # on the sheet without any mark
    "never_listed": 0.0015,  # on the roll, not on the class sheet
    "elsewhere": 0.0030,  # on the roll of one school, on the sheet of another
    "two_rolls": 0.0025,  # on two rolls, attends one
    "transferred": 0.0050,  # the old school's entry says 转出, the new one's 在读
    "unregistered": 0.0030,  # on a sheet, on no roll
    "leave_all_month": 0.0010,
    "sick_all_month": 0.0015,
    "suspended": 0.0030,  # 休学
    "home_taught": 0.0012,  # 送教上门
    "abroad_on_roll": 0.0008,  # still on the roll, approved 出国
    "risk_run": 0.0030,  # three or four days in a row unexcused, then back
    "risk_share": 0.0030,  # unexcused now and then, a tenth of the days or more
}
JUNIOR_FATES: dict[str, float] = {"vocational_on_roll": 0.0060}  # taught at a vocational school (普职融合)

# What becomes of a child of school age with local household registration who is no pupil of the city.
RESIDENT_FATES: dict[str, float] = {
    "not_enrolled": 0.0025,
    "outside": 0.0050,  # at a school outside the city, which no delivery can tell
    "exemption_expired": 0.0006,
    "abroad": 0.0008,
}
GONE_FATES: dict[str, float] = {  # of all with local household registration; for good, the entry left in the register
    "died": 0.0006,
    "moved_away": 0.0040,
    "emigrated": 0.0008,
}
POSTPONED = 0.02  # of the six-year-olds with local registration
VOCATIONAL_ONLY = 0.004  # of 13- and 14-year-olds with local registration

MIGRANT = 0.12  # of families: pupils without local household registration (随迁)
TWINS = 0.012  # of births
LATE_ENTRY = 0.01  # enters school a year late, so stays over-age
MINORITY = 0.04
MOTHERS_SURNAME = 0.06
FORMER_NAME = 0.004
NO_NUMBER_AT_ALL = 0.0020  # no household registration anywhere: 证件类型 其他, registry number J or L
DOUBLE_HUKOU = 0.0020
LEFT_GRADUATES = 0.04  # of those past grade 9: their entry 毕业 left in the export
AT_VOCATIONAL = 0.30  # of those past grade 9
MOVED_YET_PUPIL = 0.0010  # household moved away, still at school here
OTHER_TOWNSHIP, OTHER_DISTRICT = 0.08, 0.02  # school not in the township, not even in the district of the home

# Typing errors of the registry (share of roll entries).
NAME_HOMOPHONE = 0.0020
NAME_SHAPE = 0.0012
NAME_IS_FORMER = 0.0004
SEX_WRONG = 0.0010
BIRTH_WRONG = 0.0020
NUMBER_TYPO = 0.0025  # one digit wrong or two swapped: the check digit tells
NUMBER_OF_SIBLING = 0.0040  # of those who have one in the registry
NUMBER_OF_GUARDIAN = 0.0005
NUMBER_BLANK = 0.0030
NUMBER_MASKED = 0.0015
NUMBER_SHORT = 0.0006  # 17 characters
BROKEN_BY_EXCEL_SCHOOLS, BROKEN_BY_EXCEL = 0.06, 0.25  # of schools; of such a school's numbers

# Typing errors of the police extract.
HOUSEHOLD_NUMBER_BLANK = 0.0008
HOUSEHOLD_NAME_SHAPE = 0.0004

OWN_EXPORT = 0.4  # of schools hand in their roll themselves; the others' comes with the district's export

# Class sheets.
SHEET_NAME_ERROR = 0.0030
SENDS_TWICE = 0.04  # of schools send the same workbook a second time under another name
SCHOOLS_WITHOUT_SHEETS = 0.03
CLASSES_WITHOUT_SHEET = 0.01
SICK_SPELL, LEAVE_DAY, LATE_DAY, EARLY_DAY, OFFICIAL_DAY, STRAY_DAY, HALF_DAY = (
    0.003, 0.003, 0.004, 0.001, 0.0008, 0.0006, 0.001,
)  # fmt: skip
"""Chance per pupil and school day; a stray day is unexcused and stays below every threshold."""
