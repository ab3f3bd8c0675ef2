-- Purpose: 巩固率 of each cohort whose entrants are known (domain: rates), both ways.
-- One row per unit (district, city), stage and year of entry that a county wrote into data/reference/cohort_entrants.csv.
-- Rules: a) graduates ÷ entrants; b) graduates ÷ (entrants + moved in − moved out). b) above 100 % cannot be: the figures
-- it is made of are wrong, and nothing is said of the goal ($retention_goal, the notice: 99 %) nor of a city one of whose
-- counties is wrong so. Graduates are those written, else the children of this period whose roll says 毕业 in the stage's
-- last grade, in the year the cohort leaves: after six years (primary), three (junior) or all nine.
with given as (
    select
        district_code,
        case when stage in ('primary', '小学') then 'primary' when stage in ('junior', '初中') then 'junior'
             when stage in ('all', '九年', '义务教育', '九年义务教育') then 'all' else stage end as stage,
        cast(entry_year as int) as entry_year,
        try_cast(entrants as double) as entrants,
        coalesce(try_cast(moved_in as double), 0) as moved_in,
        coalesce(try_cast(moved_out as double), 0) as moved_out,
        try_cast(graduates as double) as graduates
    from cohort_entrants
),
graduated as (
    select child.district_code, finished.stage, count(*) as graduates
    from children as child
    join (values ('primary', 6), ('junior', 9), ('all', 9)) as finished (stage, grade) on finished.grade = child.grade
    where child.roll_status = '毕业'
    group by child.district_code, finished.stage
),
filled as (
    select
        given.district_code, given.stage, given.entry_year, given.entrants, given.moved_in, given.moved_out,
        coalesce(given.graduates, case when given.entry_year + case given.stage when 'primary' then 6 when 'junior' then 3 when 'all' then 9 end
            in (school_year_of($period), school_year_of($period) + 1) then graduated.graduates end) as graduates
    from given
    left join graduated on graduated.district_code = given.district_code and graduated.stage = given.stage
),
counties as (
    select *, graduates / nullif(entrants + moved_in - moved_out, 0) <= 1 as plausible from filled
),
levelled as (
    select 'district' as level, district_code as unit_code, district_code, stage, entry_year, entrants, moved_in, moved_out,
        graduates, plausible
    from counties
    union all
    select 'city', left(district_code, 4) || '00', left(district_code, 4) || '00', stage, entry_year, sum(entrants),
        sum(moved_in), sum(moved_out), case when count(graduates) = count(*) then sum(graduates) end,
        case when count(graduates) = count(*) then bool_and(plausible) end
    from counties
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
    rate_of_entrants, rate_adjusted, plausible,
    case when plausible then rate_adjusted >= $retention_goal end as goal_met
from rated
order by level, unit_code, stage, entry_year
