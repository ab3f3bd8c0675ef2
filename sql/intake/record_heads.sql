-- What decides whether a row stands twice, for all sources in one table.
-- One row per interpreted row of any source.
-- A pupil is entered twice in a file only where a number, or everything else about it, says so: two children of one name
-- are two children. Another status of a roll entry, another group of a priority list, another kind of exemption, and a
-- household entry that differs in anything, are other facts and stay.
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'registry' as source, name,
    school_code, school_name,
    cast(null as varchar) as class_key,
    cast(null as varchar) as group_key,
    cast(null as varchar) as marks,
    birth_date,
    cast(null as date) as data_on,
    case when id_kind = 'valid' then concat_ws('|', name, id_number, coalesce(school_code, school_name), status)
             when coalesce(cast(birth_date as varchar), pupil_no, phone, guardian1_name) is not null
             then concat_ws('|', name, sex, birth_date, id_number_raw, pupil_no, coalesce(school_code, school_name), grade, class_name, phone, address, guardian1_name, status) end as same_pupil,
    coalesce(id_number, pupil_no) is not null as numbered,
    notes
from registry_read
union all
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'attendance' as source, name,
    school_code, school_name,
    concat_ws('|', coalesce(cast(grade as varchar), '?'), coalesce(cast(class_no as varchar), class_name, '?'), month) as class_key,
    cast(null as varchar) as group_key,
    marks,
    id_birth_date(id_prefix) as birth_date,
    cast(null as date) as data_on,
    case when id_kind = 'valid' then concat_ws('|', name, id_number, month, grade, class_name, marks)
             when pupil_no is not null then concat_ws('|', name, pupil_no, month, grade, class_name, marks)
             when seat_no is not null then concat_ws('|', name, seat_no, sheet, month, grade, class_name, marks) end as same_pupil,
    coalesce(id_number, pupil_no) is not null as numbered,
    notes
from attendance_read
union all
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'household' as source, name,
    cast(null as varchar) as school_code, cast(null as varchar) as school_name,
    cast(null as varchar) as class_key,
    cast(null as varchar) as group_key,
    cast(null as varchar) as marks,
    birth_date,
    as_of as data_on,
    case when coalesce(cast(birth_date as varchar), id_number, id_number_raw) is not null
             then concat_ws('|', name, sex, birth_date, id_number_raw, household_no, head_name, township_name, hukou_code, address, left_on, left_reason, guardian1_name) end as same_pupil,
    id_number is not null as numbered,
    notes
from household_read
union all
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'vocational' as source, name,
    school_code, school_name,
    cast(null as varchar) as class_key,
    cast(null as varchar) as group_key,
    cast(null as varchar) as marks,
    birth_date,
    cast(null as date) as data_on,
    case when id_kind = 'valid' then concat_ws('|', name, id_number, coalesce(school_code, school_name), status)
             when coalesce(cast(birth_date as varchar), pupil_no, phone, guardian1_name) is not null
             then concat_ws('|', name, sex, birth_date, id_number_raw, pupil_no, coalesce(school_code, school_name), grade, class_name, phone, guardian1_name, status) end as same_pupil,
    coalesce(id_number, pupil_no) is not null as numbered,
    notes
from vocational_read
union all
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'exempt' as source, name,
    cast(null as varchar) as school_code, school_name,
    cast(null as varchar) as class_key,
    kind as group_key,
    cast(null as varchar) as marks,
    birth_date,
    cast(null as date) as data_on,
    case when coalesce(id_number, cast(birth_date as varchar), phone, guardian1_name) is not null
             then concat_ws('|', name, id_number_raw, birth_date, sex, kind, reason, approved_on, valid_until, school_name, phone, guardian1_name) end as same_pupil,
    id_number is not null as numbered,
    notes
from exempt_read
union all
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'priority' as source, name,
    cast(null as varchar) as school_code, school_name,
    cast(null as varchar) as class_key,
    group_name as group_key,
    cast(null as varchar) as marks,
    birth_date,
    cast(null as date) as data_on,
    case when coalesce(id_number, cast(birth_date as varchar), phone, guardian1_name) is not null
             then concat_ws('|', name, id_number_raw, birth_date, sex, group_name, disability, school_name, phone, guardian1_name) end as same_pupil,
    id_number is not null as numbered,
    notes
from priority_read
union all
select
    period, district_code, record_id, delivery_id, sheet, row_no, 'answers' as source, name,
    cast(null as varchar) as school_code, cast(null as varchar) as school_name,
    cast(null as varchar) as class_key,
    cast(null as varchar) as group_key,
    cast(null as varchar) as marks,
    birth_date,
    cast(null as date) as data_on,
    case when case_no is not null then concat_ws('|', case_no, name, code, evidence, answered_on, answered_by, whereabouts, remarks) end as same_pupil,
    case_no is not null as numbered,
    notes
from answers_read
