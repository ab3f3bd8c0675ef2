-- Purpose: the closed cases whose rows are kept no longer (`baoxue purge`).
-- One row per case that was closed and of which nothing was heard since for longer than $keep_closed_cases_days.
-- Rule: the term runs from the case's last event. A case whose answer is carried on every period is heard of every
-- period: without it the same child would be asked about again.
with last_events as (
    select case_no, max(happened_on) as last_heard_on from case_events group by case_no
)
select cases.district_code, cases.case_no, cases.finding, last_events.last_heard_on
from cases
join last_events on last_events.case_no = cases.case_no
where cases.state = 'closed' and last_events.last_heard_on + $keep_closed_cases_days < $as_of
order by case_no
