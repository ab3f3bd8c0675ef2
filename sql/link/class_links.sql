-- Attenders found by their name in their own class on the roll.
-- One row per attender. Two children of one name in a class are paired one to one in the order of sheet and roll: both
-- attend, so both places are filled; an attender too many goes on.
with
    waiting as (
        select a.attender_no, p.school_code, p.grade, p.class_no, p.name_key,
            row_number() over (partition by p.school_code, p.grade, p.class_no, p.name_key order by coalesce(p.sex, ''), a.attender_no) as turn
        from attenders as a join person_records as p on p.person_no = a.attender_no
        left join attender_numbers as n on n.attender_no = a.attender_no
        where a.person_no = a.attender_no and n.attender_no is null
    ),
    places as (
        select r.person_no, r.school_code, r.grade, r.class_no, r.name_key,
            row_number() over (partition by r.school_code, r.grade, r.class_no, r.name_key order by not r.in_force, coalesce(r.sex, ''), r.person_no) as turn
        from roll_places as r
        left join (select distinct left_no from attender_numbers) as n on n.left_no = r.person_no
        where n.left_no is null
    )
select w.attender_no, p.person_no as left_no
from waiting as w
join places as p
    on p.school_code = w.school_code and p.grade = w.grade and p.class_no = w.class_no and p.name_key = w.name_key and p.turn = w.turn
