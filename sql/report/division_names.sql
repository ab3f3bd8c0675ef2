-- Purpose: what lists call a county, a city or a province.
-- One row per division code of data/reference/divisions.csv (GB/T 2260), and of the districts and cities of the run it
-- does not know (a new district, an invented one).
-- Rule: such a district is called what most of its schools' names begin with (清溪区第一中学), if most agree; such a city 全市.
with own as (
    select distinct district_code from schools
    union
    select distinct district_code from findings
    union
    select distinct district_code from deliveries
),

prefixes as (
    select district_code, regexp_extract(school_name, '^(?:[^市]{2,6}市)?([^省市区县旗]{1,6}(?:自治县|自治旗|区|县|旗))', 1) as name
    from schools
),

called as (
    select district_code, name
    from (select district_code, name, count(*) as saying from prefixes group by district_code, name) as counted
    qualify 2 * saying > sum(saying) over (partition by district_code) and name <> ''
)

select code, name
from divisions
union all
select o.district_code, c.name
from own o
join called c on c.district_code = o.district_code
where o.district_code not in (select code from divisions)
union all
select distinct left(district_code, 4) || '00', '全市'
from own
where left(district_code, 4) || '00' not in (select code from divisions)
order by code
