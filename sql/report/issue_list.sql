-- Purpose: what each office has to correct in the files it handed in, down to the cell.
-- One row per issue of a delivery, under the office delivery_offices names; answers that could not be given to their
-- case or pair (answer_issues, pair_issues) are issues of the returned list, numbered after those of reading it. The column's heading and letter come from
-- how intake understood the sheet (deliveries.understood_as), where it recorded them.
with understood as (
    select delivery_id, unnest(from_json(understood_as, '[{"sheet": "VARCHAR", "header": "VARCHAR", "column": "VARCHAR", "letter": "VARCHAR"}]')) as u
    from deliveries
    where understood_as is not null
),

headers as (
    select delivery_id, u.sheet as sheet, u."column" as column_name, min(u.header) as header, min(u.letter) as letter
    from understood
    group by all
),

raised as (
    select period, district_code, delivery_id, issue_no, sheet, row_no, column_name, code, severity, sentence
    from issues
    union all
    select period, district_code, delivery_id,
        1000000000 + row_number() over (partition by delivery_id order by row_no, record_id, code),
        sheet, row_no, case when code = 'unknown_outcome' then 'code' else 'case_no' end, code, 'warning', sentence
    from (select * from answer_issues union all by name select * from pair_issues) as about_answers
)

select
    i.period, o.district_code, o.unit_kind, o.unit_code, o.unit_name,
    i.delivery_id, d.path, d.format, d.verdict, i.issue_no,
    i.sheet, i.row_no, i.column_name, i.code, i.severity, i.sentence,
    h.header, h.letter as column_letter
from raised i
join deliveries d using (delivery_id)
join delivery_offices o using (delivery_id)
left join headers h on h.delivery_id = i.delivery_id and h.sheet = i.sheet and h.column_name = i.column_name
order by i.delivery_id, i.issue_no
