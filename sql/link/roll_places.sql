-- The places on rolls that an attender can fill.
-- One row per registry record; a second entry of one child at the same school makes no second place. Where the household
-- register writes the child's name otherwise, a sheet may too: that name stands for a former one. Where the household
-- register or the pupil's own number says another sex, the sex is not known.
select
    p.person_no, p.school_code, p.grade, p.class_no, p.name_key,
    coalesce(h.other_name_key, p.former_name_key) as former_name_key, p.name_sound, p.name_shape, p.given, p.surname,
    p.birth_date, p.pupil_no, p.id_number, p.id_kind,
    case when coalesce(h.other_sex <> p.sex, false) or p.id_kind = 'valid' and coalesce(id_sex(p.id_number) <> p.sex, false) then null else p.sex end as sex,
    p.in_force, p.district_code
from person_records as p
left join (
    select n.left_no, min(case when q.name_key <> o.name_key then q.name_key else q.former_name_key end) as other_name_key,
        min(case when q.sex <> o.sex then q.sex end) as other_sex
    from person_links as n join person_records as q on q.person_no = n.right_no
    join person_records as o on o.person_no = n.left_no
    where n.left_source = 'registry' and n.right_source = 'household'
    group by n.left_no
) as h on h.left_no = p.person_no
left join person_links as d on d.right_no = p.person_no and d.tier = 'duplicate'
left join person_records as first_entry on first_entry.person_no = d.left_no
where p.source = 'registry' and p.name_key is not null
    and (d.left_no is null or first_entry.school_code <> p.school_code or first_entry.school_code is null or p.school_code is null)
