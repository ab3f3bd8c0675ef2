-- The number each record is known by: its own, else the one its registry number spells (G and the citizen number), else
-- the one a sheet of its own class writes beside its name, or the roll itself wrote in the period before.
-- One row per record with such a number.
-- A table program that cuts a number off leaves the registry number whole; a school that never got a number into the
-- registry often has it on its class sheet. What the registry number spells counts like a number of its own, beside whatever
-- birth date: names and dates are compared where it makes a pair. A sheet lends its number only
-- where class and sheet have one of the name, the digits known do not contradict it, nor the birth date, and no pupil of
-- the school has it already (a namesake's); a homophone needs the birth date.
-- The roll of the period before lends what it wrote for the pupil (the same registry number and name, or school, name, birth
-- date and guardian or telephone), unless the number now stands on the roll beside another: then it was put right.
with
    own as (
        select person_no, id_number from person_records where id_kind = 'valid' or id_kind = 'other' and length(id_number) >= 7
    ),
    spelled as (
        select person_no, substr(upper(pupil_no), 2) as id_number
        from person_records
        where id_kind not in ('valid', 'other') and regexp_full_match(upper(pupil_no), 'G[0-9]{17}[0-9X]')
            and is_valid_id(substr(upper(pupil_no), 2))
    ),
    unnumbered as (
        select p.* from person_records as p
        left join own as o on o.person_no = p.person_no
        left join spelled as s on s.person_no = p.person_no
        where p.source = 'registry' and p.in_force and p.name_key is not null and o.person_no is null and s.person_no is null
    ),
    sheet_rows as (
        select school_code, grade, class_no, name_key, name_sound, id_number, id_prefix
        from person_records where source = 'attendance' and id_kind = 'valid' and name_key is not null
    ),
    -- Numbers of sheets that pupils of the same school have on the roll.
    borne as (
        select distinct s.id_number, s.school_code
        from sheet_rows as s join person_records as p on p.id_number = s.id_number and p.school_code = s.school_code
        where p.source = 'registry'
    ),
    beside as (
        select
            p.person_no, s.id_number,
            p.name_key = s.name_key as same_name,
            birth_level(p.birth_date, id_birth_date(s.id_prefix)) as birth_date,
            id_level(p.id_number, s.id_number, p.id_kind, 'valid', p.id_prefix, s.id_prefix) as digits
        from unnumbered as p
        join sheet_rows as s on s.school_code = p.school_code and s.grade = p.grade and s.name_sound = p.name_sound
            and (s.class_no = p.class_no or s.class_no is null or p.class_no is null)
        left join borne as b on b.id_number = s.id_number and b.school_code = p.school_code
        where b.id_number is null
    ),
    rolls_before as (
        select name_key, pupil_no, school_code, birth_date, guardian_name, phone, id_number, id_prefix
        from previous_person_records where source = 'registry' and id_kind = 'valid'
    ),
    entries_before as (
        select p.person_no, b.id_number, b.id_prefix from unnumbered as p
        join rolls_before as b on b.pupil_no = p.pupil_no and b.name_key = p.name_key
        where length(p.pupil_no) >= 8
        union
        select p.person_no, b.id_number, b.id_prefix from unnumbered as p
        join rolls_before as b on b.school_code = p.school_code and b.name_key = p.name_key and b.birth_date = p.birth_date
        where b.guardian_name = p.guardian_name or b.phone = p.phone
    ),
    written_before as (
        select p.person_no, b.id_number, id_level(p.id_number, b.id_number, p.id_kind, 'valid', p.id_prefix, b.id_prefix) as digits
        from entries_before as b
        join unnumbered as p on p.person_no = b.person_no
        left join (select id_number from person_records where source = 'registry') as now on now.id_number = b.id_number
        where now.id_number is null
    ),
    lent as (
        select person_no, min(id_number) as id_number
        from (
            select person_no, id_number, digits from beside where same_name and birth_date <> 'differ' or birth_date = 'same'
            union all select person_no, id_number, digits from written_before
        ) as offered
        where digits in ('blank', 'partly', 'near')
        group by person_no having count(distinct id_number) = 1
    ),
    owed as (
        select *, count(*) over (partition by id_number) as takers from lent
    )
select person_no, id_number from own
union all select person_no, id_number from spelled
union all select person_no, id_number from owed where takers = 1
