-- Purpose: every figure beside that of the period before and of the same month a year ago.
-- One row per figure of a unit; null where there was no such period or no such unit.
with earlier as (
    select max(of_period) as previous_period from indicator_history where of_period < $period
)
select
    $period as period,
    here.district_code,
    here.level,
    here.unit_code,
    here.stage,
    here.indicator,
    here.value,
    before.value as previous_value,
    here.value - before.value as change,
    last_year.value as last_year_value,
    here.value - last_year.value as change_on_year
from indicators as here
cross join earlier
left join indicator_history as before
    on before.of_period = earlier.previous_period and before.level = here.level and before.unit_code = here.unit_code
    and before.stage = here.stage and before.indicator = here.indicator
left join indicator_history as last_year
    on last_year.of_period = (cast(left($period, 4) as int) - 1) || right($period, 3) and last_year.level = here.level
    and last_year.unit_code = here.unit_code and last_year.stage = here.stage and last_year.indicator = here.indicator
order by level, unit_code, stage, indicator
