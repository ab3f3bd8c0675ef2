-- How the deliveries name schools, with what their rows say about the school's stages.
-- One row per source, district, code and name that stand together in some row.
with named as (
    select period, district_code, 'registry' as source, school_code, school_name, grade from registry_read
    union all
    select period, district_code, 'vocational', school_code, school_name, grade from vocational_read
    union all
    select period, district_code, 'attendance', school_code, school_name, grade from attendance_read
    union all
    select period, district_code, 'exempt', cast(null as varchar), school_name, grade from exempt_read
    union all
    select period, district_code, 'priority', cast(null as varchar), school_name, grade from priority_read
)
select
    period, district_code, source, school_code, school_name,
    count(*) as rows_naming,
    coalesce(bool_or(grade between 1 and 6), false) as has_primary,
    coalesce(bool_or(grade between 7 and 9), false) as has_junior,
    coalesce(bool_or(grade between 10 and 12), false) as has_senior
from named
where school_code is not null or school_name is not null
group by period, district_code, source, school_code, school_name
