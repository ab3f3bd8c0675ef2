-- 重点群体儿童: the accepted rows of priority deliveries.
-- One row per accepted row of a list of children who need help first.
-- Rows set aside are in quarantine, adults listed with their children are no data; a value beyond its bounds is reported and becomes null here.
with failed as (
    select record_id, bool_or(column_name = 'birth_date') as birth_date, bool_or(column_name = 'grade') as grade
    from suite_failures
    where source = 'priority'
    group by record_id
)
select
    r.period,
    r.district_code,
    r.record_id,
    r.delivery_id,
    r.sheet,
    r.row_no,
    r.name,
    r.sex,
    case when f.birth_date then null else r.birth_date end as birth_date,
    r.birth_month_only,
    r.id_number,
    r.id_kind,
    r.id_prefix,
    r.group_name,
    r.school_name,
    case when f.grade then null else r.grade end as grade,
    r.class_name,
    r.disability,
    r.township_name,
    r.guardian1_name,
    r.guardian1_relation,
    r.guardian1_id_number,
    r.guardian1_phone,
    r.phone,
    r.address,
    r.remarks
from priority_read as r
anti join set_aside as q on q.record_id = r.record_id
anti join grown_ups as g on g.record_id = r.record_id
left join failed as f on f.record_id = r.record_id
order by r.record_id
