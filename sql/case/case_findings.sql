-- What each case saw this period: its finding, listed or waiting.
-- One row per case with a finding in the period.
with every_finding as (
    select period, district_code, school_code, township_code, child_id, finding, reason, explanation, first_period,
        cast(null as varchar) as waits_for
    from findings
    union all
    select period, district_code, school_code, township_code, child_id, finding, reason, explanation, first_period,
        waits_for
    from waiting_findings
)
select every_finding.*, number.case_no
from every_finding
join case_numbers as number on number.child_id = every_finding.child_id and number.finding = every_finding.finding
order by case_no
