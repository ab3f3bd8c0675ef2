-- What is not as it should be about each child in the period.
-- One row per child and finding.
-- Rule: everything the nine rules found that does not wait for a match or stand explained by a valid answer.
select
    candidate.period, candidate.district_code, candidate.school_code, candidate.township_code, candidate.child_id,
    candidate.finding, candidate.reason, candidate.explanation, candidate.first_period
from finding_candidates as candidate
left join waiting_findings as waiting
    on waiting.child_id = candidate.child_id and waiting.finding = candidate.finding
where waiting.child_id is null
order by candidate.child_id, candidate.finding
