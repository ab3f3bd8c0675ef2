-- Why rows are set aside.
-- One row per row and reason.
-- A row is set aside where the suite says so (warning), where reading could not understand its marks, where it is one
-- pupil entered twice in a file, where a later delivery replaces it, and where an attendance sheet's school is on no
-- roll of its district (attendance cannot be held against the wrong school's pupils). A district without any roll keeps
-- its sheets. A row without marks (of a sheet that was not understood) is set aside for that alone. An adult of a household
-- extract is no data, whatever else is wrong with its row.
with repeated as (
    select period, district_code, source, record_id, delivery_id,
        row_number() over (partition by source, delivery_id, same_pupil order by length(record_id), record_id) as nth
    from record_heads
    where same_pupil is not null
), no_school as (
    select h.period, h.district_code, h.source, h.record_id, h.delivery_id
    from record_heads as h
    left join school_aliases as a on a.district_code = h.district_code and a.school_text = h.school_code
    left join school_aliases as b on b.district_code = h.district_code and b.school_text = h.school_name
    where h.source = 'attendance' and h.marks is not null and coalesce(a.school_code, b.school_code) is null
      and h.district_code in (select district_code from schools where kind = 'registry')
), reasons as (
    select h.period, h.district_code, f.source, f.record_id, h.delivery_id, f.code
    from suite_failures as f
    join record_heads as h on h.record_id = f.record_id
    where f.severity = 'warning'
      and not (f.column_name = 'marks' and exists (
            select 1 from reading_issues as i
            where i.severity = 'warning' and i.delivery_id = h.delivery_id and i.sheet = h.sheet and i.row_no = h.row_no))
    union
    select h.period, h.district_code, h.source, h.record_id, h.delivery_id, i.code
    from reading_issues as i
    join record_heads as h on h.delivery_id = i.delivery_id and h.sheet = i.sheet and h.row_no = i.row_no
    where i.severity = 'warning'
    union
    select period, district_code, source, record_id, delivery_id, 'repeated_row' from repeated where nth > 1
    union
    select period, district_code, source, record_id, delivery_id, 'superseded' from redeliveries
    union
    select period, district_code, source, record_id, delivery_id, 'school_unknown' from no_school
)
select w.period, w.district_code, w.source, w.record_id, w.delivery_id, w.code
from reasons as w
anti join grown_ups as g on g.record_id = w.record_id
