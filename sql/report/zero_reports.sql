-- Purpose: the schools that report "none" on the fifteenth working day (零报告): a report, not a silence, so that the county
-- knows of every school that it looked.
-- One row per school with a roll. Rule: every class's attendance was handed in and could be read, nothing of the school is
-- owed, and no pupil of it is suspected: neither listed this period, nor waiting for a judgement, nor with an unsettled
-- case. A school whose sheets are missing has no zero to report: it is chased (no delivery is not absence).
with counted as (
    select
        unit_code as school_code,
        max(value) filter (where indicator = 'pupils') as pupils,
        max(value) filter (where indicator = 'classes') as classes,
        max(value) filter (where indicator = 'classes_delivered') as classes_delivered
    from indicators
    where level = 'school' and stage = 'all' and indicator in ('pupils', 'classes', 'classes_delivered')
    group by unit_code
),

suspected as (
    select school_code from findings where finding = 'suspected_dropout' and school_code is not null
    union
    select school_code from waiting_findings where finding = 'suspected_dropout' and school_code is not null
    union
    select school_code from cases
    where finding = 'suspected_dropout' and state in ('open', 'unresolved', 'dropout') and school_code is not null
    union
    select school_code from missing_deliveries where school_code is not null
)

select
    h.period, h.district_code, h.school_code, coalesce(h.school_name, h.school_code) as school_name,
    cast(c.pupils as int) as pupils, cast(c.classes as int) as classes
from counted c
join school_homes h on h.school_code = c.school_code
left join suspected s on s.school_code = c.school_code
where s.school_code is null and c.pupils > 0 and c.classes > 0 and c.classes_delivered = c.classes
order by h.district_code, h.school_code
