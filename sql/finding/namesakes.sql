-- Pupils on no roll who may be a child that left the roll: known by name only, since a class sheet often gives no more.
-- One row per child that left the roll and such a pupil.
-- Rule (issue: a child whose match is open is not accused): the same name, and nothing else both are known by speaks
-- against it: sex, birth date, a valid number, and the grade that follows from the last one, give or take one.
select
    gone.child_id,
    there.child_id as other_child_id,
    coalesce(there.attends_school_name, '') || class_label(there.grade, there.class_no) as place
from children as gone
join children as there on name_without_notation(there.name) = name_without_notation(gone.name)
where gone.left_roll
    and not gone.seen
    and there.seen
    and not there.on_roll
    and not there.left_roll
    and there.child_id <> gone.child_id
    and coalesce(there.sex = gone.sex, true)
    and coalesce(there.birth_date = gone.birth_date, true)
    and coalesce(there.id_number = gone.id_number, there.id_kind <> 'valid' or gone.id_kind <> 'valid', true)
    and coalesce(
        abs(there.grade - gone.grade - school_year_of($period) + school_year_of(coalesce(gone.known_period, gone.period))) <= 1, true)
order by gone.child_id, there.child_id
