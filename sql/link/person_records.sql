-- The standard identity of every record, whatever its source: what linkage compares.
-- One row per accepted record. A birth date or sex nobody wrote is taken from the number where those digits are certain;
-- guardians are compared by the key of their name.
with
    -- Numbered beside the wide rows, not among them: a million of these are not sorted twice.
    places as (select record_id, row_number() over (order by record_id) as person_no from person_fields)
select
    f.period, f.district_code, f.record_id, f.source, p.person_no,
    f.name, f.former_name, n.name_key, n.surname, n.given, n.name_sound, n.name_shape, o.name_key as former_name_key,
    f.id_number, coalesce(f.id_kind, id_kind_of(f.id_number)) as id_kind, f.id_prefix,
    coalesce(f.birth_date, id_birth_date(f.id_prefix)) as birth_date,
    coalesce(f.sex, case when f.id_kind = 'valid' then id_sex(f.id_number) end) as sex,
    f.grade, f.class_no, f.school_code, f.township_code, f.pupil_no,
    f.guardian_name, f.guardian_id_number, f.guardian2_name, f.guardian2_id_number, f.phone, f.address, f.household_no,
    f.sheet_order, cast(f.days_away as int) as days_away, cast(f.days_accounted as int) as days_accounted, f.in_force
from person_fields as f
join places as p on p.record_id = f.record_id
left join person_names as n on n.name = f.name
left join person_names as o on o.name = f.former_name
order by f.record_id
