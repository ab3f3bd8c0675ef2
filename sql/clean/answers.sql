-- 核实反馈: the accepted rows of answers deliveries.
-- One row per accepted row of a returned list: what an office found out about one case.
-- Rows set aside are in quarantine; a value beyond its bounds is reported and becomes null here.
with failed as (
    select record_id, bool_or(column_name = 'birth_date') as birth_date
    from suite_failures
    where source = 'answers'
    group by record_id
)
select
    r.period,
    r.district_code,
    r.record_id,
    r.delivery_id,
    r.sheet,
    r.row_no,
    r.case_no,
    r.name,
    r.sex,
    case when f.birth_date then null else r.birth_date end as birth_date,
    r.birth_month_only,
    r.id_number,
    r.id_kind,
    r.id_prefix,
    r.code,
    r.evidence,
    r.answered_on,
    r.answered_by,
    r.whereabouts,
    r.remarks
from answers_read as r
anti join set_aside as q on q.record_id = r.record_id
left join failed as f on f.record_id = r.record_id
order by r.record_id
