-- Purpose: what each school is asked to verify about its own pupils.
-- One row per finding told to a school. Not told: addresses, families, groups, whole numbers (recipients.py).
select
    period, district_code, unit_code, unit_name, sheet_no, row_no, part_no, child_id, finding, case_no, due_on,
    priority > 0 as first_priority,
    coalesce(overdue, false) as overdue,
    case when priority > 0 then '★' end as priority_mark,
    name, sex, class_text,
    last_four(id_number) as id_last_four,
    problem,
    mask_numbers(explanation) as explanation,
    attends_school_name,
    identity_differences(
        reason, registry_name, household_name, registry_sex, household_sex, registry_birth_date, household_birth_date,
        registry_id_number, household_id_number) as differences,
    last_answer
from list_places
where recipient = 'school'
order by district_code, unit_code, sheet_no, row_no, part_no
