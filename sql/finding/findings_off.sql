-- What could not be judged in a district, because a source it needs was never handed in there.
-- One row per district, finding and missing source.
-- Rule (issue: bad input): a source absent for a district turns off only the findings that need it, and says so. A
-- refused file alone, which may lie in no district's folder, makes no district.
with districts as (
    select distinct district_code from person_records
    union
    select distinct district_code from deliveries where verdict <> 'refused'
),
delivered as (
    select district_code, source from person_records
    union
    select district_code, source from deliveries where verdict in ('accepted', 'accepted_with_issues')
)
select
    $period as period,
    district.district_code,
    need.finding,
    need.source as missing_source
from districts as district
cross join finding_needs as need
left join delivered on delivered.district_code = district.district_code and delivered.source = need.source
where delivered.source is null
order by district_code, finding, missing_source
