-- What each group of linked records is known by: the values a child is recognised by from period to period.
-- One row per group of linked records.
-- Rule: police before school before sheet; the record id makes the choice deterministic.
with members as (
    select
        root.root_record_id,
        record.*,
        case record.source when 'household' then '1' when 'registry' then '2' when 'attendance' then '3'
             when 'vocational' then '4' when 'exempt' then '5' else '6' end
            || case when record.in_force then '1' else '2' end || record.record_id as precedence
    from record_roots as root
    join person_records as record on record.record_id = root.record_id
)
select
    root_record_id,
    arg_min(id_number, precedence) filter (where id_kind = 'valid') as id_number,
    arg_min(name, precedence) filter (where name is not null) as name,
    arg_min(birth_date, precedence) filter (where birth_date is not null) as birth_date,
    arg_min(sex, precedence) filter (where sex is not null) as sex,
    arg_min(school_code, precedence) filter (where school_code is not null) as school_code,
    arg_min(grade, precedence) filter (where grade is not null) as grade,
    arg_min(class_no, precedence) filter (where class_no is not null) as class_no,
    arg_min(guardian_name, precedence) filter (where guardian_name is not null) as guardian_name,
    arg_min(phone, precedence) filter (where phone is not null) as phone,
    bool_or(source = 'registry' and in_force) as on_roll
from members
group by root_record_id
order by root_record_id
