-- Attenders found in their own school by a name written otherwise, or in another class than the sheet says.
-- One row per attender and place of the first step that finds any; `sole` where neither has another candidate there.
-- Steps: a former, homophone, look-alike, cut or re-surnamed name in the class; one character of three wrong in the class;
-- the exact name in another class of the grade; the homophone there; the exact name in another grade, where
-- no one else of the name is on a roll or three of the sheet are in that class (a sheet headed wrongly); and, for people only,
-- the last pupil and the last row of a surname that a class has left.
with
    taken_here as (
        select distinct n.left_no
        from attender_numbers as n join person_records as p on p.person_no = n.attender_no
        join person_records as r on r.person_no = n.left_no and r.school_code = p.school_code
    ),
    waiting as (
        select p.*
        from attenders as a join person_records as p on p.person_no = a.attender_no
        left join attender_numbers as n on n.attender_no = a.attender_no
        left join (select distinct attender_no from class_links) as c on c.attender_no = a.attender_no
        where a.person_no = a.attender_no and n.attender_no is null and c.attender_no is null
    ),
    places as (
        select r.*, e.left_no is not null as found_elsewhere, b.bearers
        from roll_places as r
        left join (select distinct left_no from attender_numbers) as e on e.left_no = r.person_no
        left join (select name_key, count(*) as bearers from roll_places where in_force group by name_key) as b on b.name_key = r.name_key
        left join taken_here as n on n.left_no = r.person_no
        left join (select distinct left_no from class_links) as c on c.left_no = r.person_no
        where n.left_no is null and c.left_no is null
    ),
    compared as materialized (
        select
            w.person_no as attender_no, r.person_no as left_no, r.in_force,
            coalesce(r.grade = w.grade, false) as own_grade,
            coalesce(r.grade = w.grade and coalesce(r.class_no = w.class_no, r.class_no is null or w.class_no is null), false) as own_class,
            length(w.given) as given_length,
            r.grade as place_grade, r.class_no as place_class, w.school_code, w.grade, w.class_no, r.bearers,
            r.found_elsewhere, r.surname = w.surname as same_surname, w.id_kind = 'valid' and w.id_number = r.id_number as same_number,
            name_level(r.name_key, w.name_key, r.former_name_key, null, r.name_shape, w.name_shape, r.name_sound, w.name_sound, r.given, w.given) as name_level
        from waiting as w join places as r on r.school_code = w.school_code
            and (r.name_key = w.name_key
                 or r.grade = w.grade
                    and (r.class_no = w.class_no or r.class_no is null or w.class_no is null
                         or r.name_sound = w.name_sound or r.former_name_key = w.name_key))
            and (w.sex is null or r.sex is null or w.sex = r.sex or r.name_key = w.name_key)
            and (w.id_kind <> 'valid' or r.id_kind <> 'valid' or w.id_number = r.id_number)
    ),
    stepped as (
        select *,
            case when own_class and name_level = 'exact' then 1
                 when own_class and name_level in ('former', 'sound') then 2
                 when own_class and name_level in ('alike', 'cut') then 3
                 when own_class and name_level = 'given' and given_length >= 2 then 4
                 when own_grade and name_level = 'exact' then 5
                 when own_class and name_level = 'one_character' then 6
                 when own_grade and name_level in ('former', 'sound') then 7
                 when name_level = 'exact' then 8
                 when own_class and in_force and not found_elsewhere and (same_surname or same_number or name_level = 'given') then 9 end as step
        from compared
    ),
    -- A weak likeness in the class does not stand against the very name in the same grade elsewhere.
    elsewhere as (
        select distinct w.person_no as attender_no from waiting as w join places as r on r.name_key = w.name_key and r.grade = w.grade and r.in_force
    ),
    best as (
        select *, min(step) over (partition by attender_no) as attender_step, min(step) over (partition by left_no) as place_step
        from stepped where step is not null
    ),
    counted as (
        select *,
            count(*) over (partition by school_code, grade, class_no, place_grade, place_class, step) as moved_together,
            count(*) over (partition by attender_no) as attender_candidates, count(*) over (partition by left_no) as place_candidates
        from best where step = attender_step and step = place_step
    )
select
    attender_no, left_no, step, name_level, own_grade, own_class,
    attender_candidates = 1 and place_candidates = 1 and step < 9 and not (step in (4, 6, 7) and e.attender_no is not null)
        and not (step = 8 and bearers > 1 and moved_together < 3) as sole
from counted left join elsewhere as e using (attender_no)
where step < 9 or attender_candidates = 1 and place_candidates = 1
