-- Which classes handed in a readable sheet for the month, and how many school days it records.
-- One row per class (grade or class empty where the sheet did not say them).
-- Rule: "no delivery is not absence" (design). A sheet on which no day at all is filled in is no delivery.
select
    record.school_code,
    record.grade,
    record.class_no,
    max(length(school_days(sheet.marks))) as class_days,
    count(*) as pupils
from attendance_pupils as sheet
join person_records as record on record.record_id = sheet.record_id
where sheet.month = $month and record.school_code is not null
group by record.school_code, record.grade, record.class_no
having max(length(school_days(sheet.marks))) > 0
order by school_code, grade, class_no
