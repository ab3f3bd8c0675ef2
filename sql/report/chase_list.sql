-- Purpose: which classes each school still has to hand in attendance for.
-- One row per class of missing_deliveries, under its school, the longest overdue first.
select
    period, district_code, school_code,
    coalesce(school_name, school_code) as school_name,
    (row_number() over (
        partition by district_code, school_code
        order by days_overdue desc nulls last, grade, class_no nulls last))::int as row_no,
    coalesce(nullif(class_label(grade, class_no), ''), '全校') as class_text,
    pupils, due_on, days_overdue
from missing_deliveries
order by district_code, school_code, row_no
