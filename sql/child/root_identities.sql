-- What each group of linked records is known by: the values a child is recognised by from period to period.
-- One row per group of linked records.
-- Rule: police before school before sheet; the order of the record ids (person_no) makes the choice deterministic.
with members as (
    select
        root.root_record_id,
        record.*,
        (case record.source when 'household' then 10 when 'registry' then 20 when 'attendance' then 30
              when 'vocational' then 40 when 'exempt' then 50 else 60 end
            + case when record.in_force then 1 else 2 end) * 1000000000000 + record.person_no as precedence
    from record_roots as root
    join person_records as record on record.record_id = root.record_id
)
select
    root_record_id,
    arg_min(id_number, precedence) filter (where id_kind = 'valid') as id_number,
    arg_min(name, precedence) as name,
    arg_min(birth_date, precedence) as birth_date,
    arg_min(sex, precedence) as sex,
    arg_min(school_code, precedence) as school_code,
    arg_min(grade, precedence) as grade,
    arg_min(class_no, precedence) as class_no,
    arg_min(guardian_name, precedence) as guardian_name,
    arg_min(phone, precedence) as phone,
    bool_or(source = 'registry' and in_force) as on_roll
from members
group by root_record_id
