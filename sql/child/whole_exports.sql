-- Districts that hand in their roll as a whole export.
-- One row per district.
-- Rule: in such a district a school without a single pupil on the roll is a school without a roll. Where rolls come one
-- file a school, a school that none of them names has handed in none.
with roll_files as (
    select
        roll.district_code, pupil.delivery_id, count(distinct roll.school_code) as schools
    from registry_pupils as pupil
    join child_rolls as roll on roll.record_id = pupil.record_id
    group by roll.district_code, pupil.delivery_id
)
select district_code
from roll_files
group by district_code
having max(schools) > 1 or count(*) = 1
order by district_code
