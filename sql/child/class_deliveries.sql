-- Which classes handed in a readable sheet for the month, and how many school days it records.
-- One row per class (grade or class empty where the sheet did not say them).
-- The days are those any sheet of the class records: a month may come week by week.
-- Rule: "no delivery is not absence" (design). A sheet on which no day at all is filled in is no delivery,
-- and that of a kindergarten class speaks of nobody on a roll.
with sheets as (
    select record.school_code, record.grade, record.class_no, sheet.name,
        translate(sheet.marks, 'PTEOSLAXMsla', 'PPPPPPPPPPPP') as recorded
    from attendance_pupils as sheet
    join person_records as record on record.record_id = sheet.record_id
    where sheet.month = $month and record.school_code is not null
        and not is_before_school(sheet.grade, sheet.class_name, sheet.sheet)
),
classes as (
    select school_code, grade, class_no, count(distinct name) as pupils from sheets group by school_code, grade, class_no
),
days_recorded as (
    select told.school_code, told.grade, told.class_no, count(distinct days.day) as class_days
    from (select distinct school_code, grade, class_no, recorded from sheets) as told
    cross join (select cast(unnest(range(1, 32)) as int) as day) as days
    where substr(told.recorded, days.day, 1) = 'P'
    group by told.school_code, told.grade, told.class_no
)
select classes.school_code, classes.grade, classes.class_no, days_recorded.class_days, classes.pupils
from classes
join days_recorded
    on days_recorded.school_code = classes.school_code
    and days_recorded.grade is not distinct from classes.grade and days_recorded.class_no is not distinct from classes.class_no
order by school_code, grade, class_no
