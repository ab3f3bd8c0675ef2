-- Purpose: 巩固率 of each cohort whose entrants are known (domain: rates), both ways.
-- One row per unit (district, city), stage and year of entry that a county wrote into data/reference/cohort_entrants.csv.
-- Rules: a) graduates ÷ entrants; b) graduates ÷ (entrants + moved in − moved out). b) above 100 % cannot be: the figures
-- it is made of are wrong, and nothing is said of the goal ($retention_goal, the notice: 99 %). Graduates are those
-- written, else the children of this period whose roll says 毕业 in the stage's last grade, in the year the cohort leaves.
with given as (
    select
        district_code, stage, cast(entry_year as int) as entry_year,
        try_cast(entrants as double) as entrants,
        coalesce(try_cast(moved_in as double), 0) as moved_in,
        coalesce(try_cast(moved_out as double), 0) as moved_out,
        try_cast(graduates as double) as graduates
    from cohort_entrants
),
graduated as (
    select district_code, case grade when 6 then 'primary' when 9 then 'junior' end as stage, count(*) as graduates
    from children
    where roll_status = '毕业' and grade in (6, 9)
    group by district_code, grade
),
filled as (
    select
        given.district_code, given.stage, given.entry_year, given.entrants, given.moved_in, given.moved_out,
        coalesce(given.graduates, case when given.entry_year + case given.stage when 'primary' then 6 else 3 end
            in (school_year_of($period), school_year_of($period) + 1) then graduated.graduates end) as graduates
    from given
    left join graduated on graduated.district_code = given.district_code and graduated.stage = given.stage
),
levelled as (
    select 'district' as level, district_code as unit_code, district_code, stage, entry_year, entrants, moved_in, moved_out,
        graduates
    from filled
    union all
    select 'city', left(district_code, 4) || '00', left(district_code, 4) || '00', stage, entry_year, sum(entrants),
        sum(moved_in), sum(moved_out), case when count(graduates) = count(*) then sum(graduates) end
    from filled
    group by left(district_code, 4), stage, entry_year
),
rated as (
    select
        *,
        graduates / nullif(entrants, 0) as rate_of_entrants,
        graduates / nullif(entrants + moved_in - moved_out, 0) as rate_adjusted
    from levelled
)
select
    $period as period, district_code, level, unit_code, stage, entry_year, entrants, moved_in, moved_out, graduates,
    rate_of_entrants, rate_adjusted,
    rate_adjusted <= 1 as plausible,
    case when rate_adjusted <= 1 then rate_adjusted >= $retention_goal end as goal_met
from rated
order by level, unit_code, stage, entry_year
