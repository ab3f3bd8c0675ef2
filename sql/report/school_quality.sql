-- Purpose: how good the files are that each school itself handed in.
-- One row per school. Rule: of files whose every accepted row is of the school (delivery_offices); a register of many
-- schools is its keeper's to answer for. Files and issues say nothing of a child and are not withheld.
with files as (
    select o.unit_code as school_code,
        count(*)::int as files,
        sum(d.rows_read)::bigint as rows_read,
        sum(d.rows_set_aside)::bigint as rows_set_aside
    from delivery_offices o
    join deliveries d on d.delivery_id = o.delivery_id
    where o.unit_kind = 'school'
    group by o.unit_code
),

raised as (
    select unit_code as school_code,
        (count(*) filter (where severity <> 'info'))::int as to_correct,
        (count(*) filter (where severity = 'info'))::int as to_check
    from issue_list
    where unit_kind = 'school'
    group by unit_code
)

select
    h.period, h.district_code, h.school_code, h.school_name,
    coalesce(f.files, 0) as files,
    coalesce(f.rows_read, 0) as rows_read,
    coalesce(f.rows_set_aside, 0) as rows_set_aside,
    coalesce(r.to_correct, 0) as to_correct,
    coalesce(r.to_check, 0) as to_check
from school_homes h
left join files f on f.school_code = h.school_code
left join raised r on r.school_code = h.school_code
order by h.district_code, h.school_code
