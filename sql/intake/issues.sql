-- Everything wrong, or understood differently from what was written, in every delivery.
-- One row per issue, numbered within its file: what refuses first, then what sets rows aside, then the rest by place.
-- A column's own sentence (contract) goes before the general one of its code. Rows a later delivery replaces are not
-- examined again: one issue of the file says so, as one issue of its sheet does for rows that were not understood.
-- A school on no roll while a registry file of the district could not be read is told which (the one named after it, else
-- all): the school is not wrong, its roll is. A file of sheets of past months alone is told to be so: its school stays on
-- the list of those that have handed in none.
with placed as (
    select h.period, h.district_code, h.source, h.record_id, h.delivery_id, h.sheet, h.row_no, h.notes
    from record_heads as h
    anti join grown_ups as g on g.record_id = h.record_id
    where not exists (select 1 from set_aside as q where q.record_id = h.record_id and q.code in ('superseded', 'school_unknown'))
), noted as (
    select period, district_code, source, record_id, delivery_id, sheet, row_no, unnest(notes) as note
    from placed
), of_values as (
    select n.period, n.district_code, n.source, n.record_id, n.delivery_id, n.sheet, n.row_no,
        split_part(n.note, ':', 1) as column_name, split_part(n.note, ':', 2) as code, cast(null as varchar) as severity
    from noted as n
    union all
    select p.period, p.district_code, p.source, p.record_id, p.delivery_id, p.sheet, p.row_no, f.column_name, f.code, f.severity
    from suite_failures as f
    join placed as p on p.record_id = f.record_id
    where not (f.column_name = 'marks' and exists (
        select 1 from reading_issues as i
        where i.severity = 'warning' and i.delivery_id = p.delivery_id and i.sheet = p.sheet and i.row_no = p.row_no))
      and not exists (
        select 1 from reading_issues as i
        where i.code = 'rows_not_understood' and i.delivery_id = p.delivery_id and i.sheet = p.sheet)
    union all
    select p.period, p.district_code, p.source, p.record_id, p.delivery_id, p.sheet, p.row_no, 'name', q.code, cast(null as varchar)
    from set_aside as q
    join placed as p on p.record_id = q.record_id
    where q.code = 'repeated_row'
), namesakes as (
    select record_id, count(*) over (partition by delivery_id, class_key, name) as of_the_name
    from record_heads as h
    where source = 'attendance' and not numbered and name is not null
      and not exists (select 1 from set_aside as q where q.record_id = h.record_id)
), rolls_not_read as (
    select f.district_code, f.path, regexp_extract(f.path, '[^/\\]*$') as file_name
    from delivery_facts as f
    where f.source = 'registry' and f.refusal is not null and f.duplicate_of is null
      and not exists (
        select 1 from reading_issues as i
        where i.delivery_id = f.delivery_id and i.code in ('wrong_source', 'empty_file', 'no_rows', 'no_list'))
), schools_not_known as (
    select distinct h.period, h.district_code, h.delivery_id, h.sheet, h.school_name, h.school_code,
        coalesce(h.school_name, h.school_code, '（没有写明学校）') as school_text
    from set_aside as q
    join record_heads as h on h.record_id = q.record_id
    where q.code = 'school_unknown'
), roll_files_of as (
    select k.district_code, k.school_text, coalesce(string_agg(distinct r.path, '、' order by r.path) filter (where strpos(r.file_name, k.school_text) > 0),
            string_agg(distinct r.path, '、' order by r.path)) as paths
    from (select distinct district_code, school_text from schools_not_known) as k
    join rolls_not_read as r on r.district_code = k.district_code
    group by k.district_code, k.school_text
), past_months as (
    select a.period, a.district_code, a.delivery_id, a.month
    from attendance_read as a
    join delivery_facts as f on f.delivery_id = a.delivery_id and f.duplicate_of is null
    where a.month is not null and not exists (select 1 from set_aside as q where q.record_id = a.record_id)
    group by a.period, a.district_code, a.delivery_id, a.month
), past_files as (
    select period, district_code, delivery_id,
        string_agg(substr(month, 1, 4) || '年' || cast(cast(substr(month, 6) as int) as varchar) || '月', '、' order by month) as months
    from past_months
    group by period, district_code, delivery_id
    having max(month) < $month
), said as (
    select v.period, v.district_code, v.delivery_id, v.sheet, v.row_no, v.column_name, v.code,
        coalesce(v.severity, w.severity) as severity,
        case when v.code in ('missing_value', 'not_allowed', 'wrong_form', 'out_of_range', 'not_understood') and c.message <> '' then c.message
             else replace(w.sentence, '{detail}', coalesce(c.label, v.column_name)) end as sentence,
        v.record_id
    from of_values as v
    join code_words as w on w.code = v.code
    left join column_words as c on c.source = v.source and c.column_name = v.column_name
    union all
    select i.period, i.district_code, i.delivery_id, i.sheet, i.row_no, i.column_name, i.code, i.severity, i.sentence, h.record_id
    from reading_issues as i
    left join record_heads as h on h.delivery_id = i.delivery_id and h.sheet = i.sheet and h.row_no = i.row_no
    qualify row_number() over (partition by i.delivery_id, i.given_no order by h.record_id) = 1
    union all
    select p.period, p.district_code, p.delivery_id, p.sheet, p.row_no, 'name', w.code, w.severity, w.sentence, p.record_id
    from namesakes as n
    join placed as p on p.record_id = n.record_id
    join code_words as w on w.code = 'same_name'
    where n.of_the_name > 1
    union
    select k.period, k.district_code, k.delivery_id, k.sheet, cast(null as int), 'school_name', w.code, w.severity,
        replace(w.sentence, '{detail}', k.school_text || coalesce('；本区县学籍文件“' || f.paths || '”', '；相近的有：' || a.candidates, '')),
        cast(null as varchar)
    from schools_not_known as k
    left join roll_files_of as f on f.district_code = k.district_code and f.school_text = k.school_text
    join code_words as w on w.code = case when f.paths is null then 'school_unknown' else 'school_roll_unread' end
    left join school_aliases as a on a.district_code = k.district_code and a.school_text = k.school_text
    union
    select r.period, r.district_code, r.delivery_id, cast(null as varchar), cast(null as int), cast(null as varchar), w.code, w.severity,
        replace(w.sentence, '{detail}', f.path), cast(null as varchar)
    from redeliveries as r
    join delivery_facts as f on f.delivery_id = r.later_delivery_id
    join code_words as w on w.code = 'superseded'
    union
    select f.period, f.district_code, f.delivery_id, cast(null as varchar), cast(null as int), cast(null as varchar), w.code, w.severity,
        replace(w.sentence, '{detail}', f.duplicate_of), cast(null as varchar)
    from delivery_facts as f
    join code_words as w on w.code = 'duplicate_file'
    where f.duplicate_of is not null
    union all
    select m.period, m.district_code, m.delivery_id, cast(null as varchar), cast(null as int), 'month', w.code, w.severity,
        replace(w.sentence, '{detail}', m.months), cast(null as varchar)
    from past_files as m
    join code_words as w on w.code = 'month_past'
    union all
    select min(g.period), min(g.district_code), g.delivery_id, cast(null as varchar), cast(null as int), cast(null as varchar), w.code, min(w.severity),
        replace(min(w.sentence), '{detail}', cast(count(*) as varchar)), cast(null as varchar)
    from grown_ups as g
    join code_words as w on w.code = 'grown_ups'
    group by g.delivery_id, w.code
)
select period, district_code, delivery_id, sheet, row_no, column_name, code, severity, sentence, record_id,
    row_number() over (
        partition by delivery_id
        order by case severity when 'critical' then 0 when 'warning' then 1 else 2 end, sheet nulls first, row_no nulls first,
                 column_name nulls first, code, sentence, record_id) as issue_no
from said
order by delivery_id, issue_no
