-- Purpose: the figures of the last twelve months, carried on from run to run, so that a term can be held against the
-- same one a year ago (four periods back for one county, twelve for another).
-- One row per period, unit, stage and figure.
-- Rule: the period itself is counted anew; older than the same month a year ago is let go.
select $period as period, district_code, period as of_period, level, unit_code, stage, indicator, value
from indicators
union all
select $period, district_code, of_period, level, unit_code, stage, indicator, value
from previous_indicator_history
where of_period < $period and of_period >= (cast(left($period, 4) as int) - 1) || right($period, 3)
order by of_period, level, unit_code, stage, indicator
