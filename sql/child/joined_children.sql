-- Children of the period before who are part of another child now: linkage, or people, have put their halves together.
-- One row per such child.
-- Rule: who certainly is a group of records recognised as another child, and is recognised nowhere else, has not
-- vanished. The same holds where number and birth date are one and only the name differs (step 3), and where the registry
-- number or name and family say so (step 8).
with halves as (
    select root_record_id, child_id from recognition_pairs where certain or step = 3
    union
    select root_record_id, child_id from likeness_pairs where step = 8
)
select distinct half.child_id
from halves as half
join known_children as other on other.root_record_id = half.root_record_id and other.child_id <> half.child_id
left join known_children as own on own.child_id = half.child_id
where own.child_id is null
order by half.child_id
