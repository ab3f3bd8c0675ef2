-- Purpose: whose entry in the household register each police station is asked to check or to make.
-- One row per finding told to a police station. The only list with whole numbers, since they are what is checked; not
-- told: groups, telephone, school.
select
    period, district_code, unit_code, unit_name, sheet_no, row_no, part_no, child_id, finding, case_no, due_on,
    priority > 0 as first_priority,
    coalesce(overdue, false) as overdue,
    name,
    registry_name, registry_id_number, registry_birth_date,
    household_name, household_id_number, household_birth_date,
    guardian_name, address, problem,
    explanation as police_explanation,
    last_answer
from list_places
where recipient = 'police'
order by district_code, unit_code, sheet_no, row_no, part_no
