-- Everything the nine rules found, in the districts where they can be judged, with the number of its case.
-- One row per child and finding.
-- Rule: a case number is a digest of child, finding and the period it was opened in, so the same case has the same
-- number in every run; should two be equal, the later child's is computed anew.
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
),
judged as (
    select
        child.district_code, child.school_code, child.township_code, found.*, kind.matter,
        coalesce(found_before.first_period, $period) as first_period,
        before.case_no as case_no_before,
        case_number(found.child_id, found.finding, $period, 0) as case_no_first
    from found
    join children as child on child.child_id = found.child_id
    join finding_kinds as kind on kind.finding = found.finding
    left join (select distinct district_code, finding from findings_off) as off_here
        on off_here.district_code = child.district_code and off_here.finding = found.finding
    left join found_before on found_before.child_id = found.child_id and found_before.finding = found.finding
    left join previous_cases as before on before.child_id = found.child_id and before.finding = found.finding
    where off_here.finding is null
),
numbered as (
    select
        judged.*,
        row_number() over (partition by judged.case_no_first order by judged.child_id, judged.finding) - 1
            + case when used.case_no is not null then 1 else 0 end as attempt
    from judged
    left join previous_cases as used on used.case_no = judged.case_no_first
)
select
    $period as period,
    district_code,
    school_code,
    township_code,
    child_id,
    finding,
    reason,
    explanation,
    first_period,
    coalesce(case_no_before, case when attempt = 0 then case_no_first
                                  else case_number(child_id, finding, $period, attempt) end) as case_no,
    matter
from numbered
order by child_id, finding
