-- 户籍登记儿童: the accepted rows of household deliveries.
-- One row per accepted row of a police household extract; a child registered twice has two.
-- Rows set aside are in quarantine, adults are declared no data; a value beyond its bounds is reported and becomes null here.
with failed as (
    select record_id, bool_or(column_name = 'birth_date') as birth_date
    from suite_failures
    where source = 'household'
    group by record_id
)
select
    r.period,
    r.district_code,
    r.record_id,
    r.delivery_id,
    r.sheet,
    r.row_no,
    r.household_no,
    r.head_name,
    r.head_id_number,
    r.relation,
    r.name,
    r.former_name,
    r.sex,
    case when f.birth_date then null else r.birth_date end as birth_date,
    r.birth_month_only,
    r.ethnicity,
    r.id_number,
    r.id_kind,
    r.id_prefix,
    r.address,
    r.township_name,
    r.hukou_code,
    -- No child is without a township: what has no code keeps the name.
    case when r.township_code = r.township_name then coalesce(t.township_code, r.township_code) else r.township_code end as township_code,
    r.community,
    r.police_station,
    r.guardian1_name,
    r.guardian1_relation,
    r.guardian1_id_number,
    r.guardian1_phone,
    r.guardian2_name,
    r.guardian2_relation,
    r.guardian2_id_number,
    r.guardian2_phone,
    r.phone,
    r.left_on,
    r.left_reason,
    r.as_of,
    r.remarks
from household_read as r
anti join set_aside as q on q.record_id = r.record_id
anti join grown_ups as g on g.record_id = r.record_id
left join failed as f on f.record_id = r.record_id
left join household_townships as t on t.district_code = r.district_code and t.township_name = r.township_name
order by r.record_id
