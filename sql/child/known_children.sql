-- Which child of the period before each group of linked records is.
-- One row per group recognised as a child of the period before.
-- Rules: a child keeps its id when its number is corrected, lost or found again, or when its name changes. First by the
-- steps of recognition_pairs; then, only for children none of them has recognised, by
--   8    registry number and birth date, whatever the name; name with two of school, guardian and telephone, whatever the
--        birth date, unless two valid numbers speak against it (nobody gives two children one name)
--   9    birth date with family or school, where the name of a record is a homophone or look-alike of the other, the
--        former name or cut off, and no two valid numbers speak against it; a new surname needs the family
-- The strongest step on both sides decides, in two rounds: what the first recognises rivals nobody in the second. Where
-- it is not certain it must be the only one on both sides: twins and namesakes are never told apart by guessing.
with first_choice as (
    select
        *,
        rank() over (partition by root_record_id order by not certain, turn, step) as place_here,
        rank() over (partition by child_id order by not certain, turn, step) as place_there
    from recognition_pairs
),
first_mutual as (
    select
        root_record_id, child_id,
        count(*) over (partition by root_record_id) as ways_here,
        count(*) over (partition by child_id) as ways_there
    from first_choice
    where place_here = 1 and place_there = 1
),
-- Kept whole: what is numbered is joined with a part of itself below.
recognised as materialized (
    select root_record_id, child_id from first_mutual where ways_here = 1 and ways_there = 1
),
open_here as materialized (
    select here.*
    from root_identities as here
    left join recognised on recognised.root_record_id = here.root_record_id
    where recognised.root_record_id is null
),
open_there as materialized (
    select there.* replace (case when there.id_kind = 'valid' then there.id_number end as id_number)
    from previous_children as there
    left join recognised on recognised.child_id = there.child_id
    where recognised.child_id is null
),
records_here as (
    select open_here.root_record_id, open_here.id_number as known_number, record.*
    from open_here
    join record_roots as root on root.root_record_id = open_here.root_record_id
    join person_records as record on record.record_id = root.record_id
    where record.birth_date is not null
),
records_there as (
    select open_there.child_id, open_there.id_number as known_number, record.*
    from open_there
    join previous_child_records as child on child.child_id = open_there.child_id
    join previous_person_records as record on record.record_id = child.record_id
    where record.birth_date is not null
),
compared as (
    select
        here.root_record_id, there.child_id,
        length(here.pupil_no) >= 8 and here.pupil_no = there.pupil_no as same_pupil_no,
        here.school_code = there.school_code as same_school,
        coalesce(here.known_number <> there.known_number, false) as two_numbers,
        name_level(here.name_key, there.name_key, here.former_name_key, there.former_name_key, here.name_shape, there.name_shape,
                   here.name_sound, there.name_sound, here.given, there.given) as name,
        family_level(here.guardian_name, here.guardian2_name, here.guardian_id_number, here.guardian2_id_number, here.phone, here.address,
                     there.guardian_name, there.guardian2_name, there.guardian_id_number, there.guardian2_id_number, there.phone, there.address)
            not in ('blank', 'differ') as same_family
    from records_here as here
    join records_there as there on there.birth_date = here.birth_date and coalesce(there.sex = here.sex, true)
),
by_record as (
    select root_record_id, child_id, min(case when same_pupil_no then 8 else 9 end) as step, false as certain, '' as turn
    from compared
    where same_pupil_no
        or not two_numbers and name_agrees(name) and (same_family or coalesce(same_school, false) and name <> 'given')
    group by root_record_id, child_id
),
by_family as (
    select here.root_record_id, there.child_id, 8 as step, false as certain, '' as turn
    from open_here as here
    join open_there as there on name_without_notation(there.name) = name_without_notation(here.name)
    where cast(coalesce(there.school_code = here.school_code, false) as int)
            + cast(coalesce(there.guardian_name = here.guardian_name, false) as int)
            + cast(coalesce(there.phone = here.phone, false) as int) >= 2
        and coalesce(there.sex = here.sex, true)
        and coalesce(there.id_number = here.id_number, true)
),
still_open as (
    select pair.root_record_id, pair.child_id, pair.step, pair.certain, pair.turn
    from recognition_pairs as pair
    join open_here on open_here.root_record_id = pair.root_record_id
    join open_there on open_there.child_id = pair.child_id
    union all
    select root_record_id, child_id, step, certain, turn from by_record
    union all
    select root_record_id, child_id, step, certain, turn from by_family
),
strongest as (
    select root_record_id, child_id, min(step) as step, bool_or(certain) as certain, max(turn) as turn
    from still_open
    group by root_record_id, child_id
),
second_choice as (
    select
        *,
        rank() over (partition by root_record_id order by not certain, turn, step) as place_here,
        rank() over (partition by child_id order by not certain, turn, step) as place_there
    from strongest
),
second_mutual as (
    select
        root_record_id, child_id,
        count(*) over (partition by root_record_id) as ways_here,
        count(*) over (partition by child_id) as ways_there
    from second_choice
    where place_here = 1 and place_there = 1
)
select root_record_id, child_id from recognised
union all
select root_record_id, child_id from second_mutual where ways_here = 1 and ways_there = 1
order by root_record_id
