-- What schools have not handed in: classes without a readable attendance sheet for the month, rolls that were there
-- the period before, and, where rolls come one file a school, the roll of a school whose class sheets alone came in. A chase
-- list, not a list of absent children.
-- One row per class on the roll, or per school whose roll is missing (grade 0).
-- Rule: "no delivery is not absence" (design). Due with the period's lists: in the month of opening by the school's
-- check (+10 working days, the notice), else by the end of the month. Only where the district handed in a roll.
with sheets_alone as (
    select
        min(child.district_code) as district_code, child.attends_school_code as school_code,
        max(child.attends_school_name) as school_name, count(*) as pupils
    from children as child
    left join (select distinct school_code from child_rolls) as own on own.school_code = child.attends_school_code
    left join silent_rolls as silent on silent.school_code = child.attends_school_code
    left join whole_exports as whole on whole.district_code = child.district_code
    join (select distinct district_code from child_rolls) as enrolling on enrolling.district_code = child.district_code
    where child.seen and not child.on_roll and child.grade between 1 and 9 and child.attends_school_code is not null
        and own.school_code is null and silent.school_code is null and whole.district_code is null
    group by child.attends_school_code
),
owed as (
    select
        'attendance' as source, min(district_code) as district_code, school_code, max(school_name) as school_name,
        coalesce(grade, 0) as grade, class_no, count(*) as pupils
    from children
    where on_roll and should_attend and not class_delivered and school_code is not null
    group by school_code, coalesce(grade, 0), class_no
    union all
    select 'registry', district_code, school_code, school_name, 0, null, pupils
    from silent_rolls
    union all
    select 'registry', district_code, school_code, school_name, 0, null, pupils
    from sheets_alone
)
select
    $period as period,
    owed.district_code,
    owed.source,
    owed.school_code,
    owed.school_name,
    owed.grade,
    owed.class_no,
    owed.pupils,
    coalesce(of_school.listed_on, of_county.listed_on, $listed_on) as due_on,
    greatest(date_diff('day', coalesce(of_school.listed_on, of_county.listed_on, $listed_on), $as_of), 0) as days_overdue
from owed
left join opening_days as of_school on of_school.unit_code = owed.school_code
left join opening_days as of_county on of_county.unit_code = owed.district_code
order by source, school_code, grade, class_no
