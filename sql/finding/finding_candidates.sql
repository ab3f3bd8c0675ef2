-- Everything the nine rules found, in the districts where they can be judged.
-- One row per child and finding.
-- A grade that does not fit the age is told with the finding: a wrong birth date or grade is often its cause.
with found as (
    select child_id, 'absent_from_school' as finding, reason, explanation from absent_from_school
    union all
    select child_id, 'suspected_dropout', reason, explanation from suspected_dropout
    union all
    select child_id, 'not_enrolled', reason, explanation from not_enrolled
    union all
    select child_id, 'attends_elsewhere', reason, explanation from attends_elsewhere
    union all
    select child_id, 'attends_unregistered', reason, explanation from attends_unregistered
    union all
    select child_id, 'duplicate_registration', reason, explanation from duplicate_registration
    union all
    select child_id, 'identity_mismatch', reason, explanation from identity_mismatch
    union all
    select child_id, 'missing_id_number', reason, explanation from missing_id_number
    union all
    select child_id, 'dropout_risk', reason, explanation from dropout_risk
),
found_before as (
    select child_id, finding, min(first_period) as first_period
    from (select child_id, finding, first_period from previous_findings
          union all
          select child_id, finding, first_period from previous_waiting_findings) as earlier
    group by child_id, finding
)
select
    $period as period,
    child.district_code,
    child.school_code,
    child.township_code,
    found.child_id,
    found.finding,
    found.reason,
    found.explanation || coalesce(child.grade_age_note || '。', '') as explanation,
    coalesce(found_before.first_period, $period) as first_period,
    kind.matter
from found
join children as child on child.child_id = found.child_id
join finding_kinds as kind on kind.finding = found.finding
left join (select distinct district_code, finding from findings_off) as off_here
    on off_here.district_code = child.district_code and off_here.finding = found.finding
left join found_before on found_before.child_id = found.child_id and found_before.finding = found.finding
where off_here.finding is null
order by child_id, finding
