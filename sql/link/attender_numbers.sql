-- Attenders recognised by a number on the sheet: the citizen number anywhere in the city, the pupil number in their school.
-- One row per attender. The name must agree; a pupil number is compared without its leading letter and counts from six
-- characters on, shorter ones are seat numbers.
with
    people as (select a.attender_no, p.* from attenders as a join person_records as p on p.person_no = a.person_no),
    by_number as (
        select a.attender_no, n.left_no, n.name_level, 1 as turn
        from number_pairs as n join attenders as a on a.person_no = n.right_no
        where n.right_source = 'attendance' and n.left_source in ('registry', 'household') and name_agrees(n.name_level)
        union all
        select p.attender_no, r.person_no as left_no,
            name_level(r.name_key, p.name_key, r.former_name_key, null, r.name_shape, p.name_shape, r.name_sound, p.name_sound, r.given, p.given) as name_level,
            2 as turn
        from people as p
        join roll_places as r on r.school_code = p.school_code and length(p.pupil_no) >= 6
            and regexp_replace(r.pupil_no, '^[A-Z]', '') = regexp_replace(p.pupil_no, '^[A-Z]', '')
    ),
    placed as (
        select
            b.*, r.in_force, r.source,
            p.school_code = r.school_code as own_school
        from by_number as b join person_records as r on r.person_no = b.left_no
        join person_records as p on p.person_no = b.attender_no
        where name_agrees(b.name_level) or b.name_level = 'one_character' and b.turn = 2
    ),
    ordered as (
        select *, row_number() over (partition by attender_no order by source = 'household', coalesce(own_school, false) desc, turn, not in_force, left_no) as place from placed
    )
select attender_no, left_no, name_level, case turn when 1 then 'number' else 'pupil_number' end as step
from ordered where place = 1
