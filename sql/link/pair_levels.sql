-- How far the two records of a pair agree, field by field.
-- One row per candidate pair and kind. Family evidence is one level (guardian, telephone and address together), so that
-- it never counts twice; two valid numbers that differ are two people, unless one of them is known to be another's:
-- carried by a third record of another name, or by a guardian (level others_number).
with
    disputed as (
        select left_no as person_no from number_pairs where not name_agrees(name_level)
        union select right_no from number_pairs where not name_agrees(name_level)
    )
select
    c.left_no, c.right_no, c.kind, l.source as left_source, r.source as right_source,
    name_level(l.name_key, r.name_key, l.former_name_key, r.former_name_key, l.name_shape, r.name_shape, l.name_sound, r.name_sound, l.given, r.given) as name,
    case when kl.id_number = kr.id_number then 'same'
         when id_level(l.id_number, r.id_number, l.id_kind, r.id_kind, l.id_prefix, r.id_prefix) <> 'two_valid'
         then id_level(l.id_number, r.id_number, l.id_kind, r.id_kind, l.id_prefix, r.id_prefix)
         when dl.person_no is not null or dr.person_no is not null
              or l.id_number in (r.guardian_id_number, r.guardian2_id_number, l.guardian_id_number, l.guardian2_id_number)
              or r.id_number in (r.guardian_id_number, r.guardian2_id_number, l.guardian_id_number, l.guardian2_id_number)
              then 'others_number'
         else 'two_valid' end as id_number,
    birth_level(l.birth_date, r.birth_date) as birth_date,
    case when l.sex is null or r.sex is null then 'blank' when l.sex = r.sex then 'same' else 'differ' end as sex,
    family_level(l.guardian_name, l.guardian2_name, l.guardian_id_number, l.guardian2_id_number, l.phone, l.address,
                 r.guardian_name, r.guardian2_name, r.guardian_id_number, r.guardian2_id_number, r.phone, r.address) as family,
    case when length(l.township_code) > 0 and l.township_code = r.township_code then 'township'
         when l.district_code = r.district_code then 'district' else 'differ' end as place,
    case when l.school_code is null or r.school_code is null then 'blank' when l.school_code = r.school_code then 'same' else 'differ' end as school,
    case when l.grade is null or r.grade is null then 'blank' when l.grade = r.grade then 'same'
         when abs(l.grade - r.grade) = 1 then 'near' else 'differ' end as grade,
    tl.person_no is not null or tr.person_no is not null as twin
from candidate_pairs as c
join person_records as l on l.person_no = c.left_no
join person_records as r on r.person_no = c.right_no
left join known_numbers as kl on kl.person_no = c.left_no
left join known_numbers as kr on kr.person_no = c.right_no
left join disputed as dl on dl.person_no = c.left_no
left join disputed as dr on dr.person_no = c.right_no
left join twins as tl on tl.person_no = c.left_no
left join twins as tr on tr.person_no = c.right_no
