-- Purpose: the county bureau's ledger of every finding, by school and township, with state and deadline.
-- One row per finding of the county. Whole numbers stay with the police (recipients.py).
select
    period, district_code, unit_code, unit_name, sheet_no, row_no, part_no, child_id, finding, case_no, due_on,
    priority > 0 as first_priority,
    coalesce(overdue, false) as overdue,
    coalesce(escalated, false) as escalated,
    case when priority > 0 then '★' end as priority_mark,
    school_name, class_text, township_name, name, sex,
    strftime(birth_date, '%Y-%m') as birth_month,
    last_four(id_number) as id_last_four,
    groups,
    mask_numbers(explanation) as explanation,
    asked_of,
    state,
    last_answer
from list_places
where recipient = 'county'
order by district_code, unit_code, sheet_no, row_no, part_no
