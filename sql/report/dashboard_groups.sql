-- Purpose: who the children found are, by sex, priority group and country or town, as far as it may leave the bureau.
-- One row per city or district, division, member of it and figure that is not nought.
-- Rule: as in dashboard_figures: small counts are withheld, and with them the next smallest of the districts beside
-- where only one was small or they add up to too little. Sexes and areas add up to the figure itself: with one of them,
-- or with that figure, the whole division is withheld. A child may be in several priority groups: they add up to nothing,
-- and are withheld with the figure itself; but 农村 as a group is the area 农村 once more, and 初中 the stage, and each is
-- withheld where the other is.
with counts as (
    select *, value > 0 and value < $small_cell as is_small,
        case level when 'city' then '*' else left(unit_code, 4) end as above
    from group_indicators
    where level in ('city', 'district') and stage = 'all'
        and indicator in ('children_found', 'suspected_dropout', 'not_enrolled', 'absent_from_school', 'dropout_risk')
),

beside as (
    select *,
        count(*) filter (where is_small) over (partition by above, level, division, member, indicator) as smalls,
        coalesce(sum(value) filter (where is_small) over (partition by above, level, division, member, indicator), 0)
            as small_sum,
        row_number() over (
            partition by above, level, division, member, indicator order by is_small, value, unit_code) as turn
    from counts
),

judged as (
    select *,
        is_small or (level = 'district' and turn = 1 and smalls > 0 and (smalls = 1 or small_sum < $small_cell))
            as own_withheld
    from beside
)

select
    j.period, j.district_code, j.level, j.unit_code, j.division, j.member, j.indicator,
    case when not is_withheld then j.value end as value,
    is_withheld as withheld
from (
    select j.*,
        j.own_withheld
        or coalesce(f.withheld, false)
        or (j.member = '初中' and coalesce(junior.withheld, false))
        or ((j.division <> 'group' or j.member = '农村') and bool_or(j.own_withheld) over (
            partition by j.level, j.unit_code, case when j.member = '农村' then 'area' else j.division end, j.indicator))
            as is_withheld
    from judged j
    left join dashboard_figures f
        on f.level = j.level and f.unit_code = j.unit_code and f.stage = 'all' and f.indicator = j.indicator
    left join dashboard_figures junior
        on junior.level = j.level and junior.unit_code = j.unit_code and junior.stage = 'junior'
        and junior.indicator = j.indicator
) j
order by level, unit_code, division, member, indicator
