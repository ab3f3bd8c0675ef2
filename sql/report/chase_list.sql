-- Purpose: which classes each school still has to hand in attendance for, and whose whole roll is missing.
-- One row per class of missing_deliveries, under its school and that school's own district: a missing roll, then what
-- was due first. Whether its day has passed, not how many days ago: a notice stands until what it says has changed.
select
    m.period,
    coalesce(h.district_code, m.district_code) as district_code,
    m.school_code,
    coalesce(h.school_name, m.school_name, m.school_code) as school_name,
    (row_number() over (
        partition by m.school_code
        order by m.source desc, due_on nulls last, grade, class_no nulls last))::int as row_no,
    case when m.source = 'registry' then '学籍（全校）' else coalesce(nullif(class_label(grade, class_no), ''), '全校') end
        as class_text,
    pupils, due_on, coalesce(due_on < $as_of, false) as overdue
from missing_deliveries m
left join school_homes h on h.school_code = m.school_code
order by district_code, school_code, row_no
