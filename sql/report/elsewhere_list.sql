-- Purpose: whom the bureau of another county is asked to look for, because the household is registered there.
-- One row per finding told to another county's bureau. Told: what finds the child in its rolls; not the address, the
-- groups, the guardian's whole name or whole numbers (recipients.py).
select
    period, district_code, unit_code, unit_name, sheet_no, row_no, part_no, child_id, finding, case_no, due_on,
    priority > 0 as first_priority,
    coalesce(overdue, false) as overdue,
    case when priority > 0 then '★' end as priority_mark,
    name, sex,
    strftime(birth_date, '%Y-%m') as birth_month,
    last_four(id_number) as id_last_four,
    mask_name(guardian_name) as guardian_name_masked,
    school_name, class_text, problem,
    mask_numbers(explanation) as explanation,
    last_answer
from list_places
where recipient = 'elsewhere'
order by district_code, unit_code, sheet_no, row_no, part_no
