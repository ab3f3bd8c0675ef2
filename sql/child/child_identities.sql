-- What names each child for good: the id it already had, else the seed a new id is computed from.
-- One row per group of linked records.
-- Rule (design: data rules; issue "across periods"): a child keeps its id when its number is corrected or its name
-- changes. It is the child of the period before by valid number with name or birth date; else by name and birth date
-- with school, guardian or telephone; else by name, birth date and the grade that follows (from primary to junior school
-- the school changes, and a roll may name the other parent), each where that is unique on both sides. A new child's seed is its valid number,
-- else name and birth date, else name and school: never the row's place in a file, so another order of files or a
-- corrected file gives the same ids. Equal seeds are told apart by a running number.
with members as (
    select
        root.root_record_id,
        record.*,
        -- police before school before sheet for the number; the record id makes the choice deterministic
        case record.source when 'household' then '1' when 'registry' then '2' when 'attendance' then '3'
             when 'vocational' then '4' when 'exempt' then '5' else '6' end
            || case when record.in_force then '1' else '2' end || record.record_id as precedence
    from record_roots as root
    join person_records as record on record.record_id = root.record_id
),
identities as (
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
        arg_min(phone, precedence) filter (where phone is not null) as phone
    from members
    group by root_record_id
),
by_number as (
    select here.root_record_id, there.child_id, 1 as tier
    from identities as here
    join previous_children as there on there.id_number = here.id_number and there.id_kind = 'valid'
    where name_without_notation(there.name) = name_without_notation(here.name)
        or there.birth_date = here.birth_date
),
by_name as (
    select here.root_record_id, there.child_id, 2 as tier
    from identities as here
    join previous_children as there
        on there.birth_date = here.birth_date
        and name_without_notation(there.name) = name_without_notation(here.name)
    where there.school_code = here.school_code or there.guardian_name = here.guardian_name or there.phone = here.phone
),
by_grade as (
    select here.root_record_id, there.child_id, 3 as tier
    from identities as here
    join previous_children as there
        on there.birth_date = here.birth_date
        and name_without_notation(there.name) = name_without_notation(here.name)
    where here.grade = there.grade + school_year_of($period) - school_year_of(coalesce(there.known_period, there.period))
        and coalesce(here.sex = there.sex, true)
        and coalesce(here.id_number = there.id_number, there.id_kind <> 'valid', true)
),
-- Children no register gives a birth date: the same name in the same school, if only one there has it.
by_school as (
    select here.root_record_id, there.child_id, 4 as tier
    from identities as here
    join previous_children as there
        on there.school_code = here.school_code
        and name_without_notation(there.name) = name_without_notation(here.name)
    where here.birth_date is null and there.birth_date is null
),
candidates as (
    select * from by_number
    union all
    select * from by_name
    union all
    select * from by_grade
    union all
    select * from by_school
),
best as (
    select
        root_record_id, child_id, tier,
        min(tier) over (partition by root_record_id) as best_here,
        min(tier) over (partition by child_id) as best_there
    from candidates
),
counted as (
    select
        root_record_id, child_id,
        count(*) over (partition by root_record_id) as ways_here,
        count(*) over (partition by child_id) as ways_there
    from best
    where tier = best_here and tier = best_there
),
known as (
    select root_record_id, child_id from counted where ways_here = 1 and ways_there = 1
),
seeds as (
    select
        *,
        case when id_number is not null then 'number|' || id_number
             when birth_date is not null then concat_ws('|', 'birth', name, birth_date, sex)
             else concat_ws('|', 'school', name, school_code) end as seed
    from identities
),
numbered as (
    select
        *,
        row_number() over (
            partition by seed
            order by name, birth_date, sex, school_code, grade, class_no, guardian_name, phone, root_record_id
        ) as seed_no
    from seeds
)
select
    numbered.root_record_id,
    known.child_id as known_child_id,
    numbered.seed || case when numbered.seed_no > 1 then '#' || numbered.seed_no else '' end as seed
from numbered
left join known on known.root_record_id = numbered.root_record_id
order by numbered.root_record_id
