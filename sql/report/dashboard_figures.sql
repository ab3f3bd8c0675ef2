-- Purpose: the figures of `indicators` as they may leave the bureau.
-- One row per figure of a unit.
-- Rule (domain: statistics suppress small cells): a count of children below $small_cell is withheld, 0 is not. So that
-- nobody subtracts it from the total above, the next smallest count beside it is withheld too where only one was, or
-- where those withheld add up to less than $small_cell. A share is withheld with the count it is made of.
-- Numbers of pupils, children of school age and classes are public and never withheld.
with named as (
    select
        i.period, i.district_code, i.level, i.unit_code, i.stage, i.indicator, i.value,
        case i.level when 'city' then '*' when 'district' then left(i.district_code, 4) else i.district_code end as above,
        i.indicator in ('pupils', 'children_of_school_age', 'classes', 'classes_delivered', 'pupils_to_attend',
            'pupils_delivered', 'delivered_share', 'over_line', 'primary_control_line') as is_public,
        case i.indicator when 'suspected_rate' then 'suspected_dropout' when 'dropout_rate' then 'dropouts'
            when 'answered_share' then 'cases_answered' when 'overdue_share' then 'cases_overdue' end as made_of,
        b.value as previous_value
    from indicators i
    left join previous_indicators b
        on b.level = i.level and b.unit_code = i.unit_code and b.stage = i.stage and b.indicator = i.indicator
),

small as (
    select *, not is_public and made_of is null and value > 0 and value < $small_cell as is_small
    from named
),

beside as (
    select *,
        count(*) filter (where is_small) over (partition by above, level, stage, indicator) as smalls,
        coalesce(sum(value) filter (where is_small) over (partition by above, level, stage, indicator), 0) as small_sum,
        row_number() over (
            partition by above, level, stage, indicator order by is_small or value = 0, value, unit_code) as turn
    from small
),

judged as (
    select *,
        is_small
        or (not is_public and made_of is null and value > 0 and level <> 'city' and turn = 1
            and smalls > 0 and (smalls = 1 or small_sum < $small_cell)) as own_withheld
    from beside
),

-- primary and junior add up to all: where one of them is withheld, both are.
with_stages as (
    select *,
        own_withheld or (stage <> 'all' and bool_or(own_withheld and stage <> 'all') over (
            partition by level, unit_code, indicator)) as stage_withheld
    from judged
),

made as (
    select a.*, a.stage_withheld or coalesce(b.stage_withheld, false) as is_withheld
    from with_stages a
    left join with_stages b
        on b.level = a.level and b.unit_code = a.unit_code and b.stage = a.stage and b.indicator = a.made_of
)

select
    m.period, m.district_code, m.level, m.unit_code,
    coalesce(s.school_name, t.township_name, d.name, m.unit_code) as unit_name,
    m.stage, m.indicator,
    case when not m.is_withheld then m.value end as value,
    m.is_withheld as withheld,
    case when not m.is_withheld and (m.is_public or m.made_of is not null or m.previous_value = 0
                                     or m.previous_value >= $small_cell)
         then m.previous_value end as previous_value
from made m
left join school_homes s on m.level = 'school' and s.school_code = m.unit_code
left join townships t on m.level = 'township' and t.township_code = m.unit_code
left join division_names d on m.level in ('district', 'city') and d.code = m.unit_code
order by level, unit_code, stage, indicator
