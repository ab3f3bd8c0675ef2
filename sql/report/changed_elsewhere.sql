-- Purpose: which other districts' results the fresh data of a district run would change, so that they can be run too.
-- One row per other district with such a child. `previous_` is the run in force: only the re-run districts' deliveries
-- differ between the two, and only children with a record of theirs, or made of other records than before, count: what
-- the mere passing of days changed is no effect of the new data.
with results as (
    select child_id, district_code, finding || '/' || reason as result from findings
    union all
    select child_id, district_code, finding || '/' || reason || '/' || waits_for from waiting_findings
    union all
    select child_id, district_code,
        'child/' || on_roll::text || '/' || coalesce(school_code, '') || '/' || coalesce(attends_school_code, '')
            || '/' || coalesce(township_code, '')
    from children
),
previous_results as (
    select child_id, district_code, finding || '/' || reason as result from previous_findings
    union all
    select child_id, district_code, finding || '/' || reason || '/' || waits_for from previous_waiting_findings
    union all
    select child_id, district_code,
        'child/' || on_roll::text || '/' || coalesce(school_code, '') || '/' || coalesce(attends_school_code, '')
            || '/' || coalesce(township_code, '')
    from previous_children
),
gained as (select * from results except select * from previous_results),
lost as (select * from previous_results except select * from results),
changed as (select * from gained union all select * from lost),
records_gained as (
    select child_id, record_id from child_records except select child_id, record_id from previous_child_records
),
records_lost as (
    select child_id, record_id from previous_child_records except select child_id, record_id from child_records
),
composed_anew as (select child_id from records_gained union select child_id from records_lost)
select changed.district_code, count(distinct changed.child_id)::int as children
from changed
where changed.district_code not in (select district_code from rerun_districts)
  and changed.child_id in (select child_id from composed_anew)
group by changed.district_code
order by changed.district_code
