-- The children behind the rows of class sheets: one name of one class, over all sheets and months.
-- One row per attendance record, with its attender: the first of the records that are one child attending.
-- Two rows of one name on one sheet are two children, told apart by pupil number, else by their order; a row repeated with
-- the same pupil number is one child.
with
    rows as (
        select
            person_no, record_id, district_code, school_code, grade, class_no, name_key, sheet_order,
            dense_rank() over (
                partition by district_code, school_code, grade, class_no, name_key, sheet_order
                order by coalesce(pupil_no, ''), coalesce(id_number, ''),
                         case when pupil_no is null and id_number is null then person_no else 0 end
            ) as namesake
        from person_records where source = 'attendance' and name_key is not null
    )
select
    person_no,
    min(person_no) over (
        partition by district_code, coalesce(school_code, sheet_order), grade, class_no, name_key, namesake
    ) as attender_no,
    namesake,
    max(namesake) over (partition by district_code, school_code, grade, class_no, name_key, sheet_order) as namesakes
from rows
