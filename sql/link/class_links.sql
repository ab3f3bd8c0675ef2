-- Attenders found by their name in their own class on the roll.
-- One row per attender and place. Two places of one name in a class are told apart by sex where the sheet writes it; else
-- people decide, even where none of the rows marks a day away: the order of a sheet is not that of the roll, and a wrong
-- pairing lies ready to accuse a family in the month one of the two stays away.
-- Of two rows for one place the first takes it and the other goes on. A child found by number on another school's sheet
-- may still stand on its own class's.
with
    taken_here as (select distinct left_no from attender_numbers where own_school),
    waiting as (
        select a.attender_no, p.school_code, p.grade, p.class_no, p.name_key, coalesce(p.sex, '') as sex
        from attenders as a join person_records as p on p.person_no = a.attender_no
        left join attender_numbers as n on n.attender_no = a.attender_no
        where a.person_no = a.attender_no and n.attender_no is null
    ),
    places as (
        select r.person_no, r.school_code, r.grade, r.class_no, r.name_key, coalesce(r.sex, '') as sex, r.in_force,
            row_number() over (partition by r.school_code, r.grade, r.class_no, r.name_key order by r.in_force desc) as nth,
            bool_or(r.in_force) over (partition by r.school_code, r.grade, r.class_no, r.name_key) as any_in_force
        from roll_places as r
        left join taken_here as n on n.left_no = r.person_no
        where n.left_no is null
    ),
    -- A place no longer in force counts only where no other of the name is.
    standing as (select * from places where in_force or not any_in_force),
    ordered_places as (
        select *, count(*) over (partition by school_code, grade, class_no, name_key) as places,
            count(distinct nullif(sex, '')) over (partition by school_code, grade, class_no, name_key) as sexes
        from standing
    ),
    ordered_waiting as (
        select *, row_number() over (partition by school_code, grade, class_no, name_key order by sex, attender_no) as turn from waiting
    )
select w.attender_no, p.person_no as left_no, p.places = 1 or p.sexes = p.places and w.sex <> '' as told_apart
from ordered_waiting as w
join ordered_places as p
    on p.school_code = w.school_code and p.grade = w.grade and p.class_no = w.class_no and p.name_key = w.name_key
where p.places = 1 and w.turn = 1
    or p.places > 1 and p.sexes = p.places and w.sex <> '' and p.sex = w.sex
    or p.places > 1 and not (p.sexes = p.places and w.sex <> '')
