-- Purpose: what lists call a county, a city or a province.
-- One row per division code of data/reference/divisions.csv (GB/T 2260).
select code, name
from divisions
order by code
