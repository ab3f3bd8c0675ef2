-- Purpose: which schools still owe attendance sheets, on any day after a run (`baoxue status`).
-- One row per school with a class that handed in no readable sheet.
-- Rule: days past the due day are counted to the day asked about, not to the day of the run.
select
    district_code,
    school_code,
    max(school_name) as school_name,
    count(*)::int as classes,
    sum(pupils)::int as pupils,
    min(due_on) as due_on,
    greatest(date_diff('day', min(due_on), $as_of), 0)::int as days_overdue
from missing_deliveries
group by district_code, school_code
order by district_code, school_code
