-- Purpose: what the offices still owe an answer to, on any day after a run (`baoxue status`).
-- One row per district and finding with a case that waits for an answer.
-- Rule: overdue, and escalated to the county ($escalate_days later), as of the day asked about, not of the run; who answered 待续查 still looks but is not overdue (cases).
select
    district_code,
    finding,
    count(*)::int as waiting,
    (count(*) filter (where state = 'unresolved'))::int as looked_for,
    (count(*) filter (where state = 'open' and due_on < $as_of))::int as overdue,
    (count(*) filter (where state = 'open' and due_on + $escalate_days < $as_of))::int as escalated,
    min(due_on) filter (where state = 'open' and due_on >= $as_of) as next_due_on,
    (date_diff('day', min(due_on) filter (where state = 'open' and due_on < $as_of), $as_of))::int as longest_overdue
from cases
where state in ('open', 'unresolved')
group by district_code, finding
order by district_code, finding
