-- Attenders recognised by a number on the sheet: the citizen number anywhere in the city, the pupil number in their school.
-- One row per attender. The name must agree; a pupil number is compared without its leading letter and counts from six
-- characters on, shorter ones are seat numbers. In the very class of the number one character of the name may be wrong.
-- Where another place of the class bears exactly the name of the sheet, or another row of the sheet exactly that of the
-- place, the number alone does not decide: brothers and sisters get each other's. For a row without a class, the grade stands
-- for it.
with
    people as (select a.attender_no, p.* from attenders as a join person_records as p on p.person_no = a.attender_no),
    by_number as (
        select a.attender_no, n.left_no, n.name_level, 1 as turn
        from number_pairs as n join attenders as a on a.person_no = n.right_no
        where n.right_source = 'attendance' and n.left_source in ('registry', 'household')
        union all
        select p.attender_no, r.person_no as left_no,
            name_level(r.name_key, p.name_key, r.former_name_key, null, r.name_shape, p.name_shape, r.name_sound, p.name_sound, r.given, p.given) as name_level,
            2 as turn
        from people as p
        join roll_places as r on r.school_code = p.school_code and length(p.pupil_no) >= 6
            and regexp_replace(r.pupil_no, '^[A-Z]', '') = regexp_replace(p.pupil_no, '^[A-Z]', '')
    ),
    names_on_roll as (
        select school_code, grade, class_no, name_key from roll_places
        union select school_code, grade, null as class_no, name_key from roll_places
    ),
    names_on_sheet as (
        select school_code, grade, class_no, name_key from people
        union select school_code, grade, null as class_no, name_key from people
    ),
    placed as (
        select
            b.*, r.in_force, r.source,
            coalesce(p.school_code = r.school_code, false) as own_school,
            coalesce(p.school_code = r.school_code and p.grade = r.grade and (p.class_no = r.class_no or p.class_no is null or r.class_no is null), false) as own_class,
            p.surname = r.surname or p.given = r.given as one_part_agrees,
            bearer.name_key is not null or listed.name_key is not null as named_elsewhere
        from by_number as b join person_records as r on r.person_no = b.left_no
        join person_records as p on p.person_no = b.attender_no
        left join names_on_roll as bearer
            on bearer.school_code = p.school_code and bearer.grade = p.grade and coalesce(bearer.class_no, 0) = coalesce(p.class_no, 0) and bearer.name_key = p.name_key
        left join names_on_sheet as listed
            on listed.school_code = p.school_code and listed.grade = p.grade and coalesce(listed.class_no, 0) = coalesce(p.class_no, 0) and listed.name_key = r.name_key
    ),
    believed as (
        select *,
            case when name_agrees(name_level) then case turn when 1 then 'number' else 'pupil_number' end
                 when name_level = 'one_character' and turn = 2 then 'pupil_number'
                 when name_level = 'one_character' and own_school or own_class and one_part_agrees then 'class_number' end as step
        from placed
        where name_level in ('exact', 'former') or not named_elsewhere
    ),
    ordered as (
        select *, row_number() over (partition by attender_no order by source = 'household', own_school desc, turn, not in_force, left_no) as place
        from believed where step is not null
    )
select attender_no, left_no, name_level, step, own_school
from ordered where place = 1
