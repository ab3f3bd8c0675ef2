-- What lists of exemptions and of vocational pupils say of each child: those handed in, and the last ones of a district that
-- has handed in none since.
-- One row per child, list and reason.
-- Rule (design: no delivery is not absence): a list stands until its district hands in another of its kind that can be read,
-- but an approval no longer than its last day, and what names no last day no longer than the school year. A roster explains
-- nobody whom it calls gone, or not come (未报到).
with told as (
    select
        child.child_id, 'exempt' as source, approval.district_code, exemption_of(approval.kind, approval.reason) as explanation,
        coalesce(approval.kind, '免予就学') || '已批准'
            || coalesce('（' || approval.approved_by || '）', '')
            || coalesce('，有效期至' || strftime(approval.valid_until, '%Y-%m-%d'), '') as explanation_text,
        approval.valid_until
    from exempt_children as approval
    join child_records as child on child.record_id = approval.record_id
    union
    select
        child.child_id, 'vocational', pupil.district_code, 'vocational',
        '在' || coalesce(pupil.school_name, '中等职业学校') || '就读（中职在校名册）', null
    from vocational_pupils as pupil
    join child_records as child on child.record_id = pupil.record_id
    where coalesce(pupil.status, '在读') not in ('转出', '退学', '毕业', '死亡', '失踪', '未到校')
),
handed_in as (
    select distinct district_code, source from deliveries where verdict <> 'refused'
),
standing as (
    select *, $period as told_period from told
    union all
    select
        before.child_id, before.source, before.district_code, before.explanation, before.explanation_text, before.valid_until,
        before.told_period
    from previous_standing_reasons as before
    left join handed_in as given on given.district_code = before.district_code and given.source = before.source
    where given.source is null
)
select
    $period as period, district_code, child_id, source, explanation, explanation_text, valid_until, told_period
from standing
where coalesce(valid_until >= $as_of, school_year_of(told_period) = school_year_of($period))
order by child_id, source, district_code, explanation, explanation_text
