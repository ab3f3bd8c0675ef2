-- Children of the period before who are part of another child now: linkage, or people, have put their halves together.
-- One row per such child.
-- Rule: who certainly is a group of records recognised as another child, and is recognised nowhere else, has not
-- vanished. The same holds where number and birth date are one and only the name differs.
select distinct pair.child_id
from recognition_pairs as pair
join known_children as other on other.root_record_id = pair.root_record_id and other.child_id <> pair.child_id
left join known_children as own on own.child_id = pair.child_id
where (pair.certain or pair.step = 3) and own.child_id is null
order by pair.child_id
