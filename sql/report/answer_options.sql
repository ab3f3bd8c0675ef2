-- Purpose: what an office can choose as its answer.
-- One row per outcome of data/reference/outcomes.csv, code and wording in one text, because the code is what intake
-- reads back and the wording what people understand.
select code, code || ' ' || wording as text
from outcomes
order by code
