-- Which child of the period before each group of linked records is.
-- One row per group recognised as a child of the period before.
-- Rules (design: data rules; issue "across periods"): a child keeps its id when its number is corrected, lost or found
-- again, or when its name changes. What says so, the strongest first (step):
--   1–3  valid number, with name and birth date; with the name; with the birth date
--   4–5  name and birth date, with two of school, guardian and telephone; with one of them
--   6    name, birth date and the grade that follows (from primary to junior school the school changes, and a roll may
--        name the other parent), unless two valid numbers speak against it
--   7    name and school of children no register gives a birth date, before or now: then with the grade that follows
--   8    registry number and birth date, whatever the name; name with two of school, guardian and telephone, whatever the
--        birth date, unless two valid numbers speak against it (nobody gives two children one name)
--   9    birth date with family or school, where the name is a homophone or look-alike of the other, the former name or
--        cut off, and no two valid numbers speak against it; a new surname needs the family
-- Steps 8 and 9 compare only children nothing stronger has recognised, and by birth date their single records.
-- The strongest step on both sides decides, in two rounds: what the first recognises rivals nobody in the second. From
-- step 4 on it must be the only one on both sides: twins and namesakes are never told apart by guessing. Groups with
-- one valid number are one person, whom linkage may have left apart this time or the time before: the one on a roll is
-- preferred, then the one at the same school, so that no pupil seems to have left.
with exact as (
    select
        here.root_record_id, there.child_id,
        case when name_without_notation(there.name) <> name_without_notation(here.name) then 3
             when there.birth_date = here.birth_date then 1 else 2 end as step,
        concat_ws(' ', case when there.on_roll then 0 else 1 end, case when here.on_roll then 0 else 1 end,
                  case when there.school_code = here.school_code then 0 else 1 end, there.child_id, here.root_record_id) as turn
    from root_identities as here
    join previous_children as there on there.id_number = here.id_number and there.id_kind = 'valid'
    where name_without_notation(there.name) = name_without_notation(here.name)
        or there.birth_date = here.birth_date
    union all
    select
        here.root_record_id, there.child_id,
        case cast(coalesce(there.school_code = here.school_code, false) as int)
                 + cast(coalesce(there.guardian_name = here.guardian_name, false) as int)
                 + cast(coalesce(there.phone = here.phone, false) as int)
             when 0 then 6 when 1 then 5 else 4 end as step,
        '' as turn
    from root_identities as here
    join previous_children as there
        on there.birth_date = here.birth_date
        and name_without_notation(there.name) = name_without_notation(here.name)
    where there.school_code = here.school_code or there.guardian_name = here.guardian_name or there.phone = here.phone
        or here.grade = there.grade + school_year_of($period) - school_year_of(coalesce(there.known_period, there.period))
            and coalesce(here.sex = there.sex, true)
            and coalesce(here.id_number = there.id_number, there.id_kind <> 'valid', true)
    union all
    select here.root_record_id, there.child_id, 7 as step, '' as turn
    from root_identities as here
    join previous_children as there
        on there.school_code = here.school_code
        and name_without_notation(there.name) = name_without_notation(here.name)
    where here.birth_date is null and there.birth_date is null
        or (here.birth_date is null or there.birth_date is null)
            and here.grade = there.grade + school_year_of($period) - school_year_of(coalesce(there.known_period, there.period))
),
first_choice as (
    select
        *,
        rank() over (partition by root_record_id order by step, turn) as place_here,
        rank() over (partition by child_id order by step, turn) as place_there
    from exact
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
    select root_record_id, child_id, min(case when same_pupil_no then 8 else 9 end) as step, '' as turn
    from compared
    where same_pupil_no
        or not two_numbers and name_agrees(name) and (same_family or coalesce(same_school, false) and name <> 'given')
    group by root_record_id, child_id
),
by_family as (
    select here.root_record_id, there.child_id, 8 as step, '' as turn
    from open_here as here
    join open_there as there on name_without_notation(there.name) = name_without_notation(here.name)
    where cast(coalesce(there.school_code = here.school_code, false) as int)
            + cast(coalesce(there.guardian_name = here.guardian_name, false) as int)
            + cast(coalesce(there.phone = here.phone, false) as int) >= 2
        and coalesce(there.sex = here.sex, true)
        and coalesce(there.id_number = here.id_number, true)
),
still_open as (
    select exact.* from exact
    join open_here on open_here.root_record_id = exact.root_record_id
    join open_there on open_there.child_id = exact.child_id
    union all
    select * from by_record
    union all
    select * from by_family
),
second_choice as (
    select
        *,
        rank() over (partition by root_record_id order by step, turn) as place_here,
        rank() over (partition by child_id order by step, turn) as place_there
    from (select root_record_id, child_id, min(step) as step, arg_min(turn, step) as turn from still_open group by root_record_id, child_id) as pair
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
