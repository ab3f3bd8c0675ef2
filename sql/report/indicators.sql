-- Every figure any output shows: one figure, one place.
-- One row per level, unit, stage and figure; units without a case of a figure have 0.
-- Figures: pupils (on roll, grades 1–9), children_of_school_age, each finding by its code, waiting_review,
-- waiting_answer, waiting_roll, children_found, cases_open, cases_answered, cases_overdue, dropouts (辍学, by answer only),
-- state_… (cases by their state, those closed in an earlier period left out), dropouts_in_year (so answered since the school year began), pupils_at_start (pupils of the school year's first run),
-- classes, classes_delivered; shares: delivered_share, answered_share, overdue_share, suspected_rate, and dropout_rate
-- = dropouts_in_year ÷ pupils_at_start (domain: 年辍学率), over_line where the policy names a control line for the stage.
-- Rule: a child counts where its school and township are (those of its row in children), in its stage and in all. The
-- city is the first four digits of the district. Counts are added up from the smallest cells, so they agree everywhere.
with people as (
    select
        child_id, district_code, school_code, township_code, on_roll, should_attend, of_school_age, in_household,
        class_delivered, grade, class_no,
        coalesce(stage_of(grade, age_on(birth_date, $cutoff_on)), 'other') as stage
    from children
),
facts as (
    select child_id, 'pupils' as indicator from people where on_roll and coalesce(grade between 1 and 9, true)
    union all
    select child_id, 'children_of_school_age' from people where of_school_age
    union all
    select child_id, 'pupils_delivered' from people where on_roll and should_attend and class_delivered
    union all
    select child_id, 'pupils_to_attend' from people where on_roll and should_attend
    union all
    select child_id, finding from findings
    union all
    select distinct child_id, 'children_found' from findings
    union all
    select child_id, 'waiting_' || waits_for from waiting_findings
    union all
    select child_id, 'cases_open' from cases where state in ('open', 'unresolved')
    union all
    select child_id, 'cases_asked' from cases where last_seen_period = $period
    union all
    select child_id, 'cases_answered' from cases where last_seen_period = $period and answer_code is not null
    union all
    select child_id, 'cases_overdue' from cases where overdue
    union all
    select distinct child_id, 'dropouts' from cases where state = 'dropout'
    union all
    select now.child_id, 'state_' || now.state
    from cases as now
    left join previous_cases as before on before.case_no = now.case_no
    where now.state <> 'closed' or coalesce(before.state <> 'closed', true)
    union all
    select distinct followed.child_id, 'dropouts_in_year'
    from case_events as event
    join cases as followed on followed.case_no = event.case_no
    where event.event = 'dropout' and school_year_of(event.period) = school_year_of($period)
        and followed.state in ('dropout', 'returned')
),
class_facts as (
    select district_code, school_code, stage, 'classes' as indicator, count(*) as figure,
        count(*) filter (where delivered) as delivered
    from (select district_code, school_code, stage, grade, class_no, bool_or(class_delivered) as delivered
          from people where on_roll and should_attend and school_code is not null
          group by district_code, school_code, stage, grade, class_no) as classes
    group by district_code, school_code, stage
),
cells as (
    select
        people.district_code, people.school_code, people.township_code, people.stage, facts.indicator,
        cast(count(*) as double) as figure
    from facts
    join people on people.child_id = facts.child_id
    group by people.district_code, people.school_code, people.township_code, people.stage, facts.indicator
    union all
    select district_code, school_code, null, stage, 'classes', figure from class_facts
    union all
    select district_code, school_code, null, stage, 'classes_delivered', delivered from class_facts
),
staged as (
    select district_code, school_code, township_code, stage, indicator, figure from cells where stage <> 'other'
    union all
    select district_code, school_code, township_code, 'all', indicator, figure from cells
),
levelled as (
    select 'school' as level, school_code as unit_code, district_code, stage, indicator, figure
    from staged where school_code is not null
    union all
    select 'township', township_code, district_code, stage, indicator, figure from staged where township_code is not null
    union all
    select 'district', district_code, district_code, stage, indicator, figure from staged
    union all
    select 'city', left(district_code, 4) || '00', left(district_code, 4) || '00', stage, indicator, figure from staged
),
counted as (
    select level, unit_code, min(district_code) as district_code, stage, indicator, sum(figure) as figure
    from levelled
    group by level, unit_code, stage, indicator
),
units as (
    select distinct level, unit_code, district_code, stage from counted
),
names as (
    select finding as indicator from finding_kinds
    union all
    select unnest(['pupils', 'children_of_school_age', 'children_found', 'waiting_review', 'waiting_answer', 'waiting_roll',
                   'cases_open', 'cases_asked', 'cases_answered', 'cases_overdue', 'dropouts', 'dropouts_in_year'])
    union all
    select 'state_' || to_state from case_transitions group by to_state
    union all
    select unnest(['pupils_to_attend', 'pupils_delivered', 'classes', 'classes_delivered'])
),
complete as (
    select
        units.level, units.unit_code, units.district_code, units.stage, names.indicator,
        coalesce(counted.figure, 0) as figure
    from (select level, unit_code, min(district_code) as district_code, stage from units group by level, unit_code, stage)
        as units
    cross join names
    left join counted
        on counted.level = units.level and counted.unit_code = units.unit_code and counted.stage = units.stage
        and counted.indicator = names.indicator
    -- classes belong to schools, not to townships
    where not (units.level = 'township' and names.indicator in ('classes', 'classes_delivered'))
),
-- A school year's rate is counted on the pupils of its first run.
with_start as (
    select level, unit_code, district_code, stage, indicator, figure from complete
    union all
    select complete.level, complete.unit_code, complete.district_code, complete.stage, 'pupils_at_start',
        coalesce(before.value, complete.figure)
    from complete
    left join previous_indicators as before
        on before.level = complete.level and before.unit_code = complete.unit_code and before.stage = complete.stage
        and before.indicator = 'pupils_at_start' and school_year_of(before.period) = school_year_of($period)
    where complete.indicator = 'pupils'
),
wide as (
    select
        level, unit_code, district_code, stage,
        max(figure) filter (where indicator = 'pupils') as pupils,
        max(figure) filter (where indicator = 'suspected_dropout') as suspected,
        max(figure) filter (where indicator = 'dropouts_in_year') as dropouts,
        max(figure) filter (where indicator = 'pupils_at_start') as at_start,
        max(figure) filter (where indicator = 'classes') as classes,
        max(figure) filter (where indicator = 'classes_delivered') as classes_delivered,
        max(figure) filter (where indicator = 'cases_asked') as asked,
        max(figure) filter (where indicator = 'cases_answered') as answered,
        max(figure) filter (where indicator = 'cases_overdue') as overdue,
        max(case stage when 'primary' then cast($primary_control_line as double)
                       when 'junior' then cast($junior_control_line as double) end) as control_line
    from with_start
    group by level, unit_code, district_code, stage
),
shares as (
    select level, unit_code, district_code, stage, 'delivered_share' as indicator, classes_delivered / nullif(classes, 0) as figure from wide
    union all
    select level, unit_code, district_code, stage, 'suspected_rate', suspected / nullif(pupils, 0) from wide
    union all
    select level, unit_code, district_code, stage, 'dropout_rate', dropouts / nullif(at_start, 0) from wide
    union all
    select level, unit_code, district_code, stage, 'answered_share', answered / nullif(asked, 0) from wide
    union all
    select level, unit_code, district_code, stage, 'overdue_share', overdue / nullif(asked, 0) from wide
    union all
    select level, unit_code, district_code, stage, 'over_line',
        case when dropouts / nullif(at_start, 0) > control_line then 1 when dropouts / nullif(at_start, 0) <= control_line then 0 end
    from wide
)
select $period as period, district_code, level, unit_code, stage, indicator, figure as value from with_start
union all
select $period, district_code, level, unit_code, stage, indicator, figure from shares where figure is not null
order by level, unit_code, stage, indicator
