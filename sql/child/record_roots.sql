-- Which record stands at the head of everything linked to a record: the way from links to children.
-- One row per record of a person.
-- Rule: every record is the right side of at most one link, and the left side is nearer the roll, so following
-- links from right to left ends at one record; five steps are the longest way (two duplicates, household, sheet, list).
with parents as (
    select right_record_id as record_id, min(left_record_id) as parent_id
    from links
    where left_record_id <> right_record_id
    group by right_record_id
)
select
    record.record_id,
    coalesce(fifth.parent_id, fourth.parent_id, third.parent_id, second.parent_id, first.parent_id, record.record_id)
        as root_record_id
from person_records as record
left join parents as first on first.record_id = record.record_id
left join parents as second on second.record_id = first.parent_id
left join parents as third on third.record_id = second.parent_id
left join parents as fourth on fourth.record_id = third.parent_id
left join parents as fifth on fifth.record_id = fourth.parent_id
