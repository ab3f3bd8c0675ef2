-- The schools each delivery names, and what they were resolved to: what else of its source it may replace, and what a
-- change of the schools' table means for its rows.
-- One row per delivery and way it names a school; of a delivery that names none, one without a name.
with named as (
    select distinct district_code, delivery_id, school_code, school_name from registry_read
    union all
    select distinct district_code, delivery_id, school_code, school_name from vocational_read
    union all
    select distinct district_code, delivery_id, school_code, school_name from attendance_read
    union all
    select distinct district_code, delivery_id, cast(null as varchar), school_name from exempt_read
    union all
    select distinct district_code, delivery_id, cast(null as varchar), school_name from priority_read
    union all
    select distinct district_code, delivery_id, cast(null as varchar), cast(null as varchar) from household_read
)
select n.delivery_id, n.school_code, n.school_name,
    coalesce(a.school_code, b.school_code, n.school_code, n.school_name) as school,
    a.school_code as school_of_code, a.candidates as candidates_of_code,
    b.school_code as school_of_name, b.candidates as candidates_of_name,
    s.school_name as registered_name
from named as n
left join school_aliases as a on a.district_code = n.district_code and a.school_text = n.school_code
left join school_aliases as b on b.district_code = n.district_code and b.school_text = n.school_name
left join schools as s on s.district_code = n.district_code and s.school_code = coalesce(a.school_code, b.school_code)
