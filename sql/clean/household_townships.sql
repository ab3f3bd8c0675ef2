-- The codes of townships that household rows know by name only: the code most rows of the same name in the district
-- have, else the one most of its children have in the school registry.
-- One row per district and township name whose code is known.
with votes as (
    select district_code, township_name, township_of(hukou_code) as township_code, 1 as rank, count(*) as votes
    from household_read
    where township_name is not null and township_of(hukou_code) is not null
    group by district_code, township_name, township_of(hukou_code)
    union all
    select h.district_code, h.township_name, r.township_code, 2, count(*)
    from household_read as h
    join registry_read as r on r.id_number = h.id_number and r.id_kind = 'valid'
    where h.id_kind = 'valid' and h.township_name is not null and r.township_code is not null
    group by h.district_code, h.township_name, r.township_code
    having count(*) >= 3
)
select district_code, township_name, township_code
from votes
qualify row_number() over (partition by district_code, township_name order by rank, votes desc, township_code) = 1
order by district_code, township_name
