-- Purpose: the figures of `indicators` that count children, once more by sex, by priority group, and by country or town.
-- One row per level, unit, stage, division (sex, group, area), member of it and figure that is not nought.
-- Rule: counted as in indicators (the unit and stage of the child's row in children), so that the sexes, with those of
-- unknown sex, add up to its figure. A child may be in several groups; 农村 and 初中 are groups here too. area has 农村
-- and 非农村或未注明: nobody is called urban because nothing was written.
with people as (
    select
        child_id, district_code, school_code, township_code, on_roll, of_school_age, grade, sex, groups,
        coalesce(stage_of(grade, age_on(birth_date, $cutoff_on)), 'other') as stage
    from children
),
facts as (
    select child_id, 'pupils' as indicator from people where on_roll and coalesce(grade between 1 and 9, true)
    union all
    select child_id, 'children_of_school_age' from people where of_school_age
    union all
    select child_id, finding from findings
    union all
    select distinct child_id, 'children_found' from findings
    union all
    select distinct child_id, 'dropouts' from cases where state = 'dropout'
    union all
    select now.child_id, 'state_' || now.state
    from cases as now
    left join previous_cases as before on before.case_no = now.case_no
    where now.state <> 'closed' or coalesce(before.state <> 'closed', true)
),
members as (
    select child_id, 'sex' as division, coalesce(sex, '未注明') as member from people
    union all
    select child_id, 'area', case when coalesce(contains(groups, '农村'), false) then '农村' else '非农村或未注明' end from people
    union all
    select child_id, 'group', unnest(string_split(groups, '、')) from people where groups is not null
),
cells as (
    select
        people.district_code, people.school_code, people.township_code, people.stage, members.division, members.member,
        facts.indicator, cast(count(*) as double) as figure
    from facts
    join people on people.child_id = facts.child_id
    join members on members.child_id = facts.child_id
    group by people.district_code, people.school_code, people.township_code, people.stage, members.division,
        members.member, facts.indicator
),
staged as (
    select district_code, school_code, township_code, stage, division, member, indicator, figure
    from cells where stage <> 'other'
    union all
    select district_code, school_code, township_code, 'all', division, member, indicator, figure from cells
),
levelled as (
    select 'school' as level, school_code as unit_code, district_code, stage, division, member, indicator, figure
    from staged where school_code is not null
    union all
    select 'township', township_code, district_code, stage, division, member, indicator, figure
    from staged where township_code is not null
    union all
    select 'district', district_code, district_code, stage, division, member, indicator, figure from staged
    union all
    select 'city', left(district_code, 4) || '00', left(district_code, 4) || '00', stage, division, member, indicator, figure
    from staged
)
select
    $period as period, min(district_code) as district_code, level, unit_code, stage, division, member, indicator,
    sum(figure) as value
from levelled
group by level, unit_code, stage, division, member, indicator
order by level, unit_code, stage, division, member, indicator
