-- Every event of every case with the state it found and the state it left: the fold of a case's history.
-- One row per event; to_state is empty where the declared transitions (expectations/case_states.py) have no such step,
-- which then changed nothing.
with recursive ordered as (
    select *, row_number() over (partition by case_no order by event_no) as step
    from case_events
),
folded as (
    select ordered.case_no, ordered.step, 'none' as from_state, taken.to_state, coalesce(taken.to_state, 'none') as state
    from ordered
    left join case_transitions as taken on taken.from_state = 'none' and taken.event = ordered.event
    where ordered.step = 1
    union all
    select ordered.case_no, ordered.step, folded.state, taken.to_state, coalesce(taken.to_state, folded.state)
    from folded
    join ordered on ordered.case_no = folded.case_no and ordered.step = folded.step + 1
    left join case_transitions as taken on taken.from_state = folded.state and taken.event = ordered.event
)
select ordered.case_no, ordered.event_no, ordered.event, ordered.record_id, folded.from_state, folded.to_state, folded.state
from folded
join ordered on ordered.case_no = folded.case_no and ordered.step = folded.step
order by ordered.case_no, ordered.event_no
