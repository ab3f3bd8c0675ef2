-- Purpose: what was shown of each district and city in the last three years, for the trend: never more than was shown.
-- One row per period, unit, stage and figure of city or district. Carried on from run to run; the period itself anew.
select $period as period, district_code, period as of_period, level, unit_code, stage, indicator, value, withheld
from dashboard_figures
where level in ('city', 'district')
union all
select $period, district_code, of_period, level, unit_code, stage, indicator, value, withheld
from previous_dashboard_history
where of_period < $period and of_period >= (cast(left($period, 4) as int) - 3) || right($period, 3)
order by of_period, level, unit_code, stage, indicator
