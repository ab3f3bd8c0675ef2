-- 重复学籍: one child on two rolls.
-- One row per child with at least two roll entries in force.
-- Rule: design, findings. two_schools where the entries name different schools, two_numbers where they carry different
-- valid numbers, same_school otherwise: the school itself entered the pupil twice.
with entries as (
    select
        roll.child_id,
        count(*) as entries,
        count(distinct roll.school_code) as schools,
        count(distinct record.id_number) filter (where record.id_kind = 'valid') as numbers
    from child_rolls as roll
    join person_records as record on record.record_id = roll.record_id
    where roll.in_force
    group by roll.child_id
    having count(*) > 1
),
places as (
    select
        roll.child_id,
        string_agg(
            coalesce(named.school_name, pupil.school_name, '') || class_label(roll.grade, roll.class_no), '、'
            order by roll.place) as places
    from child_rolls as roll
    join entries on entries.child_id = roll.child_id
    join registry_pupils as pupil on pupil.record_id = roll.record_id
    left join (select school_code, min(school_name) as school_name from schools group by school_code) as named
        on named.school_code = roll.school_code
    where roll.in_force
    group by roll.child_id
)
select
    entries.child_id,
    case when entries.schools > 1 then 'two_schools' when entries.numbers > 1 then 'two_numbers' else 'same_school' end
        as reason,
    '有' || entries.entries || '份在册学籍：' || places.places
    || case when entries.numbers > 1 then '，身份证号不同' else '' end || '。' as explanation
from entries
join places on places.child_id = entries.child_id
order by entries.child_id
