-- The number of each finding's case: the one it has, or the one it would open under.
-- One row per child and finding, waiting or not.
-- Rule: a number is a digest of child, finding and the period the case is opened in, so every run of the period gives
-- the same one, and answers to it can come back within the period. Should two be equal, the later one is computed anew.
with judged as (
    select
        candidate.district_code, candidate.child_id, candidate.finding,
        before.case_no as case_no_before,
        case_number(candidate.child_id, candidate.finding, $period, 0) as case_no_first
    from finding_candidates as candidate
    left join previous_cases as before
        on before.child_id = candidate.child_id and before.finding = candidate.finding
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
    child_id,
    finding,
    coalesce(case_no_before, case when attempt = 0 then case_no_first
                                  else case_number(child_id, finding, $period, attempt) end) as case_no
from numbered
order by child_id, finding
