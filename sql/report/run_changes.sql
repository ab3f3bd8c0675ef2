-- Purpose: what two runs of one period do not agree on (`baoxue diff`); the earlier run's tables are previous_<table>.
-- One row per child and finding that stands in only one of them, for another reason, or under another district.
-- Rule: findings are compared, not explanations: a sentence that counts one day more is the same finding. A child that
-- moved stands under the district it has now, a finding that is gone under the one it had.
with changed as (
    select
        coalesce(after.district_code, before.district_code) as district_code,
        coalesce(after.child_id, before.child_id) as child_id,
        coalesce(after.finding, before.finding) as finding,
        case when before.child_id is null then 'new'
             when after.child_id is null then 'gone'
             when before.district_code <> after.district_code then 'moved'
             when before.reason <> after.reason then 'reason' end as change,
        before.reason as reason_before,
        after.reason as reason_after
    from findings as after
    full outer join previous_findings as before
        on before.child_id = after.child_id and before.finding = after.finding
)
select
    changed.district_code, changed.child_id, changed.finding,
    coalesce(here.case_no, there.case_no) as case_no,
    changed.change, changed.reason_before, changed.reason_after
from changed
left join cases as here on here.child_id = changed.child_id and here.finding = changed.finding
left join previous_cases as there on there.child_id = changed.child_id and there.finding = changed.finding
where changed.change is not null
order by child_id, finding
