-- Purpose: whom each township is asked to visit.
-- One row per finding told to a township. Told: family, telephone, address and groups, which the visit and the help
-- need. Not told: numbers and birth days (recipients.py).
select
    period, district_code, unit_code, unit_name, sheet_no, row_no, part_no, child_id, finding, case_no, due_on,
    priority > 0 as first_priority,
    coalesce(overdue, false) as overdue,
    case when priority > 0 then '★' end as priority_mark,
    name, sex,
    strftime(birth_date, '%Y-%m') as birth_month,
    guardian_name, phone, address,
    coalesce(school_name, '无学籍') as school_name,
    problem, groups,
    mask_numbers(explanation) as explanation,
    last_answer
from list_places
where recipient = 'township'
order by district_code, unit_code, sheet_no, row_no, part_no
