-- Every name a child goes by in the deliveries of this period and as it stood the period before.
-- One row per child.
-- Rule: a list is answered after it was printed. The name on it may be put right on the roll meanwhile, or be corrected on
-- the paper to what the household book says, and it is the same child still; so an answer's name has to be one of these.
with written as (
    select record.child_id, person.name
    from child_records as record
    join person_records as person on person.record_id = record.record_id
    union
    select child_id, name from previous_children
),
every_name as (
    select child_id, name_without_notation(name) as name from written
)
select child_id, array_to_string(list_sort(list(distinct name)), '、') as names
from every_name
where name is not null and name <> ''
group by child_id
