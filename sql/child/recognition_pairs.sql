-- Which children of the period before each group of linked records may be, by what it is known by.
-- One row per group, child of the period before and step.
-- Steps (design: data rules; issue "across periods"), the strongest first:
--   1–3  valid number, with name and birth date; with the name; with the birth date
--   4–5  name and birth date, with two of school, guardian and telephone; with one of them
--   6    name, birth date and the grade that follows (from primary to junior school the school changes, and a roll may
--        name the other parent), unless two valid numbers speak against it
--   7    name and school of children no register gives a birth date, before or now: then with the grade that follows
-- Certain are 1, 2 and 4, unless in 4 two valid numbers differ: whoever shares these is one person, whom linkage may have
-- left in two this time or the time before. Among certain ones the turn decides: a child on the roll before, a group on
-- the roll, the stronger step, one school; so no pupil seems to have left.
with compared as (
    select
        here.root_record_id, there.child_id,
        case when name_without_notation(there.name) <> name_without_notation(here.name) then 3
             when there.birth_date = here.birth_date then 1 else 2 end as step,
        there.on_roll as was_on_roll, here.on_roll, coalesce(there.school_code = here.school_code, false) as same_school,
        false as two_numbers
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
        there.on_roll, here.on_roll, coalesce(there.school_code = here.school_code, false),
        coalesce(there.id_kind = 'valid' and there.id_number <> here.id_number, false)
    from root_identities as here
    join previous_children as there
        on there.birth_date = here.birth_date
        and name_without_notation(there.name) = name_without_notation(here.name)
    where there.school_code = here.school_code or there.guardian_name = here.guardian_name or there.phone = here.phone
        or here.grade = there.grade + school_year_of($period) - school_year_of(coalesce(there.known_period, there.period))
            and coalesce(here.sex = there.sex, true)
            and coalesce(here.id_number = there.id_number, there.id_kind <> 'valid', true)
    union all
    select here.root_record_id, there.child_id, 7, there.on_roll, here.on_roll, true, false
    from root_identities as here
    join previous_children as there
        on there.school_code = here.school_code
        and name_without_notation(there.name) = name_without_notation(here.name)
    where here.birth_date is null and there.birth_date is null
        or (here.birth_date is null or there.birth_date is null)
            and here.grade = there.grade + school_year_of($period) - school_year_of(coalesce(there.known_period, there.period))
),
weighed as (
    select *, step in (1, 2) or step = 4 and not two_numbers as certain from compared
)
select
    root_record_id, child_id, step, certain,
    case when certain
         then concat_ws(' ', case when was_on_roll then 0 else 1 end, case when on_roll then 0 else 1 end, step,
                        case when same_school then 0 else 1 end, child_id, root_record_id)
         else '' end as turn
from weighed
