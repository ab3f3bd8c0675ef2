-- Which groups of linked records a child of the period before may be whom nothing plain has recognised.
-- One row per group and such child.
-- Steps, after those of recognition_pairs:
--   8    registry number with birth date or an agreeing name; two records of one name, birth date, school and family; name
--        with two of school, guardian and telephone, whatever the birth date, unless two valid numbers speak against it
--        (nobody gives two children one name)
--   9    birth date with family or school, where the name of a record is a homophone or look-alike of the other, the
--        former name or cut off, and no two valid numbers speak against it; a new surname needs the family
-- Single records are compared, this period's with those of the period before.
with open_there as materialized (
    select there.* replace (case when there.id_kind = 'valid' then there.id_number end as id_number)
    from previous_children as there
    left join plain_recognitions as known on known.child_id = there.child_id
    where known.child_id is null
),
records_there as materialized (
    select open_there.child_id, open_there.id_number as known_number, record.*
    from open_there
    join previous_child_records as child on child.child_id = open_there.child_id
    join previous_person_records as record on record.record_id = child.record_id
),
both_records as (
    select record.record_id as here_id, there.record_id as there_id
    from person_records as record
    join records_there as there on there.birth_date = record.birth_date
    where there.school_code = record.school_code or there.guardian_name = record.guardian_name
        or there.guardian_id_number = record.guardian_id_number or there.phone = record.phone
    union
    select record.record_id, there.record_id
    from person_records as record
    join records_there as there on there.pupil_no = record.pupil_no
    where length(record.pupil_no) >= 8
),
compared as (
    select
        root.root_record_id, there.child_id,
        coalesce(length(here.pupil_no) >= 8 and here.pupil_no = there.pupil_no, false) as same_pupil_no,
        coalesce(here.birth_date = there.birth_date, false) as same_birth_date,
        coalesce(here.school_code = there.school_code, false) as same_school,
        coalesce(known.id_number <> there.known_number, false) as two_numbers,
        name_level(here.name_key, there.name_key, here.former_name_key, there.former_name_key, here.name_shape, there.name_shape,
                   here.name_sound, there.name_sound, here.given, there.given) as name,
        family_level(here.guardian_name, here.guardian2_name, here.guardian_id_number, here.guardian2_id_number, here.phone, here.address,
                     there.guardian_name, there.guardian2_name, there.guardian_id_number, there.guardian2_id_number, there.phone, there.address)
            not in ('blank', 'differ') as same_family
    from both_records as pair
    join person_records as here on here.record_id = pair.here_id
    join records_there as there on there.record_id = pair.there_id
    join record_roots as root on root.record_id = here.record_id
    join root_identities as known on known.root_record_id = root.root_record_id
    where coalesce(there.sex = here.sex, true)
),
by_record as (
    select root_record_id, child_id, case when same_pupil_no or name = 'exact' and same_school and same_family then 8 else 9 end as step
    from compared
    where same_pupil_no and (same_birth_date or name_agrees(name))
        or same_birth_date and not two_numbers and name_agrees(name) and (same_family or same_school and name <> 'given')
),
by_family as (
    select here.root_record_id, there.child_id, 8 as step
    from root_identities as here
    join open_there as there on name_without_notation(there.name) = name_without_notation(here.name)
    where cast(coalesce(there.school_code = here.school_code, false) as int)
            + cast(coalesce(there.guardian_name = here.guardian_name, false) as int)
            + cast(coalesce(there.phone = here.phone, false) as int) >= 2
        and coalesce(there.sex = here.sex, true)
        and coalesce(there.id_number = here.id_number, true)
),
every_pair as (
    select * from by_record
    union all
    select * from by_family
)
select root_record_id, child_id, min(step) as step
from every_pair
group by root_record_id, child_id
order by root_record_id, child_id
