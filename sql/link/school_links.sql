-- Attenders found in their own school by a name written otherwise, or in another class than the sheet says.
-- One row per attender and place of the first step that finds any; `sole` where neither has another candidate there.
-- Steps: a former, homophone, look-alike, cut or re-surnamed name in the class; one character of three wrong in the class;
-- the exact name in another class of the grade; the homophone there; the exact name in another grade, where
-- no one else of the name is on a roll or three of the sheet are in that class (a sheet headed wrongly); and, for people only,
-- the last pupil and the last row of a surname, of given names that sound alike, of a given name written alone or one that
-- many bear, or of a likeness of another sex, that a class has left.
-- A pupil who may be one of two of a name in the class may be another row's, written otherwise.
-- Where sheet or roll does not say the class, the grade stands for it: the exact name (step 1) is the child where no other
-- pupil of the grade bears it and no other row of the grade in the month, whatever its class. So a row without a class is
-- also held against pupils their class's own sheet has found: another month it is the same child, the same month people
-- decide. Two sheets of one file for one month are two classes.
with
    taken_here as (select distinct left_no from attender_numbers where own_school),
    waiting as (
        select p.*
        from attenders as a join person_records as p on p.person_no = a.attender_no
        left join attender_numbers as n on n.attender_no = a.attender_no
        left join (select distinct attender_no from class_links) as c on c.attender_no = a.attender_no
        where a.person_no = a.attender_no and n.attender_no is null and c.attender_no is null
    ),
    sheet_rows as (
        select a.attender_no, p.school_code, p.grade, p.class_no, p.name_key, p.sheet_order,
            right(p.sheet_order, 7) as month, split_part(p.sheet_order, ' ', 1) as file
        from attenders as a join person_records as p on p.person_no = a.person_no
    ),
    shared_months as (
        select school_code, grade, name_key, month from sheet_rows
        group by school_code, grade, name_key, month having count(distinct attender_no) > 1
    ),
    not_alone as (
        select s.attender_no from sheet_rows as s join shared_months as m
            on m.school_code = s.school_code and m.grade = s.grade and m.name_key = s.name_key and coalesce(m.month, '') = coalesce(s.month, '')
        union
        select attender_no from sheet_rows where class_no is null
        group by attender_no, file, month having count(distinct sheet_order) > 1
    ),
    -- A place no longer in force counts only where no other of the name is.
    grade_names as (
        select school_code, grade, name_key, count(*) filter (where in_force) as standing, count(*) as places
        from roll_places group by school_code, grade, name_key
    ),
    places as (
        select r.*, e.left_no is not null as found_elsewhere, b.bearers, c.left_no is not null as found_in_class,
            case when g.standing > 0 then g.standing else g.places end as bearers_in_grade,
            r.in_force or g.standing = 0 as counts
        from roll_places as r
        left join grade_names as g on g.school_code = r.school_code and g.grade = r.grade and g.name_key = r.name_key
        left join (select distinct left_no from attender_numbers) as e on e.left_no = r.person_no
        left join (select name_key, count(*) as bearers from roll_places where in_force group by name_key) as b on b.name_key = r.name_key
        left join taken_here as n on n.left_no = r.person_no
        left join (select distinct left_no from class_links where told_apart) as c on c.left_no = r.person_no
        where n.left_no is null
    ),
    -- A given name that one pupil of five hundred bears tells nobody without its surname: the row may be another child's.
    usual_given as (
        select given from (select given, count(*) as bearers, sum(count(*)) over () as pupils from roll_places group by given) as borne
        where bearers > 2 and bearers * 500 > pupils
    ),
    compared as materialized (
        select
            w.person_no as attender_no, r.person_no as left_no, r.in_force,
            coalesce(r.grade = w.grade, false) as own_grade,
            coalesce(r.grade = w.grade and coalesce(r.class_no = w.class_no, r.class_no is null or w.class_no is null), false) as own_class,
            r.class_no is not null and w.class_no is not null as class_known, r.counts, r.bearers_in_grade,
            case when u.given is null then length(w.given) end as telling_length,
            r.grade as place_grade, r.class_no as place_class, w.school_code, w.grade, w.class_no, r.bearers,
            r.found_elsewhere, r.surname = w.surname as same_surname, coalesce(w.sex = r.sex, true) as same_sex,
            regexp_extract(r.name_sound, ' ([^ ]+ [^ ]+)$', 1) = nullif(regexp_extract(w.name_sound, ' ([^ ]+ [^ ]+)$', 1), '') as given_sounds_alike, w.id_kind = 'valid' and w.id_number = r.id_number as same_number,
            length(r.name_key) = 3 and right(r.name_key, 2) = w.name_key as given_alone,
            name_level(r.name_key, w.name_key, r.former_name_key, null, r.name_shape, w.name_shape, r.name_sound, w.name_sound, r.given, w.given) as name_level
        from waiting as w join places as r on r.school_code = w.school_code
            and (not r.found_in_class or w.class_no is null and r.grade = w.grade and r.name_key = w.name_key)
            and (r.name_key = w.name_key
                 or r.grade = w.grade
                    and (r.class_no = w.class_no or r.class_no is null or w.class_no is null
                         or r.name_sound = w.name_sound or r.former_name_key = w.name_key))
            and (w.id_kind <> 'valid' or r.id_kind <> 'valid' or w.id_number = r.id_number)
        left join usual_given as u on u.given = w.given
    ),
    stepped as (
        select *,
            case when own_class and name_level = 'exact' then case when counts then 1 end
                 when own_class and same_sex and name_level in ('former', 'sound') then 2
                 when own_class and same_sex and name_level in ('alike', 'cut') then 3
                 when own_class and same_sex and name_level = 'given' and telling_length >= 2 then 4
                 when own_grade and name_level = 'exact' then 5
                 when own_class and same_sex and name_level = 'one_character' then 6
                 when own_grade and same_sex and name_level in ('former', 'sound') then 7
                 when name_level = 'exact' then 8
                 when own_class and in_force and not found_elsewhere and case when same_sex then same_surname or same_number or given_sounds_alike or given_alone or name_level = 'given'
                      else name_level in ('former', 'sound', 'alike', 'cut') end then 9 end as step
        from compared
    ),
    -- A weak likeness in the class does not stand against the very name in the same grade elsewhere, nor against a child of
    -- that name and age in the district's households who is on no roll: it is shown to people, and the name is looked for there.
    elsewhere as (
        select w.person_no as attender_no from waiting as w join places as r on r.name_key = w.name_key and r.grade = w.grade and r.in_force
        union
        select w.person_no as attender_no
        from waiting as w join person_records as h on h.name_key = w.name_key and h.district_code = w.district_code
        left join person_links as n on n.right_no = h.person_no
        where h.source = 'household' and h.in_force and n.right_no is null
            and abs(age_on(h.birth_date, $cutoff_on) - (w.grade + $entry_age - 1)) <= 1
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
    attender_no, left_no, case when step in (4, 6, 7) and e.attender_no is not null then 9 else step end as step, name_level, own_grade, own_class, class_known,
    attender_candidates = 1 and place_candidates = 1 and step < 9 and not (step in (4, 6, 7) and e.attender_no is not null)
        and not (step = 8 and bearers > 1 and moved_together < 3)
        and not (step = 1 and (bearers_in_grade > 1 or n.attender_no is not null)) as sole
from counted left join elsewhere as e using (attender_no) left join not_alone as n using (attender_no)
where step < 9 or attender_candidates = 1 and place_candidates = 1
