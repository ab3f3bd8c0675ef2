-- The groups of linked records recognised as a child of the period before by what they are known by.
-- One row per such group.
-- Rule: the strongest step of recognition_pairs on both sides. Where it is not certain it must be the only one on both
-- sides: twins and namesakes are never told apart by guessing.
with choice as (
    select
        *,
        rank() over (partition by root_record_id order by not certain, turn, step) as place_here,
        rank() over (partition by child_id order by not certain, turn, step) as place_there
    from recognition_pairs
),
mutual as (
    select
        root_record_id, child_id,
        count(*) over (partition by root_record_id) as ways_here,
        count(*) over (partition by child_id) as ways_there
    from choice
    where place_here = 1 and place_there = 1
)
select root_record_id, child_id from mutual where ways_here = 1 and ways_there = 1
order by root_record_id
