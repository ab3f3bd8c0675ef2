-- Purpose: which district a school belongs to, so that all of its papers lie in one folder whoever its pupils' bureaus are.
-- One row per school. Rule: the district whose roll names the school, else the first that names it at all; a pupil who
-- lives in another district does not move the school there.
select period, district_code, school_code, school_name
from schools
qualify row_number() over (partition by school_code order by kind <> 'registry', district_code) = 1
order by school_code
