-- 中职在校学生: the accepted rows of vocational deliveries.
-- One row per accepted row of a vocational school's roster.
-- Rows set aside are in quarantine; a value beyond its bounds is reported and becomes null here.
with failed as (
    select record_id, bool_or(column_name = 'birth_date') as birth_date, bool_or(column_name = 'grade') as grade
    from suite_failures
    where source = 'vocational'
    group by record_id
)
select
    r.period,
    r.district_code,
    r.record_id,
    r.delivery_id,
    r.sheet,
    r.row_no,
    coalesce(s.school_name, r.school_name) as school_name,
    coalesce(a.school_code, b.school_code, r.school_code, r.school_name) as school_code,
    r.pupil_no,
    r.name,
    r.former_name,
    r.sex,
    case when f.birth_date then null else r.birth_date end as birth_date,
    r.birth_month_only,
    r.id_number,
    r.id_kind,
    r.id_prefix,
    case when f.grade then null else r.grade end as grade,
    r.class_name,
    r.programme,
    r.entered_on,
    r.status,
    r.arrival,
    r.guardian1_name,
    r.guardian1_relation,
    r.guardian1_id_number,
    r.guardian1_phone,
    r.phone,
    r.address,
    r.remarks
from vocational_read as r
anti join set_aside as q on q.record_id = r.record_id
left join failed as f on f.record_id = r.record_id
left join school_aliases as a on a.district_code = r.district_code and a.school_text = r.school_code
left join school_aliases as b on b.district_code = r.district_code and b.school_text = r.school_name
left join schools as s on s.district_code = r.district_code and s.school_code = coalesce(a.school_code, b.school_code)
order by r.record_id
