-- Purpose: the figures of `indicators` as they may leave the bureau.
-- One row per figure of a unit.
-- Rule (domain: statistics suppress small cells): a count of children below $small_cell is withheld, 0 is not. So that
-- nobody works it out: (1) of the units beside it the next smallest count is withheld too, where only one was or those
-- withheld add up to less than $small_cell, since the total above is known; (2) with one stage, or the figure of all
-- stages, every stage of that unit is withheld, since stages add up; (3) where a district's figure is withheld and its
-- schools or townships hold no small count, their smallest is withheld, since they add up to it. A share is withheld
-- with the count it is made of. Numbers of pupils, children of school age and classes are public and never withheld.
-- The figure of the period before is the one that was shown then: what was withheld then is not told now.
with named as (
    select
        i.period, i.district_code, i.level, i.unit_code, i.stage, i.indicator, i.value,
        case i.level when 'city' then '*' when 'district' then left(i.district_code, 4) else i.district_code end as above,
        i.indicator in ('pupils', 'pupils_at_start', 'children_of_school_age', 'classes', 'classes_delivered', 'pupils_to_attend',
            'pupils_delivered', 'delivered_share', 'over_line', 'primary_control_line') as is_public,
        case i.indicator when 'suspected_rate' then 'suspected_dropout' when 'dropout_rate' then 'dropouts_in_year'
            when 'answered_share' then 'cases_answered' when 'overdue_share' then 'cases_overdue' end as made_of
    from indicators i
    -- the states of cases add up to others of these figures: they stay in the bureau
    where i.indicator not like 'state%'
),

counts as (
    select *, value > 0 and value < $small_cell as is_small
    from named
    where not is_public and made_of is null
),

beside as (
    select *,
        count(*) filter (where is_small) over (partition by above, level, stage, indicator) as smalls,
        coalesce(sum(value) filter (where is_small) over (partition by above, level, stage, indicator), 0) as small_sum,
        row_number() over (
            partition by above, level, stage, indicator order by is_small or value = 0, value, unit_code) as turn
    from counts
),

judged as (
    select *,
        is_small or (value > 0 and level <> 'city' and turn = 1 and smalls > 0
            and (smalls = 1 or small_sum < $small_cell)) as own_withheld
    from beside
),

-- Kept whole: DuckDB 2.0 loses rows of a numbered set that is joined with a part of itself.
closed as materialized (
    select *,
        own_withheld or (stage <> 'all' and bool_or(own_withheld) over (partition by level, unit_code, indicator))
            as withheld
    from judged
),

-- What the districts withhold their parts must not add up to.
parts as (
    select c.*,
        c.withheld or (c.level in ('school', 'township') and coalesce(d.withheld, false) and c.smalls = 0 and c.turn = 1
            and c.value > 0) as own_or_for_above
    from closed c
    left join closed d
        on d.level = 'district' and d.unit_code = c.district_code and d.stage = c.stage and d.indicator = c.indicator
),

withheld as (
    select level, unit_code, stage, indicator,
        own_or_for_above or (stage <> 'all' and bool_or(own_or_for_above) over (partition by level, unit_code, indicator))
            as is_withheld
    from parts
),

made as (
    select n.*, coalesce(w.is_withheld, false) as is_withheld
    from named n
    left join withheld w
        on w.level = n.level and w.unit_code = n.unit_code and w.stage = n.stage
        and w.indicator = coalesce(n.made_of, n.indicator)
)

select
    m.period, m.district_code, m.level, m.unit_code,
    coalesce(s.school_name, t.township_name, d.name, m.unit_code) as unit_name,
    m.stage, m.indicator,
    case when not m.is_withheld then m.value end as value,
    m.is_withheld as withheld,
    case when not m.is_withheld then b.value end as previous_value
from made m
left join previous_dashboard_figures b
    on b.level = m.level and b.unit_code = m.unit_code and b.stage = m.stage and b.indicator = m.indicator
left join school_homes s on m.level = 'school' and s.school_code = m.unit_code
left join townships t on m.level = 'township' and t.township_code = m.unit_code
left join division_names d on m.level in ('district', 'city') and d.code = m.unit_code
order by level, unit_code, stage, indicator
