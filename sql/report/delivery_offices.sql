-- Purpose: who is to be told about a file's problems.
-- One row per file. Rule: a file whose every accepted row is of one school is that school's; any other is answered for
-- by the office that hands in this kind of source (unit_code = source), since intake cannot know who copied it there. A school is told in the outbox of its own district.
with row_school as (
    select delivery_id, school_code from attendance_pupils
    union all
    select delivery_id, school_code from registry_pupils
    union all
    select delivery_id, school_code from vocational_pupils
),

of_one_school as (
    select delivery_id, min(school_code) as school_code
    from row_school
    where school_code is not null
    group by delivery_id
    having count(distinct school_code) = 1
)

select
    d.period,
    coalesce(n.district_code, d.district_code) as district_code,
    d.delivery_id,
    case when o.school_code is null then coalesce(d.source, 'unknown') else 'school' end as unit_kind,
    coalesce(o.school_code, d.source, 'unknown') as unit_code,
    coalesce(n.school_name, o.school_code, coalesce(source_words(d.source), '') || '数据报送单位') as unit_name
from deliveries d
left join of_one_school o using (delivery_id)
left join school_homes n on n.school_code = o.school_code
order by d.delivery_id
