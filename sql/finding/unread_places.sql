-- Townships and ages most of whose children stand on a roll nobody handed in.
-- One row per township of a district and age on the cut-off day.
-- Rule (design: no delivery is not absence): the roll is missing of a school that stood in the period before (silent_rolls) or whose
-- class sheets were set aside because no roll names it. Its place is where most (more than half) of the pupils of an age
-- stood on such a roll before; or, where most of the children its sheets name live, the ages of which most of those on no
-- roll are named there. Its new pupils, and those whose name is spelt otherwise, are no more out of school than
-- the others. Nothing is held for a school that draws a few from everywhere.
with before as (
    select child.district_code, child.township_code, child.grade + $entry_age - 1 as age, silent.school_code is not null as missing
    from previous_children as child
    left join silent_rolls as silent on silent.school_code = child.school_code
    where child.on_roll and child.township_code is not null and child.grade between 1 and 9
),
sheet_names as (
    select distinct
        district_code, coalesce(json_extract_string(row_text, '$.school_name'), delivery_id) as school_text,
        name_bare(name_closed(half_width(json_extract_string(row_text, '$.name')))) as name
    from quarantine
    where source = 'attendance' and contains(codes, 'school_unknown')
),
unenrolled as (
    select distinct
        child.child_id, child.name, child.district_code, child.township_code, age_on(child.birth_date, $cutoff_on) as age
    from finding_candidates as candidate
    join children as child on child.child_id = candidate.child_id
    where (candidate.finding = 'not_enrolled' or candidate.reason = 'left_the_roll') and child.township_code is not null
),
named as (
    select child.child_id, child.district_code, child.township_code, sheet.school_text
    from unenrolled as child
    join sheet_names as sheet on sheet.district_code = child.district_code and sheet.name = child.name
),
homes as materialized (
    select district_code, school_text, township_code
    from named
    group by district_code, school_text, township_code
    qualify count(*) * 2 > sum(count(*)) over (partition by district_code, school_text)
),
at_home as (
    select distinct named.child_id
    from named
    join homes
        on homes.district_code = named.district_code and homes.school_text = named.school_text
        and homes.township_code = named.township_code
)
select district_code, township_code, age from before group by all having count(*) filter (where missing) * 2 > count(*)
union
select child.district_code, child.township_code, child.age
from unenrolled as child
left join at_home on at_home.child_id = child.child_id
group by all
having count(at_home.child_id) * 2 > count(*)
order by district_code, township_code, age
