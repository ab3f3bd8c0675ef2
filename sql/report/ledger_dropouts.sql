-- Purpose: the ledgers of dropouts (辍学) and of children brought back (劝返复学), for school and county.
-- One row per child whose case an answer made 辍学, or that came back after that; a child with several such cases stands
-- under the one answered last. Only an answer makes a dropout: the batch never does (domain: the job).
with school_names as (
    select school_code, min(school_name) as school_name
    from schools
    group by school_code
),

latest as (
    select *
    from cases
    where state in ('dropout', 'returned')
    qualify row_number() over (partition by child_id order by answered_on desc nulls last, case_no) = 1
),

-- Attempts to bring the child back, the day it came, and the checks since (劝返复学 ledger).
efforts as (
    select
        case_no,
        (count(*) filter (where event = 'persuaded'))::int as attempts,
        max(happened_on) filter (where event = 'persuaded') as last_attempt_on,
        max(happened_on) filter (where event in ('gone', 'at_school')) as returned_on,
        (count(*) filter (where event = 'followed_up'))::int as checks
    from case_events
    group by case_no
)

select
    k.period, k.district_code,
    (row_number() over (
        partition by k.district_code, k.state
        order by coalesce(c.priority, 0) = 0, c.groups is null, coalesce(s.school_name, c.school_name) nulls last,
            c.grade nulls last, c.class_no nulls last, k.case_no))::int
        as row_no,
    k.state, k.child_id, k.case_no,
    coalesce(k.school_code, c.school_code) as school_code,
    coalesce(s.school_name, c.school_name, k.school_code) as school_name,
    nullif(class_label(c.grade, c.class_no), '') as class_text,
    c.township_name, c.name, c.sex,
    last_four(c.id_number) as id_last_four,
    k.opened_period,
    k.answer_code || coalesce(' ' || o.wording, '') as answer,
    k.answered_on,
    coalesce(e.attempts, 0) as attempts,
    e.last_attempt_on,
    case when k.state = 'returned' then e.returned_on end as returned_on,
    case when k.state = 'returned' then coalesce(e.checks, 0) end as checks
from latest k
left join efforts e on e.case_no = k.case_no
left join children c using (child_id)
left join school_names s on s.school_code = coalesce(k.school_code, c.school_code)
left join outcomes o on o.code = k.answer_code
order by k.district_code, k.state, row_no
