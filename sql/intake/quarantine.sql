-- Rows set aside, whole, as they were delivered.
-- One row per row set aside.
-- The text is a JSON object of the columns that hold something: what the office needs to find and correct the row.
with reasons as (
    select period, district_code, source, record_id, delivery_id, string_agg(code, ',' order by code) as codes
    from set_aside
    group by period, district_code, source, record_id, delivery_id
), whole as (
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from registry_rows) as r
    where record_id in (select record_id from reasons)
    union all
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from attendance_rows) as r
    where record_id in (select record_id from reasons)
    union all
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from household_rows) as r
    where record_id in (select record_id from reasons)
    union all
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from vocational_rows) as r
    where record_id in (select record_id from reasons)
    union all
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from exempt_rows) as r
    where record_id in (select record_id from reasons)
    union all
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from priority_rows) as r
    where record_id in (select record_id from reasons)
    union all
    select record_id, sheet, row_no, to_json(r) as written
    from (select * exclude (period, district_code, delivery_id, sheet_title, file_name) from answers_rows) as r
    where record_id in (select record_id from reasons)
)
select q.period, q.district_code, q.source, q.record_id, q.delivery_id, w.sheet, w.row_no, q.codes,
    -- Values cannot look like this: a quote within a value is written \".
    regexp_replace(regexp_replace(cast(w.written as varchar), '"[a-z0-9_]+":null,?', '', 'g'), ',}$', '}') as row_text
from reasons as q
join whole as w on w.record_id = q.record_id
order by q.record_id
