-- Purpose: the lines of the report that townships (to the county) and county bureaus (to the county's government) make
-- within a month of opening: how many children were listed and what became of them, how they are distributed, and how
-- many need aid (the notice's timetable; domain.md).
-- One row per office and line. Lines: all; by finding, stage and sex; by priority group (a child may be in several);
-- for the county by township, other counties' townships as one.
-- Rule: counted are the children with a case of suspected dropout or of never being enrolled that was listed this period
-- or is still open; a child with both counts once, under the gravest answer (dropout before unknown before none before
-- the rest), except in the lines by finding.
with followed as (
    select k.child_id, k.district_code, k.finding, k.state,
        left(k.answer_code, 1) as answer,
        case
            when k.state = 'dropout' or left(k.answer_code, 1) = 'D' then 1
            when left(k.answer_code, 1) = 'E' then 2
            when k.answer_code is null then 3
            else 4 end as gravity
    from cases k
    where k.finding in ('suspected_dropout', 'not_enrolled')
        and (k.last_seen_period = $period or k.state in ('open', 'unresolved', 'dropout'))
),

people as (
    select f.child_id, f.district_code, f.finding, f.state, f.answer, f.gravity,
        c.sex, c.groups, coalesce(c.priority, 0) > 0 as needs_aid,
        coalesce(n.township_name, c.township_name, c.township_code) as township_name,
        case when not regexp_full_match(c.township_code, '[0-9]{9,12}') or left(c.township_code, 6) = f.district_code
             then c.township_code end as own_township,
        stage_of(c.grade, age_on(c.birth_date, $cutoff_on)) as stage
    from followed f
    left join children c on c.child_id = f.child_id
    left join townships n on n.township_code = c.township_code
),

told as (
    select 'county' as recipient, district_code as unit_code, * from people
    union all
    select 'township', own_township, * from people where own_township is not null
),

one_each as (
    select * from told
    qualify row_number() over (partition by recipient, unit_code, child_id order by gravity, finding) = 1
),

grouped as (
    select * exclude (groups), unnest(string_split(groups, '、')) as group_name
    from one_each
    where groups is not null
),

lined as (
    select 1 as part, '合计' as label, child_id, recipient, district_code, unit_code, state, answer, gravity, needs_aid from one_each
    union all
    select 2, case finding when 'suspected_dropout' then '疑似辍学' else '适龄未入学' end,
        child_id, recipient, district_code, unit_code, state, answer, gravity, needs_aid from told
    union all
    select 3, case stage when 'primary' then '小学' when 'junior' then '初中' else '学段不明' end,
        child_id, recipient, district_code, unit_code, state, answer, gravity, needs_aid from one_each
    union all
    select 4, coalesce(sex, '性别不明'), child_id, recipient, district_code, unit_code, state, answer, gravity, needs_aid
    from one_each
    union all
    select 5, group_name, child_id, recipient, district_code, unit_code, state, answer, gravity, needs_aid from grouped
    union all
    select 6, case when own_township is null then '外县或不详' else township_name end, child_id, recipient, district_code, unit_code, state, answer, gravity, needs_aid
    from one_each
    where recipient = 'county'
),

counted as (
    select
        min(district_code) as district_code, recipient, unit_code, part, label,
        count(*)::int as children,
        count(*) filter (where gravity = 4 and (answer = 'A' or state = 'returned'))::int as at_school,
        count(*) filter (where gravity = 4 and answer = 'B' and state <> 'returned')::int as register_fault,
        count(*) filter (where gravity = 4 and answer = 'C' and state <> 'returned')::int as lawful_absence,
        count(*) filter (where gravity = 1)::int as out_of_school,
        count(*) filter (where gravity = 2)::int as unknown,
        count(*) filter (where gravity = 3 or gravity = 4 and answer not in ('A', 'B', 'C'))::int as unanswered,
        count(*) filter (where needs_aid)::int as need_aid
    from lined
    group by recipient, unit_code, part, label
)

select
    $period as period, district_code, recipient, unit_code,
    (row_number() over (partition by recipient, unit_code order by part,
        case label when '疑似辍学' then 1 when '小学' then 1 when '男' then 1 when '初中' then 2 when '女' then 2
            when '外县或不详' then 9 else 3 end, label))::int as line_no,
    case part when 1 then '合计' when 2 then '按问题' when 3 then '按学段' when 4 then '按性别' when 5 then '按重点群体'
        else '按乡镇街道' end as part,
    label, children, at_school, register_fault, lawful_absence, out_of_school, unknown, unanswered, need_aid
from counted
order by district_code, recipient, unit_code, line_no
