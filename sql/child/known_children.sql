-- Which child of the period before each group of linked records is.
-- One row per group recognised as a child of the period before.
-- Rules: a child keeps its id when its number is corrected, lost or found again, or when its name changes. First come the
-- groups recognised by what they are known by (plain_recognitions); then, for the others, the strongest step of
-- recognition_pairs and likeness_pairs on both sides decides in the same way: who is recognised already rivals nobody.
with open_pairs as (
    select root_record_id, child_id, step, certain, turn from recognition_pairs
    union all
    select root_record_id, child_id, step, false, '' from likeness_pairs
),
still_open as (
    select pair.root_record_id, pair.child_id, min(step) as step, bool_or(certain) as certain, max(turn) as turn
    from open_pairs as pair
    left join plain_recognitions as here on here.root_record_id = pair.root_record_id
    left join plain_recognitions as there on there.child_id = pair.child_id
    where here.root_record_id is null and there.child_id is null
    group by pair.root_record_id, pair.child_id
),
choice as (
    select
        *,
        rank() over (partition by root_record_id order by not certain, turn, step) as place_here,
        rank() over (partition by child_id order by not certain, turn, step) as place_there
    from still_open
),
mutual as (
    select
        root_record_id, child_id,
        count(*) over (partition by root_record_id) as ways_here,
        count(*) over (partition by child_id) as ways_there
    from choice
    where place_here = 1 and place_there = 1
)
select root_record_id, child_id from plain_recognitions
union all
select root_record_id, child_id from mutual where ways_here = 1 and ways_there = 1
