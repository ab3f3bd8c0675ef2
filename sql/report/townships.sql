-- Purpose: what a township is called, and which police station keeps the households of its addresses.
-- One row per township code met among the children.
-- Rules: the name most rows write; where none does (an extract without that column) the one most addresses begin with,
-- if most of them agree; the police station likewise, so that a station known by name and a child known only by its
-- township come to one office. A station's name is kept without the bureau above it.
with told as (
    select
        township_code, township_name,
        nullif(regexp_extract(address,
            '^(?:[^省]{2,8}省)?(?:[^市]{2,8}市)?(?:[^区县旗]{1,8}[区县旗])?([^省市区县旗镇乡街]{1,6}(?:街道|镇|乡|苏木))', 1), '')
            as addressed,
        station_name(police_station) as police_station
    from children
    where township_code is not null
),

named as (
    select township_code, township_name as name, count(*) as rows_saying, 1 as turn
    from told where township_name is not null
    group by township_code, township_name
    union all
    select township_code, addressed, count(*) as rows_saying, 2
    from told where addressed is not null
    group by township_code, addressed
    having count(*) > 2
),

stations as (
    select township_code, police_station, count(*) as rows_saying
    from told
    where police_station is not null
    group by township_code, police_station
),

one_name as (
    select township_code, name
    from named
    qualify row_number() over (partition by township_code order by turn, rows_saying desc, name) = 1
        and (turn = 1 or 2 * rows_saying > sum(rows_saying) over (partition by township_code, turn))
),

one_station as (
    select township_code, police_station
    from stations
    qualify row_number() over (partition by township_code order by rows_saying desc, police_station) = 1
)

select
    c.township_code,
    coalesce(n.name, case when regexp_full_match(c.township_code, '[0-9]{9,12}') then '乡镇街道' || c.township_code
        else c.township_code end) as township_name,
    s.police_station
from (select distinct township_code from told) c
left join one_name n on n.township_code = c.township_code
left join one_station s on s.township_code = c.township_code
order by c.township_code
