-- Purpose: which schools still owe attendance sheets or their roll, on any day after a run (`baoxue status`).
-- One row per school with a class that handed in no readable sheet, or whose roll is missing.
-- Rule: days past the due day are counted to the day asked about, not to the day of the run.
select
    district_code,
    school_code,
    max(school_name) as school_name,
    (count(*) filter (where coalesce(source <> 'registry', true)))::int as classes,
    bool_or(coalesce(source = 'registry', false)) as roll_missing,
    sum(pupils)::int as pupils,
    min(due_on) as due_on,
    greatest(date_diff('day', min(due_on), $as_of), 0)::int as days_overdue
from missing_deliveries
group by district_code, school_code
order by district_code, school_code
