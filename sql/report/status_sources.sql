-- Purpose: which kinds of delivery a district handed in (`baoxue status`).
-- One row per district and kind; files that are refused do not count as handed in.
select
    district_code,
    source,
    (count(*) filter (where verdict in ('accepted', 'accepted_with_issues')))::int as files_used,
    (count(*) filter (where verdict = 'refused'))::int as files_refused
from deliveries
where source is not null
group by district_code, source
order by district_code, source
