-- Schools whose roll is missing this time: pupils stood on it in the period before, and no roll names the school now.
-- One row per school.
-- Rule (design: no delivery is not absence): nobody has left a roll that was not handed in. A school most of whose pupils
-- stand on other rolls now has closed or changed its code (domain: codes change lawfully) and is not missing.
with delivered as (
    select distinct school_code from child_rolls where school_code is not null
),
enrolled as (
    select distinct child_id from child_rolls where in_force
)
select
    $period as period,
    min(before.district_code) as district_code,
    before.school_code,
    max(before.school_name) as school_name,
    cast(count(*) filter (where enrolled.child_id is null) as int) as pupils
from previous_children as before
left join delivered on delivered.school_code = before.school_code
left join enrolled on enrolled.child_id = before.child_id
where before.on_roll
    and before.school_code is not null
    and delivered.school_code is null
    and before.grade + school_year_of($period) - school_year_of(coalesce(before.known_period, before.period)) between 1 and 9
group by before.school_code
having count(enrolled.child_id) * 2 <= count(*)
order by before.school_code
